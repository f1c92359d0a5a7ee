/// What a watch watches on the as-of day: the panel that answers it, its series, and the other panels beside it.
#pragma once

#include <string>

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

    [[nodiscard]] int season() const { return periods_per_year(watch.selection.period); }
    [[nodiscard]] std::string title(std::size_t unit) const {
        return engine::unit_title(setting, watch.selection.unit, panel.units[unit]);
    }
    [[nodiscard]] std::string period_text(int period) const { return period_label(period, panel.period); }
    /// "UCDP GED", or its id.
    [[nodiscard]] std::string source() const { return engine::source_title(setting, panel.source); }
};

}  // namespace icosa::detect
