/// The moves of a small conflict written out, and stability against whatever is held to be better than a state: what
/// coalitions, preferences stated in part, and the way back from a wanted state share.
#pragma once

#include <span>

#include "methods/conflict_graph/bit_rows.hpp"
#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::methods::conflict_graph {

/// States up to which moves are written out: rows of bits then take 2 MB a relation.
inline constexpr std::size_t most_small_states = 4096;

/// rows[s] = R_i(s).
[[nodiscard]] BitRows move_rows(const Game& game, std::span<const State> states, int maker);

/// better[s] = the states that a decision maker with these ranks prefers to s.
[[nodiscard]] BitRows better_rows(const Ranking& ranks);

/// What a mover may do and what the others may answer; each rows[states].
struct Answers {
    const BitRows& own;        ///< R_H: where the mover may go
    const BitRows& others;     ///< R_{N-H}, closed
    const BitRows& improving;  ///< R+_{N-H}, closed
};

/// Concepts under which s is stable for a mover to whom the states of `better` are better than s.
///
///     nash  R_H(s) and B disjoint          B = better
///     gmr   each t in both has some u in R_{N-H}(t) outside B;  seq  likewise in R+_{N-H}(t)
///     smr   likewise u outside B with R_H(u) and B disjoint
///
/// A larger B never makes a state stable under a concept that it was not stable under.
/// src   [fang1993] ch. 3, [inohara2008] for a coalition H            cost  O(states^2 / 64)
[[nodiscard]] std::uint8_t marks_against(std::size_t s, const BitRow& better, const Answers& answers);

}  // namespace icosa::methods::conflict_graph
