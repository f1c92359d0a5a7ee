/// Distances to legs against the least over points laid along them.
#include "methods/space/route.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

constexpr double quarter_km = mean_earth_radius_km * std::numbers::pi / 2;

TEST(Route, BesideTheEquator) {
    const BesideLeg north = beside_leg({10, 30}, {0, 0}, {0, 60});
    EXPECT_NEAR(north.km, quarter_km / 9, 1e-6);
    EXPECT_NEAR(north.along_km, quarter_km / 3, 1e-6);
    EXPECT_NEAR(beside_leg({-10, 30}, {0, 0}, {0, 60}).km, quarter_km / 9, 1e-6);
}

TEST(Route, BeyondTheEnds) {
    const BesideLeg before = beside_leg({0, -9}, {0, 0}, {0, 60}), after = beside_leg({0, 69}, {0, 0}, {0, 60});
    EXPECT_NEAR(before.km, quarter_km / 10, 1e-6);
    EXPECT_EQ(before.along_km, 0);
    EXPECT_NEAR(after.km, quarter_km / 10, 1e-6);
    EXPECT_NEAR(after.along_km, quarter_km * 2 / 3, 1e-6);
    // on the far side of the globe the nearer end counts, not the rest of the circle
    EXPECT_NEAR(beside_leg({0, 180}, {0, 0}, {0, 60}).km, quarter_km * 4 / 3, 1e-6);
}

TEST(Route, OverTheDateLineAndThePole) {
    const BesideLeg date_line = beside_leg({1, 180}, {0, 170}, {0, -170});
    EXPECT_NEAR(date_line.km, quarter_km / 90, 1e-6);
    const BesideLeg pole = beside_leg({90, 0}, {80, 0}, {80, 180});
    EXPECT_NEAR(pole.km, 0, 1e-6);
    EXPECT_NEAR(pole.along_km, quarter_km / 9, 1e-6);
}

TEST(Route, LegWithoutLength) {
    const BesideLeg one = beside_leg({0, 9}, {0, 0}, {0, 0});
    EXPECT_NEAR(one.km, quarter_km / 10, 1e-6);
    EXPECT_EQ(one.along_km, 0);
}

TEST(Route, IsTheLeastAlongTheWay) {
    std::mt19937 bits(7);
    std::uniform_real_distribution<double> latitude(-85, 85), longitude(-180, 180);
    for (int round = 0; round < 200; ++round) {
        std::vector<GlobePoint> way;
        for (int i = 0; i < 4; ++i) way.push_back({latitude(bits), longitude(bits)});
        const GlobePoint point{latitude(bits), longitude(bits)};
        const Route route(way);
        const BesideRoute found = route.beside(point);
        double least = 1e9;
        for (std::size_t leg = 0; leg < route.legs(); ++leg) {
            for (const GlobePoint& one : along_leg(way[leg], way[leg + 1], 20))
                least = std::min(least, great_circle_km(point, one));
        }
        ASSERT_LE(found.km, least + 1e-6);
        ASSERT_NEAR(found.km, least, 11);
        ASSERT_GE(found.along_km, route.start_km(found.leg) - 1e-6);
        ASSERT_LE(found.along_km, route.start_km(found.leg + 1) + 1e-6);
    }
}

TEST(Route, LengthIsTheSumOfLegs) {
    const std::vector<GlobePoint> way = {{0, 0}, {0, 30}, {30, 30}};
    const Route route(way);
    EXPECT_NEAR(route.length_km(), quarter_km * 2 / 3, 1e-6);
    EXPECT_NEAR(route.leg_km(1), quarter_km / 3, 1e-6);
    EXPECT_EQ(route.beside({15, 31}).leg, 1U);
}

TEST(Route, PointsAlongALeg) {
    const auto points = along_leg({10, 170}, {20, -150}, 100);
    ASSERT_GT(points.size(), 40U);
    EXPECT_EQ(points.back().longitude_deg, -150);
    for (std::size_t i = 1; i < points.size(); ++i) EXPECT_LE(great_circle_km(points[i - 1], points[i]), 100.0001);
    EXPECT_EQ(along_leg({0, 0}, {0, 0}, 100).size(), 2U);
}

TEST(Route, Opposite) {
    EXPECT_TRUE(are_opposite({10, 20}, {-10, -160}));
    EXPECT_TRUE(are_opposite({0, 180}, {0, 0}));
    EXPECT_FALSE(are_opposite({10, 20}, {-10, -159}));
}

}  // namespace
}  // namespace icosa::methods
