/// Figures and words of one signal.
#include "detect/surveillance/sighting_signal.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "detect/surveillance/beside_told.hpp"
#include "detect/surveillance/grounds.hpp"
#include "detect/surveillance/kept_out.hpp"
#include "engine/course.hpp"
#include "engine/grading.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"

namespace icosa::detect {
namespace {

using engine::figure;
using engine::ratio_of;
using model::Panel;

/// Mean values since a level changed and in the periods before; NaN where the method names no change.
struct Levels {
    double since = nan_value;
    double before = nan_value;
    [[nodiscard]] bool known() const { return !std::isnan(since) && !std::isnan(before); }
};

/// A year, at least six periods.
int periods_before(const Watched& watched) { return std::max(watched.season(), 6); }

double mean_between(const std::vector<double>& values, int from, int to) {
    double sum = 0;
    int n = 0;
    for (int i = std::max(from, 0); i < to; ++i) {
        const double value = values[static_cast<std::size_t>(i)];
        if (std::isnan(value)) continue;
        sum += value;
        ++n;
    }
    return n == 0 ? nan_value : sum / n;
}

Levels levels_of(const Watched& watched, const Sighting& sighting) {
    const int since = sighting.judged.judgement.since;
    const pack::Judging& judging = watched.watch.judging;
    if (since < 0 || judging.form != pack::Form::Level || judging.over > 1) return {};
    const auto values = watched.series.values(sighting.unit);
    return {mean_between(values, since, watched.series.size()),
            mean_between(values, since - periods_before(watched), since)};
}

/// "; the level changed about 2019-08 with probability 0.93 (mean 12.4 since, 4.1 in the 12 periods before)": for
/// methods that name a period.
std::string change_words(const Watched& watched, const Sighting& sighting, const Levels& means) {
    const Judgement& judgement = sighting.judged.judgement;
    if (judgement.since < 0) return {};
    return fmt::format("; the level changed about {} with probability {}{}",
                       watched.period_text(watched.series.first() + judgement.since),
                       judgement.score > 0.99 ? "over 0.99" : fmt::format("{:.2f}", judgement.score),
                       means.known() ? fmt::format(" (mean {} since, {} in the {} periods before)", figure(means.since),
                                                   figure(means.before), periods_before(watched))
                                     : std::string());
}

/// The larger against the smaller, of the levels where the method names a change; for the size.
double ratio(const Watched& watched, const Sighting& sighting, const Levels& means, double was_expected) {
    const Judged& one = sighting.judged;
    const bool counts = find_method(watched.watch.judging.method_name)->demand == Demand::Counts;
    const double pad = counts ? 0.5 : 0;
    if (means.known()) return ratio_of(std::max(means.since, means.before), std::min(means.since, means.before), pad);
    const bool growth = watched.watch.judging.form == pack::Form::Growth;
    const double observed = growth ? 1 + one.observed : one.observed;
    const double expected = growth ? 1 + was_expected : was_expected;
    return observed >= expected ? ratio_of(observed, expected, pad) : ratio_of(expected, observed, pad);
}

/// Do its figures have a low and a high estimate?
bool ranges(const pack::Watch& watch) {
    return watch.selection.records == model::RecordKind::Event && watch.selection.quantity == model::Quantity::Best
        && !watch.per && watch.judging.form == pack::Form::Level;
}

/// The sum over the watch's periods of what another Select says of the same unit in the same source; NaN where it is
/// not known.
double sum_of(const Watched& watched, const Sighting& sighting, int span, const model::Select& select) {
    const auto found = watched.evidence.answers.find(select);
    if (found == watched.evidence.answers.end()) return nan_value;
    const std::string& unit = watched.panel.units[sighting.unit];
    for (const Panel& panel : found->second.panels) {
        const auto at = std::lower_bound(panel.units.begin(), panel.units.end(), unit);
        if (panel.source != watched.panel.source || at == panel.units.end() || *at != unit) continue;
        double sum = 0;
        for (int period = sighting.period - span + 1; period <= sighting.period; ++period) {
            const int index = period - panel.first_period;
            sum += index < 0 || index >= panel.periods
                ? nan_value
                : panel.at(static_cast<std::size_t>(at - panel.units.begin()), index);
        }
        return sum;
    }
    return nan_value;
}

/// As sum_of, of another estimate of the same events.
double estimate(const Watched& watched, const Sighting& sighting, int span, model::Quantity quantity) {
    return sum_of(watched, sighting, span, engine::with_quantity(watched.answer.select, quantity));
}

/// The watch's parts that have a figure, summed or averaged as the course is.
std::vector<model::Part> parts_of(const Watched& watched, const Sighting& sighting, int span) {
    std::vector<model::Part> out;
    const pack::CourseRule* rule = watched.setting.measures.rule_of(watched.watch.counts, watched.panel.period);
    for (const pack::Part& part : watched.watch.parts) {
        const auto select = engine::select_of(part.selection, watched.setting);
        const double value = select ? sum_of(watched, sighting, span, *select) : nan_value;
        if (value > 0) out.push_back({part.counts, rule && rule->averages ? value / span : value});
    }
    return out;
}

/// What the unit's figure did up to the sighting's period, in single periods; a newest one that was left out for the
/// little that its source reported stands for itself.
model::Course course_of(const Watched& watched, const Sighting& sighting) {
    const std::size_t until = static_cast<std::size_t>(sighting.period - watched.series.first() + 1);
    auto values = watched.series.values(sighting.unit);
    values.resize(until);
    if (std::isnan(values.back()) && !watched.watch.per)
        values.back() = watched.series.undivided(sighting.unit, static_cast<int>(until) - 1);
    auto out = engine::course_of(values, sighting.period, watched.panel.period,
                                 watched.setting.measures.rule_of(watched.watch.counts, watched.panel.period),
                                 watched.watch.judging.direction);
    if (ranges(watched.watch)) {
        out.low = estimate(watched, sighting, out.span, model::Quantity::Low);
        out.high = estimate(watched, sighting, out.span, model::Quantity::High);
    }
    return out;
}

/// Does the expectation lie far back? Then the period before says better what was to be expected, and the long range
/// stands beside it.
bool looks_far_back(const pack::Watch& watch) {
    return watch.judging.method_name == "robust-deviation" && watch.judging.form == pack::Form::Level
        && watch.judging.over == 1;
}

/// " (low 90, high 200)" where fatalities are counted: the disagreement travels with the figure.
std::string interval_words(const Watched& watched, const Sighting& sighting, int span) {
    if (!ranges(watched.watch)) return {};
    const double low = estimate(watched, sighting, span, model::Quantity::Low);
    const double high = estimate(watched, sighting, span, model::Quantity::High);
    return std::isnan(low) || std::isnan(high) ? std::string()
                                               : fmt::format(" (low {}, high {})", figure(low), figure(high));
}

/// "; mean of the same period of 5 past years: 3.2"; nothing where the expectation is that figure itself.
std::string baseline_words(const model::Signal& signal) {
    const double value = signal.baseline.value;
    return std::isnan(value) || value == signal.expected ? std::string()
                                                         : fmt::format("; {}: {}", signal.baseline.what, figure(value));
}

std::string reason_of(const Watched& watched, const Sighting& sighting, int span, const Levels& means,
                      const std::string& unit, const model::Signal& signal) {
    const Judged& one = sighting.judged;
    const pack::Form form = watched.watch.judging.form;
    const std::string expected =
        std::isnan(signal.expected) ? "" : fmt::format(" against {} expected", figure(signal.expected, form));
    return fmt::format("{}, {}: {} {}{}{} (threshold {}) in {}{}{}{}{}; {} period{} of history{}", signal.subject_title,
                       engine::span_label(sighting.period, watched.panel.period, span), figure(signal.observed, form),
                       engine::unit_behind(form == pack::Form::Level ? signal.observed : nan_value, unit),
                       interval_words(watched, sighting, span), expected, figure(signal.threshold, form),
                       watched.source(), change_words(watched, sighting, means), sighting.beside,
                       one.judgement.note.empty() ? "" : "; ", one.judgement.note, sighting.history,
                       sighting.history == 1 ? "" : "s", baseline_words(signal));
}

/// "Mexico, 2022: 262,411 persons displaced in UNHCR ..., first reported: there is no earlier figure to compare with",
/// or "reported again: there is no figure since 1996 to compare with".
std::string first_report_reason(const Watched& watched, const Sighting& sighting, const model::Signal& signal,
                                const std::string& unit) {
    const auto values = watched.series.values(sighting.unit);
    int last = sighting.period - watched.series.first() - 1;
    while (last >= 0 && std::isnan(values[static_cast<std::size_t>(last)])) --last;
    const std::string lack = last < 0 ? "first reported: there is no earlier figure to compare with"
                                      : fmt::format("reported again: there is no figure since {} to compare with",
                                                    watched.period_text(watched.series.first() + last));
    return fmt::format(
        "{}, {}: {} {} in {}, {}, and none is "
        "taken for 0",
        signal.subject_title, signal.period, figure(signal.observed), engine::unit_behind(signal.observed, unit),
        watched.source(), lack);
}

/// Those of the watch, then the method's.
std::vector<std::string> cites_of(const pack::Watch& watch) {
    std::vector<std::string> out = watch.cites;
    for (const auto cite : find_method(watch.judging.method_name)->spec.cites) {
        if (std::find(out.begin(), out.end(), cite) == out.end()) out.emplace_back(cite);
    }
    return out;
}

}  // namespace

Result<model::Signal> signal_of(const Watched& watched, const Sighting& sighting, int span,
                                const std::vector<std::string>& caveats) {
    const pack::Watch& watch = watched.watch;
    const Judged& one = sighting.judged;
    const bool growth = watch.judging.form == pack::Form::Growth;
    const std::string unit = growth ? "growth of " + engine::severity_unit(watch) : engine::severity_unit(watch);
    const Levels means = levels_of(watched, sighting);
    model::Signal signal;
    signal.subject = watched.panel.units[sighting.unit];
    signal.subject_title = watched.title(sighting.unit);
    signal.period = watched.period_text(sighting.period);
    signal.periods = sighting.is_first_report ? 1 : span;
    signal.id = fmt::format("{}/{}/{}", watch.id, signal.subject, signal.period);
    signal.observed = one.observed;
    signal.expected = one.judgement.expected;
    signal.threshold = one.judgement.threshold;
    signal.unusualness = std::isnan(one.judgement.score) ? 0 : std::clamp(one.judgement.score, 0.0, 1.0);
    signal.adjusted_p_value = sighting.adjusted_p_value;
    signal.baseline = sighting.baseline;
    signal.measure = watch.counts;
    signal.course = course_of(watched, sighting);
    signal.parts = parts_of(watched, sighting, signal.course.span);
    const Day last = last_day_of(sighting.period, watched.panel.period);
    signal.lateness_days = std::max(0, watched.setting.as_of - last);
    const auto& values = signal.course.values;  // single periods: `before` may be a sum of several
    if (looks_far_back(watch) && values.size() > 1 && !std::isnan(values[values.size() - 2])) {
        signal.baseline = {
            signal.expected,
            watched.panel.period == PeriodKind::Year ? "median of the years before" : "median of the periods before"};
        signal.expected = values[values.size() - 2];
    }
    signal.severity = {means.known()                     ? std::fabs(means.since - means.before)
                           : std::isnan(signal.expected) ? signal.observed
                                                         : std::fabs(signal.observed - signal.expected),
                       growth ? "share, " + unit : unit};
    signal.grounds = TRY(grounds_of(watched, sighting));
    signal.size =
        engine::size_of(signal.unusualness, ratio(watched, sighting, means, signal.expected), watched.setting.grades);
    signal.reason = sighting.is_first_report ? first_report_reason(watched, sighting, signal, unit)
                                             : reason_of(watched, sighting, span, means, unit, signal);
    signal.phrase = phrase_of(watched, sighting.unit, sighting.period, one.judgement);
    signal.cites = cites_of(watch);
    signal.caveats = caveats;
    for (auto& told : kept_out_of_unit(watched.setting, watched.panel, signal.subject,
                                       last_day_of(sighting.period, watched.panel.period))) {
        if (std::find(caveats.begin(), caveats.end(), told) == caveats.end()) signal.caveats.push_back(std::move(told));
    }
    return signal;
}

}  // namespace icosa::detect
