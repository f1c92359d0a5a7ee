/// One run of a watch over panels: choice of source, judgement of units, signals, reading, strips.
#include "detect/surveillance/surveillance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/surveillance/baseline.hpp"
#include "detect/surveillance/series.hpp"
#include "engine/grading.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"
#include "methods/alarms/false_discovery.hpp"

namespace icosa::detect {
namespace {

using namespace engine;
using model::Panel;
using model::State;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr int strip_periods = 36;
constexpr std::size_t most_strips = 6;

std::string_view before_first_bar(std::string_view unit) { return unit.substr(0, unit.find('|')); }
std::string_view before_last_bar(std::string_view unit) { return unit.substr(0, unit.rfind('|')); }

std::string_view join_key(std::string_view unit, pack::Join join) {
    switch (join) {
        case pack::Join::Unit: return unit;
        case pack::Join::Place: return before_first_bar(unit);
        case pack::Join::Parent: return before_last_bar(unit);
        case pack::Join::World: return {};
        case pack::Join::Both: return unit;
    }
    return unit;
}

/// Units of a second panel by what the first panel's units are joined on. A unit that is the key itself goes before one
/// that only leads to it.
class Partners {
public:
    Partners(const Panel& panel, pack::Join join) : panel_(panel), join_(join) {
        for (std::size_t u = 0; u < panel.units.size(); ++u) by_key_.emplace(join_key(panel.units[u], join), u);
        for (std::size_t u = 0; u < panel.units.size(); ++u) by_key_.insert_or_assign(panel.units[u], u);
    }
    [[nodiscard]] std::optional<std::size_t> of(std::string_view unit) const {
        const auto found = by_key_.find(join_key(unit, join_));
        return found == by_key_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] double at(std::size_t unit, int period) const {
        const int index = period - panel_.first_period;
        return index < 0 || index >= panel_.periods ? nan_value : panel_.at(unit, index);
    }

private:
    const Panel& panel_;
    pack::Join join_;
    std::map<std::string, std::size_t, std::less<>> by_key_;
};

/// The series of a panel's units under a watch, ending with `newest`.
class Lines {
public:
    Lines(const Panel& panel, const Partners* per, int newest, Day first_day)
        : panel_(panel), per_(per), newest_(newest) {
        first_ = panel.first_period;
        if (first_day != no_day) first_ = std::max(first_, period_of(first_day, panel.period));
    }
    [[nodiscard]] int first() const { return first_; }
    [[nodiscard]] int size() const { return std::max(0, newest_ - first_ + 1); }
    [[nodiscard]] std::vector<double> values(std::size_t unit) const {
        std::vector<double> out(static_cast<std::size_t>(size()), nan_value);
        const auto partner = per_ ? per_->of(panel_.units[unit]) : std::nullopt;
        if (per_ && !partner) return out;
        for (int i = 0; i < size(); ++i) {
            const int index = first_ + i - panel_.first_period;
            double value = index < panel_.periods ? panel_.at(unit, index) : nan_value;
            if (partner) {
                const double below = per_->at(*partner, first_ + i);
                value = below > 0 ? value / below : nan_value;
            }
            out[static_cast<std::size_t>(i)] = value;
        }
        return out;
    }

private:
    const Panel& panel_;
    const Partners* per_;
    int newest_;
    int first_ = 0;
};

/// One unit in one period.
struct Sighting {
    std::size_t unit = 0;
    int period = 0;
    int history = 0;  ///< observed periods before
    Judged judged;
    std::string beside;  ///< what the second condition says, for the reason
    double adjusted_p_value = nan_value;
    model::Baseline baseline;
};

/// What a second selection says of a unit and period.
class Second {
public:
    Second(const pack::Judging& judging, const Panel& panel, pack::Join join, int newest)
        : judging_(judging),
          panel_(panel),
          join_(join),
          partners_(panel, join),
          lines_(panel, nullptr, newest, no_day) {}
    /// Of a pair joined to both of its places: what is said of the one that signals less.
    [[nodiscard]] Result<std::optional<Judged>> at(std::string_view unit, int period) const {
        if (join_ != pack::Join::Both) return of_unit(unit, period);
        const auto one = TRY(of_unit(before_last_bar(unit), period));
        const auto other = TRY(of_unit(unit.substr(std::min(before_last_bar(unit).size() + 1, unit.size())), period));
        if (!one || !other) return std::nullopt;
        if (one->signals != other->signals) return one->signals ? other : one;
        return one->judgement.score <= other->judgement.score ? one : other;
    }

private:
    [[nodiscard]] Result<std::optional<Judged>> of_unit(std::string_view unit, int period) const {
        const auto partner = partners_.of(unit);
        const int index = period - lines_.first();
        if (!partner || index < 0 || index >= lines_.size()) return std::nullopt;
        auto values = lines_.values(*partner);
        values.resize(static_cast<std::size_t>(index) + 1);
        const auto judged = TRY(judge_series(judging_, values, periods_per_year(panel_.period), index));
        return judged.back();
    }

