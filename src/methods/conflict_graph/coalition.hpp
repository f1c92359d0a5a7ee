/// Would a state hold if some decision makers acted together?
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::methods::conflict_graph {

/// Decision makers by number; each stands in one player.
using Player = std::vector<int>;

/// Stability of each state for each player, where players of several decision makers act together.
///
///     R_H(s)    states reached from s by moves of members of H, none twice in a row
///     R++_H(s)  those of them that every member prefers to s
///     nash      R++_H(s) is empty
///     gmr       each t in R++_H(s) has some u in R_{N-H}(t) that at least one member does not prefer to s
///     smr       ... and each v in R_H(u) is such as well: one member at least does not prefer it to s
///     seq       as gmr, u reached by improvements of the other players: of K into R++_K
///
/// out   nothing where there are more than `most_small_states` states; else as `stability`, a row a player
/// src   [kilgour2001] coalition improvements and coalition Nash; [inohara2008] the other three
/// dif   the class of coalitions whose joint improvements count as sanctions is that of the other players as given, not
///       all subsets; members' moves are sequences through feasible states, not joint flips of all their options.
///       Players of one decision maker each give `stability`
/// cost  O(players * states^3 / 64)
[[nodiscard]] std::optional<Stability> coalition_stability(const Game& game, std::span<const State> states,
                                                           std::span<const Ranking> ranks,
                                                           std::span<const Player> players);

}  // namespace icosa::methods::conflict_graph
