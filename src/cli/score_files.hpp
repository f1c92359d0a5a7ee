/// The two files of `icosa score`: what came, by cell, and how both call their columns and cells.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "cli/reading_options.hpp"
#include "table/cell_keys.hpp"
#include "table/draws.hpp"

namespace icosa::cli {

struct ScoreOptions {
    std::string draws;
    std::string actuals;
    std::string time;  ///< columns by name in both files; "" = known ones, else by place
    std::string unit;
    std::string value;  ///< of the actuals; "" = the only candidate
    std::string model;  ///< of the draws: a row a model; "" = the file is of one
    bool sparse = false;  ///< the actuals are events: added up by unit and month, all other months of the file zero
    bool ignore_unmatched = false;  ///< events of units that the draws do not have are left out
    ReadingOptions reading;
};

struct Actual {
    double value = 0;
    bool is_scored = false;
};

/// What came, by cell; of events, a cell without one within the file's months was 0.
struct Actuals {
    std::unordered_map<std::string, Actual> of;
    int zero_from = 0, zero_until = 0;  ///< months; none unless the actuals are events
    std::string first, first_asked;  ///< cells, to say how the two files differ
    table::TimeKeys keys;
    table::CountColumns columns;     ///< as taken
    std::string said;                ///< how times and numbers were read where that is not plain

    Actual* find(const std::string& key, const std::string& time_key);  ///< nullptr = not observed
};

/// err   those of count_columns, read_sparse, NumberColumn; bad-value, two-rows-one-period, no-rows
[[nodiscard]] Result<Actuals> read_actuals(const ScoreOptions& options, const table::Reading& reading);

/// The columns of a file of draws, and what a user is told of them.
struct DrawsHeader {
    table::DrawColumns columns;
    std::string said;
    std::string model;  ///< the column by which several models are told apart: asked for, or called so; "" = none
};
[[nodiscard]] Result<DrawsHeader> read_draws_header(const std::vector<std::string>& header,
                                                    const ScoreOptions& options);

}  // namespace icosa::cli
