/// All engines: those of the stages, joined.
#pragma once

#include <span>
#include <string_view>

#include "engine/engine.hpp"

namespace icosa::app {

[[nodiscard]] std::span<const engine::Engine> engines();
[[nodiscard]] const engine::Engine* find_engine(std::string_view name);

}  // namespace icosa::app
