/// One [[set.preference]]: who says so, and the preference as statements by priority, as a ranking, or in part.
#pragma once

#include "pack/toml.hpp"
#include "respond/games/model.hpp"

namespace icosa::respond::games {

/// Reads `of`, `author`, `date`, `source`, and one of
///
///     statements = ["not strike", "withdraw"]          conditions, the most important first
///     ranking    = ["NYN", ["YYN", "NNN"], ...]        states, the most preferred first, tied ones in a list
///     stated     = ["peace over war", "talks over silence, all else equal"]
///
/// of which only the last leaves something open. "A over B": each state where A holds and B does not is better than
/// each where B holds and A does not; "all else equal": only where the options that neither names are the same.
/// err   faults: preference-unsigned, ranking-..., preferences-cycle with the states and statements of the cycle
[[nodiscard]] Preference read_preference(const pack::Node& node, const Model& model, Diagnostics& faults);

}  // namespace icosa::respond::games
