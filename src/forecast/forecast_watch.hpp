/// forecast: the engine that looks ahead. Two questions (methods): does a forecast rise, and was the newest month
/// beyond what was forecast for it?
#pragma once

#include "engine/engine.hpp"

namespace icosa::forecast {

[[nodiscard]] const engine::Engine& forecast_engine();

}  // namespace icosa::forecast
