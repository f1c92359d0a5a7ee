/// Distances along a line against the least over all sources.
#include "methods/space/distance_transform.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

constexpr float never = std::numeric_limits<float>::infinity();

TEST(DistanceTransform, IsTheLeastOverAllSources) {
    std::mt19937 bits(2);
    for (int round = 0; round < 300; ++round) {
        const std::size_t n = 1 + bits() % 60;
        const float spacing = 0.5F + static_cast<float>(bits() % 100);
        std::vector<float> cost(n), out(n);
        for (float& one : cost) one = bits() % 3 == 0 ? static_cast<float>(bits() % 20'000) : never;
        distance_transform(cost, spacing, out);
        for (std::size_t p = 0; p < n; ++p) {
            double least = std::numeric_limits<double>::infinity();
            for (std::size_t q = 0; q < n; ++q) {
                const double apart = spacing * (static_cast<double>(p) - static_cast<double>(q));
                least = std::min(least, apart * apart + static_cast<double>(cost[q]));
            }
            if (std::isinf(least)) {
                ASSERT_EQ(out[p], never);
                continue;
            }
            ASSERT_NEAR(out[p], least, 1e-5 * least + 1e-4) << round << " " << p;
        }
    }
}

TEST(DistanceTransform, NoSource) {
    const std::vector<float> cost(5, never);
    std::vector<float> out(5, 0);
    distance_transform(cost, 1, out);
    EXPECT_EQ(out, cost);
}

}  // namespace
}  // namespace icosa::methods
