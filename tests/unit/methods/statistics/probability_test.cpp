#include "methods/statistics/probability.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

void expect_close(double got, double wanted, double relative = 1e-12) {
    EXPECT_NEAR(got, wanted, relative * std::fabs(wanted) + 1e-300) << "wanted " << wanted;
}

// Wanted values of the discrete laws: sums of their terms with 50 decimal digits. Normal quantiles: Python's
// statistics.NormalDist (AS 241).
TEST(Normal, QuantilesAndBack) {
    expect_close(normal_quantile(0.975), 1.9599639845400536);
    expect_close(normal_quantile(0.99), 2.3263478740408408);
    expect_close(normal_quantile(0.999), 3.0902323061678132);
    expect_close(normal_quantile(1e-10), -6.3613409024040557);
    EXPECT_EQ(normal_quantile(0.5), 0);
    EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
    for (const double p : {1e-12, 0.01, 0.3, 0.7, 0.9999}) expect_close(normal_cdf(normal_quantile(p)), p, 1e-11);
}

TEST(Poisson, SumsOfItsTerms) {
    expect_close(poisson_cdf(0, 0.1), 0.90483741803595963);
    expect_close(poisson_cdf(1, 0.1), 0.99532115983955549);
    expect_close(poisson_cdf(3, 2.5), 0.75757613313306593);
    expect_close(poisson_cdf(31, 20), 0.99190824533016486);
    expect_close(poisson_cdf(1050, 1000), 0.94397116163632666);
    expect_close(poisson_cdf(100200, 1e5), 0.7370743855300903, 1e-11);
    EXPECT_EQ(poisson_cdf(-1, 3), 0);
    EXPECT_EQ(poisson_cdf(0, 0), 1);
    EXPECT_TRUE(std::isnan(poisson_cdf(1, -1)));
    expect_close(poisson_pmf(2, 3), 4.5 * std::exp(-3.0));
}

TEST(Poisson, QuantilesAreTheSmallestCount) {
    EXPECT_EQ(poisson_quantile(0.99, 0.1), 1);
    EXPECT_EQ(poisson_quantile(0.99, 0.5), 3);
    EXPECT_EQ(poisson_quantile(0.99, 2.5), 7);
    EXPECT_EQ(poisson_quantile(0.99, 20), 31);
    EXPECT_EQ(poisson_quantile(0.05, 20), 13);
    EXPECT_EQ(poisson_quantile(0.99, 100), 124);
    EXPECT_EQ(poisson_quantile(0.05, 100), 84);
    EXPECT_EQ(poisson_quantile(0.5, 0), 0);
    for (const double mean : {0.3, 7.0, 450.0, 3e6}) {
        for (const double p : {0.001, 0.2, 0.5, 0.99, 0.9999}) {
            const double k = poisson_quantile(p, mean);
            EXPECT_GE(poisson_cdf(k, mean), p * (1 - 1e-13));
            if (k > 0) {
                EXPECT_LT(poisson_cdf(k - 1, mean), p);
            }
        }
    }
}

TEST(NegativeBinomial, SumsOfItsTerms) {
    expect_close(negative_binomial_cdf(0, 2.5, 0.7), 0.34511484695518685);
    expect_close(negative_binomial_cdf(3, 2.5, 0.7), 0.74730495223202775);
    expect_close(negative_binomial_cdf(40, 20, 5), 0.9617640016997453);
    expect_close(negative_binomial_cdf(300, 200, 12.5), 0.9445817170104126);
    expect_close(negative_binomial_cdf(1200, 1000, 0.3), 0.75843192929176695);
    EXPECT_EQ(negative_binomial_quantile(0.99, 2.5, 0.7), 15);
    EXPECT_EQ(negative_binomial_quantile(0.99, 20, 5), 50);
    EXPECT_EQ(negative_binomial_quantile(0.99, 100, 0.5), 665);
    EXPECT_EQ(negative_binomial_quantile(0.99, 0, 2), 0);
}

TEST(NegativeBinomial, PmfSumsToCdfAndInfiniteSizeIsPoisson) {
    double sum = 0;
    for (int k = 0; k <= 40; ++k) sum += negative_binomial_pmf(k, 20, 5);
    expect_close(sum, negative_binomial_cdf(40, 20, 5));
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(negative_binomial_cdf(7, 5, infinity), poisson_cdf(7, 5));
}

TEST(StudentT, ClosedForms) {
    for (const double x : {-3.0, -0.4, 0.0, 1.7, 40.0}) {
        EXPECT_NEAR(student_t_cdf(x, 1), 0.5 + std::atan(x) / std::numbers::pi, 1e-14);
        EXPECT_NEAR(student_t_cdf(x, 2), 0.5 + x / (2 * std::sqrt(2 + x * x)), 1e-14);
    }
    expect_close(student_t_quantile(0.75, 1), 1.0, 1e-12);                       // tan(pi / 4)
    expect_close(student_t_quantile(0.975, 2), 0.95 * std::sqrt(2 / (1 - 0.95 * 0.95)), 1e-12);
    expect_close(student_t_quantile(0.01, 2), -std::sqrt(2.0) * 0.98 / std::sqrt(1 - 0.98 * 0.98), 1e-12);
    EXPECT_NEAR(student_t_cdf(1.96, 1e8), normal_cdf(1.96), 1e-8);
}

TEST(Hypergeometric, CountsTheDraws) {
    EXPECT_NEAR(hypergeometric_cdf(2, 30, 10, 8), 0.45197401299350326, 1e-12);
    EXPECT_NEAR(hypergeometric_cdf(8, 30, 10, 8), 1, 1e-12);
    EXPECT_EQ(hypergeometric_cdf(0, 5, 5, 2), 0);
    EXPECT_TRUE(std::isnan(hypergeometric_cdf(1, 5, 6, 2)));
}

TEST(OrderStatistics, TypeSevenAndMedian) {
    const std::vector<double> values{7, 1, nan_value, 3, 10};
    EXPECT_EQ(median(values), 5);
    EXPECT_EQ(quantile(values, 0), 1);
    EXPECT_EQ(quantile(values, 1), 10);
    EXPECT_DOUBLE_EQ(quantile(values, 0.25), 2.5);
    EXPECT_DOUBLE_EQ(quantile(values, 0.9), 9.1);
    EXPECT_EQ(median_absolute_deviation(values), 3);  // |2| |4| |2| |5| around 5: the median of 2 2 4 5
    EXPECT_TRUE(std::isnan(median(std::vector<double>{nan_value})));
}

// qbeta of R 4.2.2: the ends and middles that an interval after Jeffreys needs.
TEST(Probability, BetaQuantile) {
    EXPECT_NEAR(beta_quantile(0.05, 0.5, 10.5), 0.000191736289, 1e-9);
    EXPECT_NEAR(beta_quantile(0.95, 0.5, 10.5), 0.170773108245, 1e-9);
    EXPECT_NEAR(beta_quantile(0.5, 3, 3), 0.5, 1e-12);
    EXPECT_NEAR(beta_quantile(0.95, 40.5, 60.5), 0.481969413573, 1e-9);
    EXPECT_EQ(beta_quantile(0, 2, 3), 0);
    EXPECT_EQ(beta_quantile(1, 2, 3), 1);
    EXPECT_TRUE(std::isnan(beta_quantile(0.5, 0, 3)));
    for (const double p : {0.01, 0.3, 0.77}) EXPECT_NEAR(beta_i(7.5, 2.5, beta_quantile(p, 7.5, 2.5)), p, 1e-10);
}

}  // namespace
}  // namespace icosa::methods
