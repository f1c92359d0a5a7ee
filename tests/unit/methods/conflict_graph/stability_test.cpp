/// Stability against the definitions word by word on random games, and textbook games by hand.
#include <gtest/gtest.h>

#include "methods/conflict_graph/checker.hpp"
#include "methods/conflict_graph/coalition.hpp"
#include "methods/conflict_graph/moves.hpp"
#include "methods/conflict_graph/stability.hpp"
#include "random_game.hpp"

namespace icosa::methods::conflict_graph {
namespace {

using testing::RandomGames;
using testing::SmallGame;

TEST(ConflictStability, EqualsTheDefinitionsOnRandomGames) {
    RandomGames random(19930101);
    int more_by_sanction = 0;
    for (int number = 0; number < 600; ++number) {
        const SmallGame small = random.next();
        const Stability found = stability(small.game, small.states, small.ranks);
        for (std::size_t i = 0; i < small.ranks.size(); ++i)
            for (std::size_t s = 0; s < small.states.size(); ++s) {
                ASSERT_EQ(found.makers[i][s], testing::marks_by_definition(small, i, s))
                    << "game " << number << ", decision maker " << i << ", state " << s;
                more_by_sanction += found.makers[i][s] != all_marks && found.makers[i][s] != 0 ? 1 : 0;
            }
    }
    EXPECT_GT(more_by_sanction, 500) << "the games are too tame to tell the concepts apart";
}

TEST(ConflictStability, TheCheckerAgreesOnRandomGames) {
    RandomGames random(7);
    for (int number = 0; number < 100; ++number) {
        const SmallGame small = random.next();
        const Stability found = stability(small.game, small.states, small.ranks);
        for (std::size_t s = 0; s < small.states.size(); ++s)
            for (const Concept under : all_concepts) {
                std::int64_t looks = 1'000'000;
                const bool claimed = (found.equilibria[s] & mark_of(under)) != 0;
                ASSERT_EQ(check_equilibrium(small.game, small.states, small.ranks, s, under, looks),
                          claimed ? Verdict::Holds : Verdict::Fails);
            }
    }
    const SmallGame small = random.next();
    std::int64_t looks = 0;
    EXPECT_EQ(check_equilibrium(small.game, small.states, small.ranks, 0, Concept::Nash, looks), Verdict::Unknown);
}

TEST(ConflictStability, ImplicationsHold) {
    RandomGames random(11);
    for (int number = 0; number < 200; ++number) {
        const SmallGame small = random.next();
        for (const Marks& marks : stability(small.game, small.states, small.ranks).makers)
            for (const std::uint8_t mark : marks) {
                ASSERT_TRUE((mark & mark_of(Concept::Nash)) == 0 || mark == all_marks);
                ASSERT_TRUE((mark & (mark_of(Concept::Smr) | mark_of(Concept::Seq))) == 0
                            || (mark & mark_of(Concept::Gmr)) != 0);
            }
    }
}

TEST(ConflictStability, DilemmaOfTwo) {
    // each keeps (Y) or breaks (N) an agreement; each likes the other to keep it first, and to break it second
    Game game{2, {Direction::Both, Direction::Both}, {{1, {}}, {2, {}}}, {}};
    const std::vector<State> states = *feasible_states(game, 10);
    ASSERT_EQ(states, (std::vector<State>{0, 1, 2, 3}));
    const std::vector<Condition> first = {{{2, 2}}, {{1, 0}}}, second = {{{1, 1}}, {{2, 0}}};
    const std::vector<Ranking> ranks = {ranks_by_statements(states, first), ranks_by_statements(states, second)};
    EXPECT_EQ(ranks[0], (Ranking{1, 0, 3, 2}));
    const Stability found = stability(game, states, ranks);
    EXPECT_EQ(found.equilibria, (Marks{all_marks, 0, 0, all_marks & ~mark_of(Concept::Nash)}));
}

TEST(ConflictStability, NoStatementsMeanIndifference) {
    Game game{3, std::vector<Direction>(3, Direction::Both), {{3, {}}, {4, {}}}, {}};
    const auto states = *feasible_states(game, 8);
    const std::vector<Ranking> ranks(2, ranks_by_statements(states, {}));
    EXPECT_EQ(stability(game, states, ranks).equilibria, Marks(8, all_marks));
}

TEST(ConflictStability, ManyStatementsAreLexicographic) {
    Game game{2, std::vector<Direction>(2, Direction::Both), {{3, {}}}, {}};
    const auto states = *feasible_states(game, 4);
    std::vector<Condition> statements(199, Condition{{1, 1}});  // repeated: nothing is added by the second
    statements.push_back({{2, 2}});
    EXPECT_EQ(ranks_by_statements(states, statements), (Ranking{0, 2, 1, 3}));
    statements.insert(statements.begin(), Condition{});       // never holds
    statements.insert(statements.begin(), Condition{{0, 0}});  // always holds
    EXPECT_EQ(ranks_by_statements(states, statements), (Ranking{0, 2, 1, 3}));
}

TEST(ConflictStates, FeasibleOnesInOrderAndWithinALimit) {
    Game game{4, std::vector<Direction>(4, Direction::Both), {{15, {}}}, {{3, 3}, {12, 0}}};
    EXPECT_EQ(*feasible_states(game, 9), (std::vector<State>{4, 5, 6, 8, 9, 10, 12, 13, 14}));
    EXPECT_FALSE(feasible_states(game, 8));
    game.infeasible = {{0, 0}};
    EXPECT_TRUE(feasible_states(game, 8)->empty());
    // exactly one of forty options: few states, found without looking at 2^40
    game = {40, std::vector<Direction>(40, Direction::Both), {{(State{1} << 40) - 1, {}}}, {}};
    for (int a = 0; a < 40; ++a)
        for (int b = 0; b < a; ++b) {
            const State pair = State{1} << a | State{1} << b;
            game.infeasible.push_back({pair, pair});
        }
    EXPECT_EQ(feasible_states(game, 1000)->size(), 41U);
}

TEST(ConflictMoves, DirectionsAndUnseenStates) {
    Game game{3, {Direction::Forward, Direction::Back, Direction::Both}, {{3, {{4, 4}}}, {4, {}}}, {}};
    EXPECT_TRUE(may_move(game, 0, 0, 1));
    EXPECT_FALSE(may_move(game, 0, 1, 0));
    EXPECT_FALSE(may_move(game, 0, 0, 2));
    EXPECT_TRUE(may_move(game, 0, 2, 1));  // both at once
    EXPECT_FALSE(may_move(game, 0, 1, 2));
    EXPECT_FALSE(may_move(game, 0, 4, 5)) << "it does not see what has option 2";
    EXPECT_TRUE(may_move(game, 1, 0, 4));
    EXPECT_FALSE(may_move(game, 0, 0, 4)) << "another's option";
    EXPECT_FALSE(may_move(game, 0, 0, 0));
}

TEST(ConflictMoves, ManyOneWayOptionsOfFewStates) {
    // 20 one-way options and 40 states: classes are those there, each linked with all below it
    RandomGames random(3);
    SmallGame small;
    small.game = {20, std::vector<Direction>(20, Direction::Forward), {{(State{1} << 10) - 1, {}}, {0, {}}}, {}};
    small.game.makers[1].options = (State{1} << 20) - (State{1} << 10);
    std::set<State> drawn = {0};
    while (drawn.size() < 40)
        drawn.insert(*drawn.begin() | static_cast<State>(random.below(1 << 10)) << 10 * random.below(2));
    small.states.assign(drawn.begin(), drawn.end());
    for (int i = 0; i < 2; ++i) {
        std::vector<std::uint64_t> values;
        for (std::size_t s = 0; s < 40; ++s) values.push_back(static_cast<std::uint64_t>(random.below(30)));
        small.ranks.push_back(dense_ranks(values));
    }
    const Stability found = stability(small.game, small.states, small.ranks);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t s = 0; s < 40; ++s) ASSERT_EQ(found.makers[i][s], testing::marks_by_definition(small, i, s));
}

TEST(ConflictCoalition, PlayersOfOneAreDecisionMakers) {
    RandomGames random(5);
    for (int number = 0; number < 150; ++number) {
        const SmallGame small = random.next();
        std::vector<Player> players;
        for (int i = 0; i < static_cast<int>(small.ranks.size()); ++i) players.push_back({i});
        const Stability apart = stability(small.game, small.states, small.ranks);
        const auto together = coalition_stability(small.game, small.states, small.ranks, players);
        ASSERT_TRUE(together);
        ASSERT_EQ(together->makers, apart.makers);
        ASSERT_EQ(together->equilibria, apart.equilibria);
    }
}

/// The definitions of a coalition's stability word by word, the others alone or together as given.
TEST(ConflictCoalition, EqualsTheDefinitionsOnRandomGames) {
    RandomGames random(6);
    int upset = 0;
    for (int number = 0; number < 200; ++number) {
        const SmallGame small = random.next();
        if (small.ranks.size() < 3) continue;
        std::vector<Player> players = {{0, 1}};
        std::vector<std::size_t> others;
        for (std::size_t j = 2; j < small.ranks.size(); ++j) {
            players.push_back({static_cast<int>(j)});
            others.push_back(j);
        }
        const auto found = coalition_stability(small.game, small.states, small.ranks, players);
        const Stability apart = stability(small.game, small.states, small.ranks);
        for (std::size_t s = 0; s < small.states.size(); ++s) {
            const auto better = [&](std::size_t t) {
                return small.ranks[0][t] > small.ranks[0][s] && small.ranks[1][t] > small.ranks[1][s];
            };
            std::uint8_t marks = all_marks;
            for (const std::size_t t : testing::reached(small, s, {0, 1}, false)) {
                if (!better(t)) continue;
                std::uint8_t deterred = 0;
                for (const std::size_t u : testing::reached(small, t, others, false)) {
                    if (better(u)) continue;
                    deterred |= mark_of(Concept::Gmr);
                    const auto escapes = testing::reached(small, u, {0, 1}, false);
                    if (std::ranges::none_of(escapes, better)) deterred |= mark_of(Concept::Smr);
                }
                for (const std::size_t u : testing::reached(small, t, others, true))
                    if (!better(u)) deterred |= mark_of(Concept::Seq);
                marks &= deterred;
            }
            ASSERT_EQ(found->makers[0][s], marks) << number << " " << s;
            upset += (apart.equilibria[s] & ~found->makers[0][s]) != 0 ? 1 : 0;
        }
    }
    EXPECT_GT(upset, 20) << "acting together upsets some equilibria";
}

}  // namespace
}  // namespace icosa::methods::conflict_graph
