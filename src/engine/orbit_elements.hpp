/// The catalogue's element sets in the units of the propagator.
#pragma once

#include "base/instant.hpp"
#include "methods/orbit/sgp4.hpp"
#include "model/element_set.hpp"

namespace icosa::engine {

[[nodiscard]] methods::orbit::Elements orbit_elements(const model::ElementSet& set);

[[nodiscard]] inline methods::orbit::Instant orbit_instant(Instant at) { return {at.day, at.us}; }
[[nodiscard]] inline Instant utc_instant(methods::orbit::Instant at) { return {at.day, at.microsecond}; }

}  // namespace icosa::engine