    const pack::Judging& judging_;
    const Panel& panel_;
    pack::Join join_;
    Partners partners_;
    Lines lines_;
};

class Run {
public:
    Run(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting)
        : evidence_(evidence), watch_(watch), setting_(setting), season_(periods_per_year(watch.selection.period)) {
        finding_.id = watch.id;
        finding_.engine = watch.engine;
        finding_.title = watch.title;
        finding_.clauses = watch.clauses;
        finding_.cites = watch.cites;
        finding_.caveats = watch.caveats;
    }

    Result<model::WatchFinding> operator()() {
        const auto selects = selects_of(watch_, setting_);
        if (selects.empty())
            return no_data(
                fmt::format("no place belongs to {} on {}", join(watch_.selection.places, ", "), iso(setting_.as_of)));
        const auto answer = evidence_.answers.find(selects.front());
        if (answer == evidence_.answers.end())
            return no_data(
                fmt::format("no data from {} as of {}", join(watch_.selection.from, ", "), iso(setting_.as_of)));
        answer_ = &answer->second;
        const PanelChoice choice = choose_panel(*answer_, setting_);
        if (!choice.panel)
            return no_data(
                fmt::format("no data from {} as of {}", join(watch_.selection.from, ", "), iso(setting_.as_of)));
        panel_ = choice.panel;
        newest_ = choice.newest;
        finding_.source = panel_->source;
        finding_.observed_through = std::min(
            panel_->observed_through == no_day ? last_day_of(newest_, panel_->period) : panel_->observed_through,
            setting_.as_of);
        for (const Panel& panel : answer_->panels) {
            if (&panel != panel_) finding_.other_sources.push_back(panel.source);
        }
        add_source_caveats();
        std::optional<Partners> per;
        if (watch_.per) {
            const auto below = evidence_.answers.find(selects[1]);
            const Panel* denominator = below == evidence_.answers.end() ? nullptr : same_source_or_first(below->second);
            if (!denominator)
                return no_data(fmt::format("no data for the denominator from {} as of {}",
                                           join(watch_.per->selection.from, ", "), iso(setting_.as_of)));
            per.emplace(*denominator, watch_.per->join);
        }
        lines_.emplace(*panel_, per ? &*per : nullptr, newest_, watch_.first_day);
        if (lines_->size() == 0) return no_data(fmt::format("no data since {}", iso(watch_.first_day)));
        if (choice.stale) return stale();
        std::optional<Second> beside;
        if (watch_.beside) {
            const auto other = evidence_.answers.find(selects[watch_.per ? 2 : 1]);
            const PanelChoice second =
                other == evidence_.answers.end() ? PanelChoice{} : choose_panel(other->second, setting_);
            if (!second.panel)
                return no_data(fmt::format("no data for the second condition from {} as of {}",
                                           join(watch_.beside->selection.from, ", "), iso(setting_.as_of)));
            beside.emplace(watch_.beside->judging, *second.panel, watch_.beside->join, second.newest);
            finding_.other_sources.push_back(second.panel->source);
        }
        TRY(look(beside ? &*beside : nullptr));
        if (finding_.units_examined == 0) {
            finding_.signals_expected_by_chance = 0;
            return no_data(fmt::format("{} has figures ({}: {}), but none with the history that '{}' needs",
                                       source_title(setting_, panel_->source), unit_noun(watch_.selection.unit),
                                       panel_->units.size(), watch_.judging.method_name));
        }
        for (const Sighting& sighting : signals_) finding_.signals.push_back(TRY(signal_of(sighting)));
        order_signals();
        finding_.state = finding_.signals.empty() ? State::Quiet : State::Signal;
        finding_.reading = reading();
        TRY(draw_strips());
        return std::move(finding_);
    }

private:
    Result<model::WatchFinding> no_data(std::string why) {
        finding_.state = State::NoData;
        finding_.reading = std::move(why);
        return std::move(finding_);
    }

