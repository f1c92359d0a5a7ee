/// Which states of a conflict would hold? Nash, general and symmetric metarational, sequential stability.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "methods/conflict_graph/game.hpp"

namespace icosa::methods::conflict_graph {

enum class Concept : std::uint8_t { Nash, Gmr, Smr, Seq };

inline constexpr std::array<Concept, 4> all_concepts = {Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq};
inline constexpr std::array<std::string_view, 4> concept_names = {"nash", "gmr", "smr", "seq"};

/// marks[states]: bit of a concept set = stable under it.
using Marks = std::vector<std::uint8_t>;

[[nodiscard]] constexpr std::uint8_t mark_of(Concept one) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(one));
}
inline constexpr std::uint8_t all_marks = 15;

struct Stability {
    std::vector<Marks> makers;  ///< [makers][states]
    Marks equilibria;           ///< [states]: stable for every decision maker
};

/// Stability of each state for each decision maker, under four concepts.
///
///     s is stable for i where  max over t in R_i(s) or t = s of v_i(t)  <=  P_i(s),  with
///     nash  v_i(t) = P_i(t)
///     gmr   v_i(t) = min of P_i over t and R_{N-i}(t)
///     seq   v_i(t) = min of P_i over t and R+_{N-i}(t)
///     smr   v_i(t) = min(P_i(t), min of e_i over t and R_{N-i}(t)),  e_i(u) = max of P_i over u and R_i(u)
///
/// P_i(s)   rank of s for i;  R_i(s)  the moves of i from s;  R_{N-i}(s)  states reached from s by the moves of others,
/// any number of them but never two of one mover in a row;  R+_{N-i}(s)  the same, each move to its mover's gain.
/// Why this is the definition: a t that i does not prefer to s has v_i(t) <= P_i(t) <= P_i(s) and never decides; of one
/// that it prefers, v_i(t) <= P_i(s) says that some sanction is no better than s (and, smr, leaves no escape), t itself
/// being none. Two moves of one mover in a row are one move or none, so plain reachability has the same states.
///
/// in    states of feasible_states;  ranks[makers] of the same length
/// src   [fang1993] ch. 3; [howard1971] gmr, smr; [fraser1984] seq
/// dif   sanctions may come by moves of any length, a mover more than once; a program that lets each other decision
///       maker move once at most finds fewer sanctions where there are three or more of them
/// cost  O(makers^2 * states) and the sorting; a minimum over what is reached is spread backwards from the least
///       preferred states up, so that each state is labelled once. Memory some 40 bytes a state and decision maker
/// seen  methods/conflict_graph/stability_test.cpp: equal to listing legal sequences on random games
[[nodiscard]] Stability stability(const Game& game, std::span<const State> states, std::span<const Ranking> ranks);

/// Bytes that `stability` and the telling of it need at most, for so many states and decision makers.
[[nodiscard]] constexpr double memory_needed(double states, double makers) { return states * (80 + 50 * makers); }

}  // namespace icosa::methods::conflict_graph
