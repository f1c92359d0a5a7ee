/// From a panel's forecast to the finding of one watch.
#pragma once

#include "engine/engine.hpp"
#include "engine/panel_choice.hpp"
#include "forecast/panel_forecast.hpp"

namespace icosa::forecast {

/// Signals where a forecast stands well above the simple rule or the base rate.
extern const pack::Spec rise_spec;
/// Signals where the newest month lies above the model's own quantile made a month earlier.
extern const pack::Spec predictive_quantile_spec;

/// How far a forecast stands above what is usual.
///
///     a unit below the line:          low / base
///     one that has reached the line:  mean / rule,   where the expected total is at least `minimum`, else 0
///     0 for both where the probability of reaching the line is below `probability`
///
/// low: the 5 % end of the odds; base: their base rate; mean, rule: of a month, each plus half a count over the
/// horizon. Below the line means are led by few past wars, and say little.
[[nodiscard]] double rise_strength(double mean, double benchmark_mean, int months, const Odds& odds,
                                   const pack::Options& options);

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
