/// Forecasts of panels, each made once for all watches that share it.
#pragma once

#include <map>
#include <memory>

#include "forecast/asked_panel.hpp"

namespace icosa::forecast {

/// One panel's work.
struct SharedForecast {
    bool looks_at_newest = false;  ///< does a watch ask for the newest month as it had been forecast?
    /// err   as without_gaps and PanelForecast
    Result<std::unique_ptr<PanelForecast>> made = std::unique_ptr<PanelForecast>();
};

/// Those that have a key, over setting.threads threads; the result is the same for any number.
[[nodiscard]] std::map<Key, SharedForecast> share_forecasts(const std::vector<Asked>& asked,
                                                            const engine::Setting& setting);

}  // namespace icosa::forecast
