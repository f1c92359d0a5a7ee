/// Every corner lies as far from the centre as was asked.
#include "methods/space/circle.hpp"

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

TEST(Circle, CornersAreAsFarAsAsked) {
    for (const GlobePoint centre : {GlobePoint{0, 0}, GlobePoint{48.5, 12}, GlobePoint{-17.8, 179.9}}) {
        const auto ring = circle_about(centre, 340, 16);
        ASSERT_EQ(ring.size(), 16U);
        for (const GlobePoint& corner : ring) EXPECT_NEAR(great_circle_km(centre, corner), 340, 1e-6);
        EXPECT_GT(ring[0].latitude_deg, centre.latitude_deg);
        EXPECT_LT(ring[4].longitude_deg, centre.longitude_deg);  // a quarter on is west
    }
    EXPECT_GT(circle_about({-17.8, 179.9}, 340, 16)[12].longitude_deg, 180);
}

}  // namespace
/// Twice the area in degrees, positive where the ring runs counterclockwise.
double turn_of(const std::vector<GlobePoint>& ring) {
    double out = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        out += ring[i].longitude_deg * ring[i + 1].latitude_deg - ring[i + 1].longitude_deg * ring[i].latitude_deg;
    return out;
}

TEST(CircleRings, AreClosedWithinTheGlobeAndRunCounterclockwise) {
    struct Case {
        GlobePoint centre;
        double radius_km;
        std::size_t rings;
        int poles;
    };
    for (const Case& one : {Case{{10, 20}, 300, 1, 0}, Case{{-17, 179.5}, 300, 2, 0}, Case{{-17, -179.5}, 300, 2, 0},
                            Case{{-24.1, -46.3}, 9066, 1, 1}, Case{{80, 100}, 3000, 1, 1}, Case{{5, 178}, 12000, 2, 2},
                            Case{{5, 5}, 12000, 3, 2}}) {
        const auto rings = circle_rings(one.centre, one.radius_km, 64);
        ASSERT_EQ(rings.size(), one.rings) << one.radius_km;
        EXPECT_EQ(poles_within(one.centre, one.radius_km), one.poles);
        for (std::size_t k = 0; k < rings.size(); ++k) {
            const auto& ring = rings[k];
            EXPECT_EQ(ring.front().longitude_deg, ring.back().longitude_deg);
            EXPECT_EQ(ring.front().latitude_deg, ring.back().latitude_deg);
            const bool is_hole = one.poles == 2 && k > 0;
            EXPECT_EQ(turn_of(ring) > 0, !is_hole) << one.radius_km << " ring " << k;
            for (const GlobePoint& at : ring) {
                EXPECT_LE(std::abs(at.longitude_deg), 180);
                EXPECT_LE(std::abs(at.latitude_deg), 90);
            }
        }
    }
}

TEST(CircleRings, HalvesAtTheDateLineAreTheWhole) {
    double of_halves = 0;
    for (const auto& ring : circle_rings({-17, 179.5}, 300, 64)) of_halves += turn_of(ring);
    EXPECT_NEAR(of_halves, turn_of(circle_rings({-17, 20}, 300, 64)[0]), 1e-9);
}

}  // namespace icosa::methods
