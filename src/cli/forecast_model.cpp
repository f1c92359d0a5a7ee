/// Models by name; the options of side tables.
#include "cli/forecast_model.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "forecast/cells.hpp"

namespace icosa::cli {

Result<const forecast::Model*> model_named(const std::string& name, std::span<const std::string_view> besides) {
    if (const auto* model = forecast::find_model(name)) return model;
    std::vector<std::string> names;
    for (const auto& one : forecast::models()) names.emplace_back(one.name);
    names.insert(names.end(), besides.begin(), besides.end());
    const auto near = nearest(name, names);
    return fail(Fault::Usage, "unknown-model", {},
                fmt::format("no model '{}'; there are {}", excerpt(name), join(names, ", ")),
                near ? fmt::format("did you mean '{}'?", *near) : "name one of them with --model");
}

std::string forecast_manual() {
    std::string out = "Models:\n";
    for (const auto& one : forecast::models()) out += fmt::format("  {:<14} {}\n", one.name, one.says);
    return out + fmt::format("  {:<14} {}\n", forecast::CellModel::name, forecast::CellModel::says);
}

Result<void> check_side_tables(const table::SideTables& side) {
    if (side.covariate_lag < 0 || !side.covariates.empty()) return {};
    return fail(Fault::Usage, "unused-option", {},
                "--covariate-lag is about the figures of --covariates, and there are none",
                "give --covariates, or leave it out");
}

std::string columns_line(const std::string& path, const table::CountColumns& columns, const forecast::CountPanel& panel,
                         const std::string& said) {
    int first = std::numeric_limits<int>::max(), last = std::numeric_limits<int>::min();
    for (const auto& series : panel.series) {
        first = std::min(first, series.first);
        last = std::max(last, series.first + static_cast<int>(series.counts.size()) - 1);
    }
    const std::string months = panel.series.empty()
        ? std::string("none")
        : fmt::format("{} to {}", period_label(first, PeriodKind::Month), period_label(last, PeriodKind::Month));
    return fmt::format("{}: time '{}' (months {}), unit '{}' ({} of them), value '{}'{}", path, columns.time, months,
                       columns.unit, panel.series.size(), columns.value,
                       said.empty() ? "" : fmt::format(" ({})", said));
}

void add_side_tables(Command& command, table::SideTables& side) {
    for (Option row :
         {option("--neighbours", &side.neighbours, "CSV of pairs, columns unit,neighbour: which units are neighbours")
              .as("FILE"),
          option("--regions", &side.regions, "CSV, columns unit,region").as("FILE"),
          option("--covariates", &side.covariates, "CSV, columns unit,time and one a figure; times are years or months")
              .as("FILE"),
          option("--covariate-lag", &side.covariate_lag,
                 "months after its year or month at which a figure is known; 12 for years and 1 for months if not "
                 "given")
              .as("MONTHS")
              .within(0, 240)}) {
        command.options.push_back(std::move(row));
    }
}

}  // namespace icosa::cli
