/// Sanctions as minima that are spread backwards, from the least preferred states up.
#include "methods/conflict_graph/stability.hpp"

#include <algorithm>

#include "methods/conflict_graph/moves.hpp"

namespace icosa::methods::conflict_graph {
namespace {

/// State numbers by ascending value (values are 0 to states - 1).
std::vector<std::uint32_t> by_value(const Ranking& values) {
    std::vector<std::uint32_t> begin(values.size() + 1, 0), out(values.size());
    for (const std::int32_t value : values) ++begin[static_cast<std::size_t>(value) + 1];
    for (std::size_t v = 1; v < begin.size(); ++v) begin[v] += begin[v - 1];
    for (std::uint32_t s = 0; s < values.size(); ++s) out[begin[static_cast<std::size_t>(values[s])]++] = s;
    return out;
}

/// The least value among each state and all that decision makers other than `focal` reach from it.
Ranking least_reached(std::span<const MoveMap> maps, std::span<const Ranking> ranks, std::size_t focal, Step step,
                      const Ranking& values) {
    std::vector<Arrivals> arrivals;
    for (std::size_t j = 0; j < maps.size(); ++j)
        if (j != focal) arrivals.emplace_back(maps[j], ranks[j], step);
    Ranking least(values.size(), -1);
    std::vector<std::uint32_t> stack;
    for (const std::uint32_t start : by_value(values)) {
        if (least[start] >= 0) continue;
        const std::int32_t value = values[start];
        least[start] = value;
        stack.push_back(start);
        while (!stack.empty()) {
            const std::uint32_t into = stack.back();
            stack.pop_back();
            for (Arrivals& one : arrivals)
                one.into(into, [&](std::uint32_t from) {
                    if (least[from] >= 0) return;
                    least[from] = value;
                    stack.push_back(from);
                });
        }
    }
    return least;
}

void mark_stable(Marks& marks, Concept one, const MoveMap& own, const Ranking& values, const Ranking& ranks) {
    const Ranking highest = highest_reached(own, values);
    for (std::size_t s = 0; s < marks.size(); ++s)
        if (highest[s] <= ranks[s]) marks[s] |= mark_of(one);
}

Marks stable_for(std::span<const MoveMap> maps, std::span<const Ranking> ranks, std::size_t focal) {
    const MoveMap& own = maps[focal];
    const Ranking& mine = ranks[focal];
    Marks marks(mine.size(), 0);
    mark_stable(marks, Concept::Nash, own, mine, mine);
    mark_stable(marks, Concept::Gmr, own, least_reached(maps, ranks, focal, Step::Any, mine), mine);
    mark_stable(marks, Concept::Seq, own, least_reached(maps, ranks, focal, Step::Improving, mine), mine);
    Ranking inescapable = least_reached(maps, ranks, focal, Step::Any, highest_reached(own, mine));
    for (std::size_t s = 0; s < mine.size(); ++s) inescapable[s] = std::min(inescapable[s], mine[s]);
    mark_stable(marks, Concept::Smr, own, inescapable, mine);
    return marks;
}

}  // namespace

Stability stability(const Game& game, std::span<const State> states, std::span<const Ranking> ranks) {
    std::vector<MoveMap> maps;
    for (std::size_t i = 0; i < game.makers.size(); ++i)
        maps.push_back(map_moves(game, states, static_cast<int>(i), ranks[i]));
    Stability out;
    out.equilibria.assign(states.size(), all_marks);
    for (std::size_t i = 0; i < game.makers.size(); ++i) {
        out.makers.push_back(stable_for(maps, ranks, i));
        for (std::size_t s = 0; s < states.size(); ++s) out.equilibria[s] &= out.makers[i][s];
    }
    return out;
}

}  // namespace icosa::methods::conflict_graph
