/// Small games at random for the tests of conflict graphs, and the definitions of stability word by word.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::methods::conflict_graph::testing {

struct SmallGame {
    Game game;
    std::vector<State> states;
    std::vector<Ranking> ranks;
};

class RandomGames {
public:
    explicit RandomGames(std::uint64_t seed) : bits_(seed) {}

    int below(int n) { return static_cast<int>(bits_() % static_cast<std::uint64_t>(n)); }

    Term term(int options) {
        Term out;
        for (int o = 0; o < options; ++o)
            if (below(2) == 0) {
                out.mask |= State{1} << o;
                if (below(2) == 0) out.value |= State{1} << o;
            }
        if (out.mask == 0) out.mask = out.value = 1;
        return out;
    }

    /// 2 to 4 decision makers, 2 to 5 options owned by anyone, one-way options, infeasible and unseen states, ties.
    SmallGame next() {
        SmallGame out;
        do {
            Game& game = out.game = {};
            game.options = 2 + below(4);
            game.makers.resize(static_cast<std::size_t>(2 + below(3)));
            for (int o = 0; o < game.options; ++o) {
                game.directions.push_back(below(3) == 0 ? static_cast<Direction>(below(3)) : Direction::Both);
                game.makers[static_cast<std::size_t>(below(static_cast<int>(game.makers.size())))].options |= State{1}
                    << o;
            }
            for (int i = below(4); i > 0; --i) game.infeasible.push_back(term(game.options));
            for (auto& maker : game.makers)
                if (below(5) == 0) maker.unseen.push_back(term(game.options));
            out.states = *feasible_states(game, 100);
        } while (out.states.empty());
        out.ranks.clear();
        for (std::size_t i = 0; i < out.game.makers.size(); ++i) {
            std::vector<std::uint64_t> values;
            const int levels = 1 + below(static_cast<int>(out.states.size()));
            for (std::size_t s = 0; s < out.states.size(); ++s)
                values.push_back(static_cast<std::uint64_t>(below(levels)));
            out.ranks.push_back(dense_ranks(values));
        }
        return out;
    }

private:
    std::mt19937_64 bits_;
};

/// Brute force: all states reached by sequences in which nobody of `movers` moves twice in a row.
inline std::set<std::size_t> reached(const SmallGame& small, std::size_t from, const std::vector<std::size_t>& movers,
                                     bool improving) {
    std::set<std::size_t> out;
    std::set<std::pair<std::size_t, std::size_t>> met;
    std::vector<std::pair<std::size_t, std::size_t>> open = {{from, small.ranks.size()}};
    while (!open.empty()) {
        const auto [at, last] = open.back();
        open.pop_back();
        for (const std::size_t j : movers) {
            if (j == last) continue;
            for (std::size_t to = 0; to < small.states.size(); ++to) {
                if (!may_move(small.game, static_cast<int>(j), small.states[at], small.states[to])) continue;
                if (improving && small.ranks[j][to] <= small.ranks[j][at]) continue;
                out.insert(to);
                if (met.emplace(to, j).second) open.emplace_back(to, j);
            }
        }
    }
    return out;
}

inline std::uint8_t marks_by_definition(const SmallGame& small, std::size_t i, std::size_t s) {
    const Ranking& rank = small.ranks[i];
    std::vector<std::size_t> others;
    for (std::size_t j = 0; j < small.ranks.size(); ++j)
        if (j != i) others.push_back(j);
    bool nash = true, gmr = true, smr = true, seq = true;
    for (const std::size_t t : reached(small, s, {i}, false)) {
        if (rank[t] <= rank[s]) continue;
        nash = false;
        bool has_gmr = false, has_smr = false, has_seq = false;
        for (const std::size_t u : reached(small, t, others, false)) {
            if (rank[u] > rank[s]) continue;
            has_gmr = true;
            bool has_escape = false;
            for (const std::size_t v : reached(small, u, {i}, false)) has_escape = has_escape || rank[v] > rank[s];
            has_smr = has_smr || !has_escape;
        }
        for (const std::size_t u : reached(small, t, others, true)) has_seq = has_seq || rank[u] <= rank[s];
        gmr = gmr && has_gmr;
        smr = smr && has_smr;
        seq = seq && has_seq;
    }
    return static_cast<std::uint8_t>((nash ? 1 : 0) | (gmr ? 2 : 0) | (smr ? 4 : 0) | (seq ? 8 : 0));
}

}  // namespace icosa::methods::conflict_graph::testing
