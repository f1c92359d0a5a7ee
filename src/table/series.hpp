/// A user's table of series: a column of times in even steps, one of values, perhaps one of units, one of a price
/// index.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "table/columns.hpp"

namespace icosa::table {

/// Columns by name; "" = the only candidate: for times the first that is nothing else, for values the one that holds
/// numbers; no unit, no index. Times in two or three columns are named by commas: "year,week", "year,month,day".
struct SeriesColumns {
    std::string time, value, unit;
    std::string deflator;  ///< of a price index, 100 in its base period: values become 100 x value / index
    int season = 0;        ///< periods a year; 0 = from the times, 52 where they are numbers
};

/// One unit's.
struct UserSeries {
    std::string unit;                    ///< "" where no column of units is asked for
    std::vector<double> values;          ///< by period since its first; NaN = not observed, or no row
    std::vector<std::size_t> rows;       ///< of the table, in its order
    std::vector<std::size_t> period_of;  ///< of each of these
    std::vector<int> lines;              ///< of each in the file

    [[nodiscard]] int line_at(int period) const;  ///< of that period's row; 0 = it has none
};

struct SeriesTable {
    std::vector<UserSeries> series;    ///< by the first row of each
    std::vector<std::string> times;    ///< of each row, as written
    int season = 52;                   ///< periods a year
    SeriesColumns columns;             ///< as taken
    std::string said;                  ///< the columns taken and how times and numbers were read, for a user
};

/// Rows stand in any order; a period without a row is not observed. Cells "", NA, NaN and those of
/// reading.numbers.nulls are not observed.
///
/// err   with file:line:column: unknown-column, which-column (several could hold the values, or none), bad-unit,
///       total-row, those of read_scale and times_of, bad-value, censored, those of NumberColumn::numbers,
///       bad-deflator; no-rows; those of visit_rows
[[nodiscard]] Result<SeriesTable> read_series(const std::string& path, const SeriesColumns& columns,
                                              const Reading& reading = {});

}  // namespace icosa::table
