/// Looks at the unit in every other panel of the answer, and for gaps in its own.
#include "detect/surveillance/grounds.hpp"

#include <algorithm>
#include <cmath>

#include "engine/grading.hpp"
#include "engine/panel_choice.hpp"

namespace icosa::detect {
namespace {

using model::Completeness;
using model::Corroboration;
using model::Panel;

/// A source whose publisher is not known is its own.
std::string publisher_of(const engine::Setting& setting, const std::string& source) {
    const auto found = setting.sources.find(source);
    return found == setting.sources.end() || found->second.publisher.empty() ? source : found->second.publisher;
}

Result<void> corroborate(const Watched& watched, const Sighting& sighting, model::Grounds& grounds) {
    const engine::Setting& setting = watched.setting;
    const Panel& own = watched.panel;
    if (watched.watch.per) return {};
    for (const Panel& panel : watched.answer.panels) {
        if (model::share_a_source(panel.source, own.source)
            || publisher_of(setting, panel.source) == publisher_of(setting, own.source))
            continue;
        const auto newest = engine::newest_period(panel, watched.answer.select, setting.as_of);
        if (!newest || *newest < sighting.period || watched.thin(panel.source, sighting.period)) continue;
        SecondOpinion second(watched.watch.judging, panel, pack::Join::Unit, *newest);
        if (const auto told = watched.reporting.find(panel.source); told != watched.reporting.end())
            second.leave_out(told->second);
        const auto there = TRY(second.at(own.units[sighting.unit], sighting.period));
        if (!there || std::isnan(there->observed) || std::isnan(there->judgement.threshold)) continue;
        if (there->judgement.alarm) {
            grounds.corroboration = Corroboration::Agrees;
            grounds.other_source = engine::source_title(setting, panel.source);
            return {};
        }
        if (panel.complete && grounds.corroboration == Corroboration::None) {
            grounds.corroboration = Corroboration::Disagrees;
            grounds.other_source = engine::source_title(setting, panel.source);
        }
    }
    return {};
}

Completeness completeness_of(const Watched& watched, const Sighting& sighting) {
    if (watched.panel.complete) return Completeness::Covered;
    const auto records = watched.watch.selection.records;
    if (records == model::RecordKind::Event || records == model::RecordKind::Designation) return Completeness::Open;
    const auto values = watched.series.values(sighting.unit);
    const int end = sighting.period - watched.series.first();
    const int begin = std::max(0, end - engine::long_history(watched.setting.grades, watched.season()));
    return std::any_of(values.begin() + begin, values.begin() + end, [](double value) { return std::isnan(value); })
        ? Completeness::Open
        : Completeness::NoGaps;
}

}  // namespace

Result<model::Grounds> grounds_of(const Watched& watched, const Sighting& sighting) {
    model::Grounds out;
    out.history = sighting.history;
    out.season = watched.season();
    out.completeness = completeness_of(watched, sighting);
    out.real_time = !watched.panel.pseudo_real_time;
    TRY(corroborate(watched, sighting, out));
    return out;
}

}  // namespace icosa::detect
