/// The catalogue's element sets in the units of the propagator.
#pragma once

#include "methods/orbit/sgp4.hpp"
#include "model/element_set.hpp"

namespace icosa::engine {

[[nodiscard]] methods::orbit::Elements orbit_elements(const model::ElementSet& set);

}  // namespace icosa::engine
