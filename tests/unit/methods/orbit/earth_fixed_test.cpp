/// Sidereal time against a textbook's example, and points whose place is known.
#include "methods/orbit/earth_fixed.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace icosa::methods::orbit {
namespace {

constexpr double degree = std::numbers::pi / 180;

TEST(EarthFixed, SiderealTime) {
    // Vallado, Fundamentals of Astrodynamics and Applications, example 3-5: 1992-08-20 12:14 UT1, 152.578787810 degrees
    const std::int64_t us = (12 * 60 + 14) * std::int64_t{60'000'000};
    EXPECT_NEAR(greenwich_rad({day_of(1992, 8, 20), us}) / degree, 152.578787810, 1e-7);
}

TEST(EarthFixed, PointUnder) {
    const Instant at{day_of(2024, 11, 1), 43'200'000'000};
    const double turned = greenwich_rad(at);
    const auto pole = point_under({0, 0, 6356.7523142 + 400}, at);
    EXPECT_NEAR(pole.latitude_deg, 90, 1e-9);
    EXPECT_NEAR(pole.height_km, 400, 1e-6);
    const auto equator = point_under({7000 * std::cos(turned + 0.5), 7000 * std::sin(turned + 0.5), 0}, at);
    EXPECT_NEAR(equator.longitude_deg, 0.5 / degree, 1e-9);
    EXPECT_NEAR(equator.latitude_deg, 0, 1e-12);
    EXPECT_NEAR(equator.height_km, 7000 - 6378.137, 1e-9);
    // back from the ellipsoid: latitude 50, height 35,786 km
    const double e2 = 1 - std::pow(1 - 1 / 298.257223563, 2), s = std::sin(50 * degree), c = std::cos(50 * degree);
    const double n = 6378.137 / std::sqrt(1 - e2 * s * s);
    for (const double height : {0.0, 400.0, 35786.0}) {
        const double across = (n + height) * c;
        const auto got = point_under(
            {across * std::cos(turned - 1), across * std::sin(turned - 1), (n * (1 - e2) + height) * s}, at);
        EXPECT_NEAR(got.latitude_deg, 50, 1e-9);
        EXPECT_NEAR(got.height_km, height, 1e-6);
        EXPECT_NEAR(got.longitude_deg, -1 / degree, 1e-9);
    }
}

}  // namespace
}  // namespace icosa::methods::orbit
