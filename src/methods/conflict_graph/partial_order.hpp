/// Preferences stated in part: what is said of two states, what follows, and all orders that obey.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "methods/conflict_graph/bit_rows.hpp"
#include "methods/conflict_graph/game.hpp"

namespace icosa::methods::conflict_graph {

/// One state is said to be better than another.
struct Comparison {
    std::uint32_t better = 0;
    std::uint32_t worse = 0;
    int statement = 0;  ///< of which statement it is part

    bool operator==(const Comparison&) const = default;
};

/// rows[s] = the states that s is better than, all that follows included.
struct PartialOrder {
    BitRows below;
};

/// What follows from comparisons; where they cycle, the cycle: its first `better` is the last `worse`.
/// cost  O(states^3 / 64)
struct Followed {
    PartialOrder order;
    std::vector<Comparison> cycle;  ///< empty = none
};
[[nodiscard]] Followed follow_comparisons(std::size_t states, const std::vector<Comparison>& comparisons);

/// What a decision maker is known to hold: rows[s] = the states surely, or perhaps, better than s.
struct Knowledge {
    BitRows surely;
    BitRows perhaps;
};
[[nodiscard]] Knowledge knowledge_of(const Ranking& ranks);
/// Of a partial order: in some complete order all of perhaps[s] is better than s, in some other all but surely[s] is
/// not, since a linear extension may put s right above or right below whatever is not comparable with it.
[[nodiscard]] Knowledge knowledge_of(const PartialOrder& order);

/// The different sets of improving moves (rows[s] = states to which the mover gains by moving from s) over all complete
/// orders, ties among them, that obey the partial one; nothing where there are more than `most` ways to order what it
/// leaves open.
///
/// in    moves[s] = R(s)
/// cost  O(most * states^2)
[[nodiscard]] std::optional<std::vector<BitRows>> improving_moves(const PartialOrder& order, const BitRows& moves,
                                                                  std::size_t most);

}  // namespace icosa::methods::conflict_graph
