#include "methods/alarms/count_chart.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "draws.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

/// m periods of the mean, then what is given.
std::vector<double> after(int periods, double mean, const std::vector<double>& then) {
    std::vector<double> out(static_cast<std::size_t>(periods), mean);
    out.insert(out.end(), then.begin(), then.end());
    return out;
}

TEST(CusumRossi, TheBoundIsTheCountThatReachesTheLimit) {
    const auto alarms = cusum_rossi(after(10, 4, {4, 7, 9, 2}), {.baseline_until = 10});
    EXPECT_TRUE(std::isnan(alarms[9].threshold));
    double value = 0;
    for (std::size_t t = 10; t < 14; ++t) {
        const double y = std::vector<double>{4, 7, 9, 2}[t - 10];
        const auto next = [&](double count) {
            return std::max(0.0, value + (count - 12 + 2 * std::sqrt(count * 4)) / 4 - 1.04);
        };
        EXPECT_NEAR(next(alarms[t].threshold), 2.26, 1e-12) << t;
        value = next(y);
        EXPECT_EQ(alarms[t].alarm, value >= 2.26) << t;
        EXPECT_NEAR(alarms[t].unusualness, 1 - std::exp(-2.08 * value), 1e-12);
        EXPECT_EQ(alarms[t].expected, 4);
    }
}

TEST(CusumRossi, GapsLeaveItAsItIsAndAnEmptyBaselineSaysNothing) {
    const auto gap = cusum_rossi(after(10, 4, {9, nan_value, 9}), {.baseline_until = 10});
    const auto without = cusum_rossi(after(10, 4, {9, 9}), {.baseline_until = 10});
    EXPECT_EQ(gap[12].threshold, without[11].threshold);
    EXPECT_FALSE(gap[11].alarm);
    EXPECT_TRUE(std::isnan(gap[11].unusualness));
    EXPECT_FALSE(std::isnan(gap[11].threshold));
    for (const auto& one : cusum_rossi(after(10, 0, {1, 2}), {.baseline_until = 10}))
        EXPECT_TRUE(std::isnan(one.threshold));
    for (const auto& one : cusum_rossi(after(10, nan_value, {1, 2}), {.baseline_until = 10}))
        EXPECT_TRUE(std::isnan(one.threshold));
    EXPECT_TRUE(std::isnan(
        cusum_rossi(after(10, 4, {}), {.baseline_until = 10}).back().threshold));  // nothing after the baseline
}

TEST(LikelihoodRatio, RestartsAfterAnAlarmAndTheBoundIsExact) {
    for (const double size_inverse : {0.0, 0.2}) {
        LikelihoodRatioOptions options{.baseline_until = 8, .limit = 2, .theta = 0.5, .size_inverse = size_inverse};
        const std::vector<double> then{5, 9, 12, 14, 4, 6, 8, 15, 15};
        const auto series = after(8, 5, then);
        const auto alarms = likelihood_ratio_cusum(series, options);
        const auto values = likelihood_ratio_values(series, options);
        bool any = false;
        for (std::size_t t = 8; t < series.size(); ++t) {
            EXPECT_EQ(alarms[t].alarm, values[t] > 2) << t;
            if (alarms[t].threshold > 0) {
                auto at_bound = series;
                at_bound[t] = alarms[t].threshold;
                EXPECT_NEAR(likelihood_ratio_values(at_bound, options)[t], 2, 1e-10) << t;
            }
            any = any || alarms[t].alarm;
        }
        EXPECT_TRUE(any);
    }
}

TEST(LikelihoodRatio, FalseAlarmsAreRarerThanLordensBound) {
    std::mt19937_64 random(2);
    const Drawer draw(6, std::numeric_limits<double>::infinity());
    std::vector<double> counts;
    for (int t = 0; t < 60000; ++t) counts.push_back(draw(random));
    int alarms = 0;
    for (const auto& one : likelihood_ratio_cusum(counts, {.baseline_until = 10000, .limit = 3, .theta = 0.4}))
        alarms += one.alarm ? 1 : 0;
    EXPECT_GT(alarms, 50);
    EXPECT_LT(alarms, 50000 * std::exp(-3.0));
}

/// The statistic by its definition: every stretch, every factor of a fine grid.
double by_search(const std::vector<double>& counts, std::size_t start, std::size_t t, double mean,
                 const GeneralisedOptions& options) {
    double best = 0;
    const std::size_t oldest = options.window > 0 && t - start > static_cast<std::size_t>(options.window)
        ? t - static_cast<std::size_t>(options.window)
        : start;
    for (std::size_t s = oldest; s + static_cast<std::size_t>(options.least) <= t + 1; ++s) {
        for (int i = 1; i < 4000; ++i) {
            const double theta = (options.side == Side::Upper ? 1 : -1) * 0.004 * i;
            double sum = 0;
            for (std::size_t j = s; j <= t; ++j) {
                const double y = counts[j], a = options.size_inverse;
                sum += a > 0 ? theta * y + (y + 1 / a) * std::log((1 + a * mean) / (1 + a * mean * std::exp(theta)))
                             : theta * y + (1 - std::exp(theta)) * mean;
            }
            best = std::max(best, sum);
        }
    }
    return best;
}

