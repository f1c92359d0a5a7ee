/// The engines of this stage, one row each; a new one is a new row here and a file beside it.
#pragma once

#include <span>

#include "engine/engine.hpp"

namespace icosa::detect {

[[nodiscard]] std::span<const engine::Engine> engines();

}  // namespace icosa::detect
