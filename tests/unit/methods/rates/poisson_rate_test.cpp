/// Rates and their ratios against R's poisson.test.
#include "methods/rates/poisson_rate.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "../reference_table.hpp"

namespace icosa::methods {
namespace {

void expect_near(double got, const ReferenceRow& row, std::string_view column) {
    const std::string text = row.find(column)->second;
    if (text == "Inf") {
        EXPECT_TRUE(std::isinf(got)) << column;
        return;
    }
    const double wanted = number_of(row, column);
    EXPECT_NEAR(got, wanted, 1e-9 * std::abs(wanted) + 1e-300) << column;
}

TEST(PoissonRate, AsR) {
    const auto rows = reference_rows("rates/rates.csv");
    ASSERT_EQ(rows.size(), 45U);
    for (const auto& row : rows) {
        SCOPED_TRACE(row.find("k1")->second + "/" + row.find("t1")->second);
        const double k1 = number_of(row, "k1"), t1 = number_of(row, "t1"), confidence = number_of(row, "confidence");
        const Estimate rate = poisson_rate(k1, t1, confidence);
        EXPECT_DOUBLE_EQ(rate.value, k1 / t1);
        expect_near(rate.low, row, "rate_low");
        expect_near(rate.high, row, "rate_high");
        const RateRatio ratio = rate_ratio(k1, t1, number_of(row, "k2"), number_of(row, "t2"), confidence);
        expect_near(ratio.ratio.value, row, "ratio");
        expect_near(ratio.ratio.low, row, "ratio_low");
        expect_near(ratio.ratio.high, row, "ratio_high");
        expect_near(ratio.p_value, row, "p");
    }
}

TEST(PoissonRate, NothingAndNothing) {
    const Estimate none = poisson_rate(0, 12);
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(none.high, -std::log(0.025) / 12, 1e-12);
    const RateRatio both = rate_ratio(0, 12, 0, 12);
    EXPECT_TRUE(std::isnan(both.ratio.value));
    EXPECT_EQ(both.ratio.low, 0);
    EXPECT_TRUE(std::isinf(both.ratio.high));
    EXPECT_EQ(both.p_value, 1);
}

TEST(PoissonRate, OutsideItsRange) {
    for (const auto& [count, exposure, confidence] : {std::tuple{-1.0, 1.0, 0.95},
                                                      {1.5, 1.0, 0.95},
                                                      {1.0, 0.0, 0.95},
                                                      {1.0, -2.0, 0.95},
                                                      {1.0, 1.0, 1.0},
                                                      {1.0, std::numeric_limits<double>::infinity(), 0.95},
                                                      {std::nan(""), 1.0, 0.95}}) {
        EXPECT_TRUE(std::isnan(poisson_rate(count, exposure, confidence).high));
        EXPECT_TRUE(std::isnan(rate_ratio(count, exposure, 1, 1, confidence).p_value));
        EXPECT_TRUE(std::isnan(rate_ratio(1, 1, count, exposure, confidence).ratio.low));
    }
}

TEST(PoissonRate, RatioTurnsOver) {
    const RateRatio one = rate_ratio(14, 12, 55, 60), other = rate_ratio(55, 60, 14, 12);
    EXPECT_NEAR(one.ratio.low * other.ratio.high, 1, 1e-9);
    EXPECT_NEAR(one.ratio.high * other.ratio.low, 1, 1e-9);
    EXPECT_NEAR(one.p_value, other.p_value, 1e-12);
}

TEST(PoissonRate, LimitsHoldTheirTails) {
    for (const double count : {1.0, 4.0, 60.0, 2000.0}) {
        const Estimate rate = poisson_rate(count, 1, 0.9), wide = poisson_rate(count, 1, 0.999);
        EXPECT_LT(wide.low, rate.low);
        EXPECT_LT(rate.low, count);
        EXPECT_GT(rate.high, count);
        EXPECT_GT(wide.high, rate.high);
    }
}

}  // namespace
}  // namespace icosa::methods
