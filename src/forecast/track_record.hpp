/// How the model did on past windows of the units that a watch speaks of, beside the simple rule.
#pragma once

#include "forecast/spoken.hpp"
#include "model/findings.hpp"

namespace icosa::forecast {

/// CRPS by window, newest first; Brier scores over all units and windows; a verdict that says so where the model loses.
/// No window and a verdict that says so where none is over.
[[nodiscard]] model::TrackRecord track_record_of(const Spoken& spoken);

}  // namespace icosa::forecast
