#include "methods/alarms/false_discovery.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double uniform(std::mt19937_64& random) { return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53; }

std::int64_t at_most(const std::vector<double>& adjusted, double rate) {
    return std::count_if(adjusted.begin(), adjusted.end(), [&](double p) { return p <= rate; });
}

// R 4.2.2: p.adjust(c(0.01, 0.04, NA, 0.03, 0.005, 0.55, 0.04), "BH") and "BY"; see tests/reference/false_discovery.R
TEST(AdjustedPValues, EqualR) {
    const std::vector<double> p{0.01, 0.04, nan_value, 0.03, 0.005, 0.55, 0.04};
    const std::vector<double> bh{0.03, 0.048, nan_value, 0.048, 0.03, 0.55, 0.048};
    const std::vector<double> by{0.0735, 0.1176, nan_value, 0.1176, 0.0735, 1, 0.1176};
    const auto positive = adjusted_p_values(p, Dependence::Positive);
    const auto any = adjusted_p_values(p, Dependence::Any);
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (std::isnan(p[i])) {
            EXPECT_TRUE(std::isnan(positive[i]) && std::isnan(any[i]));
            continue;
        }
        EXPECT_NEAR(positive[i], bh[i], 1e-12) << i;
        EXPECT_NEAR(any[i], by[i], 1e-12) << i;
    }
}

TEST(AdjustedPValues, OrderDoesNotMatter) {
    const std::vector<double> p{0.2, 0.001, 0.03, 0.03, 0.9};
    const auto forth = adjusted_p_values(p, Dependence::Positive);
    const auto back = adjusted_p_values(std::vector<double>(p.rbegin(), p.rend()), Dependence::Positive);
    EXPECT_TRUE(std::equal(forth.begin(), forth.end(), back.rbegin()));
    EXPECT_TRUE(adjusted_p_values({}, Dependence::Any).empty());
}

/// Of 200 tests 30 are shifted by 3 standard deviations: the mean share of false ones among the discoveries is at most
/// the rate.
TEST(AdjustedPValues, HoldTheShareOfFalseDiscoveries) {
    std::mt19937_64 random(20021);
    constexpr int runs = 2000;
    constexpr double rate = 0.1;
    double shares = 0, found = 0;
    for (int run = 0; run < runs; ++run) {
        std::vector<double> p;
        for (int i = 0; i < 200; ++i) p.push_back(1 - normal_cdf(normal_quantile(uniform(random)) + (i < 30 ? 3 : 0)));
        const auto adjusted = adjusted_p_values(p, Dependence::Positive);
        const auto all = at_most(adjusted, rate);
        const auto wrong = at_most(std::vector<double>(adjusted.begin() + 30, adjusted.end()), rate);
        shares += all > 0 ? static_cast<double>(wrong) / static_cast<double>(all) : 0;
        found += static_cast<double>(all - wrong) / 30;
    }
    EXPECT_NEAR(shares / runs, rate * 170 / 200, 0.006);  // the rule holds q m0 / m exactly under independence
    EXPECT_GT(found / runs, 0.7);
}

TEST(DiscoveriesByChance, AsSimulated) {
    std::mt19937_64 random(77);
    for (const int tests : {1, 2, 20, 400}) {
        constexpr int runs = 20000;
        constexpr double rate = 0.2;
        double sum = 0, squares = 0;
        for (int run = 0; run < runs; ++run) {
            std::vector<double> p;
            for (int i = 0; i < tests; ++i) p.push_back(uniform(random));
            const auto n = static_cast<double>(at_most(adjusted_p_values(p, Dependence::Positive), rate));
            sum += n;
            squares += n * n;
        }
        const double mean = sum / runs;
        EXPECT_NEAR(discoveries_expected_by_chance(tests, rate), mean,
                    4 * std::sqrt((squares / runs - mean * mean) / runs))
            << tests;
    }
    EXPECT_DOUBLE_EQ(discoveries_expected_by_chance(0, 0.1), 0);
    EXPECT_NEAR(discoveries_expected_by_chance(100000, 0.1), 0.1 / 0.81, 1e-5);
}

}  // namespace
}  // namespace icosa::methods
