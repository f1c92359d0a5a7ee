/// The rows of the engine table, one file each.
#pragma once

#include "engine/engine.hpp"

namespace icosa::detect {

[[nodiscard]] const engine::Engine& event_surveillance();
[[nodiscard]] const engine::Engine& indicator_surveillance();
[[nodiscard]] const engine::Engine& instrument_status();
[[nodiscard]] const engine::Engine& coincidence();
[[nodiscard]] const engine::Engine& base_reach();
[[nodiscard]] const engine::Engine& hot_spots();
[[nodiscard]] const engine::Engine& transit_rate();
[[nodiscard]] const engine::Engine& entity_screening();
[[nodiscard]] const engine::Engine& controlled_item_screening();
[[nodiscard]] const engine::Engine& conjunctions();

/// Watch keys that every engine for series reads.
[[nodiscard]] std::span<const pack::Field> series_fields();

}  // namespace icosa::detect
