/// The engine of this stage.
#pragma once

#include <span>

#include "engine/engine.hpp"

namespace icosa::forecast {

[[nodiscard]] std::span<const engine::Engine> engines();

}  // namespace icosa::forecast
