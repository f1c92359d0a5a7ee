/// The largest and the smallest set of what is better, and the question that would settle most.
#include "methods/conflict_graph/robust.hpp"

#include <algorithm>
#include <bit>

#include "methods/conflict_graph/small_graph.hpp"

namespace icosa::methods::conflict_graph {
namespace {

constexpr std::uint8_t seq_mark = mark_of(Concept::Seq);

/// One decision maker as far as it is known.
struct KnownMaker {
    BitRows moves;
    Knowledge knowledge;
    BitRows surely_improving, perhaps_improving;
};

BitRows both(const BitRows& a, const BitRows& b) {
    BitRows out = a;
    for (std::size_t s = 0; s < out.size(); ++s) out[s] &= b[s];
    return out;
}

KnownMaker known_maker(BitRows moves, const Stated& stated) {
    KnownMaker out{std::move(moves), stated.ranks ? knowledge_of(*stated.ranks) : knowledge_of(stated.order), {}, {}};
    out.surely_improving = both(out.moves, out.knowledge.surely);
    out.perhaps_improving = both(out.moves, out.knowledge.perhaps);
    return out;
}

/// What all but one decision maker reach.
struct OthersReach {
    BitRows any, surely, perhaps;

    OthersReach(std::span<const KnownMaker> makers, std::size_t focal)
        : any(no_rows(makers[focal].moves.size())), surely(any), perhaps(any) {
        for (std::size_t j = 0; j < makers.size(); ++j) {
            if (j == focal) continue;
            for (std::size_t s = 0; s < any.size(); ++s) {
                any[s] |= makers[j].moves[s];
                surely[s] |= makers[j].surely_improving[s];
                perhaps[s] |= makers[j].perhaps_improving[s];
            }
        }
        close(any);
        close(surely);
        close(perhaps);
    }
};

RobustMarks bounds_of(const KnownMaker& maker, const OthersReach& others) {
    const std::size_t states = maker.moves.size();
    RobustMarks out{Marks(states), Marks(states)};
    for (std::size_t s = 0; s < states; ++s) {
        out.always[s] = marks_against(s, maker.knowledge.perhaps[s], {maker.moves, others.any, others.surely});
        out.perhaps[s] = marks_against(s, maker.knowledge.surely[s], {maker.moves, others.any, others.perhaps});
    }
    return out;
}

bool is_open(const RobustMarks& marks, std::uint8_t concepts) {
    for (std::size_t s = 0; s < marks.always.size(); ++s)
        if (((marks.always[s] ^ marks.perhaps[s]) & concepts) != 0) return true;
    return false;
}

/// Goes through all orders of the others; false where there are too many, and the bounds stand.
bool go_through_orders(std::span<const KnownMaker> makers, std::span<const Stated> stated, std::size_t focal,
                       const OthersReach& others, RobustMarks& marks) {
    std::vector<std::vector<BitRows>> choices;
    std::size_t product = 1;
    for (std::size_t j = 0; j < makers.size(); ++j) {
        if (j == focal) continue;
        std::vector<BitRows> of_maker = {makers[j].surely_improving};
        if (!stated[j].ranks && makers[j].surely_improving != makers[j].perhaps_improving) {
            auto all = improving_moves(stated[j].order, makers[j].moves, most_orders);
            if (!all) return false;
            of_maker = std::move(*all);
        }
        product *= of_maker.size();
        if (product > most_orders) return false;
        choices.push_back(std::move(of_maker));
    }
    const KnownMaker& maker = makers[focal];
    const std::size_t states = maker.moves.size();
    std::vector<bool> ever(states, false), always(states, true);
    for (std::size_t number = 0; number < product; ++number) {
        BitRows improving = no_rows(states);
        std::size_t rest = number;
        for (const auto& of_maker : choices) {
            const BitRows& rows = of_maker[rest % of_maker.size()];
            rest /= of_maker.size();
            for (std::size_t s = 0; s < states; ++s) improving[s] |= rows[s];
        }
        close(improving);
        const Answers answers{maker.moves, others.any, improving};
        for (std::size_t s = 0; s < states; ++s) {
            if ((marks_against(s, maker.knowledge.perhaps[s], answers) & seq_mark) == 0) always[s] = false;
            if ((marks_against(s, maker.knowledge.surely[s], answers) & seq_mark) != 0) ever[s] = true;
        }
    }
    for (std::size_t s = 0; s < states; ++s) {
        marks.always[s] |= always[s] ? seq_mark : std::uint8_t{0};
        if (!ever[s]) marks.perhaps[s] &= static_cast<std::uint8_t>(~seq_mark);
    }
    return true;
}

Robust robust_of(std::span<const KnownMaker> makers, std::span<const Stated> stated, SeqAnswer seq) {
    const std::size_t states = makers.front().moves.size();
    Robust out;
    out.equilibria = {Marks(states, all_marks), Marks(states, all_marks)};
    for (std::size_t i = 0; i < makers.size(); ++i) {
        const OthersReach others(makers, i);
        RobustMarks marks = bounds_of(makers[i], others);
        bool is_exact = others.surely == others.perhaps || !is_open(marks, seq_mark);
        if (!is_exact && seq == SeqAnswer::ExactWhereFew)
            is_exact = go_through_orders(makers, stated, i, others, marks);
        out.is_seq_exact.push_back(is_exact);
        for (std::size_t s = 0; s < states; ++s) {
            out.equilibria.always[s] &= marks.always[s];
            out.equilibria.perhaps[s] &= marks.perhaps[s];
        }
        out.makers.push_back(std::move(marks));
    }
    out.is_seq_equilibrium_exact = !is_open(out.equilibria, seq_mark);
    return out;
}

int open_count(const Robust& robust) {
    int out = 0;
    for (std::size_t s = 0; s < robust.equilibria.always.size(); ++s)
        out += std::popcount(static_cast<unsigned>(robust.equilibria.always[s] ^ robust.equilibria.perhaps[s]));
    return out;
}

/// Tries statements of one decision maker and keeps the one that settles most.
class Asking {
public:
    Asking(std::span<const State> states, std::span<const Stated> stated, std::vector<KnownMaker> makers)
        : states_(states),
          stated_(stated),
          makers_(std::move(makers)),
          best_{.open = open_count(robust_of(makers_, stated_, SeqAnswer::Bounds))} {}

