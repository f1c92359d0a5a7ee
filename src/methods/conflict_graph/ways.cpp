/// A search forth from one state is one backwards in the game turned round.
#include "methods/conflict_graph/ways.hpp"

#include <algorithm>

namespace icosa::methods::conflict_graph {

std::vector<Arrival> ways_from(const Game& game, std::span<const State> states, std::span<const Ranking> ranks,
                               std::uint32_t from, Step step) {
    std::vector<Ranking> turned(ranks.begin(), ranks.end());
    for (Ranking& of_maker : turned)
        for (std::int32_t& rank : of_maker) rank = static_cast<std::int32_t>(states.size()) - rank;
    std::vector<MoveMap> maps;
    for (std::size_t i = 0; i < turned.size(); ++i)
        maps.push_back(map_moves(game, states, static_cast<int>(i), turned[i], Sense::Reversed));
    std::vector<Arrivals> arrivals;
    for (std::size_t i = 0; i < turned.size(); ++i) arrivals.emplace_back(maps[i], step);
    std::vector<Arrival> out(states.size());
    out[from].steps = 0;
    std::vector<std::uint32_t> now = {from}, next;
    for (int steps = 1; !now.empty(); ++steps) {
        for (std::size_t i = 0; i < arrivals.size(); ++i)
            for (const std::uint32_t at : now)
                arrivals[i].into(maps[i].class_of[at], turned[i][at], [&](std::uint32_t to) {
                    if (out[to].steps >= 0) return;
                    out[to] = {steps, static_cast<int>(i), at};
                    next.push_back(to);
                });
        now.swap(next);
        next.clear();
    }
    return out;
}

std::vector<WayStep> way_to(std::span<const Arrival> ways, std::uint32_t state) {
    std::vector<WayStep> out;
    for (std::uint32_t at = state; ways[at].steps > 0; at = ways[at].from) out.push_back({ways[at].maker, at});
    std::ranges::reverse(out);
    return out;
}

}  // namespace icosa::methods::conflict_graph
