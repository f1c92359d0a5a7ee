#include "methods/trends/trend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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

std::vector<double> noise(std::mt19937_64& random, int n, double phi) {
    std::vector<double> out;
    double x = normal(random) / std::sqrt(1 - phi * phi);
    for (int i = 0; i < n; ++i) {
        out.push_back(x);
        x = phi * x + normal(random);
    }
    return out;
}

TEST(MannKendall, ByHand) {
    // 1 3 2 5: rises 5, falls 1, S 4; Var = 4 * 3 * 13 / 18
    const auto test = mann_kendall(std::vector<double>{1, 3, 2, 5}, Serial::None);
    EXPECT_EQ(test.n, 4);
    EXPECT_EQ(test.s, 4);
    EXPECT_DOUBLE_EQ(test.variance, 156.0 / 18);
    EXPECT_DOUBLE_EQ(test.tau, 4.0 / 6);
    EXPECT_NEAR(test.p_rise, 1 - normal_cdf(3 / std::sqrt(156.0 / 18)), 1e-14);
    EXPECT_NEAR(test.rise, normal_cdf(4 / std::sqrt(156.0 / 18)), 1e-14);
    // with ties: 1 2 2 3 3 3: S = 5 + 3 + 3; pairs within 2 2 and 3 3 3 count nothing
    const auto tied = mann_kendall(std::vector<double>{1, 2, 2, 3, 3, 3}, Serial::None);
    EXPECT_EQ(tied.s, 11);
    EXPECT_DOUBLE_EQ(tied.variance, (6.0 * 5 * 17 - 2 * 1 * 9 - 3 * 2 * 11) / 18);
    EXPECT_DOUBLE_EQ(tied.tau, 11 / std::sqrt(11.0 * 15));
}

TEST(MannKendall, BadInput) {
    EXPECT_EQ(mann_kendall(std::vector<double>{}, Serial::YueWang).p_rise, 1);
    EXPECT_EQ(mann_kendall(std::vector<double>{1, 2, 3}, Serial::YueWang).p_rise, 1);
    const auto constant = mann_kendall(std::vector<double>(20, 7.0), Serial::YueWang);
    EXPECT_EQ(constant.s, 0);
    EXPECT_EQ(constant.variance, 0);
    EXPECT_EQ(constant.p_rise, 1);
    EXPECT_TRUE(std::isnan(constant.tau));
    EXPECT_EQ(mann_kendall(std::vector<double>(20, nan_value), Serial::YueWang).n, 0);
}

TEST(MannKendall, EqualsR) {
    std::map<std::string, std::vector<double>> series;
    for (const auto& row : reference_rows("trend/mann_kendall_series.csv"))
        series[row.at("series")].push_back(number_of(row, "x"));
    const auto rows = reference_rows("trend/mann_kendall.csv");
    ASSERT_EQ(rows.size(), 6U);
    for (const auto& row : rows) {
        const auto& x = series.at(row.at("series"));
        const auto plain = mann_kendall(x, Serial::None);
        EXPECT_EQ(plain.s, number_of(row, "s")) << row.at("series");
        EXPECT_NEAR(plain.tau, number_of(row, "tau"), 1e-12);
        EXPECT_NEAR(plain.variance, number_of(row, "variance"), 1e-9);
        EXPECT_NEAR(plain.p_rise, number_of(row, "p_rise"), 1e-12);
        EXPECT_NEAR(plain.p_fall, number_of(row, "p_fall"), 1e-12);
        EXPECT_NEAR(theil_sen(x, 0, 0).slope, number_of(row, "slope"), 1e-12);
        EXPECT_NEAR(mann_kendall(x, Serial::HamedRao).inflation, number_of(row, "hamed_rao"), 1e-9) << row.at("series");
        EXPECT_NEAR(mann_kendall(x, Serial::YueWang).inflation, number_of(row, "yue_wang"), 1e-9) << row.at("series");
    }
}

TEST(MannKendall, MonotoneMapsAndMirrors) {
    std::mt19937_64 random(3);
    std::vector<double> x = noise(random, 50, 0), grown, mirrored, backward(x.rbegin(), x.rend());
    for (const double one : x) {
        grown.push_back(std::exp(3 * one) + 5);
        mirrored.push_back(-one);
    }
    const auto test = mann_kendall(x, Serial::None);
    EXPECT_EQ(mann_kendall(grown, Serial::None).s, test.s);
    EXPECT_EQ(mann_kendall(grown, Serial::None).p_rise, test.p_rise);
    EXPECT_EQ(mann_kendall(mirrored, Serial::None).s, -test.s);
    EXPECT_DOUBLE_EQ(mann_kendall(mirrored, Serial::None).p_fall, test.p_rise);
    EXPECT_EQ(mann_kendall(backward, Serial::None).s, -test.s);
}