    const Panel* same_source_or_first(const model::Answer& answer) const {
        for (const Panel& panel : answer.panels) {
            if (panel.source == panel_->source) return &panel;
        }
        return answer.panels.empty() ? nullptr : &answer.panels.front();
    }

    void add_source_caveats() {
        if (const auto facts = setting_.sources.find(panel_->source);
            facts != setting_.sources.end() && !facts->second.note.empty())
            finding_.caveats.push_back(facts->second.note);
        if (panel_->pseudo_real_time)
            finding_.caveats.push_back("pseudo-real-time on final data: the edition used is later than the as-of day");
    }

    /// Past its limit, no finding: says only what was last seen.
    Result<model::WatchFinding> stale() {
        finding_.state = State::Stale;
        double most = nan_value;
        std::size_t unit = 0;
        for (std::size_t u = 0; u < panel_->units.size(); ++u) {
            const double value = lines_->values(u).back();
            if (!std::isnan(value) && (std::isnan(most) || value > most)) {
                most = value;
                unit = u;
            }
        }
        std::string seen;
        if (most == 0) seen = fmt::format("; last seen: 0 {} for all", watch_.per ? "to one" : severity_unit(watch_));
        else if (!std::isnan(most))
            seen = fmt::format("; last seen: {}, {} {}", title(unit), figure(most),
                               watch_.per ? "to one" : severity_unit(watch_));
        finding_.reading = fmt::format(
            "the newest figures of {} are of {}, {} days before {} (limit {}): past its limit, no finding{}",
            source_title(setting_, panel_->source), period_label(newest_, panel_->period),
            days_since(*panel_, newest_, setting_.as_of), iso(setting_.as_of), stale_after(setting_, *panel_), seen);
        return std::move(finding_);
    }

    [[nodiscard]] std::string title(std::size_t unit) const {
        return unit_title(setting_, watch_.selection.unit, panel_->units[unit]);
    }

    /// Judges the newest periods of every unit.
    Result<void> look(const Second* beside) {
        const Method* method = find_method(watch_.judging.method_name);
        if (!method)
            return fail(Fault::Pack, "unknown-method", watch_.where,
                        fmt::format("no method '{}'", watch_.judging.method_name), "see `icosa check`");
        Diagnostics faults;
        const pack::Options options = watch_options(watch_.judging, *method, faults);
        const double chance = method->chance(options);
        span_ = watch_.judging.over + method->span(options) - 1;
        const int first = std::max(0, lines_->size() - watch_.recent);
        for (std::size_t u = 0; u < panel_->units.size(); ++u) {
            const auto values = lines_->values(u);
            if (std::all_of(values.begin() + first, values.end(), [](double value) { return std::isnan(value); }))
                continue;
            auto judged = judge_series(watch_.judging, values, season_, first);
            if (!judged) {
                Error error = judged.error();
                if (error.fault == Fault::Data)
                    error.what =
                        fmt::format("watch '{}', {}, {}: {}", watch_.id, title(u),
                                    period_label(lines_->first() + error.where.line, panel_->period), error.what);
                error.where = watch_.where;
                return std::unexpected(std::move(error));
            }
            bool examined = false;
            for (int i = first; i < lines_->size(); ++i) {
                const Judged& one = (*judged)[static_cast<std::size_t>(i)];
                if (std::isnan(one.observed) || std::isnan(one.judgement.threshold)) continue;
                examined = true;
                const auto history = static_cast<int>(
                    std::count_if(values.begin(), values.begin() + i, [](double value) { return !std::isnan(value); }));
                Sighting sighting{u, lines_->first() + i, history, one, {}, nan_value, {}};
                if (one.signals && watch_.judging.form == pack::Form::Level && span_ == 1)
                    sighting.baseline =
                        baseline_of(std::span(values).first(static_cast<std::size_t>(i) + 1), season_, method->demand);
                if (one.signals && beside) {
                    const auto second = TRY(beside->at(panel_->units[u], sighting.period));
                    sighting.judged.signals = second && second->signals;
                    if (second)
                        sighting.beside =
                            fmt::format("; beside it {} {} against {} expected (threshold {})",
                                        figure(second->observed, watch_.beside->judging.form), beside_unit(),
                                        figure(second->judgement.expected), figure(second->judgement.threshold));
                }
                sightings_.push_back(std::move(sighting));
            }
            finding_.units_examined += examined ? 1 : 0;
        }
        finding_.signals_expected_by_chance = chance * static_cast<double>(sightings_.size());
        control_false_discoveries();
        for (std::size_t i = 0; i < sightings_.size(); ++i) {  // the newest signal of each unit
            const bool last = i + 1 == sightings_.size() || sightings_[i + 1].unit != sightings_[i].unit
                || !sightings_[i + 1].judged.signals;
            if (sightings_[i].judged.signals && last) signals_.push_back(sightings_[i]);
        }
        return {};
    }

