/// Days, periods and ages by language: "November 2023", 2023年11月.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "brief/language.hpp"

namespace icosa::brief {

struct Period {
    PeriodKind kind = PeriodKind::Year;
    int number = 0;
};

/// A label of any kind: "2020", "2020-Q4", "2020-11", "2020-W47", "2020-11-03".
[[nodiscard]] std::optional<Period> parse_any_period(std::string_view label);

[[nodiscard]] std::string day_words(Day day, Language language);  ///< "3 November 2020"
/// "2024", "the fourth quarter of 2020", "November 2023", "the week to 22 November 2020".
[[nodiscard]] std::string period_words(Period period, Language language);
/// With its preposition, of `span` periods up to this one: "in 2024", "in the three months to November 2023", "in the
/// four weeks to 22 November 2020".
[[nodiscard]] std::string span_words(Period last, int span, Language language);
/// The span before: "in 2023", "in the three before".
[[nodiscard]] std::string span_before_words(Period last, int span, Language language);
/// "15 days", "23 months", "4 years"; 15天, 23个月, 4年.
[[nodiscard]] std::string age_words(int days, Language language);
/// "Yearly figures", 年度数据.
[[nodiscard]] std::string figures_of(PeriodKind kind, Language language);

}  // namespace icosa::brief
