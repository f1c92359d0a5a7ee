/// The forecasts that a finding shows one by one, and what is said of the others.
#pragma once

#include "forecast/spoken.hpp"
#include "model/findings.hpp"

namespace icosa::forecast {

/// Units with a signal; where a watch looks ahead, then those with a count within a year that expect most, until as
/// many are shown as the watch asks for.
///
/// out   finding.forecasts by title; others_ahead: the rest, counted by the words of the scale
void show_forecasts(const Spoken& spoken, model::WatchFinding& finding);

}  // namespace icosa::forecast
