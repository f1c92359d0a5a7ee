/// What a user may tell about the units of a panel besides their counts: which are neighbours, their regions, figures
/// about them.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "forecast/count_panel.hpp"

namespace icosa::table {

/// Paths, "" = not given.
struct SideTables {
    std::string neighbours;
    std::string regions;
    std::string covariates;
    int covariate_lag = -1;  ///< months; -1 = 12 where the table's times are years, 1 where they are months
};

/// Reads the tables into the panel; units are written as there, columns are found by name, rows stand in any order.
///
///     neighbours   unit,neighbour: a pair, told either way or both
///     regions      unit,region: a unit without a row has none
///     covariates   unit,time and a column a figure; time a year, or a month as parse_month reads it. An empty cell
///     (NA, NaN) is not observed, never 0;
///                  a figure is known `covariate_lag` months after the end of its year or month, and not used at an
///                  earlier origin
///
/// out   notes: how many cells of a table name units that the panel does not have; their rows are passed over
/// err   with file:line:column: unknown-column, unknown-unit (no row is about units of the panel), own-neighbour,
/// bad-region, two-regions, bad-time (also years among months), bad-value,
///       two-rows-one-time, no-covariates, no-rows
[[nodiscard]] Result<std::vector<std::string>> add_side_tables(forecast::CountPanel& panel, const SideTables& tables);

}  // namespace icosa::table
