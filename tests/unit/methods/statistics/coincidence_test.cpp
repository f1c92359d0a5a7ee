/// Coincidence against what can be reckoned by hand.
#include "methods/statistics/coincidence.hpp"

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

std::vector<Mark> marks_on(int first, int count, int day) {
    std::vector<Mark> out;
    for (int i = 0; i < count; ++i) out.push_back({first + i, day});
    return out;
}

TEST(Coincidence, KindsOfAUnitCountOnlyWithinTheWindow) {
    const std::vector<std::vector<Mark>> kinds = {{{0, 100}, {1, 100}}, {{0, 160}, {1, 300}}, {{0, 190}}};
    const auto found = coincidence(kinds, 3, 90, 99, 1);
    EXPECT_EQ(found.kinds, (std::vector<int>{3, 1, 0}));
    EXPECT_EQ(found.together, 1);
    EXPECT_EQ(coincidence(kinds, 3, 89, 99, 1).kinds[0], 2);
    EXPECT_EQ(coincidence(kinds, 3, 0, 99, 1).together, 0);
}

/// Two kinds of n and m marks on N units meet on n m / N of them, by the hypergeometric distribution.
TEST(Coincidence, ChanceGivesTheHypergeometricMean) {
    const std::vector<std::vector<Mark>> kinds = {marks_on(0, 30, 0), marks_on(20, 40, 0)};
    const auto found = coincidence(kinds, 200, 0, 9999, 7);
    EXPECT_EQ(found.together, 10);
    EXPECT_NEAR(found.expected, 30.0 * 40 / 200, 0.08);
    EXPECT_GT(found.p_value, 0.02);
    EXPECT_LT(found.p_value, 0.2);
}

TEST(Coincidence, WhatMeetsEverywhereIsRareAndNeverImpossible) {
    const std::vector<std::vector<Mark>> kinds = {marks_on(0, 20, 0), marks_on(0, 20, 0)};
    const auto found = coincidence(kinds, 200, 0, 999, 7);
    EXPECT_EQ(found.together, 20);
    EXPECT_DOUBLE_EQ(found.p_value, 1.0 / 1000);
}

TEST(Coincidence, TheSameSeedGivesTheSame) {
    const std::vector<std::vector<Mark>> kinds = {marks_on(0, 5, 0), marks_on(3, 9, 10), marks_on(1, 4, 20)};
    EXPECT_EQ(coincidence(kinds, 50, 30, 99, 3).expected, coincidence(kinds, 50, 30, 99, 3).expected);
    EXPECT_EQ(coincidence({}, 4, 30, 99, 3).together, 0);
}

}  // namespace
}  // namespace icosa::methods
