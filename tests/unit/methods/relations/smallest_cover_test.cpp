/// The smallest covers: by hand, and against every family of random sets.
#include "methods/relations/smallest_cover.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <random>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

using Families = std::vector<std::vector<std::size_t>>;

TEST(SmallestCover, FindsEveryFamilyOfTheSmallestSize) {
    const std::vector<std::uint64_t> sets{0b0011, 0b0110, 0b1100, 0b1001};
    EXPECT_EQ(smallest_covers(sets, 0b1111, 3), (Families{{0, 2}, {1, 3}}));
    EXPECT_EQ(smallest_covers(sets, 0b0010, 3), (Families{{0}, {1}}));
}

TEST(SmallestCover, SaysNoneWhereFewDoNotSuffice) {
    const std::vector<std::uint64_t> sets{0b001, 0b010, 0b100};
    EXPECT_TRUE(smallest_covers(sets, 0b111, 2).empty());
    EXPECT_TRUE(smallest_covers(sets, 0b1000, 3).empty());
    EXPECT_TRUE(smallest_covers(sets, 0, 3).empty());
}

TEST(SmallestCover, AgreesWithTryingAllFamilies) {
    std::mt19937_64 dice(20261130);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::uint64_t> sets(8);
        for (auto& one : sets) one = dice() & dice() & 0x3ff;
        Families right;
        for (int size = 1; size <= 3 && right.empty(); ++size) {
            for (unsigned family = 0; family < 256; ++family) {
                if (std::popcount(family) != size) continue;
                std::uint64_t held = 0;
                std::vector<std::size_t> members;
                for (std::size_t i = 0; i < 8; ++i) {
                    if (!(family >> i & 1)) continue;
                    held |= sets[i];
                    members.push_back(i);
                }
                if (held == 0x3ff) right.push_back(members);
            }
        }
        std::ranges::sort(right);
        EXPECT_EQ(smallest_covers(sets, 0x3ff, 3), right);
    }
}

}  // namespace
}  // namespace icosa::methods
