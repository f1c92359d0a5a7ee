/// Unit by unit: judgement, second condition; then all at once: the false-discovery rate.
#include "detect/surveillance/sighting.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "detect/surveillance/baseline.hpp"
#include "engine/wording.hpp"
#include "methods/alarms/false_discovery.hpp"

namespace icosa::detect {
namespace {

using engine::figure;

bool observed(double value) { return !std::isnan(value); }

/// err   in the words of the watch: the unit and the period that the method refuses
Result<std::vector<Judged>> judge_unit(const Watched& watched, std::size_t unit, const std::vector<double>& values,
                                       int first) {
    auto judged = judge_series(watched.watch.judging, values, watched.season(), first, watched.series.divisors(unit));
    if (judged) return judged;
    Error error = judged.error();
    if (error.fault == Fault::Data)
        error.what = fmt::format("watch '{}', {}, {}: {}", watched.watch.id, watched.title(unit),
                                 watched.period_text(watched.series.first() + error.where.line), error.what);
    error.where = watched.watch.where;
    return std::unexpected(std::move(error));
}

/// Every period from `first` on. A newest period in which the source reported little may still show a rise: it is
/// judged by itself, and only what was left out before it stays so.
Result<std::vector<Judged>> judge_newest(const Watched& watched, std::size_t unit, const std::vector<double>& values,
                                         int first) {
    auto out = TRY(judge_unit(watched, unit, values, first));
    if (watched.watch.judging.direction != pack::Direction::Rise || watched.watch.per) return out;
    for (int i = first; i < watched.series.size(); ++i) {
        if (!watched.series.is_left_out(i) || !observed(watched.series.undivided(unit, i))) continue;
        std::vector<double> until(values.begin(), values.begin() + i + 1);
        until.back() = watched.series.undivided(unit, i);
        out[static_cast<std::size_t>(i)] = TRY(judge_unit(watched, unit, until, i)).back();
    }
    return out;
}

constexpr int years_forgotten = 5;  ///< a figure older than this is no level to compare with

/// Is this the first figure above 0 that the source reports of the unit, or the first in five years, where it had
/// reported of others before? Such a figure cannot be compared; from the watch's minimum, or its line, on it is told
/// all the same.
bool is_first_report(const Watched& watched, std::size_t unit, int period, const Judged& one) {
    const pack::Judging& judging = watched.watch.judging;
    const model::Panel& panel = watched.panel;
    if (!panel.tells_first_reports || judging.form != pack::Form::Level || judging.over > 1
        || judging.direction == pack::Direction::Fall || one.signals || observed(one.judgement.expected))
        return false;
    const double least = judging.minimum > 0 ? judging.minimum : one.judgement.threshold;
    if (!(one.level >= least)) return false;
    const int index = period - panel.first_period;
    for (int i = std::max(0, index - years_forgotten * watched.season()); i < index; ++i) {
        if (observed(panel.at(unit, i))) return false;
    }
    return index > 0;
}

std::string beside_unit(const pack::Selection& selection) {
    if (selection.records == model::RecordKind::Observation) return selection.measure;
    return selection.quantity == model::Quantity::Count ? "records" : "fatalities";
}

/// A signal stays one only where the second condition signals too.
Result<void> look_beside(const Watched& watched, const SecondOpinion& beside, Sighting& sighting) {
    const auto second = TRY(beside.at(watched.panel.units[sighting.unit], sighting.period));
    sighting.judged.signals = second && second->signals;
    if (!second) return {};
    const auto& condition = *watched.watch.beside;
    sighting.beside = fmt::format("; beside it {} {} against {} expected (threshold {})",
                                  figure(second->observed, condition.judging.form), beside_unit(condition.selection),
                                  figure(second->judgement.expected), figure(second->judgement.threshold));
    return {};
}

/// Sightings come by unit and period: of one unit the newest stays.
void note_aside(const Watched& watched, const Sighting& sighting, std::vector<model::AlarmAside>& aside) {
    const std::string& unit = watched.panel.units[sighting.unit];
    if (aside.empty() || aside.back().subject != unit) aside.push_back({unit, watched.title(sighting.unit), {}, {}});
    aside.back().period = engine::span_label(sighting.period, watched.panel.period, watched.watch.judging.over);
    aside.back().observed = sighting.judged.level;
    aside.back().threshold = sighting.judged.judgement.threshold;
}

/// Of many alarms at once only those stay that the watch's false-discovery rate bears. A rule has no p-values: all of
/// its alarms stay.
void control_false_discoveries(const Watched& watched, std::vector<Sighting>& sightings, model::WatchFinding& finding) {
    const pack::Watch& watch = watched.watch;
    const double rate =
        watch.false_discovery_rate > 0 ? watch.false_discovery_rate : watched.setting.grades.false_discovery_rate;
    std::vector<double> p_values;
    for (const Sighting& sighting : sightings) p_values.push_back(sighting.judged.judgement.p_value);
    finding.tests = std::count_if(p_values.begin(), p_values.end(), observed);
    if (finding.tests == 0 || rate >= 1) return;
    finding.false_discovery_rate = rate;
    finding.discovery_procedure = watch.any_dependence ? "benjamini-yekutieli" : "benjamini-hochberg";
    finding.signals_expected_by_chance =
        std::min(finding.signals_expected_by_chance,
                 methods::discoveries_expected_by_chance(static_cast<int>(finding.tests), rate));
    const auto adjusted = methods::adjusted_p_values(
        p_values, watch.any_dependence ? methods::Dependence::Any : methods::Dependence::Positive);
    for (std::size_t i = 0; i < sightings.size(); ++i) {
        sightings[i].adjusted_p_value = adjusted[i];
        if (!sightings[i].judged.signals || std::isnan(adjusted[i]) || adjusted[i] <= rate) continue;
        sightings[i].judged.signals = false;
        ++finding.set_aside;
        note_aside(watched, sightings[i], finding.aside);
    }
}

}  // namespace

std::vector<Sighting> Sightings::signals() const {
    std::vector<Sighting> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool last = i + 1 == all.size() || all[i + 1].unit != all[i].unit || !all[i + 1].judged.signals;
        if (all[i].judged.signals && last) out.push_back(all[i]);
    }
    return out;
}

