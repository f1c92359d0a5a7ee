#include "methods/change/level.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double normal(std::mt19937_64& random) {
    return normal_quantile((static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53);
}

TEST(RobustDeviation, MedianAndScaleByHand) {
    // window 1 2 3 4 5 6 7: median 4, MAD 2, n 7
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 30};
    const auto normal_score = robust_deviation(values, {.window = 7, .alpha = 0.01, .score = Score::Normal}).back();
    const double scale = 1.4826 * 2 * 7 / 6.2;
    EXPECT_EQ(normal_score.expected, 4);
    EXPECT_NEAR(normal_score.threshold, 4 + 2.3263478740408408 * scale, 1e-12);
    EXPECT_TRUE(normal_score.alarm);
    EXPECT_NEAR(normal_score.unusualness, normal_cdf(26 / scale), 1e-15);
    const auto student = robust_deviation(values, {.window = 7, .alpha = 0.01}).back();
    EXPECT_GT(student.threshold, normal_score.threshold);
    const auto lower = robust_deviation(values, {.window = 7, .alpha = 0.01, .side = Side::Lower}).back();
    EXPECT_FALSE(lower.alarm);
    EXPECT_NEAR(lower.threshold, 8 - student.threshold, 1e-12);
}

TEST(RobustDeviation, AnOutlierOfThePastDoesNotHideTheNext) {
    std::vector<double> values{10, 11, 9, 10, 12, 500, 10, 9, 11, 10, 60};
    EXPECT_TRUE(robust_deviation(values, {.window = 10}).back().alarm);
}

TEST(RobustDeviation, AConstantWindow) {
    std::vector<double> values(12, 9.0);
    EXPECT_FALSE(robust_deviation(values, {.window = 10}).back().alarm);
    values.push_back(10);
    const auto alarm = robust_deviation(values, {.window = 10}).back();
    EXPECT_TRUE(alarm.alarm);
    EXPECT_EQ(alarm.threshold, 9);
    EXPECT_DOUBLE_EQ(alarm.unusualness, 1 - 1.0 / 12);
    EXPECT_FALSE(robust_deviation(values, {.window = 10, .minimum_scale = 1}).back().alarm);
}

TEST(RobustDeviation, TooFewObserved) {
    const std::vector<double> values{1, nan_value, 2, nan_value, 3, 4, nan_value, 50};
    EXPECT_TRUE(std::isnan(robust_deviation(values, {.window = 7, .minimum_reference = 6}).back().threshold));
    EXPECT_FALSE(std::isnan(robust_deviation(values, {.window = 7, .minimum_reference = 4}).back().threshold));
}

TEST(RobustDeviation, NullSeriesGiveAboutAlpha) {
    std::mt19937_64 random(5);
    for (const int window : {7, 10, 20, 60}) {
        constexpr int n = 20000;
        int alarms = 0;
        for (int i = 0; i < n; ++i) {
            std::vector<double> values(static_cast<std::size_t>(window) + 1);
            for (double& value : values) value = normal(random);
            RobustDeviationOptions options;
            options.window = window;
            options.alpha = 0.02;
            options.first = window;
            options.minimum_reference = window;
            alarms += robust_deviation(values, options).back().alarm ? 1 : 0;
        }
        const double rate = static_cast<double>(alarms) / n;
        RecordProperty("rate_window_" + std::to_string(window), std::to_string(rate));
        EXPECT_NEAR(rate, 0.02, 0.005) << window;  // the degrees of freedom are an approximation
    }
}

TEST(Change, AgainstTheValueOfThen) {
    const std::vector<double> values{100, 110, 140, nan_value, 105, 0, 3};
    const auto rise = change(values, {.lag = 1, .by = 0.25});
    EXPECT_TRUE(std::isnan(rise[0].threshold));
    EXPECT_FALSE(rise[1].alarm);
    EXPECT_TRUE(rise[2].alarm);
    EXPECT_DOUBLE_EQ(rise[2].threshold, 137.5);
    EXPECT_FALSE(rise[3].alarm);                     // not observed
    EXPECT_TRUE(std::isnan(rise[4].threshold));      // nothing to hold it against
    EXPECT_TRUE(rise[6].alarm);                      // from nothing to something
    EXPECT_DOUBLE_EQ(rise[1].unusualness, 0.5);      // no earlier change
    EXPECT_DOUBLE_EQ(rise[2].unusualness, 0.75);     // above the one before
    const auto fall = change(values, {.lag = 2, .kind = ChangeKind::Difference, .by = 30, .side = Side::Lower});
    EXPECT_TRUE(fall[4].alarm);
    EXPECT_DOUBLE_EQ(fall[4].threshold, 110);
}

