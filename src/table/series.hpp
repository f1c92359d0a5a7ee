/// A user's table of one series: a column of times in even steps, one of values, perhaps one of a price index.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace icosa::table {

/// Columns by name; "" = the only candidate: the first for times, the one that holds numbers for values, no index.
struct SeriesColumns {
    std::string time, value;
    std::string deflator;  ///< of a price index, 100 in its base period: values become 100 x value / index
    int season = 0;        ///< periods a year; 0 = from the times, 52 where they are numbers
};

struct UserSeries {
    std::vector<double> values;          ///< by period since the first; NaN = not observed, or no row
    int season = 52;                     ///< periods a year
    std::vector<std::string> times;      ///< of each row, as written
    std::vector<std::size_t> period_of;  ///< of each row
    std::vector<int> lines;              ///< of each row in the file

    [[nodiscard]] int line_at(int period) const;  ///< of that period's row; 0 = it has none
};

/// Rows stand in any order; a period without a row is not observed. Cells "", NA and NaN are not observed.
///
/// err   with file:line:column: unknown-column, which-column (several could hold the values, or none), bad-time,
///       two-rows-one-period, uneven-times, bad-value, bad-deflator; no-rows; those of visit_rows
[[nodiscard]] Result<UserSeries> read_series(const std::string& path, const SeriesColumns& columns);

}  // namespace icosa::table
