/// From a panel's forecast to the finding of one watch.
#pragma once

#include "engine/engine.hpp"
#include "engine/panel_choice.hpp"
#include "forecast/panel_forecast.hpp"

namespace icosa::forecast {

/// The finding of a watch whose panel was forecast; `places` are the units to speak of, sorted; empty = all.
///
/// out   Signal or Quiet. Units and forecasts in order of their titles, signals by grade; the others are counted by the
/// words of the scale
[[nodiscard]] Result<model::WatchFinding> finding_of(PanelForecast& of, const pack::Watch& watch,
                                                     const engine::Setting& setting, const model::Panel& panel,
                                                     const std::vector<std::string>& places, model::WatchFinding head);

/// Does the newest month of a made panel signal? For strips.
[[nodiscard]] Result<bool> signals(PanelForecast& of, const pack::Watch& watch);

}  // namespace icosa::forecast
