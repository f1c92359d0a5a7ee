/// How far to a line: by hand on one piece, against all pieces on the world, and by distances anyone can look up.
#include "methods/space/land_lines.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

constexpr double km_per_degree = mean_earth_radius_km * std::numbers::pi / 180;

Land one_line(std::vector<LandPoint> points) {
    static const LandCountry countries[] = {{"001", "A"}};
    Land out;
    out.countries = countries;
    out.arcs.push_back({0, 1, LandLine::Coast, 0, static_cast<std::uint32_t>(points.size())});
    out.points = std::move(points);
    return out;
}

TEST(LandLines, APieceIsAGreatCircleBetweenItsEnds) {
    const Land land = one_line({{0, 0}, {10'000'000, 0}});  // along the equator
    const LandLines lines(land, coast_arcs(land));
    const NearestLine beside = lines.nearest({3, 4});
    EXPECT_NEAR(beside.km, 3 * km_per_degree, 1e-6);
    EXPECT_NEAR(beside.at.latitude_deg, 0, 1e-9);
    EXPECT_NEAR(beside.at.longitude_deg, 4, 1e-9);
    EXPECT_EQ(beside.other, 1);
    const NearestLine past = lines.nearest({0, 12});
    EXPECT_NEAR(past.km, 2 * km_per_degree, 1e-6);
    EXPECT_NEAR(past.at.longitude_deg, 10, 1e-9);
    EXPECT_NEAR(lines.nearest({0, 5}).km, 0, 1e-6);
    EXPECT_NEAR(lines.nearest({0, -175}).km, great_circle_km({0, -175}, {0, 10}), 1e-6);  // the far side: an end
    EXPECT_NEAR(lines.nearest({90, 0}).km, 90 * km_per_degree, 1e-6);
}

TEST(LandLines, ADistanceOfMetresKeepsItsDigits) {
    const Land land = one_line({{0, 0}, {10'000, 0}});
    const LandLines lines(land, coast_arcs(land));
    EXPECT_NEAR(lines.nearest({1e-6, 0.005}).km, 1e-6 * km_per_degree, 1e-8);
}

TEST(LandLines, NoLineIsInfinitelyFar) {
    const Land land;
    EXPECT_TRUE(std::isinf(LandLines(land, {}).nearest({0, 0}).km));
    EXPECT_TRUE(std::isinf(LandLines(land, {}).nearest_by_all({0, 0}).km));
}

class LandLinesOfTheWorld : public testing::Test {
protected:
    void SetUp() override {
        if (land().empty()) GTEST_SKIP() << "no outlines of countries in this build (scripts/setup fetches them)";
    }
};

TEST_F(LandLinesOfTheWorld, EqualsALookAtEveryPiece) {
    std::mt19937_64 bits(7);
    std::uniform_real_distribution<double> even(-1, 1);
    for (int i = 0; i < 300; ++i) {
        GlobePoint at{std::asin(even(bits)) * 180 / std::numbers::pi, even(bits) * 180};
        if (i % 3 == 0) {
            const LandPoint& of = land().points[bits() % land().points.size()];
            at = {of.latitude_microdeg / 1e6, of.longitude_microdeg / 1e6};
        }
        const NearestLine quick = coast_lines().nearest(at), all = coast_lines().nearest_by_all(at);
        EXPECT_EQ(quick.km, all.km) << at.latitude_deg << ' ' << at.longitude_deg;
        EXPECT_EQ(quick.other, all.other);
        EXPECT_EQ(quick.at.longitude_deg, all.at.longitude_deg);
        EXPECT_NEAR(great_circle_km(at, quick.at), quick.km, 1e-6);
    }
}

TEST_F(LandLinesOfTheWorld, KnowsThePolesOfInaccessibility) {
    // Point Nemo, 2,688 km from Ducie, Motu Nui and Maher islands;
    // small islands are wanting at 1:50m, so no nearer than that
    EXPECT_GT(coast_lines().nearest({-48.877, -123.393}).km, 2'600);
    // the Eurasian pole, some 2,500 km from the coast
    EXPECT_NEAR(coast_lines().nearest({46.283, 86.667}).km, 2'500, 150);
}

TEST_F(LandLinesOfTheWorld, KnowsHowFarACountryIs) {
    std::uint8_t chad = 0;
    for (std::size_t i = 0; i < land().countries.size(); ++i)
        if (land().countries[i].number == "148") chad = static_cast<std::uint8_t>(i + 1);
    ASSERT_NE(chad, 0);
    const LandLines lines(land(), arcs_around(land(), chad));
    EXPECT_NEAR(lines.nearest({12.11, 14.97}).km, 10, 15);  // by N'Djamena, on the border
    EXPECT_NEAR(lines.nearest({33.0, 15.0}).km, 1'060, 60);  // the coast of Libya
    for (const std::size_t arc : arcs_around(land(), chad)) EXPECT_NE(land().arcs[arc].one, 0);  // no coast
}

}  // namespace
}  // namespace icosa::methods
