/// Which column is the day, and how it is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "draft/look.hpp"
#include "pack/source_card.hpp"

namespace icosa::draft {

struct DayGuess {
    std::vector<int> columns;    ///< one; a year and a month or week: two
    pack::Parse parse = pack::Parse::Date;
    std::string words;           ///< "days written day first, as 31/12/2025"
    PeriodKind width = PeriodKind::Day;   ///< of what a cell names
    PeriodKind stands_for = PeriodKind::Day;  ///< days that lie one a week, month, quarter or year stand for that
    std::vector<Day> days;       ///< of each row, its first; no_day where it has none
    Day first = no_day, last = no_day;    ///< last: the end of the newest cell's week, month or year
    int strays = 0;  ///< rows far outside of these days: mistyped, and no measure of the file's span
};

/// asked: the column by name, or "year+week" for two; "" = the one most like days. form: as --date-form has it.
///
/// err   Usage: unknown-column; Data: no-day (no column holds days), bad-time, ambiguous-time, unread-form (a form that
///       no card reads)
[[nodiscard]] Result<DayGuess> guess_day(const Look& look, const std::string& asked, const std::string& form);

/// Errors of a column that a user named and the file lacks: the nearest, and what there is.
[[nodiscard]] std::unexpected<Error> unknown_column(const Look& look, std::string_view option,
                                                    const std::string& asked);

}  // namespace icosa::draft
