/// What holds under every order that obeys, against going through all orders of small games.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "methods/conflict_graph/robust.hpp"
#include "methods/conflict_graph/small_graph.hpp"
#include "random_game.hpp"

namespace icosa::methods::conflict_graph {
namespace {

using testing::RandomGames;
using testing::SmallGame;

/// All complete orders with ties of few states that obey the comparisons.
std::vector<Ranking> orders_that_obey(std::size_t states, const std::vector<Comparison>& comparisons) {
    std::vector<Ranking> out;
    Ranking ranks(states, 0);
    const std::function<void(std::size_t)> fill = [&](std::size_t at) {
        if (at < states) {
            for (ranks[at] = 0; ranks[at] < static_cast<std::int32_t>(states); ++ranks[at]) fill(at + 1);
            return;
        }
        std::int32_t highest = *std::ranges::max_element(ranks);
        for (std::int32_t rank = 0; rank <= highest; ++rank)
            if (std::ranges::find(ranks, rank) == ranks.end()) return;  // the same order is met without the gap
        for (const auto& [better, worse, statement] : comparisons)
            if (ranks[better] <= ranks[worse]) return;
        out.push_back(ranks);
    };
    fill(0);
    return out;
}

/// At random: 4 states, two decision makers of one option each, or one option and one-way.
SmallGame four_states(RandomGames& random) {
    SmallGame out;
    out.game = {
        2, {Direction::Both, random.below(3) == 0 ? Direction::Forward : Direction::Both}, {{1, {}}, {2, {}}}, {}};
    if (random.below(3) == 0) out.game.infeasible.push_back(random.term(2));
    out.states = *feasible_states(out.game, 4);
    out.ranks.resize(2);
    return out;
}

std::vector<Comparison> some_comparisons(RandomGames& random, std::size_t states) {
    std::vector<std::uint32_t> order(states);
    for (std::uint32_t s = 0; s < states; ++s) order[s] = s;
    for (std::size_t s = states; s > 1; --s)
        std::swap(order[s - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(s)))]);
    std::vector<Comparison> out;
    for (std::size_t a = 0; a < states; ++a)
        for (std::size_t b = a + 1; b < states; ++b)
            if (random.below(3) == 0) out.push_back({order[a], order[b]});
    return out;
}

TEST(ConflictRobust, EqualsAllOrdersThatObey) {
    RandomGames random(31);
    int open = 0;
    for (int number = 0; number < 60; ++number) {
        SmallGame small = four_states(random);
        const std::size_t states = small.states.size();
        std::vector<Stated> stated(2);
        std::vector<std::vector<Ranking>> orders;
        for (auto& one : stated) {
            const auto comparisons = some_comparisons(random, states);
            const Followed followed = follow_comparisons(states, comparisons);
            ASSERT_TRUE(followed.cycle.empty());
            one.order = followed.order;
            orders.push_back(orders_that_obey(states, comparisons));
        }
        const Robust found = robust_stability(small.game, small.states, stated);
        const Robust bounds = robust_stability(small.game, small.states, stated, SeqAnswer::Bounds);
        std::vector<Marks> always(2, Marks(states, all_marks)), ever(2, Marks(states, 0));
        Marks always_both(states, all_marks), ever_both(states, 0);
        for (const Ranking& first : orders[0])
            for (const Ranking& second : orders[1]) {
                small.ranks = {first, second};
                const Stability here = stability(small.game, small.states, small.ranks);
                for (std::size_t s = 0; s < states; ++s) {
                    for (std::size_t i = 0; i < 2; ++i) {
                        always[i][s] &= here.makers[i][s];
                        ever[i][s] |= here.makers[i][s];
                    }
                    always_both[s] &= here.equilibria[s];
                    ever_both[s] |= here.equilibria[s];
                }
            }
        for (std::size_t i = 0; i < 2; ++i) {
            ASSERT_TRUE(found.is_seq_exact[i]);
            ASSERT_EQ(found.makers[i].always, always[i]) << number;
            ASSERT_EQ(found.makers[i].perhaps, ever[i]) << number;
            for (std::size_t s = 0; s < states; ++s) {
                ASSERT_EQ(bounds.makers[i].always[s] & ~always[i][s], 0) << "no more than is so";
                ASSERT_EQ(ever[i][s] & ~bounds.makers[i].perhaps[s], 0);
            }
        }
        ASSERT_EQ(found.equilibria.always, always_both);
        for (std::size_t s = 0; s < states; ++s) {
            ASSERT_EQ((found.equilibria.perhaps[s] ^ ever_both[s]) & ~mark_of(Concept::Seq), 0);
            ASSERT_EQ(ever_both[s] & ~found.equilibria.perhaps[s], 0);
            open += found.equilibria.always[s] != found.equilibria.perhaps[s] ? 1 : 0;
        }
    }
    EXPECT_GT(open, 30);
}

TEST(ConflictRobust, CompleteOrdersLeaveNothingOpen) {
    RandomGames random(32);
    for (int number = 0; number < 60; ++number) {
        const SmallGame small = random.next();
        std::vector<Stated> stated;
        for (const Ranking& ranks : small.ranks) stated.push_back({ranks, {}});
        const Robust found = robust_stability(small.game, small.states, stated);
        const Stability plain = stability(small.game, small.states, small.ranks);
        ASSERT_EQ(found.equilibria.always, plain.equilibria);
        ASSERT_EQ(found.equilibria.perhaps, plain.equilibria);
        ASSERT_EQ(best_question(small.game, small.states, stated).open, 0);
    }
}

TEST(ConflictRobust, TheQuestionSettlesWhatItSays) {
    RandomGames random(33);
    int asked = 0;
    for (int number = 0; number < 40; ++number) {
        const SmallGame small = four_states(random);
        std::vector<Stated> stated(2);
        std::vector<std::vector<Comparison>> said(2);
        for (std::size_t i = 0; i < 2; ++i) {
            said[i] = some_comparisons(random, small.states.size());
            stated[i].order = follow_comparisons(small.states.size(), said[i]).order;
        }
        const Question question = best_question(small.game, small.states, stated);
        if (question.maker < 0 || question.option >= 0) continue;
        ++asked;
        const auto open_of = [&] {
            int out = 0;
            const auto marks = robust_stability(small.game, small.states, stated, SeqAnswer::Bounds).equilibria;
            for (std::size_t s = 0; s < marks.always.size(); ++s)
                for (const Concept one : all_concepts)
                    out += ((marks.always[s] ^ marks.perhaps[s]) & mark_of(one)) != 0;
            return out;
        };
        ASSERT_EQ(open_of(), question.open);
        const auto m = static_cast<std::size_t>(question.maker);
        said[m].push_back({question.first, question.second});
        stated[m].order = follow_comparisons(small.states.size(), said[m]).order;
        EXPECT_EQ(question.open - open_of(), question.decided_if_first);
    }
    EXPECT_GT(asked, 3);
}

TEST(ConflictRobust, ACycleIsNamed) {
    const Followed followed = follow_comparisons(5, {{0, 1, 7}, {1, 2, 8}, {3, 4, 9}, {2, 0, 10}});
    ASSERT_EQ(followed.cycle.size(), 3U);
    EXPECT_EQ(followed.cycle.front().better, followed.cycle.back().worse);
    EXPECT_EQ(follow_comparisons(2, {{1, 1, 3}}).cycle.size(), 1U);
}

}  // namespace
}  // namespace icosa::methods::conflict_graph
