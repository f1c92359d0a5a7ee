/// A conflict as a graph: decision makers, their options, which states can be, who moves where (graph model).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace icosa::methods::conflict_graph {

/// A Y or N to each option: bit o is set where option o is taken.
using State = std::uint64_t;

inline constexpr int most_options = 62;

/// A conjunction: the options of `mask` are as in `value`.
struct Term {
    State mask = 0;
    State value = 0;
};

/// Holds where one of its terms holds: never where it has none, always where a term names no option.
using Condition = std::vector<Term>;

[[nodiscard]] inline bool holds(const Condition& condition, State state) {
    for (const Term& term : condition)
        if ((state & term.mask) == term.value) return true;
    return false;
}

/// The options of `mask` alone, packed from the lowest bit.
[[nodiscard]] inline State packed(State state, State mask) {
    State out = 0;
    for (int place = 0; mask != 0; mask &= mask - 1, ++place)
        if ((state & mask & -mask) != 0) out |= State{1} << place;
    return out;
}

/// How an option may change: Forward from N to Y only, Back from Y to N only.
enum class Direction : std::uint8_t { Both, Forward, Back };

/// Whoever moves by changing options of its own, any subset at once; from and to a state that it does not see, never.
struct DecisionMaker {
    State options = 0;  ///< a bit each; no two decision makers share one
    Condition unseen;
};

struct Game {
    int options = 0;                    ///< 1 to most_options
    std::vector<Direction> directions;  ///< [options]
    std::vector<DecisionMaker> makers;
    Condition infeasible;
};

/// Preferences of one decision maker: ranks[states], 0 = least preferred, equal = indifferent, no number left out.
using Ranking = std::vector<std::int32_t>;

/// The states that no infeasible condition meets, ascending with option 0 as the lowest bit; nothing where there are
/// more than `most` of them, or where more than 64 `most` beginnings of states had to be looked at.
///
/// cost  O(feasible states * options * terms): a beginning that meets a condition already is not gone on with
[[nodiscard]] std::optional<std::vector<State>> feasible_states(const Game& game, std::size_t most);

/// May the decision maker move from one state to the other? Says nothing of feasibility.
[[nodiscard]] bool may_move(const Game& game, int maker, State from, State to);

/// Ranking by prioritised statements, the most important first: the lexicographic order of the vectors of truth values,
/// which equals the sum of weights 2^(k - 1 - j) over the statements j that hold, for any number k of them.
///
/// src   [fang2003] option prioritising                       cost  O(states * (terms + log states))
[[nodiscard]] Ranking ranks_by_statements(std::span<const State> states, std::span<const Condition> statements);

/// Ranking from values that order the states, equal values tied.
[[nodiscard]] Ranking dense_ranks(std::span<const std::uint64_t> values);

}  // namespace icosa::methods::conflict_graph
