/// Strength of each unit's forecast against those of the past windows.
#include "forecast/rise.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::forecast {
namespace {

using engine::figure;
using pack::number_option;

constexpr pack::Field rise_fields[] = {
    number_option("ratio",
                  "how many times the base rate (below the line) or the mean of the last twelve months (from the line "
                  "on) a forecast must reach")
        .within(1, 1000)
        .by_default("2"),
    number_option("probability", "a smaller probability of reaching the line never signals")
        .in("share")
        .within(0, 1)
        .by_default("0.33"),
    number_option("minimum",
                  "of a unit that has reached the line: a smaller expected total over the horizon never signals")
        .at_least(0)
        .by_default("25"),
};
constexpr std::string_view rise_cites[] = {"hegre2024", "lorenz1969", "brown2001"};

pack::Options options_of(const pack::Watch& watch) {
    Diagnostics faults;
    return pack::parse_options(watch.judging.method, rise_spec, faults);
}

/// What the rule would have said at past origins.
struct Past {
    std::vector<double> strengths;  ///< sorted
    int in_vain = 0;                ///< signals that nothing followed
};

Past past_of(const Spoken& spoken, const pack::Options& options) {
    const double ratio = options.number("ratio");
    Past out;
    for (const PastWindow& one : spoken.of().past()) {
        out.strengths.push_back(rise_strength(one.mean, one.benchmark_mean, spoken.months(), one.odds, options));
        const bool came = one.odds.standing == Standing::Below ? one.reached : one.came >= ratio * one.benchmark_mean;
        out.in_vain += out.strengths.back() >= ratio && !came ? 1 : 0;
    }
    std::sort(out.strengths.begin(), out.strengths.end());
    return out;
}

std::string reason_of(const Spoken& spoken, std::size_t unit, double strength, const model::Signal& signal) {
    const int months = spoken.months();
    const bool by_odds = spoken.of().odds(unit)->standing == Standing::Below;
    const std::string statement = spoken.probability(unit).statement;
    return fmt::format(
        "{}, {}: {}{} {} expected from {}, {} at the pace of the last twelve months; {}", signal.subject_title,
        signal.period, by_odds ? fmt::format("{}; ", statement) : std::string(), figure(spoken.mean(unit) * months),
        spoken.unit_word(), spoken.horizon(), figure(spoken.of().of(unit)->benchmark_mean * months),
        by_odds ? fmt::format("even the low end of the interval is {} times the base rate", figure(strength))
                : fmt::format("{} times as many; {}", figure(strength), statement));
}

model::Signal signal_of(const Spoken& spoken, std::size_t unit, double strength, const Past& past,
                        const pack::Options& options, const std::vector<std::string>& caveats) {
    const int months = spoken.months();
    const double mean = spoken.mean(unit), rule = spoken.of().of(unit)->benchmark_mean;
    const double ratio = options.number("ratio");
    const Odds& odds = *spoken.of().odds(unit);
    const bool by_odds = odds.standing == Standing::Below;
    const auto& weaker = past.strengths;
    const double below = static_cast<double>(std::lower_bound(weaker.begin(), weaker.end(), strength) - weaker.begin());
    model::Signal signal = spoken.begin(unit, caveats);
    signal.periods = std::min(months, spoken.history(unit));
    signal.observed = by_odds ? odds.probability : mean * months;
    signal.expected = by_odds ? odds.base_rate : rule * months;
    signal.threshold = by_odds ? std::max(options.number("probability"), ratio * odds.base_rate)
                               : std::max(options.number("minimum"), ratio * rule * months);
    signal.unusualness = weaker.empty() ? 0 : below / (static_cast<double>(weaker.size()) + 1);
    signal.baseline = {rule * months, "the last twelve months carried on"};
    signal.severity = {std::max(0.0, (mean - rule) * months),
                       spoken.unit_word() + " expected above the last twelve months' pace"};
    signal.size = engine::size_of(signal.unusualness, strength, spoken.setting().grades);
    signal.reason = reason_of(spoken, unit, strength, signal);
    model::Phrasing told(by_odds ? "forecast.reach" : "forecast.rise");
    told.period("first", month_text(spoken.first_month())).period("last", month_text(spoken.last_month()));
    signal.phrase = by_odds
        ? told.share("chance", odds.probability)
              .share("base", odds.base_rate)
              .number("line", spoken.of().request().line)
              .phrase()
        : told.number("total", std::round(mean * months)).number("pace", std::round(rule * months)).phrase();
    add_cites(signal.cites, rise_spec.cites);
    return signal;
}

}  // namespace

constexpr pack::Spec rise_spec{
    "rise",
    "A forecast well above the unit's last twelve months, or a chance of reaching the line well above the base rate.",
    rise_fields,
    {},
    rise_cites};

double rise_strength(double mean, double benchmark_mean, int months, const Odds& odds, const pack::Options& options) {
    if (odds.probability < options.number("probability")) return 0;
    if (odds.standing == Standing::Below) return odds.low / odds.base_rate;
    const double pad = 0.5 / months;
    return mean * months >= options.number("minimum") ? (mean + pad) / (benchmark_mean + pad) : 0;
}

void judge_rises(const Spoken& spoken, model::WatchFinding& finding) {
    const pack::Options options = options_of(spoken.watch());
    const Past past = past_of(spoken, options);
    finding.signals_expected_by_chance = past.strengths.empty()
        ? 0
        : static_cast<double>(spoken.units().size()) * past.in_vain / static_cast<int>(past.strengths.size());
    for (const std::size_t unit : spoken.units()) {
        const double strength = rise_strength(spoken.mean(unit), spoken.of().of(unit)->benchmark_mean, spoken.months(),
                                              *spoken.of().odds(unit), options);
        if (strength < options.number("ratio")) continue;
        finding.signals.push_back(signal_of(spoken, unit, strength, past, options, finding.caveats));
    }
}

bool rises(const PanelForecast& of, const pack::Watch& watch) {
    const pack::Options options = options_of(watch);
    const UnitForecast* unit = of.of(0);
    if (!unit) return false;
    double mean = 0;
    for (const auto& month : unit->months) mean += methods::mean(month) / static_cast<double>(unit->months.size());
    return rise_strength(mean, unit->benchmark_mean, static_cast<int>(unit->months.size()), *of.odds(0), options)
        >= options.number("ratio");
}

}  // namespace icosa::forecast
