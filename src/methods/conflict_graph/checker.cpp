/// The definitions of stability, word by word; slow and short.
#include "methods/conflict_graph/checker.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace icosa::methods::conflict_graph {
namespace {

class Checker {
public:
    Checker(const Game& game, std::span<const State> states, std::span<const Ranking> ranks, std::int64_t& looks)
        : game_(game), states_(states), ranks_(ranks), looks_(looks) {}

    bool is_stable(std::size_t i, std::size_t s, Concept under) {
        const auto is_better = [&](std::size_t t) { return ranks_[i][t] > ranks_[i][s]; };
        const auto has_sanction = [&](std::size_t start) {
            std::set<std::pair<std::size_t, std::size_t>> met;  // state, last mover
            std::vector<std::pair<std::size_t, std::size_t>> open = {{start, i}};
            while (!open.empty() && looks_ > 0) {
                const auto [at, last] = open.back();
                open.pop_back();
                for (std::size_t j = 0; j < game_.makers.size(); ++j) {
                    if (j == i || j == last) continue;
                    for (const std::size_t next : moves(j, at)) {
                        if (under == Concept::Seq && ranks_[j][next] <= ranks_[j][at]) continue;
                        if (!met.emplace(next, j).second) continue;
                        if (!is_better(next)
                            && (under != Concept::Smr || std::ranges::none_of(moves(i, next), is_better)))
                            return true;
                        open.emplace_back(next, j);
                    }
                }
            }
            return false;
        };
        for (const std::size_t t : moves(i, s))
            if (is_better(t) && (under == Concept::Nash || !has_sanction(t))) return false;
        return true;
    }

private:
    /// All subsets of the mover's options, each as a change of the state.
    std::vector<std::size_t> moves(std::size_t mover, std::size_t from) {
        std::vector<std::size_t> out;
        const State own = game_.makers[mover].options;
        for (State change = own; change != 0 && looks_-- > 0; change = (change - 1) & own) {
            const State to = states_[from] ^ change;
            const auto found = std::ranges::lower_bound(states_, to);
            if (found != states_.end() && *found == to && is_allowed(mover, states_[from], to))
                out.push_back(static_cast<std::size_t>(found - states_.begin()));
        }
        return out;
    }

    [[nodiscard]] bool is_allowed(std::size_t mover, State from, State to) const {
        for (int o = 0; o < game_.options; ++o) {
            const bool before = (from >> o & 1U) != 0, after = (to >> o & 1U) != 0;
            const Direction direction = game_.directions[static_cast<std::size_t>(o)];
            if (before && !after && direction == Direction::Forward) return false;
            if (!before && after && direction == Direction::Back) return false;
        }
        for (const Term& term : game_.makers[mover].unseen)
            if ((from & term.mask) == term.value || (to & term.mask) == term.value) return false;
        return true;
    }

    const Game& game_;
    std::span<const State> states_;
    std::span<const Ranking> ranks_;
    std::int64_t& looks_;
};

}  // namespace

Verdict check_equilibrium(const Game& game, std::span<const State> states, std::span<const Ranking> ranks,
                          std::size_t state, Concept under, std::int64_t& looks) {
    Checker checker(game, states, ranks, looks);
    bool stable = true;
    for (std::size_t i = 0; i < game.makers.size() && stable; ++i) stable = checker.is_stable(i, state, under);
    if (looks <= 0) return Verdict::Unknown;
    return stable ? Verdict::Holds : Verdict::Fails;
}

}  // namespace icosa::methods::conflict_graph
