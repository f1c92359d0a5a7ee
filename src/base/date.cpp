/// Civil calendar arithmetic after Howard Hinnant's days_from_civil.
#include "base/date.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa {
namespace {

int floor_div(int a, int b) { return a / b - (a % b != 0 && (a ^ b) < 0); }

/// The Monday on or before 1970-01-01 (a Thursday) is day -3.
constexpr int week_epoch = -3;

std::optional<int> digits(std::string_view text) {
    if (text.empty()) return std::nullopt;
    int value = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// ISO 8601 week-numbering year and week of a Monday.
std::pair<int, int> iso_week(Day monday) {
    const int year = civil_of(monday + 3).year;  // the year of the week's Thursday
    const Day fourth = day_of(year, 1, 4);       // always in week 1
    const int first_monday = floor_div(fourth.value - week_epoch, 7) * 7 + week_epoch;
    return {year, (monday.value - first_monday) / 7 + 1};
}

}  // namespace

Day day_of(int year, int month, int day) {
    const int y = year - (month <= 2);
    const int era = floor_div(y, 400);
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return Day{era * 146097 + day_of_era - 719468};
}

int last_day_of_month(int year, int month) {
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

bool is_civil(int year, int month, int day) {
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= last_day_of_month(year, month);
}

Civil civil_of(Day day) {
    const int z = day.value + 719468;
    const int era = floor_div(z, 146097);
    const int day_of_era = z - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int mp = (5 * day_of_year + 2) / 153;
    const int month = mp < 10 ? mp + 3 : mp - 9;
    return {year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * mp + 2) / 5 + 1};
}

std::string iso(Day day) {
    if (day == no_day) return {};
    const Civil c = civil_of(day);
    return fmt::format("{:04}-{:02}-{:02}", c.year, c.month, c.day);
}

std::optional<Day> parse_iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text.substr(0, 4)), m = digits(text.substr(5, 2)), d = digits(text.substr(8, 2));
    if (!y || !m || !d || !is_civil(*y, *m, *d)) return std::nullopt;
    return day_of(*y, *m, *d);
}

int period_of(Day day, PeriodKind kind) {
    switch (kind) {
        case PeriodKind::Day: return day.value;
        case PeriodKind::Week: return floor_div(day.value - week_epoch, 7);
        case PeriodKind::Month: {
            const Civil c = civil_of(day);
            return (c.year - 1970) * 12 + c.month - 1;
        }
        case PeriodKind::Quarter: {
            const Civil c = civil_of(day);
            return (c.year - 1970) * 4 + (c.month - 1) / 3;
        }
        case PeriodKind::Year: return civil_of(day).year - 1970;
    }
    return 0;
}

Day first_day_of(int period, PeriodKind kind) {
    switch (kind) {
        case PeriodKind::Day: return Day{period};
        case PeriodKind::Week: return Day{period * 7 + week_epoch};
        case PeriodKind::Month: {
            const int y = floor_div(period, 12);
            return day_of(1970 + y, period - y * 12 + 1, 1);
        }
        case PeriodKind::Quarter: {
            const int y = floor_div(period, 4);
            return day_of(1970 + y, (period - y * 4) * 3 + 1, 1);
        }
        case PeriodKind::Year: return day_of(1970 + period, 1, 1);
    }
    return {};
}

Day last_day_of(int period, PeriodKind kind) { return first_day_of(period + 1, kind) - 1; }

std::string period_label(int period, PeriodKind kind) {
    const Day first = first_day_of(period, kind);
    const Civil c = civil_of(first);
    switch (kind) {
        case PeriodKind::Day: return iso(first);
        case PeriodKind::Week: {
            const auto [year, week] = iso_week(first);
            return fmt::format("{:04}-W{:02}", year, week);
        }
        case PeriodKind::Month: return fmt::format("{:04}-{:02}", c.year, c.month);
        case PeriodKind::Quarter: return fmt::format("{:04}-Q{}", c.year, (c.month - 1) / 3 + 1);
        case PeriodKind::Year: return fmt::format("{:04}", c.year);
    }
    return {};
}

std::optional<int> parse_period(std::string_view label, PeriodKind kind) {
    if (kind == PeriodKind::Day) {
        const auto day = parse_iso_day(label);
        return day ? std::optional(day->value) : std::nullopt;
    }
    if (label.size() < 4) return std::nullopt;
    const auto year = digits(label.substr(0, 4));
    if (!year || *year < 1) return std::nullopt;
    const std::string_view rest = label.substr(4);
    switch (kind) {
        case PeriodKind::Year: return rest.empty() ? std::optional(*year - 1970) : std::nullopt;
        case PeriodKind::Quarter:
            if (rest.size() != 3 || !rest.starts_with("-Q") || rest[2] < '1' || rest[2] > '4') return std::nullopt;
            return (*year - 1970) * 4 + (rest[2] - '1');
        case PeriodKind::Month: {
            const auto month = rest.size() == 3 && rest[0] == '-' ? digits(rest.substr(1)) : std::nullopt;
            return month && *month >= 1 && *month <= 12 ? std::optional((*year - 1970) * 12 + *month - 1)
                                                        : std::nullopt;
        }
        case PeriodKind::Week: {
            const auto week = rest.size() == 4 && rest.starts_with("-W") ? digits(rest.substr(2)) : std::nullopt;
            if (!week || *week < 1) return std::nullopt;
            const int period = period_of(day_of(*year, 1, 4), PeriodKind::Week) + *week - 1;
            return period_label(period, kind) == label ? std::optional(period) : std::nullopt;
        }
        case PeriodKind::Day: break;
    }
    return std::nullopt;
}

std::string_view period_kind_name(PeriodKind kind) {
    constexpr std::string_view names[] = {"day", "week", "month", "quarter", "year"};
    return names[static_cast<int>(kind)];
}

std::optional<PeriodKind> parse_period_kind(std::string_view name) {
    for (PeriodKind kind :
         {PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year}) {
        if (period_kind_name(kind) == name) return kind;
    }
    return std::nullopt;
}

int periods_per_year(PeriodKind kind) {
    constexpr int lengths[] = {365, 52, 12, 4, 1};
    return lengths[static_cast<int>(kind)];
}

Day months_later(Day day, int months) {
    const Civil civil = civil_of(day);
    const int index = civil.year * 12 + civil.month - 1 + months;
    const int year = index / 12;
    const int month = index % 12 + 1;
    return day_of(year, month, std::min(civil.day, last_day_of_month(year, month)));
}

}  // namespace icosa
