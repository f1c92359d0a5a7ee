/// Sine, cosine and arc tangent of lanes against the library's long double, over their whole range.
#include "methods/orbit/lane_math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace icosa::methods::orbit::lanes_plain;

namespace {

double units_off(double got, long double wanted) {
    const double near = std::abs(static_cast<double>(wanted));
    const double unit = std::nextafter(near, 2e300) - near;
    return static_cast<double>(std::abs(static_cast<long double>(got) - wanted) / static_cast<long double>(unit));
}

double worst_of_sine_cosine(double x) {
    const auto pair = sine_cosine(all(x));
    const auto exact = static_cast<long double>(x);
    return std::max(units_off(pair.sine.v[0], std::sin(exact)), units_off(pair.cosine.v[0], std::cos(exact)));
}

TEST(LaneMath, SineAndCosineWithinTwoAndAHalfUnits) {
    std::mt19937_64 random(3);
    double worst = 0;
    for (const double range : {1e-8, 0.8, 7.0, 1e3, 1e5, 1.6e6}) {
        std::uniform_real_distribution<double> draw(-range, range);
        for (int k = 0; k < 200'000; ++k) worst = std::max(worst, worst_of_sine_cosine(draw(random)));
    }
    EXPECT_LT(worst, 2.5);
}

TEST(LaneMath, NearQuarterTurns) {
    double worst = 0;
    for (int quarter = -1'000'000; quarter <= 1'000'000; quarter += 37)
        for (const int steps : {-2, -1, 0, 1, 2}) {
            double x = quarter * 1.5707963267948966;
            for (int k = 0; k < std::abs(steps); ++k) x = std::nextafter(x, steps < 0 ? -1e9 : 1e9);
            worst = std::max(worst, worst_of_sine_cosine(x));
        }
    EXPECT_LT(worst, 1.0);
}

TEST(LaneMath, TurnsBySmallAngles) {
    std::mt19937_64 random(4);
    std::uniform_real_distribution<double> at(-3, 3), by(-0.26, 0.26);
    double worst = 0;
    for (int k = 0; k < 200'000; ++k) {
        const double from = at(random), angle = by(random);
        const auto turned_pair = turned_by(sine_cosine(all(from)), all(angle));
        const auto little = turned_little(sine_cosine(all(from)), all(angle / 26));
        worst = std::max({worst, std::abs(turned_pair.sine.v[0] - std::sin(from + angle)),
                          std::abs(turned_pair.cosine.v[0] - std::cos(from + angle)),
                          std::abs(little.sine.v[0] - std::sin(from + angle / 26)),
                          std::abs(little.cosine.v[0] - std::cos(from + angle / 26))});
    }
    EXPECT_LT(worst, 8e-16);
}

TEST(LaneMath, ArcTangentWithinThreeUnits) {
    std::mt19937_64 random(5);
    double worst = 0;
    for (const double range : {1e-12, 1e-3, 0.5, 1.0, 10.0, 1e9}) {
        std::uniform_real_distribution<double> y(-range, range), x(-1, 1);
        for (int k = 0; k < 200'000; ++k) {
            const double a = y(random), b = x(random);
            worst = std::max(worst,
                             units_off(arc_tangent(all(a), all(b)).v[0],
                                       std::atan2(static_cast<long double>(a), static_cast<long double>(b))));
        }
    }
    EXPECT_LT(worst, 3.0);
    EXPECT_EQ(arc_tangent(all(0.0), all(1.0)).v[0], 0.0);
    EXPECT_DOUBLE_EQ(arc_tangent(all(0.0), all(-1.0)).v[0], std::acos(-1.0));
    EXPECT_DOUBLE_EQ(arc_tangent(all(-1.0), all(0.0)).v[0], -std::acos(0.0));
}

}  // namespace
