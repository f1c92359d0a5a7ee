/// Period by period from the newest, source by source in order of preference.
#include "engine/panel_choice.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::engine {

std::optional<int> newest_period(const model::Panel& panel, const model::Select& select, Day as_of) {
    const bool measured = select.records == model::RecordKind::Observation && select.quantity != model::Quantity::Sum;
    const Day through = panel.observed_through == no_day ? as_of : std::min(as_of, panel.observed_through);
    for (int i = panel.periods - 1; i >= 0; --i) {
        const int period = panel.first_period + i;
        if (measured ? first_day_of(period, panel.period) > as_of : last_day_of(period, panel.period) > through)
            continue;
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            if (!std::isnan(panel.at(u, i))) return period;
        }
    }
    return std::nullopt;
}

int days_since(const model::Panel& panel, int newest, Day as_of) {
    const Day period_end = last_day_of(newest, panel.period);
    const Day seen =
        panel.complete && panel.observed_through != no_day ? std::max(period_end, panel.observed_through) : period_end;
    return std::max(0, as_of - seen);
}

int stale_after(const Setting& setting, const model::Panel& panel) {
    const auto found = setting.sources.find(panel.source);
    const int days = found == setting.sources.end() ? 0 : found->second.stale_after_days;
    return days > 0 ? days : 2 * (last_day_of(0, panel.period) - first_day_of(0, panel.period) + 1);
}

bool gives_way(const PanelChoice& held, const PanelChoice& other) {
    if (!held.panel) return true;
    if (!held.stale) return false;
    return !other.stale || (model::sources_in(held.panel->source).size() > 1 && other.newest > held.newest);
}

PanelChoice choose_panel(const model::Answer& answer, const Setting& setting) {
    PanelChoice out;
    for (const model::Panel& panel : answer.panels) {
        const auto newest = newest_period(panel, answer.select, setting.as_of);
        if (!newest) continue;
        const bool stale = days_since(panel, *newest, setting.as_of) > stale_after(setting, panel);
        if (gives_way(out, {&panel, *newest, stale})) out = {&panel, *newest, stale};
        if (!out.stale) break;
    }
    return out;
}

}  // namespace icosa::engine