    void ask_option(int maker, int option) {
        std::vector<Comparison> yes, no;
        for (std::uint32_t a = 0; a < states_.size(); ++a)
            for (std::uint32_t b = 0; b < states_.size(); ++b)
                if ((states_[a] ^ states_[b]) == State{1} << option && (states_[a] >> option & 1U) != 0) {
                    yes.push_back({a, b});
                    no.push_back({b, a});
                }
        if (!yes.empty())
            consider({.maker = maker, .option = option, .first = yes[0].better, .second = yes[0].worse}, yes, no);
    }

    void ask_pairs(int maker) {
        const PartialOrder& order = stated_[static_cast<std::size_t>(maker)].order;
        for (std::uint32_t a = 0; a < states_.size(); ++a)
            for (std::uint32_t b = a + 1; b < states_.size(); ++b)
                if (!order.below[a].has(b) && !order.below[b].has(a))
                    consider({.maker = maker, .first = a, .second = b}, {{a, b}}, {{b, a}});
    }

    [[nodiscard]] const Question& best() const { return best_; }

private:
    void consider(Question question, const std::vector<Comparison>& yes, const std::vector<Comparison>& no) {
        question.open = best_.open;
        const auto if_yes = settled(question.maker, yes), if_no = settled(question.maker, no);
        if (!if_yes || !if_no) return;  // one way contradicts what was said: nothing to ask
        question.decided_if_first = *if_yes;
        question.decided_if_second = *if_no;
        const auto worth = [](const Question& one) {
            return std::pair(std::min(one.decided_if_first, one.decided_if_second),
                             std::max(one.decided_if_first, one.decided_if_second));
        };
        if (worth(question) > worth(best_)) best_ = question;
    }

    std::optional<int> settled(int maker, const std::vector<Comparison>& added) {
        const auto m = static_cast<std::size_t>(maker);
        Stated more = stated_[m];
        for (const auto& [better, worse, statement] : added) {
            if (more.order.below[worse].has(better)) return std::nullopt;
            BitRow gained = more.order.below[worse];
            gained.set(worse);
            more.order.below[better] |= gained;
            for (BitRow& row : more.order.below)
                if (row.has(better)) row |= gained;
        }
        KnownMaker changed = known_maker(makers_[m].moves, more);
        std::swap(changed, makers_[m]);
        const int open = open_count(robust_of(makers_, stated_, SeqAnswer::Bounds));
        std::swap(changed, makers_[m]);
        return best_.open - open;
    }

    std::span<const State> states_;
    std::span<const Stated> stated_;
    std::vector<KnownMaker> makers_;
    Question best_;
};

std::vector<KnownMaker> known_makers(const Game& game, std::span<const State> states, std::span<const Stated> stated) {
    std::vector<KnownMaker> out;
    for (std::size_t i = 0; i < stated.size(); ++i)
        out.push_back(known_maker(move_rows(game, states, static_cast<int>(i)), stated[i]));
    return out;
}

}  // namespace

Robust robust_stability(const Game& game, std::span<const State> states, std::span<const Stated> stated,
                        SeqAnswer seq) {
    return robust_of(known_makers(game, states, stated), stated, seq);
}

Question best_question(const Game& game, std::span<const State> states, std::span<const Stated> stated) {
    Asking asking(states, stated, known_makers(game, states, stated));
    if (asking.best().open == 0) return asking.best();
    for (int maker = 0; maker < static_cast<int>(stated.size()); ++maker) {
        if (stated[static_cast<std::size_t>(maker)].ranks) continue;
        for (int option = 0; option < game.options && states.size() <= 512; ++option) asking.ask_option(maker, option);
        if (states.size() <= most_pair_states) asking.ask_pairs(maker);
    }
    return asking.best();
}

}  // namespace icosa::methods::conflict_graph
