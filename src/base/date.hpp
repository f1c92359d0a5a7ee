/// Days and periods: a day is a number, a period is a kind and a number; both count from 1970.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace icosa {

/// A civil day, proleptic Gregorian, as days since 1970-01-01. Days are the source's own; no time zone is applied.
struct Day {
    std::int32_t value = 0;
    auto operator<=>(const Day&) const = default;
};

inline constexpr Day no_day{std::numeric_limits<std::int32_t>::min()};      ///< absent
inline constexpr Day first_possible_day{-2'000'000};                       ///< before any record
inline constexpr Day last_possible_day{2'000'000};                         ///< after any record
inline Day operator+(Day day, int days) { return Day{day.value + days}; }
inline Day operator-(Day day, int days) { return Day{day.value - days}; }
inline int operator-(Day a, Day b) { return a.value - b.value; }

struct Civil {
    int year = 1970;
    int month = 1;  ///< 1 to 12
    int day = 1;    ///< 1 to 31
};

[[nodiscard]] Day day_of(int year, int month, int day);  ///< the arguments must form a civil day
[[nodiscard]] bool is_civil(int year, int month, int day);
[[nodiscard]] Civil civil_of(Day day);
[[nodiscard]] int last_day_of_month(int year, int month);
/// The same day so many months later; the month's last where it has no such day.
[[nodiscard]] Day months_later(Day day, int months);
[[nodiscard]] std::string iso(Day day);                              ///< "2020-11-03"; "" for no_day
[[nodiscard]] std::optional<Day> parse_iso_day(std::string_view text);  ///< "2020-11-03" and nothing else

enum class PeriodKind : std::uint8_t { Day, Week, Month, Quarter, Year };

/// period index of a day: days since 1970-01-01; ISO weeks since the one of 1970-01-01 (Monday based); months,
/// quarters, years since 1970.
[[nodiscard]] int period_of(Day day, PeriodKind kind);
[[nodiscard]] Day first_day_of(int period, PeriodKind kind);
[[nodiscard]] Day last_day_of(int period, PeriodKind kind);
[[nodiscard]] std::string period_label(int period,
                                       PeriodKind kind);  ///< "2020", "2020-Q4", "2020-11", "2020-W47", "2020-11-03"
[[nodiscard]] std::optional<int> parse_period(std::string_view label, PeriodKind kind);
[[nodiscard]] std::string_view period_kind_name(PeriodKind kind);  ///< "month"
[[nodiscard]] std::optional<PeriodKind> parse_period_kind(std::string_view name);
[[nodiscard]] int periods_per_year(PeriodKind kind);  ///< 365, 52, 12, 4, 1: the season's length

}  // namespace icosa
