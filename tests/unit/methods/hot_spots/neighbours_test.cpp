/// Neighbours: all pairs as the tree's check; the date line, the poles, ties, cells.
#include "methods/hot_spots/neighbours.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/prio_grid.hpp"

namespace icosa::methods::hot_spots {
namespace {

std::vector<GlobePoint> scattered(int n, unsigned seed) {
    std::mt19937 bits(seed);
    std::uniform_real_distribution<double> latitude(-90, 90), longitude(-180, 180);
    std::vector<GlobePoint> out;
    for (int i = 0; i < n; ++i) out.push_back({latitude(bits), longitude(bits)});
    // a crowd, two at one position, both poles, both sides of the date line
    for (int i = 0; i < n; ++i) out.push_back({10 + latitude(bits) / 500, 20 + longitude(bits) / 500});
    out.insert(out.end(), {{10, 20}, {10, 20}, {90, 0}, {-90, 5}, {-17, 179.9}, {-17, -179.9}, {0, 180}, {0, -180}});
    return out;
}

std::vector<std::int32_t> listed(std::span<const std::int32_t> of) { return {of.begin(), of.end()}; }

TEST(Neighbours, WithinADistanceAsAllPairsTell) {
    const auto places = scattered(150, 3);
    for (const double km : {0.5, 60.0, 900.0, 21000.0}) {
        const auto found = neighbours_within(places, km);
        ASSERT_TRUE(found);
        ASSERT_EQ(found->places(), places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            std::vector<std::int32_t> by_hand;
            for (std::size_t j = 0; j < places.size(); ++j) {
                if (i != j && great_circle_km(places[i], places[j]) <= km) by_hand.push_back(static_cast<int>(j));
            }
            EXPECT_EQ(listed(found->of(i)), by_hand) << km << " km about " << i;
        }
    }
}

TEST(Neighbours, NearestAsAllPairsTell) {
    const auto places = scattered(150, 4);
    for (const int k : {1, 4, 20}) {
        const auto found = nearest_neighbours(places, k);
        ASSERT_TRUE(found);
        for (std::size_t i = 0; i < places.size(); ++i) {
            std::vector<double> distances;
            for (std::size_t j = 0; j < places.size(); ++j) {
                if (i != j) distances.push_back(great_circle_km(places[i], places[j]));
            }
            std::sort(distances.begin(), distances.end());
            const double last = distances[static_cast<std::size_t>(k - 1)];
            ASSERT_GE(found->of(i).size(), static_cast<std::size_t>(k));
            for (const auto j : found->of(i))
                EXPECT_LE(great_circle_km(places[i], places[static_cast<std::size_t>(j)]), last * (1 + 1e-6) + 1e-6);
        }
    }
}

TEST(Neighbours, TiesAreAllTaken) {
    const std::vector<GlobePoint> cross = {{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {3, 3}};
    const auto found = nearest_neighbours(cross, 2);
    ASSERT_TRUE(found);
    EXPECT_EQ(listed(found->of(0)), (std::vector<std::int32_t>{1, 2, 3, 4}));
}

TEST(Neighbours, FewerPlacesThanAsked) {
    const auto three = nearest_neighbours(std::vector<GlobePoint>{{0, 0}, {1, 0}, {2, 0}}, 8);
    ASSERT_TRUE(three);
    EXPECT_EQ(listed(three->of(1)), (std::vector<std::int32_t>{0, 2}));
    EXPECT_EQ(nearest_neighbours(std::vector<GlobePoint>{{0, 0}}, 8)->of(0).size(), 0U);
    EXPECT_EQ(nearest_neighbours({}, 8)->places(), 0U);
    EXPECT_EQ(neighbours_within(std::vector<GlobePoint>{{0, 0}, {0, 90}}, 100)->place.size(), 0U);
}

TEST(Neighbours, TooManyAreRefused) {
    const std::vector<GlobePoint> crowd(400, {5, 5});
    const auto found = nearest_neighbours(crowd, 1, 100'000);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "many-neighbours");
    EXPECT_TRUE(nearest_neighbours(crowd, 1));
    EXPECT_FALSE(neighbours_within(crowd, 1, 100'000));
}

TEST(Neighbours, CellsTouchOverTheDateLine) {
    const int east = gid_at(180, 719), west = gid_at(180, 0), above = gid_at(181, 0), far = gid_at(190, 300);
    const std::vector<int> gids = {far, east, above, west};
    const auto found = touching_cells(gids, 1);
    EXPECT_EQ(listed(found.of(0)), (std::vector<std::int32_t>{}));
    EXPECT_EQ(listed(found.of(1)), (std::vector<std::int32_t>{2, 3}));
    EXPECT_EQ(listed(found.of(3)), (std::vector<std::int32_t>{1, 2}));
    std::vector<int> block;
    for (int row = 100; row < 109; ++row) {
        for (int column = 50; column < 59; ++column) block.push_back(gid_at(row, column));
    }
    EXPECT_EQ(touching_cells(block, 1).of(40).size(), 8U);
    EXPECT_EQ(touching_cells(block, 2).of(40).size(), 24U);
    EXPECT_EQ(touching_cells(block, 1).of(0).size(), 3U);
}

}  // namespace
}  // namespace icosa::methods::hot_spots
