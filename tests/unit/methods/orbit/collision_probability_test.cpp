/// Worked cases of the literature, a second integral of another form, and draws.
#include "methods/orbit/collision_probability.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace icosa::methods::orbit {
namespace {

constexpr double metre_km = 1e-3;

/// In metres, as the works print them: miss along x and y, deviations, radius; what it must be, and by Chan's series.
struct Case {
    const char* name;
    double x, y, sigma_x, sigma_y, radius, probability, chan;
};

// Chan 2008 table 12.1 (also Serra et al. 2016, cases 1 to 12); conjunctions of Serra et al.; Alfano 2009 cases 3, 5.
// By Chan's series case 5 is summed here in 400 decimal digits: a code that is widely used ends its sum early
// (1.7e-202).
constexpr Case cases[] = {
    {"Chan 1", 0, 10, 25, 50, 5, 9.742e-3, 9.754e-3},
    {"Chan 2", 10, 0, 25, 50, 5, 9.181e-3, 9.189e-3},
    {"Chan 3", 0, 10, 25, 75, 5, 6.571e-3, 6.586e-3},
    {"Chan 4", 10, 0, 25, 75, 5, 6.125e-3, 6.135e-3},
    {"Chan 5", 0, 1000, 1000, 3000, 10, 1.577e-5, 1.577e-5},
    {"Chan 6", 1000, 0, 1000, 3000, 10, 1.011e-5, 1.011e-5},
    {"Chan 7", 0, 10000, 1000, 3000, 10, 6.443e-8, 6.443e-8},
    {"Chan 8", 10000, 0, 1000, 3000, 10, 3.219e-27, 3.216e-27},
    {"Chan 9", 0, 10000, 1000, 10000, 10, 3.033e-6, 3.033e-6},
    {"Chan 10", 10000, 0, 1000, 10000, 10, 9.656e-28, 9.645e-28},
    {"Chan 11", 0, 5000, 1000, 3000, 50, 1.039e-4, 1.039e-4},
    {"Chan 12", 5000, 0, 1000, 3000, 50, 1.564e-9, 1.556e-9},
    {"message 1", 84.875546, 60.583685, 57.918666, 152.8814468, 10.3, 1.9002e-3, 1.8934e-3},
    {"message 2", -81.618369, 115.055899, 15.988242, 5756.840725, 1.3, 2.0553e-11, 2.0135e-11},
    {"message 3", 102.177247, 693.405893, 94.230921, 643.409272, 5.3, 7.2003e-5, 7.2000e-5},
    {"message 4", -752.672701, 644.939441, 445.859950, 6095.858688, 3.5, 5.3904e-7, 5.3903e-7},
    {"message 5", -692.362272, 4475.456261, 193.454603, 562.027293, 13.2, 2.2796e-20, 2.2880e-20},
    {"Alfano 3", -3.8872073, 0.1591646, 1.4101830, 114.2585190, 15, 1.0038e-1, 3.1264e-2},
    {"Alfano 5", -1.2217895, 2.1230067, 0.0373279, 177.8109003, 10, 4.4509e-2, 8.7618e-184},
};

EncounterPlane plane_of(const Case& of) {
    const bool x_first = of.sigma_x >= of.sigma_y;
    return {(x_first ? of.x : of.y) * metre_km, (x_first ? of.y : of.x) * metre_km,
            std::max(of.sigma_x, of.sigma_y) * metre_km, std::min(of.sigma_x, of.sigma_y) * metre_km};
}

/// The same integral line by line: a normal law across, another along each line, by Simpson's rule.
double by_lines(const EncounterPlane& plane, double radius_km) {
    constexpr int steps = 200'000;
    double sum = 0;
    for (int i = 0; i <= steps; ++i) {
        const double angle = std::numbers::pi * i / steps;
        const double half = radius_km * std::sin(angle);
        const double b = (plane.miss_second_km + radius_km * std::cos(angle)) / plane.sigma_second_km;
        const double low = std::abs(plane.miss_first_km) - half, high = low + 2 * half;
        const double scale = plane.sigma_first_km * std::numbers::sqrt2;
        const double along =
            low > 0 ? std::erfc(low / scale) - std::erfc(high / scale) : std::erf(high / scale) - std::erf(low / scale);
        const double at =
            along / 2 * std::exp(-b * b / 2) * half / (plane.sigma_second_km * std::sqrt(2 * std::numbers::pi));
        sum += at * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
    }
    return sum * std::numbers::pi / steps / 3;
}

TEST(CollisionProbability, WorkedCases) {
    for (const Case& one : cases) {
        const auto plane = plane_of(one);
        const double got = foster_estes(plane, one.radius * metre_km);
        EXPECT_NEAR(got / one.probability, 1, 3e-4) << one.name;
        EXPECT_NEAR(got / by_lines(plane, one.radius * metre_km), 1, 1e-9) << one.name;
        EXPECT_NEAR(chan_series(plane, one.radius * metre_km) / one.chan, 1, 5e-4) << one.name;
    }
}

TEST(CollisionProbability, OneDensityForSmallBodies) {
    for (const Case& one : cases) {
        if (one.radius * 50 > std::min(one.sigma_x, one.sigma_y) || one.probability < 1e-15) continue;
        EXPECT_NEAR(alfriend(plane_of(one), one.radius * metre_km) / one.probability, 1, 2e-3) << one.name;
    }
}

// Validation case 1 of the analysis tools of NASA CARA (Pc2D_Foster): 2.70602e-5 for a radius of 20 m.
TEST(CollisionProbability, StatesAndCovariances) {
    const Vector relative = {378.39559 - 374.5180598, 4305.721887 - 4307.560983, 5752.767554 - 5751.130418};
    const Vector velocity = {2.360800244 + 5.388125081, 5.580331936 + 3.946827739, -4.322349039 - 3.322820358};
    const CovarianceMatrix covariance = {44.5757544811362 + 2.31067077720423, 81.6751751052616 + 1.69905293875632,
                                         -67.8687662707124 - 1.4170164577661, 81.6751751052616 + 1.69905293875632,
                                         158.453402956163 + 1.24957388457206, -128.616921644857 - 1.04174164279599,
                                         -67.8687662707124 - 1.4170164577661, -128.616921644858 - 1.04174164279599,
                                         105.490542562701 + 0.869260558223714};
    const auto plane = encounter_plane(relative, velocity, covariance);
    ASSERT_TRUE(plane);
    EXPECT_GE(plane->sigma_first_km, plane->sigma_second_km);
    EXPECT_NEAR(foster_estes(*plane, 0.020), 2.7060234765697e-05, 2.7e-12);
    EXPECT_NEAR(chan_series(*plane, 0.020), 2.7060234765697e-05, 2.7e-9);
    EXPECT_FALSE(encounter_plane(relative, {0, 0, 0}, covariance));
    EXPECT_FALSE(encounter_plane(relative, velocity, {0, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_TRUE(encounter_plane({0, 0, 0}, velocity, covariance)) << "they meet";
}

TEST(CollisionProbability, Draws) {
    std::mt19937_64 draws(5);
    std::normal_distribution<double> normal;
    const EncounterPlane plane{0.12, -0.05, 0.1, 0.04};
    constexpr int all = 2'000'000;
    int within = 0;
    for (int i = 0; i < all; ++i)
        within +=
            std::hypot(plane.miss_first_km + 0.1 * normal(draws), plane.miss_second_km + 0.04 * normal(draws)) < 0.06;
    const double share = static_cast<double>(within) / all, wanted = foster_estes(plane, 0.06);
    EXPECT_NEAR(share, wanted, 4 * std::sqrt(wanted * (1 - wanted) / all));
}

TEST(CollisionProbability, LargestOverCovariances) {
    // Alfano 2005: for a circle the largest is (R / d)^2 / e, at a deviation of d / sqrt 2
    const auto circle = max_probability(1, 0.01, 1);
    EXPECT_NEAR(circle.probability, 1e-4 / std::numbers::e, 1e-12);
    EXPECT_NEAR(circle.sigma_first_km, std::numbers::sqrt2 / 2, 1e-12);
    EXPECT_EQ(max_probability(0.009, 0.01, 3).probability, 1);
    EXPECT_EQ(max_probability(0, 0.01, 3).probability, 1);
    for (const double aspect : {1.0, 3.0, 10.0}) {
        for (const double miss : {0.011, 0.3, 0.51, 5.0}) {
            const auto largest = max_probability(miss, 0.01, aspect);
            double searched = 0;
            for (double sigma = 0.2 * miss; sigma < 2 * miss; sigma *= 1.004)
                searched = std::max(searched, foster_estes({miss, 0, sigma, sigma / aspect}, 0.01));
            EXPECT_NEAR(largest.probability / searched, 1, 2e-5) << miss << ' ' << aspect;
            // turned, smaller or larger it is never more
            for (const double turn : {0.3, 1.0, 1.5}) {
                const double s = largest.sigma_first_km;
                EXPECT_LE(foster_estes({miss * std::cos(turn), miss * std::sin(turn), s, s / aspect}, 0.01),
                          largest.probability * (1 + 1e-5));
            }
        }
    }
}

}  // namespace
}  // namespace icosa::methods::orbit
