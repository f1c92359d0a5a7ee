#include "methods/statistics/regression.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

TEST(LogLinear, InterceptAloneIsTheMean) {
    const Design design{4, 1, {1, 1, 1, 1}};
    const auto fit = fit_log_linear(design, std::vector<double>{2, 4, 6, 8});
    ASSERT_TRUE(fit.converged);
    EXPECT_NEAR(fit.coefficients[0], std::log(5.0), 1e-10);
    EXPECT_NEAR(fit.unscaled[0], 1.0 / 20, 1e-6);              // 1 / sum of means; W is that of the last solve
    EXPECT_NEAR(fit.dispersion, (9 + 1 + 1 + 9) / 5.0 / 3, 1e-4);  // Pearson over n - 1
    EXPECT_EQ(fit.degrees, 3);
}

TEST(LogLinear, TwoGroupsAreTheirMeans) {
    const Design design{5, 2, {1, 0, 1, 0, 1, 1, 1, 1, 1, 1}};
    const auto fit = fit_log_linear(design, std::vector<double>{3, 5, 10, 20, 30});
    ASSERT_TRUE(fit.converged);
    EXPECT_NEAR(fit.coefficients[0], std::log(4.0), 1e-8);
    EXPECT_NEAR(fit.coefficients[1], std::log(5.0), 1e-8);
    EXPECT_NEAR(fit.unscaled[0], 1.0 / 8, 1e-6);
    EXPECT_NEAR(fit.unscaled[3], 1.0 / 8 + 1.0 / 60, 1e-6);
    EXPECT_NEAR(fit.unscaled[1], -1.0 / 8, 1e-6);
    EXPECT_NEAR(fit.fitted[4], 20, 1e-6);
    EXPECT_NEAR(quadratic_form(std::vector<double>{1, 1}, fit.unscaled), 1.0 / 60, 1e-6);
}

TEST(LogLinear, PriorWeightsCountRowsTwice) {
    const Design twice{3, 1, {1, 1, 1}};
    const Design once{2, 1, {1, 1}};
    const auto a = fit_log_linear(twice, std::vector<double>{3, 3, 9});
    const auto b = fit_log_linear(once, std::vector<double>{3, 9}, std::vector<double>{2, 1});
    EXPECT_NEAR(a.coefficients[0], b.coefficients[0], 1e-10);
}

TEST(LogLinear, SingularDesignHasNoCoefficients) {
    const Design design{3, 2, {1, 2, 1, 2, 1, 2}};
    const auto fit = fit_log_linear(design, std::vector<double>{1, 2, 3});
    EXPECT_FALSE(fit.converged);
    EXPECT_TRUE(fit.coefficients.empty());
}

TEST(LogLinear, ExactGrowthIsFound) {
    Design design{6, 2, {}};
    std::vector<double> counts;
    for (int i = 0; i < 6; ++i) {
        design.values.push_back(1);
        design.values.push_back(i);
        counts.push_back(std::pow(2.0, i));
    }
    const auto fit = fit_log_linear(design, counts);
    ASSERT_TRUE(fit.converged);
    EXPECT_NEAR(fit.coefficients[1], std::log(2.0), 1e-8);
    EXPECT_NEAR(fit.deviance, 0, 1e-8);
}

}  // namespace
}  // namespace icosa::methods
