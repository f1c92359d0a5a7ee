/// Forms in which tables write times, and what a text means in each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace icosa {

/// The order is that of preference where two forms read a whole column alike.
enum class TimeForm : std::uint8_t {
    YearFirst,     ///< 2020-11-03, 2020/11/3, 3-part with a year of four digits in front, 2020 Nov 3, 2020-W45-2
    CompactDay,    ///< 20201103, 20201103143000
    DayFirst,      ///< 3/11/2020, 03.11.20, 3 Nov 2020, 01-Jan-01
    MonthFirst,    ///< 11/3/2020, November 3, 2020
    ShortYearFirst,     ///< 20-11-03
    CompactDayFirst,    ///< 03112020
    CompactMonthFirst,  ///< 11032020
    YearMonth,     ///< 2020-11, 2020/11, 2020M11, 2020-M11, 2020 Nov
    MonthYear,     ///< 11/2020, Nov 2020, nov-20
    CompactMonth,  ///< 202011
    Quarter,       ///< 2020-Q4, 2020Q4, Q4 2020, 4Q20, 2020-T4
    Week,          ///< 2020-W53, 2020W53, 2020 W53, KW 53/2020
    BareWeek,      ///< 2020-53, 53/2020
    CompactWeek,   ///< 202053
    Year,          ///< 2020
    ExcelDay,      ///< 44138, 44138.5: days as Excel counts them since 1900
    SixDayFirst,   ///< 031120
    SixMonthFirst, ///< 110320
    SixYearFirst,  ///< 201103
};
inline constexpr std::size_t time_forms = 19;

/// A set of forms, a bit each.
using TimeForms = std::uint32_t;
inline constexpr TimeForms all_time_forms = (1U << time_forms) - 1;
constexpr TimeForms bit(TimeForm form) { return 1U << static_cast<unsigned>(form); }

/// What a time means: a day, or the days of a longer period.
struct TimeSpan {
    Day first = no_day, last = no_day;
    PeriodKind kind = PeriodKind::Day;
    bool operator==(const TimeSpan&) const = default;
};

/// All that one text may mean.
struct TimeReadings {
    struct Reading {
        TimeForm form = TimeForm::YearFirst;
        TimeSpan span;
    };
    std::array<Reading, 8> of{};
    std::size_t many = 0;

    [[nodiscard]] std::span<const Reading> all() const { return {of.data(), many}; }
    [[nodiscard]] TimeForms forms() const;
    [[nodiscard]] std::optional<TimeSpan> in(TimeForm form) const;
};

/// Days may have a time of day behind them ("T14:30", " 14:30:00.5 +02:00", "Z"): the day stays as written, no zone is
/// applied. Years of two digits are 1969 to 2068, as POSIX has it. Digits are those of ASCII; names of months those of
/// month_of_name; a number may end in ".0", as tables of floats write them. A text is read as a whole or not at all.
[[nodiscard]] TimeReadings read_times(std::string_view text);
[[nodiscard]] std::optional<TimeSpan> read_time(std::string_view text, TimeForm form);
[[nodiscard]] TimeForms forms_of(std::string_view text);  ///< 0 = it is no time

[[nodiscard]] std::string_view time_form_words(TimeForm form);    ///< "days written day first, as 3/11/2020"

/// The forms that a user or a card can name: ymd, dmy, mdy, month, week, quarter, year, excel; several by commas.
/// Nothing where a name is none of these.
[[nodiscard]] std::optional<TimeForms> parse_time_forms(std::string_view names);
inline constexpr std::string_view time_form_names = "ymd|dmy|mdy|month|week|quarter|year|excel";
[[nodiscard]] std::string_view time_form_name(TimeForm form);  ///< by which a user names it: "dmy"

}  // namespace icosa
