/// The rows of a user's table of counts: unit, month, count; what dense and sparse tables share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "table/columns.hpp"

namespace icosa::table {

/// Of one row: a forecast's values, some times as large, are still exact.
inline constexpr double most_count = 1e12;

struct CountRow {
    std::int32_t unit = 0;   ///< position in units
    int month = 0;           ///< from 1970-01
    double count = 0;
    int line = 0;
};

struct CountRows {
    std::vector<std::string> units;  ///< in the order of the file
    std::vector<CountRow> rows;      ///< too
    std::size_t time_column = 0;
    std::string said;   ///< how times and numbers were read where that is not plain; "" = plainly
};

/// Numbered: each unit must be a whole number, as the prediction challenge's files have it.
enum class UnitNames { Any, Numbered };

/// err   with file:line:column (Parquet: the row's number): unknown-column, bad-unit (none, or not a number where it
/// must
///       be), bad-month, ambiguous-time, total-row, bad-count (negative, fractional, absent, above 10^12), censored,
///       open-decimals, mixed-decimals; no-rows
[[nodiscard]] Result<CountRows> read_count_rows(const std::string& path, const CountColumns& columns,
                                                const Reading& reading, UnitNames names);

}  // namespace icosa::table
