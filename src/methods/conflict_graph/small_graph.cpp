/// Moves as rows of bits, and the four concepts over them.
#include "methods/conflict_graph/small_graph.hpp"

namespace icosa::methods::conflict_graph {

BitRows move_rows(const Game& game, std::span<const State> states, int maker) {
    BitRows out = no_rows(states.size());
    for (std::size_t s = 0; s < states.size(); ++s)
        for (std::size_t t = 0; t < states.size(); ++t)
            if (may_move(game, maker, states[s], states[t])) out[s].set(t);
    return out;
}

BitRows better_rows(const Ranking& ranks) {
    BitRows out = no_rows(ranks.size());
    for (std::size_t s = 0; s < ranks.size(); ++s)
        for (std::size_t t = 0; t < ranks.size(); ++t)
            if (ranks[t] > ranks[s]) out[s].set(t);
    return out;
}

std::uint8_t marks_against(std::size_t s, const BitRow& better, const Answers& answers) {
    BitRow tempting = answers.own[s];
    tempting &= better;
    if (tempting.is_empty()) return all_marks;
    BitRow inescapable(answers.own.size());
    for (std::size_t u = 0; u < answers.own.size(); ++u)
        if (!better.has(u) && !answers.own[u].meets(better)) inescapable.set(u);
    std::uint8_t marks = mark_of(Concept::Gmr) | mark_of(Concept::Smr) | mark_of(Concept::Seq);
    tempting.until([&](std::size_t t) {
        if (answers.others[t].lies_in(better)) marks &= static_cast<std::uint8_t>(~mark_of(Concept::Gmr));
        if (answers.improving[t].lies_in(better)) marks &= static_cast<std::uint8_t>(~mark_of(Concept::Seq));
        if (!answers.others[t].meets(inescapable)) marks &= static_cast<std::uint8_t>(~mark_of(Concept::Smr));
        return marks != 0;
    });
    return marks;
}

}  // namespace icosa::methods::conflict_graph
