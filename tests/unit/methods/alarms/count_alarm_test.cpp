#include "methods/alarms/count_alarm.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "draws.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

TEST(EarsC2, MeanAndDeviationOfSevenPeriodsTwoBefore) {
    // baseline 1..7: mean 4, sd sqrt(28 / 6); the two periods 100 and 100 stand in the guard
    const std::vector<double> counts{1, 2, 3, 4, 5, 6, 7, 100, 100, 11};
    const auto alarms = ears(counts, {});
    for (int t = 0; t < 9; ++t) EXPECT_TRUE(std::isnan(alarms[static_cast<std::size_t>(t)].threshold)) << t;
    EXPECT_DOUBLE_EQ(alarms[9].expected, 4);
    EXPECT_NEAR(alarms[9].threshold, 4 + 3.0902323061678132 * std::sqrt(28.0 / 6), 1e-12);
    EXPECT_TRUE(alarms[9].alarm);
    EXPECT_NEAR(alarms[9].unusualness, normal_cdf(7 / std::sqrt(28.0 / 6)), 1e-15);
}

TEST(EarsC2, ZeroBaselineAsPublishedAlarmsOnOneEventWithFloorNot) {
    const std::vector<double> one{0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    const std::vector<double> two{0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
    EXPECT_TRUE(ears(one, {.alpha = 0.01})[9].alarm);
    const auto floored = ears(one, {.alpha = 0.01, .floor = 0.1})[9];
    EXPECT_FALSE(floored.alarm);
    EXPECT_EQ(floored.threshold, 1);  // Poisson 0.99 quantile of 0.1
    EXPECT_TRUE(ears(two, {.alpha = 0.01, .floor = 0.1})[9].alarm);
}

TEST(EarsC2, NotObservedIsNeitherZeroNorAlarm) {
    std::vector<double> counts{5, 5, nan_value, 5, 5, 5, 5, 5, 5, 9};
    EXPECT_TRUE(std::isnan(ears(counts, {})[9].threshold));
    const auto with_six = ears(counts, {.minimum_reference = 6})[9];
    EXPECT_EQ(with_six.expected, 5);  // a gap taken for 0 would give 30 / 7
    EXPECT_EQ(with_six.reference, 6);
    counts[9] = nan_value;
    const auto absent = ears(counts, {.minimum_reference = 6})[9];
    EXPECT_FALSE(absent.alarm);
    EXPECT_TRUE(std::isnan(absent.unusualness));
}

TEST(EarsC2, LowerSideFindsAFall) {
    const std::vector<double> counts{20, 22, 18, 20, 21, 19, 20, 20, 20, 3};
    const auto alarm = ears(counts, {.side = Side::Lower})[9];
    EXPECT_TRUE(alarm.alarm);
    EXPECT_NEAR(alarm.threshold, 20 - 3.0902323061678132 * std::sqrt(10.0 / 6), 1e-12);
    EXPECT_GT(alarm.unusualness, 0.999);
}

TEST(EarsC2, TrueRateOfFalseAlarmsIsStudents) {
    std::mt19937_64 random(11);
    int alarms = 0;
    constexpr int n = 6000;
    for (int i = 0; i < n; ++i) {
        std::vector<double> values(10);
        for (double& value : values)
            value = 1000 + 10 * normal_quantile(std::max(uniform(random), 1e-15));  // normal, as the method assumes
        alarms += ears(values, {.alpha = 0.01})[9].alarm ? 1 : 0;
    }
    const double rate = 1 - student_t_cdf(2.3263478740408408 / std::sqrt(1 + 1.0 / 7), 6);
    EXPECT_NEAR(rate, 0.036, 0.001);
    expect_rate(alarms, n, rate);
}

TEST(EarsC1, TheBaselineIsTheSevenPeriodsJustBefore) {
    const std::vector<double> counts{100, 1, 2, 3, 4, 5, 6, 7, 11};
    const auto alarm = ears(counts, {.guard = 0})[8];
    EXPECT_DOUBLE_EQ(alarm.expected, 4);
    EXPECT_NEAR(alarm.threshold, 4 + 3.0902323061678132 * std::sqrt(28.0 / 6), 1e-12);
}

TEST(EarsC3, AddsTheExcessOfThreePeriods) {
    // baseline of every judged period has mean 4 and some spread; excess of one period alone stays below the limit, of
    // three not
    std::vector<double> counts{4, 2, 6, 4, 2, 6, 4, 2, 6, 4, 2, 6};
    const EarsOptions options{.alpha = 0.025};
    auto slow = counts;
    slow.insert(slow.end(), {8, 8, 8});
    const auto alarms = ears_c3(slow, options, C3::Published);
    EXPECT_FALSE(alarms[12].alarm);
    EXPECT_TRUE(alarms[14].alarm);
    EXPECT_GT(8, alarms[14].threshold);
    EXPECT_FALSE(ears(slow, {.alpha = 0.001})[14].alarm);
    // the current count can raise it: here alone
    auto jump = counts;
    jump.push_back(40);
    EXPECT_TRUE(ears_c3(jump, options, C3::Published).back().alarm);
    EXPECT_FALSE(ears_c3(jump, options, C3::Surveillance).back().alarm);  // R's cannot
    // nothing is no outbreak, whatever came before
    auto over = slow;
    over.push_back(0);
    EXPECT_FALSE(ears_c3(over, options, C3::Published).back().alarm);
}

TEST(EarsC3, AlarmIsTheSumAgainstTheQuantile) {
    std::mt19937_64 random(8);
    const Drawer draw(9, 5);
    std::vector<double> counts;
    for (int t = 0; t < 400; ++t) counts.push_back(draw(random) + 1);
    const auto c3 = ears_c3(counts, {.alpha = 0.025}, C3::Published);
    const auto c2 = ears(counts, {.alpha = 0.5});  // threshold = mean
    const double z = normal_quantile(0.975);
    int alarms = 0;
    for (std::size_t t = 11; t < counts.size(); ++t) {
        double sum = 0;
        for (std::size_t s = t - 2; s <= t; ++s) {
            const double deviation =
                ears(counts, {.alpha = 1 - normal_cdf(1), .first = static_cast<int>(s)})[s].threshold - c2[s].threshold;
            sum += std::max(0.0, (counts[s] - c2[s].expected) / deviation - 1);
        }
        if (std::fabs(sum - z) < 1e-9) continue;
        EXPECT_EQ(c3[t].alarm, sum > z) << t;
        alarms += c3[t].alarm ? 1 : 0;
    }
    EXPECT_GT(alarms, 5);
}

TEST(FirstReport, OnlyAfterSilence) {
    std::vector<double> counts(12, 0.0);
    counts.push_back(1);
    counts.push_back(1);
    const auto alarms = first_report(counts, {.quiet = 10});
    EXPECT_TRUE(alarms[12].alarm);
    EXPECT_DOUBLE_EQ(alarms[12].unusualness, 1 - 1.0 / 12);
    EXPECT_FALSE(alarms[13].alarm);
    EXPECT_TRUE(std::isnan(alarms[9].threshold));
    for (std::size_t t = 4; t < 9; ++t) counts[t] = nan_value;
    EXPECT_TRUE(std::isnan(first_report(counts, {.quiet = 10})[12].threshold));
}

/// Changing what comes later changes nothing before: for every method, every period.
TEST(CountAlarms, NoLookAhead) {
    std::mt19937_64 random(3);
    const Drawer draw(6, 3);
    std::vector<double> counts;
    for (int t = 0; t < 80; ++t) counts.push_back(t % 17 == 5 ? nan_value : draw(random));
    const std::vector<std::function<std::vector<Alarm>(const std::vector<double>&)>> methods{
        [](const auto& y) { return ears(y, {.alpha = 0.01, .floor = 0.1, .minimum_reference = 5}); },
        [](const auto& y) { return ears_c3(y, {.alpha = 0.025, .minimum_reference = 5}, C3::Published); },
        [](const auto& y) { return first_report(y, {.quiet = 10}); },
    };
    for (const auto& method : methods) {
        const auto whole = method(counts);
        for (const std::size_t cut : {20U, 41U, 70U}) {
            std::vector<double> other = counts;
            for (std::size_t t = cut; t < other.size(); ++t) other[t] = 1000;
            const auto changed = method(other);
            for (std::size_t t = 0; t < cut; ++t) {
                EXPECT_TRUE(whole[t].threshold == changed[t].threshold
                            || (std::isnan(whole[t].threshold) && std::isnan(changed[t].threshold)))
                    << t;
                EXPECT_EQ(whole[t].alarm, changed[t].alarm);
            }
        }
    }
}

}  // namespace
}  // namespace icosa::methods
