/// What a watch watches on the as-of day: the panel that answers it, its series, the other panels beside it, and how
/// much their sources reported.
#pragma once

#include <map>
#include <string>

#include "detect/surveillance/reporting.hpp"
#include "detect/surveillance/unit_series.hpp"
#include "engine/engine.hpp"
#include "engine/wording.hpp"

namespace icosa::detect {

struct Watched {
    const model::Evidence& evidence;
    const pack::Watch& watch;
    const engine::Setting& setting;
    const model::Answer& answer;  ///< all sources of the watch's Select
    const model::Panel& panel;    ///< the one of them that is judged
    int newest;                   ///< its last period that is whole and observed
    UnitSeries series;
    const std::map<std::string, Reporting>& reporting;  ///< by source, where its volume tells of reporting

    [[nodiscard]] int season() const { return periods_per_year(watch.selection.period); }
    [[nodiscard]] std::string title(std::size_t unit) const {
        return engine::unit_title(setting, watch.selection.unit, panel.units[unit]);
    }
    [[nodiscard]] std::string period_text(int period) const { return period_label(period, panel.period); }
    /// Does that source's silence in the period say nothing?
    [[nodiscard]] bool thin(const std::string& source, int period) const {
        const auto found = reporting.find(source);
        return found != reporting.end() && found->second.thin(period, panel.period);
    }
    /// "UCDP GED", or its id.
    [[nodiscard]] std::string source() const { return engine::source_title(setting, panel.source); }
};

}  // namespace icosa::detect
