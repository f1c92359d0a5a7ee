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
}  // namespace icosa::methods
