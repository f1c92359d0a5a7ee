/// A user's table of counts as the panel that forecasts are made from.
#pragma once

#include <string>

#include "base/result.hpp"
#include "forecast/count_panel.hpp"
#include "table/count_rows.hpp"

namespace icosa::table {

/// Reads unit, month and count of each row, in any order of rows. Other columns are left alone. said: how times and
/// numbers were read where that is not plain; null = not asked.
///
/// err   those of read_count_rows; two-rows-one-month, gap (a month missing between a unit's first and last)
[[nodiscard]] Result<forecast::CountPanel> read_counts(const std::string& path, const CountColumns& columns,
                                                       UnitNames names = UnitNames::Any, const Reading& reading = {},
                                                       std::string* said = nullptr);

/// The same where months may lack: NaN stands for what is not observed, between a unit's first and last.
///
/// err   those of read_count_rows; two-rows-one-month
[[nodiscard]] Result<forecast::CountPanel> read_counts_with_gaps(const std::string& path, const CountColumns& columns,
                                                                 const Reading& reading, std::string* said = nullptr);

[[nodiscard]] bool unit_before(
    const std::string& a,
    const std::string& b);  ///< the order of units: numbers by size, before texts by their letters

}  // namespace icosa::table
