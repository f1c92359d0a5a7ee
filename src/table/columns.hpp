/// Which columns of a user's table a command takes where the user names none; all that fit are named when several do.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "table/numbers.hpp"

namespace icosa::table {

/// How a user's table is to be read: what all commands that read one take.
struct Reading {
    std::string date_form;   ///< of --date-form; "" = as the column says
    NumberOptions numbers;
};

/// Names of the columns of a table of counts; "" = not said.
struct CountColumns {
    std::string unit, time, value;
};

/// The columns taken, all by name: those said; else by a name that these tables have (month, month_id; unit,
/// country_id, priogrid_gid ..); else the first that is nothing else as time and the next as unit. The value is the one
/// column left that holds counts; where several do, Known takes outcome, or the only one called fatalities, best,
/// deaths or count.
///
/// err   unknown-column, too-few-columns, no-header (a column taken by its place is called like a time or number),
///       which-column (several could hold the value, or none), those of visit_rows
enum class SeveralValues { Refused, Known };
[[nodiscard]] Result<CountColumns> count_columns(const std::string& path, const CountColumns& said,
                                                 const Reading& reading, SeveralValues several);

/// Further columns of counts: those besides the columns taken that hold counts in every row and are not the same in all
/// rows of each unit (as a second code of it is).
///
/// err   those of visit_rows
[[nodiscard]] Result<std::vector<std::string>> further_counts(const std::string& path, const CountColumns& taken,
                                                              const Reading& reading);

/// As count_columns from a header alone, for a file of which the value is not asked: time and unit.
[[nodiscard]] Result<CountColumns> key_columns(const std::vector<std::string>& header, const std::string& path,
                                               const CountColumns& said, std::span<const std::string_view> others = {});

/// "'cases'", "'a', 'b'": for messages.
[[nodiscard]] std::string quoted(std::span<const std::string> names);

}  // namespace icosa::table
