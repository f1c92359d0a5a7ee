/// The engines, one row each; a new one is a new row here and a file beside it.
#pragma once

#include <span>
#include <string_view>

#include "detect/engine.hpp"

namespace icosa::detect {

[[nodiscard]] std::span<const Engine> engines();
[[nodiscard]] const Engine* find_engine(std::string_view name);

/// Everything about a watch that only its engine can check: engine, method and options, keys that the engine does not read, places, sets,
/// instruments, mechanisms and mandates that nobody declares, strips that come out otherwise. Gathers all faults.
void check_watch(const pack::Watch& watch, const Setting& setting, Diagnostics& faults);

/// The manual of an engine: its watch keys and its methods.
[[nodiscard]] std::string manual(const Engine& engine);

}  // namespace icosa::detect