std::vector<Sighting> Sightings::by_unusualness(const model::Panel& panel) const {
    std::vector<Sighting> out;
    for (const Sighting& sighting : all) {
        if (observed(sighting.judged.judgement.score)) out.push_back(sighting);
    }
    std::stable_sort(out.begin(), out.end(), [&](const Sighting& a, const Sighting& b) {
        if (a.judged.judgement.score != b.judged.judgement.score)
            return a.judged.judgement.score > b.judged.judgement.score;
        if (a.judged.level != b.judged.level && observed(a.judged.level) && observed(b.judged.level))
            return a.judged.level > b.judged.level;
        return a.period != b.period ? a.period > b.period : panel.units[a.unit] < panel.units[b.unit];
    });
    return out;
}

Result<Sightings> look(const Watched& watched, const SecondOpinion* beside, model::WatchFinding& finding) {
    const pack::Judging& judging = watched.watch.judging;
    const Method* method = find_method(judging.method_name);
    if (!method)
        return fail(Fault::Pack, "unknown-method", watched.watch.where,
                    fmt::format("no method '{}'", judging.method_name), "see `icosa check`");
    Diagnostics faults;
    const pack::Options options = watch_options(judging, *method, faults);
    Sightings out;
    out.span = judging.over + method->span(options) - 1;
    const int first = std::max(0, watched.series.size() - watched.watch.recent);
    int tested = 0;
    for (std::size_t u = 0; u < watched.panel.units.size(); ++u) {
        const auto values = watched.series.values(u);
        bool any = false;
        for (int i = first; i < watched.series.size(); ++i) any = any || observed(watched.series.undivided(u, i));
        if (!any) continue;
        const auto judged = TRY(judge_newest(watched, u, values, first));
        bool examined = false;
        for (int i = first; i < watched.series.size(); ++i) {
            Judged one = judged[static_cast<std::size_t>(i)];
            const bool first_report = is_first_report(watched, u, watched.series.first() + i, one);
            if (!first_report && (std::isnan(one.observed) || std::isnan(one.judgement.threshold))) continue;
            if (first_report) one = {one.level, one.level, {nan_value, one.judgement.threshold, nan_value}, true};
            else ++tested;
            examined = true;
            Sighting sighting{.unit = u,
                              .period = watched.series.first() + i,
                              .history = static_cast<int>(std::count_if(values.begin(), values.begin() + i, observed)),
                              .judged = one,
                              .is_first_report = first_report,
                              .beside = {},
                              .baseline = {}};
            if (one.signals && !first_report && judging.form == pack::Form::Level && out.span == 1)
                sighting.baseline = baseline_of(std::span(values).first(static_cast<std::size_t>(i) + 1),
                                                watched.season(), method->demand);
            if (one.signals && beside) TRY(look_beside(watched, *beside, sighting));
            out.all.push_back(std::move(sighting));
        }
        finding.units_examined += examined ? 1 : 0;
    }
    finding.signals_expected_by_chance = method->chance(options) * tested;
    control_false_discoveries(watched, out.all, finding);
    return out;
}

}  // namespace icosa::detect
