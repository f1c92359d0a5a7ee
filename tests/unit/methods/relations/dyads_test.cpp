#include "methods/relations/dyads.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

CrossedBallots crossed(std::int64_t yy, std::int64_t ya, std::int64_t yn, std::int64_t ay, std::int64_t aa,
                       std::int64_t an, std::int64_t ny, std::int64_t na, std::int64_t nn) {
    return {{{{yy, ya, yn}, {ay, aa, an}, {ny, na, nn}}}, 0};
}

SignedTies ties(std::size_t nodes, std::initializer_list<std::tuple<std::size_t, std::size_t, int>> all) {
    SignedTies out{nodes, std::vector<std::int8_t>(nodes * nodes, 0)};
    for (const auto& [a, b, sign] : all)
        out.signs[a * nodes + b] = out.signs[b * nodes + a] = static_cast<std::int8_t>(sign);
    return out;
}

TEST(Agreement, ByHand) {
    // ten roll calls: six alike, three a step apart, one opposite
    const auto ballots = crossed(4, 2, 1, 0, 1, 1, 0, 0, 1);
    EXPECT_EQ(ballots.common(), 10);
    EXPECT_DOUBLE_EQ(agreement(ballots), 0.6);
    EXPECT_DOUBLE_EQ(s_score(ballots), 1 - (3.0 + 2.0) / 10);
    // margins: first 7 2 1, second 4 3 3; by chance (7*3 + 7*3*2 + 2*4 + 2*3 + 1*4*2 + 1*3) / 10 = 8.8, observed 5
    EXPECT_DOUBLE_EQ(weighted_kappa(ballots), 1 - 5 / 8.8);
    // squared: observed 3 + 4 = 7, by chance (21 + 84 + 8 + 6 + 16 + 3) / 10 = 13.8
    EXPECT_DOUBLE_EQ(weighted_kappa(ballots, DisagreementWeight::Squared), 1 - 7 / 13.8);
}

TEST(Agreement, ValuesOfR) {
    // tests/reference/dyads/kappa.R: vcd 1.4-11, Kappa(), weights Equal-Spacing and Fleiss-Cohen
    const auto ballots = crossed(51, 7, 2, 12, 20, 5, 3, 6, 14);
    EXPECT_NEAR(weighted_kappa(ballots), 0.58311620635747796, 1e-12);
    EXPECT_NEAR(weighted_kappa(ballots, DisagreementWeight::Squared), 0.64850615114235499, 1e-12);
}

TEST(Agreement, EndsOfTheScales) {
    const auto alike = crossed(5, 0, 0, 0, 3, 0, 0, 0, 2);
    EXPECT_DOUBLE_EQ(s_score(alike), 1);
    EXPECT_DOUBLE_EQ(weighted_kappa(alike), 1);
    const auto opposite = crossed(0, 0, 5, 0, 0, 0, 5, 0, 0);
    EXPECT_DOUBLE_EQ(s_score(opposite), -1);
    EXPECT_DOUBLE_EQ(weighted_kappa(opposite), -1);
    // a habit of yes: S calls it near-perfect alikeness, kappa calls it chance
    const auto habit = crossed(81, 0, 9, 0, 0, 0, 9, 0, 1);
    EXPECT_DOUBLE_EQ(s_score(habit), 0.64);
    EXPECT_NEAR(weighted_kappa(habit), 0, 1e-15);
}

TEST(Agreement, TooFewOrNoDisagreementPossible) {
    const auto few = crossed(2, 0, 0, 0, 0, 0, 0, 0, 1);
    EXPECT_TRUE(std::isnan(s_score(few, 4)));
    EXPECT_TRUE(std::isnan(weighted_kappa(few, DisagreementWeight::Linear, 4)));
    EXPECT_TRUE(std::isnan(agreement({})));
    EXPECT_TRUE(std::isnan(weighted_kappa(crossed(7, 0, 0, 0, 0, 0, 0, 0, 0))));
    EXPECT_DOUBLE_EQ(s_score(crossed(7, 0, 0, 0, 0, 0, 0, 0, 0)), 1);
}

