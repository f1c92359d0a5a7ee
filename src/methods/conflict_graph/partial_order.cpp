/// Closure, cycles, and the orders that obey.
#include "methods/conflict_graph/partial_order.hpp"

#include <algorithm>
#include <utility>

namespace icosa::methods::conflict_graph {
namespace {

/// The shortest chain of comparisons from one state to itself.
std::vector<Comparison> cycle_through(std::uint32_t start, std::size_t states,
                                      const std::vector<Comparison>& comparisons) {
    std::vector<std::vector<const Comparison*>> out_of(states);
    for (const Comparison& one : comparisons) out_of[one.better].push_back(&one);
    std::vector<const Comparison*> by(states, nullptr);
    std::vector<std::uint32_t> open = {start};
    for (std::size_t at = 0; at < open.size() && by[start] == nullptr; ++at)
        for (const Comparison* one : out_of[open[at]]) {
            if (by[one->worse] != nullptr) continue;
            by[one->worse] = one;
            open.push_back(one->worse);
        }
    std::vector<Comparison> out;
    for (std::uint32_t at = start; out.empty() || at != start; at = out.back().better) out.push_back(*by[at]);
    std::ranges::reverse(out);
    return out;
}

/// What complete orders still may be: which states are at least as good, and better, than which.
struct Relations {
    BitRows at_least, better;

    /// Adds a >= b, or a > b; false where that contradicts.
    bool add(std::size_t a, std::size_t b, bool is_strict) {
        if (better[b].has(a) || (is_strict && at_least[b].has(a))) return false;
        const BitRow weak = at_least[b], strict = better[b];
        for (std::size_t x = 0; x < at_least.size(); ++x) {
            if (!at_least[x].has(a)) continue;
            const bool is_through_better = is_strict || better[x].has(a);
            at_least[x] |= weak;
            better[x] |= is_through_better ? weak : strict;
        }
        return true;
    }
};

/// Orders the pairs that moves link, one after the other, each in three ways.
struct OrderSearch {
    const BitRows& moves;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::size_t most;
    std::size_t leaves = 0;
    std::vector<BitRows> found = {};

    bool order(std::size_t at, const Relations& now) {  // NOLINT(misc-no-recursion): as deep as there are pairs
        for (; at < pairs.size(); ++at) {
            const auto [a, b] = pairs[at];
            const bool is_open =
                !now.better[a].has(b) && !now.better[b].has(a) && !(now.at_least[a].has(b) && now.at_least[b].has(a));
            if (is_open) break;
        }
        if (at == pairs.size()) {
            if (++leaves > most) return false;
            keep(now);
            return true;
        }
        const auto [a, b] = pairs[at];
        Relations first = now, second = now, tied = now;
        if (first.add(a, b, true) && !order(at + 1, first)) return false;
        if (second.add(b, a, true) && !order(at + 1, second)) return false;
        return !(tied.add(a, b, false) && tied.add(b, a, false)) || order(at + 1, tied);
    }

    void keep(const Relations& now) {
        BitRows improving = no_rows(moves.size());
        for (std::size_t s = 0; s < moves.size(); ++s)
            moves[s].until([&](std::size_t t) {
                if (now.better[t].has(s)) improving[s].set(t);
                return true;
            });
        if (std::ranges::find(found, improving) == found.end()) found.push_back(std::move(improving));
    }
};

}  // namespace

Followed follow_comparisons(std::size_t states, const std::vector<Comparison>& comparisons) {
    Followed out;
    out.order.below = no_rows(states);
    for (const Comparison& one : comparisons) out.order.below[one.better].set(one.worse);
    close(out.order.below);
    for (std::uint32_t s = 0; s < states; ++s)
        if (out.order.below[s].has(s)) {
            auto cycle = cycle_through(s, states, comparisons);
            if (out.cycle.empty() || cycle.size() < out.cycle.size()) out.cycle = std::move(cycle);
        }
    return out;
}

Knowledge knowledge_of(const Ranking& ranks) {
    Knowledge out{no_rows(ranks.size()), {}};
    for (std::size_t s = 0; s < ranks.size(); ++s)
        for (std::size_t t = 0; t < ranks.size(); ++t)
            if (ranks[t] > ranks[s]) out.surely[s].set(t);
    out.perhaps = out.surely;
    return out;
}

Knowledge knowledge_of(const PartialOrder& order) {
    const std::size_t states = order.below.size();
    Knowledge out{no_rows(states), no_rows(states)};
    for (std::size_t s = 0; s < states; ++s)
        for (std::size_t t = 0; t < states; ++t) {
            if (order.below[t].has(s)) out.surely[s].set(t);
            if (t != s && !order.below[s].has(t)) out.perhaps[s].set(t);
        }
    return out;
}

std::optional<std::vector<BitRows>> improving_moves(const PartialOrder& order, const BitRows& moves, std::size_t most) {
    Relations start{order.below, order.below};
    for (std::size_t s = 0; s < moves.size(); ++s) start.at_least[s].set(s);
    OrderSearch search{moves, {}, most};
    for (std::size_t a = 0; a < moves.size(); ++a)
        for (std::size_t b = a + 1; b < moves.size(); ++b)
            if (moves[a].has(b) || moves[b].has(a)) search.pairs.emplace_back(a, b);
    if (!search.order(0, start)) return std::nullopt;
    return std::move(search.found);
}

}  // namespace icosa::methods::conflict_graph
