/// What `forecast` and `backtest` share: models by name, tables beside the panel.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "cli/command.hpp"
#include "forecast/forecast.hpp"
#include "table/columns.hpp"
#include "table/side_tables.hpp"

namespace icosa::cli {

[[nodiscard]] std::string forecast_manual();  ///< the models, a line each

/// The options of tables beside the panel, for forecast and backtest.
void add_side_tables(Command& command, table::SideTables& side);

/// err   Usage unused-option: a lag of covariates that are not given
[[nodiscard]] Result<void> check_side_tables(const table::SideTables& side);

/// The first line of both: the file, the columns taken, the months and units read; said: what was not plain.
[[nodiscard]] std::string columns_line(const std::string& path, const table::CountColumns& columns,
                                       const forecast::CountPanel& panel, const std::string& said);

/// err   unknown-model, with the names, `besides` among them, and the nearest
[[nodiscard]] Result<const forecast::Model*> model_named(const std::string& name,
                                                         std::span<const std::string_view> besides = {});

/// Gives an error that names no file this one.
template <class Answer> Result<Answer> in_file(Result<Answer> answer, const std::string& path) {
    if (!answer && answer.error().where.file.empty()) answer.error().where.file = path;
    return answer;
}

}  // namespace icosa::cli
