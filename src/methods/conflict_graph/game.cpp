/// States of a game by backtracking, and prioritised statements as ranks.
#include "methods/conflict_graph/game.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace icosa::methods::conflict_graph {
namespace {

/// Fills states from the highest option down, so that they come out in order.
struct Backtracking {
    std::vector<std::vector<Term>> ending;  ///< terms whose lowest option is this one: decided once it is set
    std::size_t most;
    std::size_t looked_at = 0;
    std::vector<State> found = {};

    bool fill(int option, State chosen) {  // NOLINT(misc-no-recursion): as deep as there are options
        if (++looked_at > 64 * most + 64) return false;
        if (option < 0) {
            if (found.size() == most) return false;
            found.push_back(chosen);
            return true;
        }
        for (const State bit : {State{0}, State{1} << option}) {
            const State next = chosen | bit;
            if (!holds(ending[static_cast<std::size_t>(option)], next) && !fill(option - 1, next)) return false;
        }
        return true;
    }
};

}  // namespace

std::optional<std::vector<State>> feasible_states(const Game& game, std::size_t most) {
    double surely = std::ldexp(1.0, game.options);  // states that are left even if no two terms rule out the same
    for (const Term& term : game.infeasible) surely -= std::ldexp(1.0, game.options - std::popcount(term.mask));
    if (surely > static_cast<double>(most)) return std::nullopt;
    Backtracking search{std::vector<std::vector<Term>>(static_cast<std::size_t>(game.options)), most};
    for (const Term& term : game.infeasible) {
        if (term.mask == 0) return std::vector<State>{};  // a condition that always holds
        search.ending[static_cast<std::size_t>(std::countr_zero(term.mask))].push_back(term);
    }
    if (!search.fill(game.options - 1, 0)) return std::nullopt;
    return std::move(search.found);
}

bool may_move(const Game& game, int maker, State from, State to) {
    const DecisionMaker& mover = game.makers[static_cast<std::size_t>(maker)];
    const State changed = from ^ to;
    if (changed == 0 || (changed & ~mover.options) != 0) return false;
    for (State rest = changed; rest != 0; rest &= rest - 1) {
        const State bit = rest & -rest;
        const Direction direction = game.directions[static_cast<std::size_t>(std::countr_zero(rest))];
        const bool is_taken_up = (to & bit) != 0;
        if (direction == (is_taken_up ? Direction::Back : Direction::Forward)) return false;
    }
    return !holds(mover.unseen, from) && !holds(mover.unseen, to);
}

Ranking dense_ranks(std::span<const std::uint64_t> values) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) sorted[i] = {values[i], static_cast<std::uint32_t>(i)};
    std::ranges::sort(sorted);
    Ranking out(values.size());
    std::int32_t rank = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0 && sorted[i].first != sorted[i - 1].first) ++rank;
        out[sorted[i].second] = rank;
    }
    return out;
}

Ranking ranks_by_statements(std::span<const State> states, std::span<const Condition> statements) {
    constexpr std::size_t at_once = 32;
    Ranking out(states.size(), 0);
    std::vector<std::uint64_t> values(states.size());
    for (std::size_t first = 0; first < statements.size(); first += at_once) {
        const auto some = statements.subspan(first, std::min(at_once, statements.size() - first));
        for (std::size_t s = 0; s < states.size(); ++s) {
            auto value = static_cast<std::uint64_t>(out[s]);
            for (const Condition& statement : some) value = value << 1U | (holds(statement, states[s]) ? 1U : 0U);
            values[s] = value;
        }
        out = dense_ranks(values);
    }
    return out;
}

}  // namespace icosa::methods::conflict_graph
