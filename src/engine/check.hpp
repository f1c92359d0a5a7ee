/// Checks of a watch against the table of engines: what no pack can see alone.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.hpp"

namespace icosa::engine {

[[nodiscard]] const Engine* find(std::span<const Engine> engines, std::string_view name);

/// Everything about a watch that only its engine can check: engine, method and options, keys that the engine does not
/// read, what its own check says, strips that come out otherwise. Gathers all faults.
void check_watch(std::span<const Engine> engines, const pack::Watch& watch, const Setting& setting,
                 Diagnostics& faults);

/// For the checks of engines. Where a key of the watch stands, else the watch itself.
[[nodiscard]] Where at(const pack::Watch& watch, std::string_view key);
/// "did you mean 'x'?", else the list.
[[nodiscard]] std::string cure_for(std::string_view word, const std::vector<std::string>& names);
/// Does the selection name its sources, and places and sets that somebody declares?
void check_selection(const pack::Watch& watch, const pack::Selection& selection, const Setting& setting,
                     Diagnostics& faults);
/// Is the id a place or a set? Else a fault at `where`.
void check_place(const pack::Watch& watch, const std::string& id, const Where& where, const Setting& setting,
                 Diagnostics& faults);

/// The manual of an engine: its watch keys and its methods.
[[nodiscard]] std::string manual(const Engine& engine);

}  // namespace icosa::engine