    /// Of many alarms at once only those stay that the watch's false-discovery rate bears. A rule has no p-values: all
    /// of its alarms stay.
    void control_false_discoveries() {
        const double rate =
            watch_.false_discovery_rate > 0 ? watch_.false_discovery_rate : setting_.grades.false_discovery_rate;
        std::vector<double> p_values;
        for (const Sighting& sighting : sightings_) p_values.push_back(sighting.judged.judgement.p_value);
        finding_.tests = std::count_if(p_values.begin(), p_values.end(), [](double p) { return !std::isnan(p); });
        if (finding_.tests == 0 || rate >= 1) return;
        finding_.false_discovery_rate = rate;
        finding_.discovery_procedure = watch_.any_dependence ? "benjamini-yekutieli" : "benjamini-hochberg";
        finding_.signals_expected_by_chance =
            std::min(finding_.signals_expected_by_chance,
                     methods::discoveries_expected_by_chance(static_cast<int>(finding_.tests), rate));
        const auto adjusted = methods::adjusted_p_values(
            p_values, watch_.any_dependence ? methods::Dependence::Any : methods::Dependence::Positive);
        for (std::size_t i = 0; i < sightings_.size(); ++i) {
            sightings_[i].adjusted_p_value = adjusted[i];
            if (!sightings_[i].judged.signals || std::isnan(adjusted[i]) || adjusted[i] <= rate) continue;
            sightings_[i].judged.signals = false;
            ++finding_.set_aside;
        }
    }

    [[nodiscard]] std::string beside_unit() const {
        const auto& selection = watch_.beside->selection;
        if (selection.records == model::RecordKind::Observation) return selection.measure;
        return selection.quantity == model::Quantity::Count ? "records" : "fatalities";
    }

    [[nodiscard]] int periods_before() const { return std::max(season_, 6); }
    /// Mean values since a level changed and in the year before (at least six periods); NaN where the method names no
    /// change.
    struct Levels {
        double since = nan_value;
        double before = nan_value;
        [[nodiscard]] bool known() const { return !std::isnan(since) && !std::isnan(before); }
    };
    [[nodiscard]] Levels levels(const Sighting& sighting) const {
        const int since = sighting.judged.judgement.since;
        if (since < 0 || watch_.judging.form != pack::Form::Level || watch_.judging.over > 1) return {};
        const auto values = lines_->values(sighting.unit);
        const auto mean = [&](int from, int to) {
            double sum = 0;
            int n = 0;
            for (int i = std::max(from, 0); i < to; ++i) {
                const double value = values[static_cast<std::size_t>(i)];
                if (std::isnan(value)) continue;
                sum += value;
                ++n;
            }
            return n == 0 ? nan_value : sum / n;
        };
        return {mean(since, lines_->size()), mean(since - periods_before(), since)};
    }

    /// "; the level changed about 2019-08 with probability 0.93 (mean 12.4 since, 4.1 in the 12 periods before)": for
    /// methods that name a period.
    [[nodiscard]] std::string changed(const Sighting& sighting) const {
        const Judgement& judgement = sighting.judged.judgement;
        if (judgement.since < 0) return {};
        const Levels means = levels(sighting);
        return fmt::format("; the level changed about {} with probability {}{}",
                           period_label(lines_->first() + judgement.since, panel_->period),
                           judgement.score > 0.99 ? "over 0.99" : fmt::format("{:.2f}", judgement.score),
                           means.known() ? fmt::format(" (mean {} since, {} in the {} periods before)",
                                                       figure(means.since), figure(means.before), periods_before())
                                         : std::string());
    }

