/// Tests the newest month of each unit, then all of them at once.
#include "forecast/predictive_quantile.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "forecast/statement.hpp"
#include "methods/alarms/false_discovery.hpp"

namespace icosa::forecast {
namespace {

using engine::figure;
using pack::number_option;

constexpr double finest_p = 1e-4;  ///< what a past of this length cannot tell is not called rarer

constexpr pack::Field quantile_fields[] = {
    number_option("quantile", "of the distribution made a month earlier; the newest month signals above it")
        .in("share")
        .within(0.5, 0.9999)
        .by_default("0.95"),
};
constexpr std::string_view quantile_cites[] = {"hegre2024", "benjamini1995"};

double quantile_of(const pack::Watch& watch) {
    Diagnostics faults;
    return pack::parse_options(watch.judging.method, predictive_quantile_spec, faults).number("quantile");
}

/// P(X >= observed), a count being its rounded value; never below finest_p.
double p_value_of(const OneStep& one) {
    return std::max(finest_p, methods::share_from(one.ensemble, one.observed - 0.5));
}

/// One unit's newest month.
struct Test {
    const OneStep* month = nullptr;
    double p_value = 1;
    double adjusted = nan_value;  ///< NaN: the rate is not controlled
};

/// p-values held together to the watch's false-discovery rate; the finding names rate and procedure. 1: not controlled.
double control_false_discoveries(const Spoken& spoken, std::vector<Test>& tests, model::WatchFinding& finding) {
    const pack::Watch& watch = spoken.watch();
    const double rate =
        watch.false_discovery_rate > 0 ? watch.false_discovery_rate : spoken.setting().grades.false_discovery_rate;
    if (tests.empty() || rate >= 1) return rate;
    finding.false_discovery_rate = rate;
    finding.discovery_procedure = watch.any_dependence ? "benjamini-yekutieli" : "benjamini-hochberg";
    finding.signals_expected_by_chance =
        std::min(finding.signals_expected_by_chance,
                 methods::discoveries_expected_by_chance(static_cast<int>(finding.tests), rate));
    std::vector<double> p_values;
    for (const Test& test : tests) p_values.push_back(test.p_value);
    const auto adjusted = methods::adjusted_p_values(
        p_values, watch.any_dependence ? methods::Dependence::Any : methods::Dependence::Positive);
    for (std::size_t i = 0; i < tests.size(); ++i) tests[i].adjusted = adjusted[i];
    return rate;
}

model::Signal signal_of(const Spoken& spoken, const Test& test, double quantile, const model::WatchFinding& finding) {
    const OneStep& one = *test.month;
    const int history = spoken.history(one.unit);
    model::Signal signal = spoken.begin(one.unit, finding.caveats);
    signal.observed = one.observed;
    signal.expected = methods::mean(one.ensemble);
    signal.threshold = std::round(methods::quantile(one.ensemble, quantile));
    signal.unusualness = 1 - test.p_value;
    signal.adjusted_p_value = test.adjusted;
    const auto& counts = spoken.of().counts().panel.series[one.unit].counts;
    auto rule = methods::last_values(std::span(counts).first(static_cast<std::size_t>(history) - 1), 12);
    methods::normalise(rule);
    signal.baseline = {methods::mean(rule), "mean of the 12 months before"};
    signal.severity = {std::max(0.0, one.observed - signal.expected), spoken.unit_word()};
    signal.size = engine::size_of(signal.unusualness, engine::ratio_of(one.observed, signal.expected, 0.5),
                                  spoken.setting().grades);
    signal.reason = fmt::format(
        "{}, {}: {} {} against {} expected a month earlier ({} quantile {}) in {}; as many or more had a chance of {}; "
        "{}: {}; {} months of history",
        signal.subject_title, signal.period, figure(one.observed),
        engine::unit_behind(one.observed, spoken.unit_word()), figure(signal.expected), percent_text(quantile),
        figure(signal.threshold), engine::source_title(spoken.setting(), finding.source),
        test.p_value <= finest_p ? "at most 1 in 10,000" : odds_text(test.p_value), signal.baseline.what,
        figure(signal.baseline.value), history);
    add_cites(signal.cites, predictive_quantile_spec.cites);
    return signal;
}

}  // namespace

constexpr pack::Spec predictive_quantile_spec{
    "predictive-quantile",
    "The newest month above the quantile of the distribution that was forecast for it a month earlier.",
    quantile_fields,
    {},
    quantile_cites};

Result<void> judge_newest_month(const Spoken& spoken, model::WatchFinding& finding) {
    const double quantile = quantile_of(spoken.watch());
    std::vector<Test> tests;
    for (const OneStep& one : *TRY(spoken.of().one_step())) {
        if (spoken.speaks_of(one.unit)) tests.push_back({&one, p_value_of(one), nan_value});
    }
    finding.tests = static_cast<std::int64_t>(tests.size());
    finding.units_examined = finding.tests;
    finding.signals_expected_by_chance = (1 - quantile) * static_cast<double>(tests.size());
    const double rate = control_false_discoveries(spoken, tests, finding);
    for (const Test& test : tests) {
        if (test.p_value > 1 - quantile || test.month->observed < spoken.watch().judging.minimum) continue;
        if (rate < 1 && test.adjusted > rate) {
            ++finding.set_aside;
            continue;
        }
        finding.signals.push_back(signal_of(spoken, test, quantile, finding));
    }
    return {};
}

Result<bool> is_above_quantile(PanelForecast& of, const pack::Watch& watch) {
    const double quantile = quantile_of(watch);
    for (const OneStep& one : *TRY(of.one_step())) {
        if (p_value_of(one) <= 1 - quantile && one.observed >= watch.judging.minimum) return true;
    }
    return false;
}

}  // namespace icosa::forecast
