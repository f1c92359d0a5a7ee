/// Names of months, spans of periods, ages.
#include "brief/dates.hpp"

#include <array>

#include <fmt/format.h>

#include "brief/numbers.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

std::string_view month_name(int month) { return month_names[static_cast<std::size_t>(month - 1)]; }

std::string month_span(int first, int last, Language language) {
    const Civil a = civil_of(first_day_of(first, PeriodKind::Month)),
                b = civil_of(first_day_of(last, PeriodKind::Month));
    const bool same = a.year == b.year;
    if (language == Language::Zh)
        return same ? fmt::format("{}年{}月至{}月", a.year, a.month, b.month)
                    : fmt::format("{}年{}月至{}年{}月", a.year, a.month, b.year, b.month);
    return same ? fmt::format("from {} to {} {}", month_name(a.month), month_name(b.month), b.year)
                : fmt::format("from {} {} to {} {}", month_name(a.month), a.year, month_name(b.month), b.year);
}

}  // namespace

std::optional<Period> parse_any_period(std::string_view label) {
    for (const PeriodKind kind :
         {PeriodKind::Year, PeriodKind::Quarter, PeriodKind::Month, PeriodKind::Week, PeriodKind::Day}) {
        if (const auto number = parse_period(label, kind)) return Period{kind, *number};
    }
    return std::nullopt;
}

std::string day_words(Day day, Language language) {
    if (day == no_day) return "–";
    const Civil civil = civil_of(day);
    if (language == Language::Zh) return fmt::format("{}年{}月{}日", civil.year, civil.month, civil.day);
    return fmt::format("{} {} {}", civil.day, month_name(civil.month), civil.year);
}

std::string period_words(Period period, Language language) {
    const bool zh = language == Language::Zh;
    const Day last = last_day_of(period.number, period.kind);
    const Civil civil = civil_of(last);
    static constexpr std::array<std::string_view, 4> quarters = {"first", "second", "third", "fourth"};
    static constexpr std::array<std::string_view, 4> quarters_zh = {"一", "二", "三", "四"};
    const auto quarter = static_cast<std::size_t>((civil.month - 1) / 3);
    switch (period.kind) {
        case PeriodKind::Year: return fmt::format("{}{}", civil.year, zh ? "年" : "");
        case PeriodKind::Quarter:
            return zh ? fmt::format("{}年第{}季度", civil.year, quarters_zh[quarter])
                      : fmt::format("the {} quarter of {}", quarters[quarter], civil.year);
        case PeriodKind::Month:
            return zh ? fmt::format("{}年{}月", civil.year, civil.month)
                      : fmt::format("{} {}", month_name(civil.month), civil.year);
        case PeriodKind::Week:
            return zh ? "截至" + day_words(last, language) + "的一周" : "the week to " + day_words(last, language);
        case PeriodKind::Day: break;
    }
    return day_words(last, language);
}

std::string span_words(Period last, int span, Language language) {
    const bool zh = language == Language::Zh;
    if (span <= 1) return (zh ? "" : last.kind == PeriodKind::Day ? "on " : "in ") + period_words(last, language);
    const Day end = last_day_of(last.number, last.kind);
    switch (last.kind) {
        case PeriodKind::Month: return month_span(last.number - span + 1, last.number, language);
        case PeriodKind::Year: {
            const int first = civil_of(first_day_of(last.number - span + 1, last.kind)).year;
            return zh ? fmt::format("{}年至{}年", first, civil_of(end).year)
                      : fmt::format("from {} to {}", first, civil_of(end).year);
        }
        case PeriodKind::Quarter:
        case PeriodKind::Week:
        case PeriodKind::Day: break;
    }
    const std::string to = day_words(end, language), number = small_number(span, language);
    if (last.kind == PeriodKind::Quarter)
        return zh ? fmt::format("截至{}的{}个季度", to, number) : fmt::format("in the {} quarters to {}", number, to);
    if (last.kind == PeriodKind::Week)
        return zh ? fmt::format("截至{}的{}周", to, number) : fmt::format("in the {} weeks to {}", number, to);
    return zh ? fmt::format("截至{}的{}天", to, number) : fmt::format("in the {} days to {}", number, to);
}

std::string age_words(int days, Language language) {
    const bool zh = language == Language::Zh;
    const int whole = std::max(days, 0);
    if (whole < 60) return zh ? fmt::format("{}天", whole) : plural(whole, "day", "days");
    const int months = static_cast<int>(whole / 30.436875);
    if (months < 36) return zh ? fmt::format("{}个月", months) : plural(months, "month", "months");
    return zh ? fmt::format("{}年", months / 12) : plural(months / 12, "year", "years");
}

std::string figures_of(PeriodKind kind, Language language) {
    const bool zh = language == Language::Zh;
    switch (kind) {
        case PeriodKind::Year: return zh ? "年度数据" : "Yearly figures";
        case PeriodKind::Quarter: return zh ? "季度数据" : "Quarterly figures";
        case PeriodKind::Month: return zh ? "月度数据" : "Monthly figures";
        case PeriodKind::Week: return zh ? "周数据" : "Weekly figures";
        case PeriodKind::Day: break;
    }
    return zh ? "逐日数据" : "Daily figures";
}

}  // namespace icosa::brief