TEST(MannKendall, GapsAreLeftOut) {
    const std::vector<double> x{1, nan_value, 3, 2, nan_value, nan_value, 5};
    EXPECT_EQ(mann_kendall(x, Serial::None).s, 4);
    EXPECT_EQ(theil_sen(x, 0, 0).slope,
              theil_sen(std::vector<double>{1, nan_value, 3, 2, nan_value, nan_value, 5, nan_value}, 0, 0).slope);
    // slopes 2/2 1/3 4/6 -1/1 2/4 3/3: sorted -1 1/3 1/2 2/3 1 1
    EXPECT_DOUBLE_EQ(theil_sen(x, 0, 0).slope, (0.5 + 2.0 / 3) / 2);
}

/// Share of null series that alarm with alpha 0.05.
double false_alarms(double phi, Serial serial, int n, int series) {
    std::mt19937_64 random(11);
    int count = 0;
    for (int k = 0; k < series; ++k) count += mann_kendall(noise(random, n, phi), serial).p_rise < 0.05 ? 1 : 0;
    return static_cast<double>(count) / series;
}

TEST(MannKendall, NullSeriesGiveAboutAlpha) {
    constexpr int series = 3000;
    const double error = 3 * std::sqrt(0.05 * 0.95 / series);
    EXPECT_NEAR(false_alarms(0, Serial::None, 60, series), 0.05, error);
    for (const double phi : {0.3, 0.5, 0.7})
        EXPECT_NEAR(false_alarms(phi, Serial::YueWang, 60, series), 0.05, error) << phi;
    EXPECT_LE(false_alarms(0, Serial::YueWang, 60, series), 0.05 + error);  // a little below, for r < 0 counts as 0
    EXPECT_GE(false_alarms(0.5, Serial::None, 60, series), 0.12);  // what the correction is for
    EXPECT_GE(false_alarms(0.5, Serial::HamedRao, 60, series), 0.05 + error);  // and why this one is not the default
}

TEST(SeasonalMannKendall, TheSeasonIsNoTrend) {
    std::vector<double> pattern;
    for (int i = 0; i < 120; ++i) pattern.push_back(i % 12);
    EXPECT_EQ(seasonal_mann_kendall(pattern, 12, Seasons::Independent).s, 0);
    for (int i = 0; i < 120; ++i) pattern[static_cast<std::size_t>(i)] += i / 12;
    const auto rising = seasonal_mann_kendall(pattern, 12, Seasons::Independent);
    EXPECT_EQ(rising.s, 12 * 45);
    EXPECT_DOUBLE_EQ(rising.tau, 1);
    EXPECT_DOUBLE_EQ(rising.variance, 12 * 10.0 * 9 * 25 / 18);
}

TEST(SeasonalMannKendall, CovarianceOfEqualSeasonsIsTheirVariance) {
    // Two seasons with the same values each year: Var(2 S) = 4 Var S
    std::vector<double> x;
    for (const double one : {3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0}) x.insert(x.end(), {one, one});
    const double own = 8.0 * 7 * 21 / 18;
    EXPECT_NEAR(seasonal_mann_kendall(x, 2, Seasons::Independent).variance, 2 * own, 1e-12);
    EXPECT_NEAR(seasonal_mann_kendall(x, 2, Seasons::Dependent).variance, 4 * own, 1e-9);
    x[5] = nan_value;
    EXPECT_EQ(seasonal_mann_kendall(x, 2, Seasons::Dependent).n, 15);
}

TEST(TheilSen, EqualsAllSlopesSorted) {
    std::mt19937_64 random(9);
    for (const int n : {2, 3, 7, 20, 55}) {
        const auto x = noise(random, n, 0.4);
        std::vector<double> slopes;
        for (std::size_t j = 1; j < x.size(); ++j) {
            for (std::size_t i = 0; i < j; ++i) slopes.push_back((x[j] - x[i]) / static_cast<double>(j - i));
        }
        std::sort(slopes.begin(), slopes.end());
        const double variance = n * (n - 1.0) * (2 * n + 5) / 18;
        const auto line = theil_sen(x, 1.6448536269514722, variance);
        EXPECT_DOUBLE_EQ(line.slope, median(slopes));
        const double c = 1.6448536269514722 * std::sqrt(variance), total = static_cast<double>(slopes.size());
        const auto low = static_cast<std::ptrdiff_t>(std::floor((total - c) / 2)),
                   high = static_cast<std::ptrdiff_t>(std::ceil((total + c) / 2)) + 1;
        if (low < 1 || high > static_cast<std::ptrdiff_t>(slopes.size())) {
            EXPECT_EQ(line.low, -std::numeric_limits<double>::infinity());
            continue;
        }
        EXPECT_DOUBLE_EQ(line.low, slopes[static_cast<std::size_t>(low - 1)]);
        EXPECT_DOUBLE_EQ(line.high, slopes[static_cast<std::size_t>(high - 1)]);
    }
    EXPECT_TRUE(std::isnan(theil_sen(std::vector<double>{4}, 1, 1).slope));
}