    [[nodiscard]] double ratio(const Sighting& sighting) const {
        const Judged& one = sighting.judged;
        const bool counts = find_method(watch_.judging.method_name)->demand == Demand::Counts;
        if (const Levels means = levels(sighting); means.known())
            return ratio_of(std::max(means.since, means.before), std::min(means.since, means.before), counts ? 0.5 : 0);
        const bool growth = watch_.judging.form == pack::Form::Growth;
        const double observed = growth ? 1 + one.observed : one.observed;
        const double expected = growth ? 1 + one.judgement.expected : one.judgement.expected;
        const double pad = counts ? 0.5 : 0;
        return observed >= expected ? ratio_of(observed, expected, pad) : ratio_of(expected, observed, pad);
    }

    Result<Corroboration> corroborate(const Sighting& sighting, std::string& other) const {
        if (watch_.per) return Corroboration::None;
        const auto publisher = [&](const std::string& source) {
            const auto found = setting_.sources.find(source);
            return found == setting_.sources.end() || found->second.publisher.empty() ? source
                                                                                      : found->second.publisher;
        };
        Corroboration best = Corroboration::None;
        for (const Panel& panel : answer_->panels) {
            if (&panel == panel_ || publisher(panel.source) == publisher(panel_->source)) continue;
            const auto newest = newest_period(panel, answer_->select, setting_.as_of);
            if (!newest || *newest < sighting.period) continue;
            const Second second(watch_.judging, panel, pack::Join::Unit, *newest);
            const auto there = TRY(second.at(panel_->units[sighting.unit], sighting.period));
            if (!there || std::isnan(there->observed) || std::isnan(there->judgement.threshold)) continue;
            if (there->judgement.alarm) {
                other = source_title(setting_, panel.source);
                return Corroboration::Agrees;
            }
            if (panel.complete && best == Corroboration::None) {
                best = Corroboration::Disagrees;
                other = source_title(setting_, panel.source);
            }
        }
        return best;
    }

    /// The sum over the watch's periods of another estimate of the same events; NaN where it is not known.
    [[nodiscard]] double estimate(const Sighting& sighting, model::Quantity quantity) const {
        const auto found = evidence_.answers.find(with_quantity(answer_->select, quantity));
        if (found == evidence_.answers.end()) return nan_value;
        for (const Panel& panel : found->second.panels) {
            const auto at = std::lower_bound(panel.units.begin(), panel.units.end(), panel_->units[sighting.unit]);
            if (panel.source != panel_->source || at == panel.units.end() || *at != panel_->units[sighting.unit])
                continue;
            double sum = 0;
            for (int period = sighting.period - span_ + 1; period <= sighting.period; ++period) {
                const int index = period - panel.first_period;
                sum += index < 0 || index >= panel.periods
                    ? nan_value
                    : panel.at(static_cast<std::size_t>(at - panel.units.begin()), index);
            }
            return sum;
        }
        return nan_value;
    }

    /// " (low 90, high 200)" where fatalities are counted: the disagreement travels with the figure.
    [[nodiscard]] std::string interval(const Sighting& sighting) const {
        if (watch_.selection.records != model::RecordKind::Event || watch_.selection.quantity != model::Quantity::Best
            || watch_.per || watch_.judging.form != pack::Form::Level)
            return {};
        const double low = estimate(sighting, model::Quantity::Low);
        const double high = estimate(sighting, model::Quantity::High);
        return std::isnan(low) || std::isnan(high) ? std::string()
                                                   : fmt::format(" (low {}, high {})", figure(low), figure(high));
    }

    [[nodiscard]] Completeness completeness(const Sighting& sighting) const {
        if (panel_->complete) return Completeness::Covered;
        if (watch_.selection.records == model::RecordKind::Event
            || watch_.selection.records == model::RecordKind::Designation)
            return Completeness::Open;
        const auto values = lines_->values(sighting.unit);
        const int end = sighting.period - lines_->first();
        const int begin = std::max(0, end - long_history(setting_.grades, season_));
        return std::any_of(values.begin() + begin, values.begin() + end, [](double value) { return std::isnan(value); })
            ? Completeness::Open
            : Completeness::NoGaps;
    }

