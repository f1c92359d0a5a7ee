/// Classes of states for one decision maker, by sorting.
#include "methods/conflict_graph/moves.hpp"

#include <algorithm>
#include <bit>

namespace icosa::methods::conflict_graph {
namespace {

/// A state as the decision maker sees it.
struct Seen {
    State fixed;            ///< options of the others
    State pattern;          ///< its one-way options used, packed; a move adds to it
    std::int32_t rank;
    std::uint32_t state;
};

/// The one-way options of a decision maker, and which of them count as used at N.
struct OneWay {
    State mask = 0, flipped = 0;

    OneWay(const Game& game, State options, Sense sense) {
        for (State rest = options; rest != 0; rest &= rest - 1) {
            const State bit = rest & -rest;
            const Direction direction = game.directions[static_cast<std::size_t>(std::countr_zero(rest))];
            if (direction == Direction::Both) continue;
            mask |= bit;
            if ((direction == Direction::Back) == (sense == Sense::Forth)) flipped |= bit;
        }
    }

    [[nodiscard]] State pattern(State state) const { return packed(state ^ flipped, mask); }
};

/// Adds the classes of one group, whose members stand in sorted[from, to).
class Classes {
public:
    Classes(MoveMap& map, int width) : map_(map), width_(width) {}

    void add_group(std::span<const Seen> group) {
        std::vector<State> patterns;
        for (const Seen& one : group)
            if (patterns.empty() || patterns.back() != one.pattern) patterns.push_back(one.pattern);
        const bool is_cube = width_ < 32 && (State{1} << width_) <= 4 * patterns.size();
        const auto first = static_cast<std::uint32_t>(map_.begin.size());
        if (is_cube) {
            patterns.resize(std::size_t{1} << width_);
            for (std::size_t p = 0; p < patterns.size(); ++p) patterns[p] = p;
        }
        std::size_t at = 0;
        for (std::size_t p = 0; p < patterns.size(); ++p) {
            map_.begin.push_back(static_cast<std::uint32_t>(map_.members.size()));
            map_.below_begin.push_back(static_cast<std::uint32_t>(map_.below.size()));
            for (; at < group.size() && group[at].pattern == patterns[p]; ++at) {
                map_.class_of[group[at].state] = first + static_cast<std::uint32_t>(p);
                map_.members.push_back(group[at].state);
                map_.member_ranks.push_back(group[at].rank);
            }
            if (is_cube) {
                for (State rest = patterns[p]; rest != 0; rest &= rest - 1)
                    map_.below.push_back(first + static_cast<std::uint32_t>(patterns[p] & ~(rest & -rest)));
            } else {
                for (std::size_t q = 0; q < p; ++q)
                    if ((patterns[q] & ~patterns[p]) == 0) map_.below.push_back(first + static_cast<std::uint32_t>(q));
            }
        }
    }

private:
    MoveMap& map_;
    int width_;
};

}  // namespace

MoveMap map_moves(const Game& game, std::span<const State> states, int maker, const Ranking& ranks, Sense sense) {
    const DecisionMaker& mover = game.makers[static_cast<std::size_t>(maker)];
    const OneWay one_way(game, mover.options, sense);
    std::vector<Seen> seen;
    seen.reserve(states.size());
    for (std::size_t s = 0; s < states.size(); ++s)
        if (!holds(mover.unseen, states[s]))
            seen.push_back(
                {states[s] & ~mover.options, one_way.pattern(states[s]), ranks[s], static_cast<std::uint32_t>(s)});
    std::ranges::sort(seen, [](const Seen& a, const Seen& b) {
        if (a.fixed != b.fixed) return a.fixed < b.fixed;
        if (a.pattern != b.pattern) return a.pattern < b.pattern;
        if (a.rank != b.rank) return a.rank < b.rank;
        return a.state < b.state;
    });
    MoveMap map;
    map.class_of.assign(states.size(), MoveMap::nowhere);
    map.members.reserve(seen.size());
    map.member_ranks.reserve(seen.size());
    Classes classes(map, std::popcount(one_way.mask));
    for (std::size_t from = 0, to = 0; from < seen.size(); from = to) {
        while (to < seen.size() && seen[to].fixed == seen[from].fixed) ++to;
        classes.add_group(std::span(seen).subspan(from, to - from));
    }
    map.begin.push_back(static_cast<std::uint32_t>(map.members.size()));
    map.below_begin.push_back(static_cast<std::uint32_t>(map.below.size()));
    return map;
}

Ranking highest_reached(const MoveMap& map, const Ranking& values) {
    Ranking best(map.classes(), -1), out(values);
    for (auto one = static_cast<std::uint32_t>(map.classes()); one-- > 0;) {  // a class stands after those below it
        for (const std::uint32_t member : map.members_of(one)) best[one] = std::max(best[one], values[member]);
        for (const std::uint32_t lower : map.below_of(one)) best[lower] = std::max(best[lower], best[one]);
    }
    for (std::size_t s = 0; s < out.size(); ++s)
        if (map.class_of[s] != MoveMap::nowhere) out[s] = std::max(out[s], best[map.class_of[s]]);
    return out;
}

}  // namespace icosa::methods::conflict_graph