TEST(Threshold, BeyondAndCrossing) {
    const std::vector<double> values{1, 5, 6, nan_value, 7, 2, 5};
    const auto beyond = threshold(values, {.limit = 5});
    const auto crossing = threshold(values, {.limit = 5, .crossing = Crossing::OnCrossing});
    const bool wanted_beyond[] = {false, true, true, false, true, false, true};
    const bool wanted_crossing[] = {false, true, false, false, false, false, true};
    for (std::size_t t = 0; t < values.size(); ++t) {
        EXPECT_EQ(beyond[t].alarm, wanted_beyond[t]) << t;
        EXPECT_EQ(crossing[t].alarm, wanted_crossing[t]) << t;
    }
    EXPECT_TRUE(threshold(values, {.limit = 2, .side = Side::Lower})[5].alarm);
    EXPECT_FALSE(threshold(values, {.limit = 5, .crossing = Crossing::OnCrossing, .first = 0})[0].alarm);
}

TEST(Drawdown, OfItsOwnPeak) {
    std::vector<double> values(12, 2485.0);
    values.push_back(640);
    const auto alarm = drawdown(values, {.window = 12, .share = 0.8, .minimum_peak = 500}).back();
    EXPECT_TRUE(alarm.alarm);
    EXPECT_EQ(alarm.expected, 2485);
    EXPECT_DOUBLE_EQ(alarm.threshold, 1988);
    EXPECT_GT(alarm.unusualness, 0.7);
    EXPECT_FALSE(drawdown(values, {.window = 12, .share = 0.8, .minimum_peak = 3000}).back().alarm);
    const std::vector<double> young{nan_value, 2485, nan_value, 640};
    EXPECT_TRUE(std::isnan(drawdown(young, {.window = 12, .share = 0.8})[1].threshold));  // its first month
    EXPECT_TRUE(drawdown(young, {.window = 12, .share = 0.8}).back().alarm);
}

TEST(RollingRise, SixMonthsAgainstAYearBefore) {
    std::vector<double> values(18, 2.0);
    for (int t = 0; t < 3; ++t) values.push_back(9);
    const auto sums = rolling_sums(values, 6);
    EXPECT_TRUE(std::isnan(sums[4]));
    EXPECT_EQ(sums[5], 12);
    const auto alarms = rolling_rise(sums, {.lag = 12, .ratio = 1.5, .at_least = 25});
    EXPECT_FALSE(alarms[18].alarm);  // 19 is half as many again as 12, but below 25
    EXPECT_TRUE(alarms[19].alarm);   // 26
    EXPECT_EQ(alarms[19].expected, 12);
    EXPECT_EQ(alarms[19].threshold, 25);
    values[19] = nan_value;
    EXPECT_TRUE(std::isnan(rolling_sums(values, 6)[20]));
}

TEST(Levels, NoLookAhead) {
    std::mt19937_64 random(9);
    std::vector<double> values;
    for (int t = 0; t < 60; ++t) values.push_back(t % 13 == 7 ? nan_value : std::fabs(10 + normal(random)));
    std::vector<double> other = values;
    for (std::size_t t = 40; t < 60; ++t) other[t] = 1e6;
    const auto same = [](const std::vector<Alarm>& a, const std::vector<Alarm>& b) {
        for (std::size_t t = 0; t < 40; ++t) {
            if (a[t].alarm != b[t].alarm) return false;
            if (a[t].threshold != b[t].threshold && !(std::isnan(a[t].threshold) && std::isnan(b[t].threshold)))
                return false;
            if (a[t].unusualness != b[t].unusualness && !(std::isnan(a[t].unusualness) && std::isnan(b[t].unusualness)))
                return false;
        }
        return true;
    };
    EXPECT_TRUE(same(robust_deviation(values, {}), robust_deviation(other, {})));
    EXPECT_TRUE(same(change(values, {}), change(other, {})));
    EXPECT_TRUE(same(threshold(values, {.limit = 10}), threshold(other, {.limit = 10})));
    EXPECT_TRUE(same(drawdown(values, {}), drawdown(other, {})));
    EXPECT_TRUE(same(rolling_rise(rolling_sums(values, 3), {}), rolling_rise(rolling_sums(other, 3), {})));
}

}  // namespace
}  // namespace icosa::methods