    Result<model::Signal> signal_of(const Sighting& sighting) const {
        const Judged& one = sighting.judged;
        const pack::Form form = watch_.judging.form;
        model::Signal signal;
        signal.subject = panel_->units[sighting.unit];
        signal.subject_title = title(sighting.unit);
        signal.period = period_label(sighting.period, panel_->period);
        signal.periods = span_;
        signal.id = fmt::format("{}/{}/{}", watch_.id, signal.subject, signal.period);
        signal.observed = one.observed;
        signal.expected = one.judgement.expected;
        signal.threshold = one.judgement.threshold;
        signal.unusualness = std::isnan(one.judgement.score) ? 0 : std::clamp(one.judgement.score, 0.0, 1.0);
        signal.adjusted_p_value = sighting.adjusted_p_value;
        signal.baseline = sighting.baseline;
        const std::string unit =
            form == pack::Form::Growth ? "growth of " + severity_unit(watch_) : severity_unit(watch_);
        const Levels means = levels(sighting);
        signal.severity = {means.known()                     ? std::fabs(means.since - means.before)
                               : std::isnan(signal.expected) ? signal.observed
                                                             : std::fabs(signal.observed - signal.expected),
                           form == pack::Form::Growth ? "share, " + unit : unit};
        Grounds grounds;
        grounds.history = sighting.history;
        grounds.season = season_;
        grounds.completeness = completeness(sighting);
        grounds.real_time = !panel_->pseudo_real_time;
        grounds.corroboration = TRY(corroborate(sighting, grounds.other_source));
        const ConfidenceWhy confidence = confidence_of(grounds, setting_.grades);
        signal.confidence = confidence.confidence;
        signal.confidence_why = confidence.why;
        signal.grade = grade_of(signal.unusualness, ratio(sighting), setting_.grades);
        const std::string expected =
            std::isnan(signal.expected) ? "" : fmt::format(" against {} expected", figure(signal.expected, form));
        signal.reason = fmt::format(
            "{}, {}: {} {}{}{} (threshold {}) in {}{}{}{}{}; {} period{} of history{}", signal.subject_title,
            span_label(sighting.period, panel_->period, span_), figure(signal.observed, form),
            unit_behind(form == pack::Form::Level ? signal.observed : nan_value, unit), interval(sighting), expected,
            figure(signal.threshold, form), source_title(setting_, panel_->source), changed(sighting), sighting.beside,
            one.judgement.note.empty() ? "" : "; ", one.judgement.note, sighting.history,
            sighting.history == 1 ? "" : "s", baseline_words(signal));
        const Method* method = find_method(watch_.judging.method_name);
        signal.cites = watch_.cites;
        for (const auto cite : method->spec.cites) {
            if (std::find(signal.cites.begin(), signal.cites.end(), cite) == signal.cites.end())
                signal.cites.emplace_back(cite);
        }
        signal.caveats = finding_.caveats;
        return signal;
    }

    /// "; mean of the same period of 5 past years: 3.2"; nothing where the expectation is that figure itself.
    [[nodiscard]] std::string baseline_words(const model::Signal& signal) const {
        const double value = signal.baseline.value;
        return std::isnan(value) || value == signal.expected
            ? std::string()
            : fmt::format("; {}: {}", signal.baseline.what, figure(value));
    }

    void order_signals() {
        std::stable_sort(finding_.signals.begin(), finding_.signals.end(),
                         [](const model::Signal& a, const model::Signal& b) {
                             if (a.grade != b.grade) return a.grade > b.grade;
                             if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
                             if (a.severity.value != b.severity.value) return a.severity.value > b.severity.value;
                             return a.id < b.id;
                         });
        for (const Sighting& sighting : sightings_) {
            if (!std::isnan(sighting.judged.judgement.score)) highest_.push_back(sighting);
        }
        std::stable_sort(highest_.begin(), highest_.end(), [&](const Sighting& a, const Sighting& b) {
            if (a.judged.judgement.score != b.judged.judgement.score)
                return a.judged.judgement.score > b.judged.judgement.score;
            if (a.judged.level != b.judged.level && !std::isnan(a.judged.level) && !std::isnan(b.judged.level))
                return a.judged.level > b.judged.level;
            return a.period != b.period ? a.period > b.period : panel_->units[a.unit] < panel_->units[b.unit];
        });
    }

