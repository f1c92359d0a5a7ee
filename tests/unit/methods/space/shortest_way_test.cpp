/// Shortest ways against all ways of small networks.
#include "methods/space/shortest_way.hpp"

#include <functional>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

double length_of(const std::vector<NetworkLine>& lines, const std::vector<std::size_t>& way) {
    double out = 0;
    for (const std::size_t i : way) out += lines[i].length;
    return out;
}

/// The least length over all ways without a point twice.
double least(std::size_t points, const std::vector<NetworkLine>& lines, std::size_t from, std::size_t to) {
    double out = std::numeric_limits<double>::infinity();
    std::vector<bool> seen(points, false);
    const std::function<void(std::size_t, double)> go = [&](std::size_t at, double length) {
        if (at == to) {
            out = std::min(out, length);
            return;
        }
        seen[at] = true;
        for (const NetworkLine& line : lines) {
            if (line.a == at && !seen[line.b]) go(line.b, length + line.length);
            if (line.b == at && !seen[line.a]) go(line.a, length + line.length);
        }
        seen[at] = false;
    };
    go(from, 0);
    return out;
}

TEST(ShortestWay, IsTheLeastOfAll) {
    std::mt19937 bits(5);
    for (int round = 0; round < 300; ++round) {
        const std::size_t points = 2 + bits() % 6;
        std::vector<NetworkLine> lines;
        for (std::size_t i = 0; i < bits() % 10; ++i)
            lines.push_back({bits() % points, bits() % points, static_cast<double>(bits() % 20)});
        const auto found = shortest_way(points, lines, 0, points - 1);
        const double wanted = least(points, lines, 0, points - 1);
        ASSERT_EQ(found.has_value(), std::isfinite(wanted)) << round;
        if (!found) continue;
        ASSERT_EQ(length_of(lines, *found), wanted) << round;
        std::size_t at = 0;
        for (const std::size_t i : *found) {
            ASSERT_TRUE(lines[i].a == at || lines[i].b == at) << "a line that does not follow";
            at = lines[i].a == at ? lines[i].b : lines[i].a;
        }
        ASSERT_EQ(at, points - 1);
    }
}

TEST(ShortestWay, FromAPointToItself) {
    const std::vector<NetworkLine> lines = {{0, 1, 3}};
    const auto found = shortest_way(2, lines, 1, 1);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->empty());
}

TEST(ShortestWay, OfEquallyLongOnesAlwaysTheSame) {
    const std::vector<NetworkLine> lines = {{0, 1, 1}, {1, 3, 1}, {0, 2, 1}, {2, 3, 1}};
    EXPECT_EQ(shortest_way(4, lines, 0, 3), (std::vector<std::size_t>{0, 1}));
}

}  // namespace
}  // namespace icosa::methods
