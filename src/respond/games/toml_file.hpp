/// A model of a conflict in TOML: with its authors, dates and sources, and two rival sets of preferences.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "respond/games/model.hpp"

namespace icosa::respond::games {

/// Reads [conflict], [[decision_maker]], [[option]] and [[set]] with its [[set.preference]]: docs/negotiate.md has
/// every key.
///
/// out   nothing where there are faults: all of them, each with its place
[[nodiscard]] std::optional<Model> read_game_toml(std::string_view text, const std::string& path, Diagnostics& faults);

/// States up to which preferences may be stated in part.
inline constexpr std::size_t most_states_in_part = 1024;

}  // namespace icosa::respond::games