    [[nodiscard]] std::string reading() const {
        const std::string when = watch_.recent == 1
            ? period_label(newest_, panel_->period)
            : fmt::format("{} to {}", period_label(newest_ - watch_.recent + 1, panel_->period),
                          period_label(newest_, panel_->period));
        const auto where = fmt::format("{} {} examined in {}", finding_.units_examined,
                                       unit_noun(watch_.selection.unit), source_title(setting_, panel_->source));
        if (!finding_.signals.empty())
            return fmt::format("{}: {} of {} signal; first: {}", when, finding_.signals.size(), where,
                               finding_.signals.front().reason);
        if (highest_.empty()) return fmt::format("{}: nothing unusual among {}", when, where);
        const Sighting& top = highest_.front();
        const bool all_zero =
            std::all_of(highest_.begin(), highest_.end(), [](const Sighting& one) { return one.judged.observed == 0; });
        if (all_zero)
            return fmt::format("{}: nothing unusual among {}; all are 0", when,
                               where);  // the first by name is no finding
        const pack::Form form = watch_.judging.form;
        return fmt::format("{}: nothing unusual among {}; the highest is {} with {} against {} expected (threshold {})",
                           when, where, title(top.unit), figure(top.judged.observed, form),
                           figure(top.judged.judgement.expected, form), figure(top.judged.judgement.threshold, form));
    }

    Result<void> draw_strips() {
        std::vector<std::size_t> units;
        const auto add = [&](std::size_t unit) {
            if (units.size() < most_strips && std::find(units.begin(), units.end(), unit) == units.end())
                units.push_back(unit);
        };
        for (const model::Signal& signal : finding_.signals)
            add(static_cast<std::size_t>(std::lower_bound(panel_->units.begin(), panel_->units.end(), signal.subject)
                                         - panel_->units.begin()));
        const std::size_t quiet_ones = finding_.signals.empty() ? 3 : 0;  // a quiet watch shows its nearest three
        for (std::size_t i = 0; i < highest_.size() && units.size() < std::min(quiet_ones, most_strips); ++i)
            add(highest_[i].unit);
        const int from = std::max(0, lines_->size() - strip_periods);
        for (const std::size_t unit : units) {
            const auto judged = TRY(judge_series(watch_.judging, lines_->values(unit), season_, from));
            model::Strip strip;
            strip.title = title(unit);
            strip.period = panel_->period;
            strip.first_period = lines_->first() + from;
            for (int i = from; i < lines_->size(); ++i) {
                const Judged& one = judged[static_cast<std::size_t>(i)];
                strip.observed.push_back(one.observed);
                strip.expected.push_back(one.judgement.expected);
                strip.threshold.push_back(one.judgement.threshold);
            }
            finding_.strips.push_back(std::move(strip));
        }
        return {};
    }

    const model::Evidence& evidence_;
    const pack::Watch& watch_;
    const Setting& setting_;
    int season_;
    int span_ = 1;  ///< periods that one judged value sums
    model::WatchFinding finding_;
    const model::Answer* answer_ = nullptr;
    const Panel* panel_ = nullptr;
    int newest_ = 0;
    std::optional<Lines> lines_;
    std::vector<Sighting> sightings_;  ///< all that were judged, by unit and period
    std::vector<Sighting> signals_;
    std::vector<Sighting>
        highest_;  ///< those with a score, the most unusual first: for the reading of a quiet watch, and for strips
};

}  // namespace

Result<model::WatchFinding> run_surveillance(const model::Evidence& evidence, const pack::Watch& watch,
                                             const Setting& setting) {
    return Run(evidence, watch, setting)();
}

Result<std::vector<int>> signals_in_strip(const pack::Watch& watch, const std::vector<double>& values) {
    const auto judged = TRY(judge_series(watch.judging, values, periods_per_year(watch.selection.period), 0));
    std::vector<int> out;
    for (std::size_t t = 0; t < judged.size(); ++t) {
        if (judged[t].signals) out.push_back(static_cast<int>(t));
    }
    return out;
}

}  // namespace icosa::detect