TEST(GeneralisedLikelihoodRatio, EqualsASearchOverStretchesAndFactors) {
    std::mt19937_64 random(4);
    const Drawer draw(3, 4);
    for (const Side side : {Side::Upper, Side::Lower}) {
        for (const double size_inverse : {0.0, 0.25}) {
            for (const int window : {0, 3}) {
                const GeneralisedOptions options{.baseline_until = 6,
                                                 .limit = 1e9,
                                                 .window = window,
                                                 .least = window > 0 ? 2 : 1,
                                                 .side = side,
                                                 .size_inverse = size_inverse};
                std::vector<double> counts(6, 3.0);
                for (int t = 0; t < 8; ++t) counts.push_back(draw(random));
                const auto values = generalised_values(counts, options);
                for (std::size_t t = 6; t < counts.size(); ++t) {
                    if (t + 1 < 6 + static_cast<std::size_t>(options.least)) {
                        EXPECT_TRUE(std::isnan(values[t]));
                    } else {
                        EXPECT_NEAR(values[t], by_search(counts, 6, t, 3, options), 3e-4) << t;
                    }
                }
            }
        }
    }
}

TEST(GeneralisedLikelihoodRatio, TheThresholdIsTheSmallestCountThatAlarms) {
    std::mt19937_64 random(6);
    const Drawer draw(5, 10);
    for (const double size_inverse : {0.0, 0.1}) {
        for (const Side side : {Side::Upper, Side::Lower}) {
            const GeneralisedOptions options{
                .baseline_until = 30, .limit = 2.5, .side = side, .size_inverse = size_inverse};
            std::vector<double> counts;
            for (int t = 0; t < 90; ++t) counts.push_back(draw(random));
            const auto alarms = generalised_likelihood_ratio(counts, options);
            for (std::size_t t = 30; t < counts.size(); ++t) {
                const double at = alarms[t].threshold;
                if (std::isnan(at)) continue;
                EXPECT_EQ(alarms[t].alarm, side == Side::Upper ? counts[t] >= at : counts[t] <= at) << t;
                auto changed = counts;
                changed[t] = at;
                EXPECT_TRUE(generalised_likelihood_ratio(changed, options)[t].alarm) << t;
                changed[t] = side == Side::Upper ? at - 1 : at + 1;
                if (changed[t] >= 0) {
                    EXPECT_FALSE(generalised_likelihood_ratio(changed, options)[t].alarm) << t;
                }
            }
        }
    }
}

TEST(GeneralisedLikelihoodRatio, FindsAFallToNothingAndAJumpFarAboveASmallMean) {
    const GeneralisedOptions fall{.baseline_until = 12, .limit = 5, .side = Side::Lower};
    const auto silent = generalised_likelihood_ratio(after(12, 2, {0, 0, 0}), fall);
    EXPECT_FALSE(silent[13].alarm);
    EXPECT_TRUE(silent[14].alarm);  // three periods of nothing: 6
    std::vector<double> baseline(100, 0.0);
    baseline[50] = 1;
    baseline.push_back(40);
    EXPECT_GT(generalised_values(baseline, {.baseline_until = 100, .size_inverse = 0.01}).back(), 100);
}

TEST(GeneralisedLikelihoodRatio, FalseAlarmsComeAsOftenAsTheFormulaSays) {
    std::mt19937_64 random(9);
    const Drawer draw(20, std::numeric_limits<double>::infinity());
    std::vector<double> counts;
    for (int t = 0; t < 60000; ++t) counts.push_back(draw(random));
    int alarms = 0;
    for (const auto& one : generalised_likelihood_ratio(counts, {.baseline_until = 20000, .limit = 3, .window = 200}))
        alarms += one.alarm ? 1 : 0;
    EXPECT_NEAR(alarms / 40000.0, generalised_alarm_rate(3), 0.3 * generalised_alarm_rate(3));
}

TEST(CountCharts, NoLookAheadAndFirst) {
    std::mt19937_64 random(3);
    const Drawer draw(6, 3);
    std::vector<double> counts;
    for (int t = 0; t < 80; ++t) counts.push_back(t % 17 == 5 ? nan_value : draw(random));
    const auto run = [](const std::vector<double>& y, int first) {
        std::vector<std::vector<Alarm>> out;
        out.push_back(cusum_rossi(y, {.baseline_until = 20, .first = first}));
        out.push_back(likelihood_ratio_cusum(
            y, {.baseline_until = 20, .limit = 2, .theta = 0.4, .size_inverse = 0.1, .first = first}));
        out.push_back(generalised_likelihood_ratio(y, {.baseline_until = 20, .limit = 2, .first = first}));
        return out;
    };
    const auto whole = run(counts, 0), late = run(counts, 60);
    auto other = counts;
    for (std::size_t t = 60; t < other.size(); ++t) other[t] = 1000;
    const auto changed = run(other, 0);
    for (std::size_t m = 0; m < whole.size(); ++m) {
        for (std::size_t t = 0; t < 60; ++t) {
            EXPECT_TRUE(whole[m][t].threshold == changed[m][t].threshold || std::isnan(whole[m][t].threshold)) << t;
            EXPECT_EQ(whole[m][t].alarm, changed[m][t].alarm);
            EXPECT_TRUE(std::isnan(late[m][t].threshold));
        }
        for (std::size_t t = 60; t < 80; ++t) EXPECT_EQ(late[m][t].alarm, whole[m][t].alarm);
    }
}

}  // namespace
}  // namespace icosa::methods