TEST(Agreement, TheOrderOfTheTwoSaysNothing) {
    const auto one = crossed(4, 2, 1, 0, 1, 1, 0, 3, 1);
    const auto other = crossed(4, 0, 0, 2, 1, 3, 1, 1, 1);
    EXPECT_EQ(s_score(one), s_score(other));
    EXPECT_EQ(weighted_kappa(one), weighted_kappa(other));
}

TEST(CooperationBalance, ByHand) {
    EXPECT_DOUBLE_EQ(cooperation_balance(3, 1), 0.5);
    EXPECT_DOUBLE_EQ(cooperation_balance(0, 4), -1);
    EXPECT_TRUE(std::isnan(cooperation_balance(0, 0)));
}

TEST(StructuralBalance, TheFourTriangles) {
    const int balanced[] = {1, 0, 1, 0};  // by the number of hostile ties: none, one, two, three
    for (int hostile = 0; hostile < 4; ++hostile) {
        const auto graph =
            ties(3, {{0, 1, hostile > 0 ? -1 : 1}, {1, 2, hostile > 1 ? -1 : 1}, {0, 2, hostile > 2 ? -1 : 1}});
        const auto out = structural_balance(graph);
        EXPECT_EQ(out.triangles, 1);
        EXPECT_EQ(out.balanced, balanced[hostile]);
        EXPECT_EQ(out.frustration, 1 - balanced[hostile]);
    }
}

TEST(StructuralBalance, TwoCampsAreBalanced) {
    SignedTies camps{6, std::vector<std::int8_t>(36, 1)};
    for (std::size_t a = 0; a < 6; ++a) {
        for (std::size_t b = 0; b < 6; ++b) camps.signs[a * 6 + b] = (a < 2) == (b < 2) ? 1 : -1;
    }
    auto out = structural_balance(camps);
    EXPECT_DOUBLE_EQ(out.share, 1);
    EXPECT_EQ(out.triangles, 20);
    EXPECT_EQ(out.frustration, 0);
    camps.signs[1] = camps.signs[6] = -1;  // a quarrel within a camp: each triangle with that tie is out of balance
    out = structural_balance(camps);
    EXPECT_EQ(out.balanced, 16);
    EXPECT_EQ(out.frustration, 1);
}

TEST(StructuralBalance, TheLineIndexIsThatOfEveryDivision) {
    std::mt19937 random(11);
    for (int round = 0; round < 40; ++round) {
        const std::size_t n = 2 + static_cast<std::size_t>(random() % 6);
        SignedTies graph{n, std::vector<std::int8_t>(n * n, 0)};
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = a + 1; b < n; ++b)
                graph.signs[a * n + b] = graph.signs[b * n + a] =
                    static_cast<std::int8_t>(static_cast<int>(random() % 3) - 1);
        }
        int fewest = 1000;
        for (unsigned camps = 0; camps < 1U << n; ++camps) {
            int wrong = 0;
            for (std::size_t a = 0; a < n; ++a) {
                for (std::size_t b = a + 1; b < n; ++b)
                    wrong += graph.at(a, b) * (((camps >> a) & 1U) == ((camps >> b) & 1U) ? 1 : -1) < 0;
            }
            fewest = std::min(fewest, wrong);
        }
        EXPECT_EQ(structural_balance(graph).frustration, fewest);
    }
}

TEST(StructuralBalance, NothingKnown) {
    const auto out = structural_balance(ties(3, {{0, 1, 1}}));
    EXPECT_EQ(out.triangles, 0);
    EXPECT_TRUE(std::isnan(out.share));
    EXPECT_EQ(structural_balance({30, std::vector<std::int8_t>(900, 0)}).frustration, -1);
}

}  // namespace
}  // namespace icosa::methods
