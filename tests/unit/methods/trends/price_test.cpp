#include "methods/trends/price.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"
#include "reference_table.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double normal(std::mt19937_64& random) {
    return normal_quantile((static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53);
}

std::vector<double> walk(std::mt19937_64& random, int n) {
    std::vector<double> out;
    double level = 0;
    for (int i = 0; i < n; ++i) {
        level += 0.03 * normal(random);
        out.push_back(50 * std::exp(level + 0.1 * std::sin(2 * std::numbers::pi * i / 12)));
    }
    return out;
}

TEST(PriceAnomaly, ByHand) {
    // Five years of Decembers and of the Septembers before them; the other months do not matter for December.
    std::vector<double> prices(60, nan_value);
    prices[0] = 100;  // the series begins
    const double december[] = {100, 110, 132, 132, 165}, september[] = {100, 100, 120, 131, 140};
    for (std::size_t year = 0; year < 5; ++year) {
        prices[12 * year + 11] = december[year];
        prices[12 * year + 8] = september[year];
    }
    const auto one = price_anomaly(prices, {}).back();
    const auto rate = [](double ratio, double months) { return std::pow(ratio, 1 / months) - 1; };
    const double q[] = {0, rate(1.1, 3), rate(1.1, 3), rate(132.0 / 131, 3)}, a[] = {rate(1.1, 12), rate(1.2, 12), 0};
    const double q_mean = (q[0] + 2 * q[1] + 3 * q[2] + 4 * q[3]) / 10, a_mean = (a[0] + 2 * a[1] + 3 * a[2]) / 6;
    double q_square = 0, a_square = 0;
    for (int k = 0; k < 4; ++k) q_square += (k + 1) * (q[k] - q_mean) * (q[k] - q_mean);
    for (int k = 0; k < 3; ++k) a_square += (k + 1) * (a[k] - a_mean) * (a[k] - a_mean);
    const double q_deviation = std::sqrt(q_square / (10 * 3.0 / 4)), a_deviation = std::sqrt(a_square / (6 * 2.0 / 3));
    const double quarterly = (rate(165.0 / 140, 3) - q_mean) / q_deviation,
                 annual = (rate(165.0 / 132, 12) - a_mean) / a_deviation;
    EXPECT_NEAR(one.quarterly, quarterly, 1e-12);
    EXPECT_NEAR(one.annual, annual, 1e-12);
    EXPECT_NEAR(one.indicator, 0.4 * quarterly + 0.6 * annual, 1e-12);
    EXPECT_TRUE(one.alarm.alarm);
    EXPECT_EQ(one.alarm.reference, 3);
    EXPECT_DOUBLE_EQ(one.alarm.p_value, 1 - one.alarm.unusualness);
    const double c = std::sqrt(0.16 + 0.36 + 0.24);
    EXPECT_NEAR(one.alarm.unusualness, student_t_cdf(one.indicator / (c * std::sqrt(1 + 14.0 / 36)), 2), 1e-15);
}

TEST(PriceAnomaly, EqualsASecondProgram) {
    std::map<std::string, std::vector<ReferenceRow>> cases;
    for (const auto& row : reference_rows("price/ipa.csv")) cases[row.at("series")].push_back(row);
    ASSERT_EQ(cases.size(), 3U);
    int compared = 0;
    for (const auto& [name, rows] : cases) {
        std::vector<double> prices;
        for (const auto& row : rows) prices.push_back(row.at("price").empty() ? nan_value : number_of(row, "price"));
        const auto found = price_anomaly(prices, {});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].at("ipa").empty()) {
                EXPECT_TRUE(std::isnan(found[i].indicator)) << name << " " << i;
                continue;
            }
            EXPECT_NEAR(found[i].indicator, number_of(rows[i], "ipa"), 1e-9) << name << " " << i;
            EXPECT_NEAR(found[i].quarterly, number_of(rows[i], "quarterly"), 1e-9);
            EXPECT_NEAR(found[i].annual, number_of(rows[i], "annual"), 1e-9);
            ++compared;
        }
    }
    EXPECT_GT(compared, 120);
}

TEST(PriceAnomaly, ExpectedAndThresholdAreThePricesOfZeroAndOfTheAlarm) {
    std::mt19937_64 random(1);
    auto prices = walk(random, 90);
    for (const double at_least : {0.5, 1.0, 2.5}) {
        const auto one = price_anomaly(prices, {.at_least = at_least}).back();
        prices.back() = one.alarm.threshold * (1 + 1e-9);
        EXPECT_NEAR(price_anomaly(prices, {.at_least = at_least}).back().indicator, at_least, 1e-6);
        EXPECT_TRUE(price_anomaly(prices, {.at_least = at_least}).back().alarm.alarm);
        prices.back() = one.alarm.threshold * (1 - 1e-9);
        EXPECT_FALSE(price_anomaly(prices, {.at_least = at_least}).back().alarm.alarm);
        prices.back() = one.alarm.expected;
        EXPECT_NEAR(price_anomaly(prices, {}).back().indicator, 0, 1e-9);
        EXPECT_LT(one.alarm.expected, one.alarm.threshold);
    }
}

