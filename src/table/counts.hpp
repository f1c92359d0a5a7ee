/// A user's table of counts as the panel that forecasts are made from.
#pragma once

#include <string>

#include "base/result.hpp"
#include "forecast/count_panel.hpp"

namespace icosa::table {

/// Of one row: a forecast's values, some times as large, are still exact.
inline constexpr double most_count = 1e12;

struct CountColumns {
    std::string unit, time, value;
};

/// Numbered: each unit must be a whole number, as the prediction challenge's files have it.
enum class UnitNames { Any, Numbered };

/// Reads unit, month and count of each row, in any order of rows. Other columns are left alone.
///
/// err   with file:line:column (Parquet: the row's number): unknown-column, bad-unit (none, or not a number where it
/// must be), bad-month, bad-count (negative,
///       fractional, absent, above 10^12), two-rows-one-month, gap (a month missing between a unit's first and last);
///       no-rows
[[nodiscard]] Result<forecast::CountPanel> read_counts(const std::string& path, const CountColumns& columns,
                                                       UnitNames names = UnitNames::Any);

[[nodiscard]] bool unit_before(
    const std::string& a,
    const std::string& b);  ///< the order of units: numbers by size, before texts by their letters

}  // namespace icosa::table