TEST(TheilSen, ManyValuesAreExactToo) {
    std::mt19937_64 random(13);
    for (const double step : {0.0, 1.0}) {  // step 1: whole numbers, so that most slopes are shared
        std::vector<double> x;
        for (int i = 0; i < 2500; ++i)
            x.push_back(step > 0 ? std::floor(normal(random) * 2) : normal(random) + 0.001 * i);
        std::vector<double> slopes;
        for (std::size_t j = 1; j < x.size(); ++j) {
            for (std::size_t i = 0; i < j; ++i) slopes.push_back((x[j] - x[i]) / static_cast<double>(j - i));
        }
        const auto rank = [&](std::size_t k) {
            std::nth_element(slopes.begin(), slopes.begin() + static_cast<std::ptrdiff_t>(k), slopes.end());
            return slopes[k];
        };
        EXPECT_EQ(theil_sen(x, 0, 0).slope, (rank((slopes.size() - 1) / 2) + rank(slopes.size() / 2)) / 2);
    }
}

TEST(TheilSen, ShiftScaleAndAddedLines) {
    std::mt19937_64 random(17);
    const auto x = noise(random, 40, 0.3);
    const auto line = theil_sen(x, 1.96, 7000);
    std::vector<double> changed;
    for (std::size_t i = 0; i < x.size(); ++i) changed.push_back(3 * x[i] + 0.25 * static_cast<double>(i) - 8);
    const auto moved = theil_sen(changed, 1.96, 7000);
    EXPECT_NEAR(moved.slope, 3 * line.slope + 0.25, 1e-12);
    EXPECT_NEAR(moved.low, 3 * line.low + 0.25, 1e-12);
    EXPECT_NEAR(moved.high, 3 * line.high + 0.25, 1e-12);
    EXPECT_NEAR(moved.intercept, 3 * line.intercept - 8, 1e-12);
}

TEST(TrendAlarm, LevelThresholdAndLine) {
    std::mt19937_64 random(19);
    std::vector<double> x;
    for (int i = 0; i < 30; ++i) x.push_back(100 + 5 * i + 2 * normal(random));
    const auto judged = trend_alarm(x, {.window = 20, .serial = Serial::None});
    EXPECT_TRUE(std::isnan(judged[6].alarm.threshold));  // seven values: fewer than minimum_reference
    EXPECT_FALSE(std::isnan(judged[9].alarm.threshold));
    const auto& last = judged.back();
    EXPECT_TRUE(last.alarm.alarm);
    EXPECT_EQ(last.from, 10);
    EXPECT_NEAR(last.line.slope, 5, 0.3);
    EXPECT_NEAR(level_at(last.line, 29), 245, 3);
    EXPECT_NEAR(last.alarm.expected, 197.5, 3);  // the middle of the window
    EXPECT_GT(level_at(last.line, 29), last.alarm.threshold);
    EXPECT_GT(last.alarm.threshold, last.alarm.expected);
    const auto lower = trend_alarm(x, {.window = 20, .serial = Serial::None, .side = Side::Lower}).back();
    EXPECT_FALSE(lower.alarm.alarm);
    EXPECT_LT(lower.alarm.threshold, lower.alarm.expected);
}

TEST(TrendAlarm, NoLookAheadAndFirst) {
    std::mt19937_64 random(23);
    auto x = noise(random, 50, 0.5);
    const auto whole = trend_alarm(x, {});
    const auto newest = trend_alarm(x, {.first = 45});
    x.resize(46);
    const auto part = trend_alarm(x, {});
    EXPECT_EQ(part[45].alarm.threshold, whole[45].alarm.threshold);
    EXPECT_EQ(part[45].alarm.p_value, whole[45].alarm.p_value);
    EXPECT_EQ(newest[47].alarm.threshold, whole[47].alarm.threshold);
    EXPECT_TRUE(std::isnan(newest[44].alarm.threshold));
}

TEST(OffTrend, ALineIsNoSurpriseABendIs) {
    std::mt19937_64 random(29);
    std::vector<double> x;
    for (int i = 0; i < 60; ++i) x.push_back(3 * i + normal(random));
    const auto straight = off_trend(x, {}).back();
    EXPECT_FALSE(straight.alarm);
    EXPECT_NEAR(straight.expected, 3 * 59, 2);
    x.back() += 12;
    EXPECT_TRUE(off_trend(x, {}).back().alarm);
    x.back() = nan_value;
    EXPECT_FALSE(off_trend(x, {}).back().alarm);
    EXPECT_NEAR(off_trend(x, {}).back().expected, 3 * 59, 2);
}

TEST(OffTrend, RoundingIsNoSurprise) {
    std::vector<double> line;
    for (int i = 0; i < 100; ++i) line.push_back(0.1 * i + 0.7);
    for (const Alarm& one : off_trend(line, {})) EXPECT_FALSE(one.alarm);
}

TEST(OffTrend, NullSeriesGiveAboutAlpha) {
    std::mt19937_64 random(31);
    int alarms = 0, judged = 0;
    for (int k = 0; k < 150; ++k) {
        for (const Alarm& alarm : off_trend(noise(random, 70, 0), {.alpha = 0.05})) {
            judged += std::isnan(alarm.threshold) ? 0 : 1;
            alarms += alarm.alarm ? 1 : 0;
        }
    }
    ASSERT_GT(judged, 6000);
    EXPECT_NEAR(static_cast<double>(alarms) / judged, 0.05, 0.0125);  // a quarter of it, as robust_deviation
}

}  // namespace
}  // namespace icosa::methods
