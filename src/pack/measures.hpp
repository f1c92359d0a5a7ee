/// Measures: what a figure counts, in words of each language, and by which rule it is new, rising, still high or
/// falling.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// When a figure has risen or fallen. `now` is the newest span, `before` the span before it, `year_before` the same of
/// a year before; where the span reaches into a gap, the newest period alone is told:
///
///     new       now >= rise * against, and the quiet_periods before the span are all 0, or sum to less than
///     quiet_below
///               with now at least `least`
///     rising    now >= rise * against  and  now - against >= least
///     falling   now <= fall * against  and  against - now >= least
///     else      still high (out of the ordinary) or back in its range; no word where no past is known
///
/// against = year_before where the rule is seasonal, else before; where that is not known, nothing has risen or fallen.
struct CourseRule {
    std::string id;
    PeriodKind period = PeriodKind::Year;
    int span = 1;  ///< periods summed (counts) or averaged (values)
    bool averages = false;  ///< measured values: a span is a mean
    int quiet_periods = 0;  ///< before the span; 0 = nothing of this measure is ever new
    double quiet_below = 0;  ///< in the measure's unit, over the quiet periods
    double rise = 1.5;
    double fall = 2.0 / 3;
    double least = 0;  ///< a smaller difference is neither a rise nor a fall
    bool seasonal = false;
    Where where;
};

/// How a figure is written: whole; as percent; to three figures; with two decimals.
enum class FigureKind { Count, Share, Value, Money };

/// {n} stands for the figure: "{n} people killed in attacks on civilians".
struct Measure {
    std::string id;
    Title name;  ///< of the figure, for a table: "Killed in attacks on civilians"
    std::string course;  ///< id of the rules, one a period
    std::string en, en_one;  ///< clause with {n}; en_one for one
    std::string zh;
    FigureKind figure = FigureKind::Count;
    Where where;
};

/// packs/measures.toml.
struct Measures {
    std::vector<Measure> all;
    std::vector<CourseRule> rules;

    [[nodiscard]] const Measure* find(std::string_view id) const;
    /// The rule of a measure for periods of this kind; the one named "default" where it has none of its own.
    [[nodiscard]] const CourseRule* rule_of(std::string_view measure, PeriodKind period) const;
};

/// Faults: an id twice, a measure whose course has no rule, a clause without {n}, a language that is missing.
[[nodiscard]] Measures parse_measures(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
