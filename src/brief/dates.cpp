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
    const std::string number = small_number(span, language);
    const auto of = [&](std::string_view one, std::string_view one_zh) {
        const bool fine = last.kind == PeriodKind::Day || last.kind == PeriodKind::Week;
        const Day end = last_day_of(last.number, last.kind);
        const std::string to = fine ? day_words(end, language) : period_words(last, language);
        return zh ? fmt::format("截至{}的{}{}", to, number, one_zh)
                  : fmt::format("in the {} {} to {}", number, one, to);
    };
    switch (last.kind) {
        case PeriodKind::Year: return of("years", "年");
        case PeriodKind::Quarter: return of("quarters", "个季度");
        case PeriodKind::Month: return of("months", "个月");
        case PeriodKind::Week: return of("weeks", "周");
        case PeriodKind::Day: break;
    }
    return of("days", "天");
}

std::string span_before_words(Period last, int span, Language language) {
    if (span <= 1) return span_words({last.kind, last.number - 1}, 1, language);
    const std::string number = small_number(span, language);
    if (language == Language::En) return fmt::format("in the {} before", number);
    switch (last.kind) {
        case PeriodKind::Year: return fmt::format("此前{}年", number);
        case PeriodKind::Quarter: return fmt::format("此前{}个季度", number);
        case PeriodKind::Month: return fmt::format("此前{}个月", number);
        case PeriodKind::Week: return fmt::format("此前{}周", number);
        case PeriodKind::Day: break;
    }
    return fmt::format("此前{}天", number);
}

std::string age_words(int days, Language language) {
    const bool zh = language == Language::Zh;
    const int whole = std::max(days, 0);
    if (whole < 60) return zh ? fmt::format("{}天", whole) : plural(whole, "day", "days");
    const int months = static_cast<int>(std::lround(whole / 30.436875));
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
