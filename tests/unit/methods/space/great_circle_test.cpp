/// Great circles against tests/reference/space/great_circle.py.
#include "methods/space/great_circle.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

struct GreatCircleCase {
    GlobePoint a, b;
    double km;
};

TEST(GreatCircle, AgreesWithTheReference) {
    const GreatCircleCase cases[] = {
        {{16.2717, -0.0447}, {15.9182, 2.4022}, 264.355194158},
        {{-17.8, 179.9}, {-17.8, -179.9}, 21.174419839},
        {{5.0, 20.0}, {5.0009, 20.0}, 0.100075572},
        {{90.0, 0.0}, {0.0, 33.0}, 10007.557221018},
        {{10.0, 20.0}, {-10.0, -160.0}, 20015.114442036},
    };
    for (const auto& [a, b, km] : cases) {
        EXPECT_NEAR(great_circle_km(a, b), km, 1e-3);
        EXPECT_DOUBLE_EQ(great_circle_km(a, b), great_circle_km(b, a));
    }
    EXPECT_EQ(great_circle_km({12.5, 8.0}, {12.5, 8.0}), 0);
}

TEST(GreatCircle, TheNearestOfManyOrNone) {
    const std::vector<GlobePoint> sites = {{10, 10}, {0, 1}, {-5, 3}};
    EXPECT_DOUBLE_EQ(nearest_km({0, 0}, sites), great_circle_km({0, 0}, {0, 1}));
    EXPECT_TRUE(std::isinf(nearest_km({0, 0}, {})));
}

}  // namespace
}  // namespace icosa::methods
