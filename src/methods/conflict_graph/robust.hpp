/// What holds whatever the preferences that nobody stated? Stability under every complete order that obeys.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/partial_order.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::methods::conflict_graph {

/// Preferences of one decision maker: a complete order, or what was said of one.
struct Stated {
    std::optional<Ranking> ranks;
    PartialOrder order;  ///< where there are no ranks
};

/// Concepts under which a state is stable under every order that obeys, and under some; [states] each.
struct RobustMarks {
    Marks always;
    Marks perhaps;
};

struct Robust {
    std::vector<RobustMarks> makers;
    RobustMarks equilibria;
    /// Is a state that is stable under some orders and not under all known to be so? Of seq else only this: what is in
    /// `always` surely is, what is not in `perhaps` surely is not.
    std::vector<bool> is_seq_exact;  ///< [makers]
    bool is_seq_equilibrium_exact = true;
};

/// Ways of ordering what a decision maker's statements leave open, up to which seq is looked at under each of them.
inline constexpr std::size_t most_orders = 2000;

enum class SeqAnswer { Bounds, ExactWhereFew };

/// Stability and equilibria under all complete orders (ties allowed) that obey what is stated, each decision maker's
/// independent of the others'.
///
///     always   B = whatever may be better than s;     perhaps   B = only what surely is
///
/// Stability of s for i under nash, gmr and smr depends on i's preferences through B = what is better than s alone, and
/// a larger B never helps (marks_against); the largest and the smallest B each belong to some order that obeys. So
/// these are exact, for the equilibria too. seq asks for the others' improvements as well: bounded by the moves that
/// surely, and perhaps, are improvements; exact where these agree, or where all orders of the others' moves are gone
/// through. An equilibrium under seq needs one order to do two things at once, so `perhaps` is an upper bound there.
///
/// in    at most most_small_states states
/// src   the definitions are [fang1993]; necessary and possible answers from a partial order after [konczak2005]
/// cost  O(makers * states^3 / 64), and for seq times the orders gone through
[[nodiscard]] Robust robust_stability(const Game& game, std::span<const State> states, std::span<const Stated> stated,
                                      SeqAnswer seq = SeqAnswer::ExactWhereFew);

/// A statement that has not been made: either each state of one side is better than its counterpart, or the other way.
struct Question {
    int maker = -1;  ///< -1 = none would decide anything
    int option = -1;  ///< "Y to this option, all else equal", or N; -1 = about two states
    std::uint32_t first = 0, second = 0;  ///< the states
    int decided_if_first = 0;  ///< states whose standing as an equilibrium would be settled, counted once a concept
    int decided_if_second = 0;
    int open = 0;  ///< of so many that are open now
};

inline constexpr std::size_t most_pair_states = 48;

/// The one further statement of one decision maker that would settle most, whichever way it is made.
///
/// out   counts a state once a concept; by the lesser of both counts, then by the greater; questions about two states
///       where there are at most most_pair_states, about one option up to 512 states
[[nodiscard]] Question best_question(const Game& game, std::span<const State> states, std::span<const Stated> stated);

}  // namespace icosa::methods::conflict_graph
