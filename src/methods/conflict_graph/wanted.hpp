/// Which preferences would make a wanted state stable? The inverse question.
#pragma once

#include <span>
#include <vector>

#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/small_graph.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::methods::conflict_graph {

/// What one decision maker would have to hold for a state to be stable for it under a concept.
struct Wanted {
    bool is_stable = false;  ///< as its preferences are
    /// Smallest sets of states that it prefers now and would have to find no better than the wanted one, the rest of
    /// its preferences as they are; at most `most_sets`.
    std::vector<std::vector<std::uint32_t>> sets;
    bool is_smallest = true;  ///< false: no set of up to `most_changes` states does; the one given does
};

inline constexpr std::size_t most_changes = 3;
inline constexpr std::size_t most_sets = 5;

/// Looks for the fewest preferences to change, for one decision maker, the others' as they are.
///
///     the smallest C within B such that the state is stable where B \ C is better than it;  B = what is better now
///
/// in    better = what the decision maker prefers to the state;  answers as of marks_against
/// out   under nash the one set is R_i(s) within B
/// src   [kinsara2015] the inverse question; the search over sets is ours
/// cost  O(|B|^most_changes * states^2 / 64); above 60 states in B sets of one state only, above 2000 none
[[nodiscard]] Wanted wanted(std::size_t state, Concept under, const BitRow& better, const Answers& answers);

}  // namespace icosa::methods::conflict_graph
