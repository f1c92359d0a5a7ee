/// Judges the units shown, words what is found, draws up forecasts.
#include "forecast/finding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "forecast/statement.hpp"
#include "methods/alarms/false_discovery.hpp"

namespace icosa::forecast {
namespace {

using engine::figure;
using pack::Field;
using pack::number_option;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr int months_drawn = 36;
constexpr double finest_p = 1e-4;  ///< what a past of this length cannot tell is not called rarer

constexpr Field rise_fields[] = {
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
constexpr Field quantile_fields[] = {
    number_option("quantile", "of the distribution made a month earlier; the newest month signals above it")
        .in("share")
        .within(0.5, 0.9999)
        .by_default("0.95"),
};
constexpr std::string_view quantile_cites[] = {"hegre2024", "benjamini1995"};

/// P(X >= observed), a count being its rounded value; never below finest_p.
double p_value(const OneStep& one) { return std::max(finest_p, methods::share_from(one.ensemble, one.observed - 0.5)); }

pack::Options options_of(const pack::Watch& watch, const pack::Spec& spec) {
    Diagnostics faults;
    return pack::parse_options(watch.judging.method, spec, faults);
}

class Finding {
public:
    Finding(PanelForecast& of, const pack::Watch& watch, const engine::Setting& setting, const model::Panel& panel,
            const std::vector<std::string>& places, model::WatchFinding head)
        : of_(of),
          watch_(watch),
          setting_(setting),
          panel_(panel),
          finding_(std::move(head)),
          unit_word_(engine::severity_unit(watch)),
          first_(of.origin() + of.request().first_step),
          last_(of.origin() + of.request().last_step) {
        const auto& series = of.counts().panel.series;
        for (std::size_t unit = 0; unit < series.size(); ++unit) {
            if (!of.of(unit)
                || (!places.empty() && !std::binary_search(places.begin(), places.end(), series[unit].unit)))
                continue;
            shown_.push_back(unit);
        }
        shown_set_.insert(shown_.begin(), shown_.end());
        for (const std::string& one : of.counts().ended) {
            if (places.empty() || std::binary_search(places.begin(), places.end(), one)) ended_.push_back(one);
        }
    }

    Result<model::WatchFinding> operator()() {
        finding_.units_examined = static_cast<std::int64_t>(shown_.size());
        finding_.caveats.insert(finding_.caveats.end(), of_.caveats().begin(), of_.caveats().end());
        if (!ended_.empty())
            finding_.caveats.push_back(fmt::format("not observed in {} and not forecast: {} {}",
                                                   month_label(of_.origin()), ended_.size(),
                                                   engine::unit_noun(watch_.selection.unit)));
        add_cites(finding_.cites, rise_spec.cites);
        for (const auto& cite : setting_.likelihood.cites) add_cites(finding_.cites, std::span(&cite, 1));
        record();
        if (watch_.judging.method_name == rise_spec.name) rises();
        else TRY(escalations());
        std::stable_sort(finding_.signals.begin(), finding_.signals.end(),
                         [](const model::Signal& a, const model::Signal& b) {
                             if (a.grade != b.grade) return a.grade > b.grade;
                             if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
                             if (a.severity.value != b.severity.value) return a.severity.value > b.severity.value;
                             return a.id < b.id;
                         });
        show();
        finding_.state = finding_.signals.empty() ? model::State::Quiet : model::State::Signal;
        finding_.reading = reading();
        return std::move(finding_);
    }

private:
    static std::string month_label(int month) { return period_label(month, PeriodKind::Month); }
    [[nodiscard]] std::string horizon() const {
        return first_ == last_ ? month_label(first_) : fmt::format("{} to {}", month_label(first_), month_label(last_));
    }
    [[nodiscard]] int months() const { return last_ - first_ + 1; }
    [[nodiscard]] const std::string& id(std::size_t unit) const { return of_.counts().panel.series[unit].unit; }
    [[nodiscard]] std::string title(std::size_t unit) const {
        return engine::unit_title(setting_, watch_.selection.unit, id(unit));
    }
    [[nodiscard]] int history(std::size_t unit) const {
        return of_.origin() - of_.counts().panel.series[unit].first + 1;
    }
    [[nodiscard]] double mean(std::size_t unit) const {
        double sum = 0;
        for (const auto& month : of_.of(unit)->months) sum += methods::mean(month);
        return sum / months();
    }
    [[nodiscard]] model::Probability probability(std::size_t unit) const {
        return stated(*of_.odds(unit),
                      {title(unit), unit_word_, of_.request().line, month_label(first_), month_label(last_)},
                      setting_.likelihood);
    }

    /// Past windows of the units shown: scores side by side.
    void record() {
        model::TrackRecord& out = finding_.record;
        out.model = watch_.outlook.model;
        out.benchmark = "each unit's own last twelve months, equal weights";
        std::map<int, std::pair<model::TrackRecord::Window, int>, std::greater<>> windows;
        for (const PastWindow& one : of_.past()) {
            if (!shown_set_.contains(one.unit)) continue;
            auto& [window, units] = windows[one.origin];
            window.crps += one.crps;
            window.benchmark_crps += one.benchmark_crps;
            ++units;
            const double came = one.reached ? 1 : 0;
            out.brier += (one.odds.probability - came) * (one.odds.probability - came);
            out.brier_base += (one.odds.base_rate - came) * (one.odds.base_rate - came);
            out.brier_benchmark += (one.odds.benchmark - came) * (one.odds.benchmark - came);
            ++out.probabilities;
        }
        double crps = 0, rule = 0;
        int lost = 0;
        for (auto& [origin, of] : windows) {
            auto& [window, units] = of;
            window.period = fmt::format("{} to {}", month_label(origin + of_.request().first_step),
                                        month_label(origin + of_.request().last_step));
            window.crps /= units;
            window.benchmark_crps /= units;
            crps += window.crps;
            rule += window.benchmark_crps;
            lost += window.crps > window.benchmark_crps ? 1 : 0;
            out.windows.push_back(window);
        }
        if (out.windows.empty()) {
            out.verdict = "no past window is over: the model is not scored on this panel";
            return;
        }
        out.brier /= out.probabilities;
        out.brier_base /= out.probabilities;
        out.brier_benchmark /= out.probabilities;
        const double n = static_cast<double>(out.windows.size());
        const std::string against =
            fmt::format("CRPS {} against {} of {}", figure(crps / n), figure(rule / n), out.benchmark);
        const std::string worse_in = lost == 0 ? std::string() : fmt::format(", worse in {} of them", lost);
        out.verdict = fmt::format(
            "over the last {} windows that are over, {}{}; probability: Brier score {:.4f} against {:.4f} of the base "
            "rate and {:.4f} of the simple rule{}",
            out.windows.size(), against,
            crps < rule       ? fmt::format(", better by {}", percent_text(1 - crps / rule)) + worse_in
                : crps > rule ? (rule > 0 ? fmt::format(", IT LOSES by {}", percent_text(crps / rule - 1))
                                          : std::string(", IT LOSES"))
                    + worse_in
                              : ", no better",
            out.brier, out.brier_base, out.brier_benchmark,
            out.brier > std::min(out.brier_base, out.brier_benchmark) ? ": IT LOSES" : "");
    }

    void rises() {
        const pack::Options options = options_of(watch_, rise_spec);
        const double ratio = options.number("ratio");
        std::vector<double> past;
        int vain = 0, all = 0;
        for (const PastWindow& one : of_.past()) {
            past.push_back(rise_strength(one.mean, one.benchmark_mean, months(), one.odds, options));
            ++all;
            const bool came =
                one.odds.standing == Standing::Below ? one.reached : one.came >= ratio * one.benchmark_mean;
            vain += past.back() >= ratio && !came ? 1 : 0;
        }
        std::sort(past.begin(), past.end());
        finding_.signals_expected_by_chance = all == 0 ? 0 : static_cast<double>(shown_.size()) * vain / all;
        for (const std::size_t unit : shown_) {
            const double forecast_mean = mean(unit), rule = of_.of(unit)->benchmark_mean;
            const Odds& odds = *of_.odds(unit);
            const double strength = rise_strength(forecast_mean, rule, months(), odds, options);
            if (strength < ratio) continue;
            const bool by_odds = odds.standing == Standing::Below;
            const double below =
                static_cast<double>(std::lower_bound(past.begin(), past.end(), strength) - past.begin());
            model::Signal signal = start(unit);
            signal.periods = std::min(months(), history(unit));
            signal.observed = by_odds ? odds.probability : forecast_mean * months();
            signal.expected = by_odds ? odds.base_rate : rule * months();
            signal.threshold = by_odds ? std::max(options.number("probability"), ratio * odds.base_rate)
                                       : std::max(options.number("minimum"), ratio * rule * months());
            signal.unusualness = past.empty() ? 0 : below / (static_cast<double>(past.size()) + 1);
            signal.baseline = {rule * months(), "the last twelve months carried on"};
            signal.severity = {std::max(0.0, (forecast_mean - rule) * months()),
                               unit_word_ + " expected above the last twelve months' pace"};
            signal.grade = engine::grade_of(signal.unusualness, strength, setting_.grades);
            signal.reason = fmt::format(
                "{}, {}: {}{} {} expected from {}, {} at the pace of the last twelve months; {}", signal.subject_title,
                signal.period, by_odds ? fmt::format("{}; ", probability(unit).statement) : std::string(),
                figure(forecast_mean * months()), unit_word_, horizon(), figure(rule * months()),
                by_odds ? fmt::format("even the low end of the interval is {} times the base rate", figure(strength))
                        : fmt::format("{} times as many; {}", figure(strength), probability(unit).statement));
            add_cites(signal.cites, rise_spec.cites);
            finding_.signals.push_back(std::move(signal));
        }
    }

    /// The newest month against what was forecast for it, with the false-discovery rate held over the units shown.
    Result<void> escalations() {
        const double quantile = options_of(watch_, predictive_quantile_spec).number("quantile");
        std::vector<const OneStep*> tested;
        std::vector<double> p_values;
        for (const OneStep& one : *TRY(of_.one_step())) {
            if (!shown_set_.contains(one.unit)) continue;
            tested.push_back(&one);
            p_values.push_back(p_value(one));
        }
        const double rate =
            watch_.false_discovery_rate > 0 ? watch_.false_discovery_rate : setting_.grades.false_discovery_rate;
        finding_.tests = static_cast<std::int64_t>(tested.size());
        finding_.units_examined = finding_.tests;
        finding_.signals_expected_by_chance = (1 - quantile) * static_cast<double>(tested.size());
        std::vector<double> adjusted = p_values;
        if (!tested.empty() && rate < 1) {
            finding_.false_discovery_rate = rate;
            finding_.discovery_procedure = watch_.any_dependence ? "benjamini-yekutieli" : "benjamini-hochberg";
            finding_.signals_expected_by_chance =
                std::min(finding_.signals_expected_by_chance,
                         methods::discoveries_expected_by_chance(static_cast<int>(finding_.tests), rate));
            adjusted = methods::adjusted_p_values(
                p_values, watch_.any_dependence ? methods::Dependence::Any : methods::Dependence::Positive);
        }
        for (std::size_t i = 0; i < tested.size(); ++i) {
            const OneStep& one = *tested[i];
            if (p_values[i] > 1 - quantile || one.observed < watch_.judging.minimum) continue;
            if (rate < 1 && adjusted[i] > rate) {
                ++finding_.set_aside;
                continue;
            }
            model::Signal signal = start(one.unit);
            signal.observed = one.observed;
            signal.expected = methods::mean(one.ensemble);
            signal.threshold = std::round(methods::quantile(one.ensemble, quantile));
            signal.unusualness = 1 - p_values[i];
            signal.adjusted_p_value = rate < 1 ? adjusted[i] : nan_value;
            const auto& counts = of_.counts().panel.series[one.unit].counts;
            const auto before = std::span(counts).first(static_cast<std::size_t>(history(one.unit)) - 1);
            auto rule = methods::last_values(before, 12);
            methods::normalise(rule);
            signal.baseline = {methods::mean(rule), "mean of the 12 months before"};
            signal.severity = {std::max(0.0, one.observed - signal.expected), unit_word_};
            signal.grade = engine::grade_of(signal.unusualness, engine::ratio_of(one.observed, signal.expected, 0.5),
                                            setting_.grades);
            signal.reason = fmt::format(
                "{}, {}: {} {} against {} expected a month earlier ({} quantile {}) in {}; as many or more had a "
                "chance of {}; {}: {}; {} months of history",
                signal.subject_title, signal.period, figure(one.observed),
                engine::unit_behind(one.observed, unit_word_), figure(signal.expected), percent_text(quantile),
                figure(signal.threshold), engine::source_title(setting_, finding_.source),
                p_values[i] <= finest_p ? "at most 1 in 10,000" : odds_text(p_values[i]), signal.baseline.what,
                figure(signal.baseline.value), history(one.unit));
            add_cites(signal.cites, predictive_quantile_spec.cites);
            finding_.signals.push_back(std::move(signal));
        }
        return {};
    }

    template <class Text> static void add_cites(std::vector<std::string>& to, std::span<const Text> cites) {
        for (const auto& cite : cites) {
            if (std::find(to.begin(), to.end(), cite) == to.end()) to.emplace_back(cite);
        }
    }

    /// A series that is forecast has no gaps; where records are counted without a claim to completeness, silence may
    /// still be one.
    [[nodiscard]] engine::Completeness completeness() const {
        if (panel_.complete) return engine::Completeness::Covered;
        return watch_.selection.records == model::RecordKind::Observation ? engine::Completeness::NoGaps
                                                                          : engine::Completeness::Open;
    }

    /// What every signal has.
    [[nodiscard]] model::Signal start(std::size_t unit) const {
        model::Signal signal;
        signal.subject = id(unit);
        signal.subject_title = title(unit);
        signal.period = month_label(of_.origin());
        signal.id = fmt::format("{}/{}/{}", watch_.id, signal.subject, signal.period);
        const engine::ConfidenceWhy confidence = engine::confidence_of({.history = history(unit),
                                                                        .season = 12,
                                                                        .completeness = completeness(),
                                                                        .real_time = !panel_.pseudo_real_time,
                                                                        .corroboration = {},
                                                                        .other_source = {}},
                                                                       setting_.grades);
        signal.confidence = confidence.confidence;
        signal.confidence_why = confidence.why;
        signal.cites = watch_.cites;
        signal.caveats = finding_.caveats;
        return signal;
    }

    /// Units with a signal, then those with a count within a year that expect most; shown by title. The others are
    /// counted.
    void show() {
        const bool all_ahead = watch_.judging.method_name == rise_spec.name;
        std::vector<std::size_t> chosen;
        const auto room = [&] { return chosen.size() < static_cast<std::size_t>(watch_.outlook.shown); };
        for (const model::Signal& signal : finding_.signals) {
            const auto unit =
                std::find_if(shown_.begin(), shown_.end(), [&](std::size_t one) { return id(one) == signal.subject; });
            if (room() && unit != shown_.end()) chosen.push_back(*unit);
        }
        std::vector<std::pair<double, std::size_t>> active;
        for (const std::size_t unit : shown_) {
            if (of_.of(unit)->in_conflict) active.emplace_back(-mean(unit), unit);
        }
        std::sort(active.begin(), active.end());
        for (const auto& [most, unit] : active) {
            if (all_ahead && room() && std::find(chosen.begin(), chosen.end(), unit) == chosen.end())
                chosen.push_back(unit);
        }
        for (const std::size_t unit : chosen) finding_.forecasts.push_back(forecast_of(unit));
        std::stable_sort(
            finding_.forecasts.begin(), finding_.forecasts.end(),
            [](const model::Forecast& a, const model::Forecast& b) { return a.subject_title < b.subject_title; });
        if (!all_ahead || chosen.size() == shown_.size()) return;
        std::map<std::string_view, int> by_word;
        std::size_t named = 0;
        for (const std::size_t unit : shown_) {
            if (std::find(chosen.begin(), chosen.end(), unit) == chosen.end())
                ++by_word[setting_.likelihood.word_for(of_.odds(unit)->probability)];
        }
        std::vector<std::string> parts;
        for (const auto& word : setting_.likelihood.words) {
            const auto found = by_word.find(word.word);
            if (found == by_word.end()) continue;
            named += static_cast<std::size_t>(found->second);
            parts.push_back(fmt::format("{} {} ({} to {})", found->second, word.word, percent_text(word.from),
                                        percent_text(word.to)));
        }
        const std::size_t others = shown_.size() - chosen.size();
        finding_.others_ahead =
            fmt::format("{} more {} not shown{}", others, engine::unit_noun(watch_.selection.unit),
                        named == 0 ? ""
                                   : fmt::format("; to reach {} {} from {}: {}", figure(of_.request().line), unit_word_,
                                                 horizon(), join(parts, ", ")));
    }

    [[nodiscard]] model::Forecast forecast_of(std::size_t unit) const {
        const auto& series = of_.counts().panel.series[unit];
        const UnitForecast& made = *of_.of(unit);
        model::Forecast out;
        out.subject = series.unit;
        out.subject_title = title(unit);
        out.origin = month_label(of_.origin());
        out.id = fmt::format("{}/{}/{}", watch_.id, out.subject, out.origin);
        out.unit = unit_word_;
        out.history = history(unit);
        out.first_observed = std::max(series.first, of_.origin() - months_drawn + 1);
        for (int month = out.first_observed; month <= of_.origin(); ++month) out.observed.push_back(series.at(month));
        for (std::size_t m = 0; m < made.months.size(); ++m) {
            const auto& ensemble = made.months[m];
            model::MonthAhead month;
            month.month = first_ + static_cast<int>(m);
            month.mean = methods::mean(ensemble);
            for (std::size_t q = 0; q < std::size(model::forecast_quantiles); ++q)
                month.quantiles[q] = std::round(methods::quantile(ensemble, model::forecast_quantiles[q]));
            month.p_any = methods::share_from(ensemble, 0.5);
            month.p_crossing = methods::share_from(ensemble, std::ceil(of_.request().line) - 0.5);
            out.months.push_back(month);
        }
        out.benchmark_mean = made.benchmark_mean;
        out.probability = probability(unit);
        for (const Analogue& one : made.analogues) {
            model::PastLike past{one.unit, engine::unit_title(setting_, watch_.selection.unit, one.unit),
                                 month_label(one.month), one.followed, 0};
            for (const double count : one.followed) past.followed_total += count;
            out.past.push_back(std::move(past));
        }
        for (const Driver& one : made.drivers) out.drivers.push_back({one.what, one.effect});
        if (!made.drivers.empty()) out.mean_before = made.mean_before;
        out.caveats = made.caveats;
        return out;
    }

    [[nodiscard]] std::string reading() const {
        const bool ahead = watch_.judging.method_name == rise_spec.name;
        const auto examined =
            fmt::format("{} {} examined in {}", finding_.units_examined, engine::unit_noun(watch_.selection.unit),
                        engine::source_title(setting_, finding_.source));
        const std::string when = month_label(of_.origin());
        const std::string likely = likely_words();
        if (!finding_.signals.empty())
            return fmt::format("{}: {} of {} signal{}; first: {}", when, finding_.signals.size(), examined,
                               ahead ? likely : std::string(), finding_.signals.front().reason);
        if (ahead)
            return fmt::format(
                "{}: no forecast for {} stands well above the last twelve months or the base rate among {}{}", when,
                horizon(), examined, likely);
        return fmt::format("{}: no count beyond what had been forecast a month earlier among {}", when, examined);
    }

    /// "; 35 more likely than not to reach 25 fatalities": how many stand above one half.
    [[nodiscard]] std::string likely_words() const {
        const auto likely = std::count_if(shown_.begin(), shown_.end(),
                                          [&](std::size_t unit) { return of_.odds(unit)->probability > 0.5; });
        return fmt::format("; {} of them more likely than not to reach {} {} from {}", likely,
                           figure(of_.request().line), unit_word_, horizon());
    }

    PanelForecast& of_;
    const pack::Watch& watch_;
    const engine::Setting& setting_;
    const model::Panel& panel_;
    model::WatchFinding finding_;
    std::string unit_word_;
    int first_, last_;
    std::vector<std::size_t> shown_;  ///< units that the watch speaks of
    std::set<std::size_t> shown_set_;
    std::vector<std::string> ended_;
};

}  // namespace

const pack::Spec rise_spec{
    "rise",
    "A forecast well above the unit's last twelve months, or a chance of reaching the line well above the base rate.",
    rise_fields,
    {},
    rise_cites};
const pack::Spec predictive_quantile_spec{
    "predictive-quantile",
    "The newest month above the quantile of the distribution that was forecast for it a month earlier.",
    quantile_fields,
    {},
    quantile_cites};

double rise_strength(double mean, double benchmark_mean, int months, const Odds& odds, const pack::Options& options) {
    if (odds.probability < options.number("probability")) return 0;
    if (odds.standing == Standing::Below) return odds.low / odds.base_rate;
    const double pad = 0.5 / months;
    return mean * months >= options.number("minimum") ? (mean + pad) / (benchmark_mean + pad) : 0;
}

Result<model::WatchFinding> finding_of(PanelForecast& of, const pack::Watch& watch, const engine::Setting& setting,
                                       const model::Panel& panel, const std::vector<std::string>& places,
                                       model::WatchFinding head) {
    return Finding(of, watch, setting, panel, places, std::move(head))();
}

Result<bool> signals(PanelForecast& of, const pack::Watch& watch) {
    if (watch.judging.method_name == rise_spec.name) {
        const pack::Options options = options_of(watch, rise_spec);
        const UnitForecast* unit = of.of(0);
        if (!unit) return false;
        double mean = 0;
        for (const auto& month : unit->months) mean += methods::mean(month) / static_cast<double>(unit->months.size());
        return rise_strength(mean, unit->benchmark_mean, static_cast<int>(unit->months.size()), *of.odds(0), options)
            >= options.number("ratio");
    }
    const double quantile = options_of(watch, predictive_quantile_spec).number("quantile");
    for (const OneStep& one : *TRY(of.one_step())) {
        if (p_value(one) <= 1 - quantile && one.observed >= watch.judging.minimum) return true;
    }
    return false;
}

}  // namespace icosa::forecast
