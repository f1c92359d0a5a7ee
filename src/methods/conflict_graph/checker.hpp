/// Is a claimed equilibrium one? A second opinion that shares no code with the search for equilibria.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::methods::conflict_graph {

/// What became of a claim; Unknown where looking at `most_looks` further states did not settle it.
enum class Verdict { Holds, Fails, Unknown };

/// Checks by the definitions alone, one state: lists the moves of each decision maker, and what the others reach from
/// there by sequences in which none moves twice in a row (a search over pairs of state and last mover).
///
/// in    state  its number among `states`;  looks  how many states may be looked at, lessened by those that were
/// src   [fang1993] ch. 3
[[nodiscard]] Verdict check_equilibrium(const Game& game, std::span<const State> states, std::span<const Ranking> ranks,
                                        std::size_t state, Concept under, std::int64_t& looks);

}  // namespace icosa::methods::conflict_graph
