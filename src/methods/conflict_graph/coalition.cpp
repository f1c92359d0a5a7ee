/// Coalitions over moves that are written out.
#include "methods/conflict_graph/coalition.hpp"

#include "methods/conflict_graph/small_graph.hpp"

namespace icosa::methods::conflict_graph {
namespace {

void add(BitRows& to, const BitRows& from) {
    for (std::size_t s = 0; s < to.size(); ++s) to[s] |= from[s];
}

/// Where a player goes, and what every member of it prefers.
struct PlayerRows {
    BitRows reach, better, improving;
};

PlayerRows rows_of(const Game& game, std::span<const State> states, std::span<const Ranking> ranks,
                   const Player& player) {
    PlayerRows out;
    out.reach = no_rows(states.size());
    out.better = better_rows(ranks[static_cast<std::size_t>(player.front())]);
    for (const int member : player) {
        add(out.reach, move_rows(game, states, member));
        const BitRows of_member = better_rows(ranks[static_cast<std::size_t>(member)]);
        for (std::size_t s = 0; s < states.size(); ++s) out.better[s] &= of_member[s];
    }
    if (player.size() > 1) close(out.reach);
    out.improving = out.reach;
    for (std::size_t s = 0; s < states.size(); ++s) out.improving[s] &= out.better[s];
    return out;
}

}  // namespace

std::optional<Stability> coalition_stability(const Game& game, std::span<const State> states,
                                             std::span<const Ranking> ranks, std::span<const Player> players) {
    if (states.size() > most_small_states) return std::nullopt;
    std::vector<PlayerRows> rows;
    for (const Player& player : players) rows.push_back(rows_of(game, states, ranks, player));
    Stability out;
    out.equilibria.assign(states.size(), all_marks);
    for (std::size_t h = 0; h < players.size(); ++h) {
        BitRows others = no_rows(states.size()), improving = no_rows(states.size());
        for (std::size_t k = 0; k < players.size(); ++k) {
            if (k == h) continue;
            add(others, rows[k].reach);
            add(improving, rows[k].improving);
        }
        close(others);
        close(improving);
        const Answers answers{rows[h].reach, others, improving};
        Marks marks(states.size(), 0);
        for (std::size_t s = 0; s < states.size(); ++s) {
            marks[s] = marks_against(s, rows[h].better[s], answers);
            out.equilibria[s] &= marks[s];
        }
        out.makers.push_back(std::move(marks));
    }
    return out;
}

}  // namespace icosa::methods::conflict_graph