TEST(PriceAnomaly, TheUnitOfMoneyDoesNotMatterNorWhatComesLater) {
    std::mt19937_64 random(2);
    auto prices = walk(random, 80);
    const auto all = price_anomaly(prices, {});
    std::vector<double> scaled;
    for (const double price : prices) scaled.push_back(price * 2512);
    const auto other = price_anomaly(scaled, {});
    prices.resize(70);
    const auto before = price_anomaly(prices, {});
    for (std::size_t i = 48; i < 70; ++i) {
        EXPECT_NEAR(other[i].indicator, all[i].indicator, 1e-9);
        EXPECT_NEAR(other[i].alarm.threshold, 2512 * all[i].alarm.threshold, 1e-6);
        EXPECT_EQ(before[i].indicator, all[i].indicator);
    }
    EXPECT_EQ(price_anomaly(prices, {.first = 69}).back().indicator, all[69].indicator);
}

TEST(PriceAnomaly, WhereItCannotBeComputed) {
    std::mt19937_64 random(3);
    auto prices = walk(random, 60);
    const auto found = price_anomaly(prices, {});
    EXPECT_TRUE(std::isnan(found[47].indicator));   // two annual rates before
    EXPECT_FALSE(std::isnan(found[48].indicator));  // three
    EXPECT_FALSE(std::isnan(price_anomaly(prices, {.minimum_years = 2})[36].indicator));
    EXPECT_TRUE(std::isnan(price_anomaly(std::vector<double>(60, 5.0), {}).back().alarm.threshold));  // constant
    EXPECT_TRUE(std::isnan(price_anomaly(std::vector<double>(60, nan_value), {}).back().indicator));
    prices.back() = nan_value;
    EXPECT_TRUE(std::isnan(price_anomaly(prices, {}).back().indicator));
    EXPECT_FALSE(std::isnan(price_anomaly(prices, {}).back().alarm.threshold));
    prices[56] = nan_value;  // three months before
    EXPECT_TRUE(std::isnan(price_anomaly(prices, {}).back().alarm.threshold));
}

TEST(PriceAnomaly, UnusualnessHoldsOnRandomWalks) {
    std::mt19937_64 random(4);
    int judged = 0, twentieth = 0, line = 0;
    for (int k = 0; k < 400; ++k) {
        for (const auto& one : price_anomaly(walk(random, 96), {})) {
            if (std::isnan(one.indicator)) continue;
            ++judged;
            twentieth += one.alarm.unusualness > 0.95 ? 1 : 0;
            line += one.alarm.alarm ? 1 : 0;
        }
    }
    ASSERT_GT(judged, 15000);
    EXPECT_NEAR(static_cast<double>(twentieth) / judged, 0.05, 0.012);
    EXPECT_NEAR(static_cast<double>(line) / judged, 0.21, 0.03);  // one standard deviation, from three to six years
    EXPECT_NEAR(price_anomaly_chance({}), 0.2165, 1e-4);
    EXPECT_NEAR(price_anomaly_chance({.minimum_years = 100}), normal_cdf(-1 / std::sqrt(0.76)), 0.004);
}

TEST(PriceAnomaly, Levels) {
    EXPECT_EQ(price_level(0.499), PriceLevel::Normal);
    EXPECT_EQ(price_level(-2), PriceLevel::Normal);
    EXPECT_EQ(price_level(0.5), PriceLevel::ModeratelyHigh);
    EXPECT_EQ(price_level(0.999), PriceLevel::ModeratelyHigh);
    EXPECT_EQ(price_level(1), PriceLevel::AbnormallyHigh);
}

TEST(PriceSpike, StraightTrendWithMonths) {
    std::mt19937_64 random(5);
    std::vector<double> prices;
    for (int i = 0; i < 60; ++i) prices.push_back(200 + 2 * i + 15 * (i % 12 == 3 ? 1 : 0) + normal(random));
    const auto quiet = price_spike(prices, {.at_least = 2}).back();
    EXPECT_NEAR(quiet.expected, 318, 1.5);
    EXPECT_NEAR(quiet.threshold - quiet.expected, 2, 0.7);  // twice the noise
    EXPECT_TRUE(std::isnan(price_spike(prices, {})[35].threshold));
    EXPECT_FALSE(std::isnan(price_spike(prices, {})[36].threshold));
    prices.back() += 20;
    const auto alarm = price_spike(prices, {.at_least = 2}).back();
    EXPECT_TRUE(alarm.alarm);
    EXPECT_EQ(alarm.threshold, quiet.threshold);  // the month judged is not in its own fit
    EXPECT_GT(alarm.unusualness, 0.999);
    for (std::size_t i = 3; i < prices.size(); i += 12) prices[i] = nan_value;
    EXPECT_TRUE(std::isnan(price_spike(prices, {}).back().threshold));  // April was never observed
}

}  // namespace
}  // namespace icosa::methods
