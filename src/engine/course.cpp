/// Sums spans, compares them.
#include "engine/course.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/number.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::engine {
namespace {

constexpr int years_of_range = 5;
constexpr std::size_t most_values = 24, fewest_spans = 3;

/// Spans of a series, by how many periods they end before its last; NaN where one of their periods is not observed.
class Spans {
public:
    Spans(std::span<const double> values, const pack::CourseRule& rule) : values_(values), rule_(rule) {}

    [[nodiscard]] double ending(int periods_before, int periods) const {
        const int end = static_cast<int>(values_.size()) - periods_before;
        if (end - periods < 0) return nan_value;
        double sum = 0;
        for (int i = end - periods; i < end; ++i) sum += values_[static_cast<std::size_t>(i)];
        return rule_.averages ? sum / periods : sum;
    }
    [[nodiscard]] double ending(int periods_before) const { return ending(periods_before, rule_.span); }
    /// Were the rule's quiet periods observed, and all 0? Then the first few are new, however few.
    [[nodiscard]] bool nothing_before(const pack::CourseRule& rule) const {
        return rule.quiet_periods > 0 && ending(rule.span, rule.quiet_periods) == 0;
    }
    /// Of the spans that end before the newest one began; NaN of too few.
    [[nodiscard]] double usual(int season) const {
        std::vector<double> spans;
        for (int before = rule_.span; before <= rule_.span + years_of_range * season; ++before) {
            if (const double span = ending(before); !std::isnan(span)) spans.push_back(span);
        }
        return spans.size() < fewest_spans ? nan_value : methods::median(spans);
    }

private:
    std::span<const double> values_;
    const pack::CourseRule& rule_;
};

bool was_quiet(const Spans& spans, const pack::CourseRule& rule) {
    if (rule.quiet_periods == 0) return false;
    const double quiet = spans.ending(rule.span, rule.quiet_periods);
    return !std::isnan(quiet) && quiet < rule.quiet_below;
}

model::Change change_of(const Spans& spans, const model::Course& course, const pack::CourseRule& rule, int season,
                        bool falls) {
    using enum model::Change;
    const double now = course.now;
    const double first = rule.seasonal ? course.year_before : course.before;
    const double against = std::isnan(first) ? (rule.seasonal ? course.before : course.year_before) : first;
    if (std::isnan(now)) return None;
    const bool rises = !(now < rule.rise * against);  // against nothing known, too
    if (!falls && now > 0 && rises && (spans.nothing_before(rule) || (now >= rule.least && was_quiet(spans, rule))))
        return New;
    const bool known = !std::isnan(against) && against >= 0 && now >= 0;
    if (known && now >= rule.rise * against && now - against >= rule.least && now > against && !falls) return Rising;
    if (known && now <= rule.fall * against && against - now >= rule.least && now < against) return Falling;
    const double usual = spans.usual(season);
    if (falls) return !std::isnan(usual) && now >= usual ? BackInRange : Falling;
    if (std::isnan(usual) && std::isnan(against)) return None;  // there is no past to be high against
    return !std::isnan(usual) && now <= usual ? BackInRange : StillHigh;
}

}  // namespace

model::Course course_of(std::span<const double> values, int last_period, PeriodKind kind, const pack::CourseRule* rule,
                        pack::Direction looks_for) {
    model::Course out;
    out.kind = kind;
    out.last_period = last_period;
    if (values.empty()) return out;
    const auto shown = values.last(std::min(values.size(), most_values));
    out.values.assign(shown.begin(), shown.end());
    pack::CourseRule by = rule ? *rule : pack::CourseRule{};
    // After a gap the newest period is told alone: a span that reaches into the gap is not known.
    if (std::isnan(Spans(values, by).ending(0)) && !std::isnan(values.back())) by.span = 1;
    const Spans spans(values, by);
    const int season = periods_per_year(kind);
    out.span = by.span;
    out.now = spans.ending(0);
    out.before = spans.ending(by.span);
    out.year_before = spans.ending(season);
    if (rule) out.change = change_of(spans, out, by, season, looks_for == pack::Direction::Fall);
    return out;
}

}  // namespace icosa::engine
