/// Times of a user's table: months as the commands write them, and the even steps of a series.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_column.hpp"

namespace icosa::table {

/// The forms by which a day or a month is meant.
[[nodiscard]] TimeForms month_forms();

/// A month in any form that leaves no doubt: "2017-10", "201710", "2017M10", "Oct 2017", a day or a time of it (its
/// month), or the prediction challenge's number of a month, 1 to 1199 with 1 = 1980-01; months from 1970-01.
[[nodiscard]] std::optional<int> parse_month(std::string_view text, TimeForms forms = month_forms());
[[nodiscard]] int challenge_month(int month);  ///< the challenge's number

/// What a user said with --date-form: forms, or whole numbers.
struct AskedTimes {
    TimeForms forms = all_time_forms;
    bool as_numbers = false;
};
/// "" = all.   err   Usage bad-date-form
[[nodiscard]] Result<AskedTimes> asked_times(const std::string& date_form);

/// Where the cells of a column of times stand in their file, for errors.
struct TimesPlace {
    std::string path;
    std::size_t column = 0;
    std::span<const int> lines;  ///< of each cell
    std::string name = {};       ///< of the column: one named "week" holds weeks where 202005 may be a month

    [[nodiscard]] Where of(std::size_t cell) const { return {path, lines[cell], static_cast<int>(column) + 1}; }
};

/// Cells as points on one scale.
struct TimeScale {
    std::vector<std::int64_t> at;    ///< of each cell: periods since 1970, or the numbers themselves
    std::optional<PeriodKind> kind;  ///< nothing: numbers
    std::optional<TimeForm> form;
    std::int64_t step = 1;           ///< the least between two cells
    int season = 52;                 ///< periods a year, from the kind and the step; 52 where they are numbers

    /// "months 2016-01 to 2020-10, every 3 of them, 4 a year"; season: as it is taken, perhaps said by the user.
    [[nodiscard]] std::string said(int season_taken) const;
};

/// Days (weeks or months by their steps), weeks, months, quarters, years or whole numbers: one form for all cells. What
/// one cell leaves open (1/5/2015, 202005) the column decides: a cell that only one form reads, even steps that only
/// one form gives, the column's name; else it is refused.
///
/// err   bad-time (that of the cell which is not as the others), total-row, ambiguous-time
[[nodiscard]] Result<TimeScale> read_scale(std::span<const std::string> cells, const TimesPlace& place,
                                           const AskedTimes& asked);

/// Where rows stand in time.
struct Times {
    std::vector<int> slot;  ///< of each row: 0-based period since the first; gaps leave slots without a row
    int slots = 0;
};

/// The rows (indices of cells) of one series in even steps.
///
/// err   two-rows-one-period, uneven-times
[[nodiscard]] Result<Times> times_of(const TimeScale& scale, std::span<const std::size_t> rows,
                                     std::span<const std::string> cells, const TimesPlace& place);

/// Months of a column of a table of counts.
class MonthColumn {
public:
    explicit MonthColumn(const AskedTimes& asked);
    void see(std::string_view cell, int line);  ///< each text once is enough
    /// err   bad-month, total-row, ambiguous-time
    [[nodiscard]] Result<void> decide(const Where& column);
    /// Of a cell seen, once decided.
    [[nodiscard]] int month(std::string_view cell) const;
    [[nodiscard]] std::string said() const;  ///< "as challenge months", "days written ..."; "" where they are plain

private:
    TimeColumn column_;
    bool are_numbers_ = true;
    std::vector<std::string> cells_;
    std::vector<int> lines_;
    std::optional<TimeForm> form_;
};

}  // namespace icosa::table
