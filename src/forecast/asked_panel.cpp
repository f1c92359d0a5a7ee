/// Chooses the panel; says what is lacking, or what is past its limit.
#include "forecast/asked_panel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "engine/wording.hpp"

namespace icosa::forecast {
namespace {

/// Whom the watch speaks of; empty = all.
std::vector<std::string> spoken_of(const pack::Watch& watch, const engine::Setting& setting) {
    std::vector<std::string> out;
    for (const std::string& id : watch.selection.places) {
        if (const auto members = setting.places.members(id, setting.as_of))
            out.insert(out.end(), members->begin(), members->end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace

PanelRequest panel_request_of(const pack::Watch& watch) {
    const pack::Outlook& outlook = watch.outlook;
    const Model* model = find_model(outlook.model);
    return {outlook.first_step,
            outlook.last_step,
            outlook.crossing,
            model ? model->kind : ModelKind::Stack,
            outlook.model == fitted_stack ? Fitting::AsNeeded : Fitting::LeftOut,
            1};
}

std::vector<model::Select> learned_from(const pack::Watch& watch, const engine::Setting& setting) {
    pack::Watch asked = watch;
    if (watch.outlook.learn_from.empty()) asked.selection.places.clear();
    else asked.selection.places.push_back(watch.outlook.learn_from);
    auto selects = engine::selects_of(asked, setting);
    if (selects.size() > 1) selects.resize(1);
    return selects;
}

Asked asked_of(const pack::Watch& watch, const model::Evidence& evidence, const engine::Setting& setting) {
    Asked out{&watch, {}, spoken_of(watch, setting), std::nullopt};
    out.head = engine::head_of(watch);
    model::WatchFinding& head = out.head;
    const auto selects = learned_from(watch, setting);
    if (selects.empty() || (out.places.empty() && !watch.selection.places.empty())) {
        head.reading =
            fmt::format("no place belongs to {} on {}", join(watch.selection.places, ", "), iso(setting.as_of));
        return out;
    }
    const auto answer = evidence.answers.find(selects.front());
    const auto choice =
        answer == evidence.answers.end() ? engine::PanelChoice{} : engine::choose_panel(answer->second, setting);
    if (!choice.panel) {
        head.reading = fmt::format("no data from {} as of {}", join(watch.selection.from, ", "), iso(setting.as_of));
        return out;
    }
    const model::Panel& panel = *choice.panel;
    head.source = panel.source;
    head.observed_through =
        std::min(panel.observed_through == no_day ? last_day_of(choice.newest, panel.period) : panel.observed_through,
                 setting.as_of);
    for (const model::Panel& other : answer->second.panels) {
        if (!model::share_a_source(other.source, panel.source)) head.other_sources.push_back(other.source);
    }
    if (const auto facts = setting.sources.find(panel.source);
        facts != setting.sources.end() && !facts->second.note.empty())
        head.caveats.push_back(facts->second.note);
    if (panel.pseudo_real_time)
        head.caveats.push_back("pseudo-real-time on final data: the edition used is later than the as-of day");
    if (choice.stale) {
        head.state = model::State::Stale;
        head.reading =
            fmt::format("the newest figures of {} are of {}, {} days before {} (limit {}): past its limit, no forecast",
                        engine::source_title(setting, panel.source), period_label(choice.newest, panel.period),
                        engine::days_since(panel, choice.newest, setting.as_of), iso(setting.as_of),
                        engine::stale_after(setting, panel));
        return out;
    }
    out.key = {&panel, choice.newest, watch.first_day, panel_request_of(watch)};
    return out;
}

}  // namespace icosa::forecast
