/// The way from where things stand, and what would have to be preferred: against plain searches on random games.
#include <gtest/gtest.h>

#include <algorithm>

#include "methods/conflict_graph/small_graph.hpp"
#include "methods/conflict_graph/wanted.hpp"
#include "methods/conflict_graph/ways.hpp"
#include "random_game.hpp"

namespace icosa::methods::conflict_graph {
namespace {

using testing::RandomGames;
using testing::SmallGame;

TEST(ConflictWays, ShortestOnRandomGames) {
    RandomGames random(21);
    for (int number = 0; number < 200; ++number) {
        const SmallGame small = random.next();
        for (const Step step : {Step::Any, Step::Improving}) {
            const auto ways = ways_from(small.game, small.states, small.ranks, 0, step);
            std::vector<int> steps(small.states.size(), -1);
            steps[0] = 0;
            for (int round = 0; round < static_cast<int>(steps.size()); ++round)
                for (std::size_t s = 0; s < steps.size(); ++s)
                    for (std::size_t i = 0; i < small.ranks.size(); ++i)
                        for (std::size_t t = 0; t < steps.size(); ++t)
                            if (steps[s] == round && steps[t] < 0
                                && may_move(small.game, static_cast<int>(i), small.states[s], small.states[t])
                                && (step == Step::Any || small.ranks[i][t] > small.ranks[i][s]))
                                steps[t] = round + 1;
            for (std::uint32_t t = 0; t < steps.size(); ++t) {
                ASSERT_EQ(ways[t].steps, steps[t]) << number;
                const auto way = way_to(ways, t);
                ASSERT_EQ(static_cast<int>(way.size()), std::max(0, steps[t]));
                std::uint32_t at = 0;
                int last = -1;
                for (const auto& [maker, to] : way) {
                    ASSERT_TRUE(may_move(small.game, maker, small.states[at], small.states[to]));
                    ASSERT_NE(maker, last) << "nobody moves twice in a row";
                    at = to;
                    last = maker;
                }
            }
        }
    }
}

TEST(ConflictWanted, TheSetsDoAndNoSmallerOneDoes) {
    RandomGames random(22);
    int unstable = 0;
    for (int number = 0; number < 100; ++number) {
        const SmallGame small = random.next();
        BitRows others = no_rows(small.states.size()), improving = others;
        for (std::size_t j = 1; j < small.ranks.size(); ++j) {
            const BitRows moves = move_rows(small.game, small.states, static_cast<int>(j)),
                          better = better_rows(small.ranks[j]);
            for (std::size_t s = 0; s < moves.size(); ++s) {
                others[s] |= moves[s];
                BitRow gain = moves[s];
                gain &= better[s];
                improving[s] |= gain;
            }
        }
        close(others);
        close(improving);
        const BitRows own = move_rows(small.game, small.states, 0);
        const BitRows better = better_rows(small.ranks[0]);
        const Answers answers{own, others, improving};
        for (std::size_t s = 0; s < small.states.size(); ++s)
            for (const Concept under : all_concepts) {
                const Wanted found = wanted(s, under, better[s], answers);
                ASSERT_EQ(found.is_stable, (marks_against(s, better[s], answers) & mark_of(under)) != 0);
                if (found.is_stable) continue;
                ++unstable;
                ASSERT_FALSE(found.sets.empty());
                for (const auto& set : found.sets) {
                    BitRow left = better[s];
                    for (const std::uint32_t t : set) left.clear(t);
                    ASSERT_NE(marks_against(s, left, answers) & mark_of(under), 0);
                }
                if (!found.is_smallest || found.sets[0].size() < 2) continue;
                better[s].until([&](std::size_t t) {  // no single one does
                    BitRow left = better[s];
                    left.clear(t);
                    EXPECT_EQ(marks_against(s, left, answers) & mark_of(under), 0);
                    return true;
                });
            }
    }
    EXPECT_GT(unstable, 100);
}

}  // namespace
}  // namespace icosa::methods::conflict_graph
