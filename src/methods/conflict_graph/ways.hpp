/// How does one get from where things stand to another state? Status-quo analysis.
#pragma once

#include <span>
#include <vector>

#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/moves.hpp"

namespace icosa::methods::conflict_graph {

/// The last step of a shortest way from the status quo to a state.
struct Arrival {
    int steps = -1;  ///< -1 = no way leads there
    int maker = -1;  ///< who moves last; -1 at the status quo
    std::uint32_t from = 0;
};

/// Shortest ways from one state to all others, by any moves or by moves to the mover's gain only. No way has two moves
/// of one mover in a row: they would be one.
///
/// out   [states]; of several shortest ways that by the earlier decision maker
/// src   [li2005] status-quo analysis
/// cost  O(makers * states) and the sorting
[[nodiscard]] std::vector<Arrival> ways_from(const Game& game, std::span<const State> states,
                                             std::span<const Ranking> ranks, std::uint32_t from, Step step);

/// One step of a way: who moves, and to what.
struct WayStep {
    int maker;
    std::uint32_t to;
};

/// The steps from the status quo to the state; empty where there are none.
[[nodiscard]] std::vector<WayStep> way_to(std::span<const Arrival> ways, std::uint32_t state);

}  // namespace icosa::methods::conflict_graph
