#include "methods/count_alarm.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11U) * 0x1p-53; }

/// Draws from a count law by its tabulated cdf: the same numbers on every machine.
class Drawer {
public:
    Drawer(double mean, double size) {
        for (int k = 0; cdf_.empty() || cdf_.back() < 1 - 1e-12; ++k) cdf_.push_back(negative_binomial_cdf(k, mean, size));
    }
    double operator()(std::mt19937_64& random) const { return static_cast<double>(std::upper_bound(cdf_.begin(), cdf_.end(), uniform(random)) - cdf_.begin()); }

private:
    std::vector<double> cdf_;
};

/// Within three and a half standard errors of a share of n.
void expect_rate(int alarms, int n, double rate) { EXPECT_NEAR(static_cast<double>(alarms) / n, rate, 3.5 * std::sqrt(rate * (1 - rate) / n)); }

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
        for (double& value : values) value = 1000 + 10 * normal_quantile(std::max(uniform(random), 1e-15));  // normal, as the method assumes
        alarms += ears(values, {.alpha = 0.01})[9].alarm ? 1 : 0;
    }
    const double rate = 1 - student_t_cdf(2.3263478740408408 / std::sqrt(1 + 1.0 / 7), 6);
    EXPECT_NEAR(rate, 0.036, 0.001);
    expect_rate(alarms, n, rate);
}

/// ratio: variance to mean, the same in every season, as the method assumes.
struct Null {
    double level;
    double ratio;
    int season;
    int years;
};

/// Share of alarms, over many null series, of the newest period, against the exact chance that a count of its law lies beyond alpha's quantile.
void expect_null_rate(const Null& null, Side side) {
    std::vector<Drawer> drawers;
    double exact = 0;
    constexpr double alpha = 0.05;
    for (int s = 0; s < null.season; ++s) {
        const double mean = null.level * std::exp(0.4 * std::cos(2 * std::numbers::pi * s / std::max(null.season, 2)));
        const double size = null.ratio > 1 ? mean / (null.ratio - 1) : std::numeric_limits<double>::infinity();
        drawers.emplace_back(mean, size);
        if (s == (null.season * null.years) % null.season) {
            const double q = negative_binomial_quantile(side == Side::Upper ? 1 - alpha : alpha, mean, size);
            exact = side == Side::Upper ? 1 - negative_binomial_cdf(q, mean, size) : negative_binomial_cdf(q - 1, mean, size);
        }
    }
    std::mt19937_64 random(7);
    constexpr int n = 4000;
    int alarms = 0;
    const int length = null.season * null.years + 1;
    for (int i = 0; i < n; ++i) {
        std::vector<double> counts;
        for (int t = 0; t < length; ++t) counts.push_back(drawers[static_cast<std::size_t>(t % null.season)](random));
        SeasonTrendOptions options;
        options.season = null.season;
        options.alpha = alpha;
        options.years = null.years;
        options.guard = null.season == 1 ? 0 : 2;
        options.side = side;
        options.first = length - 1;
        alarms += season_trend(counts, options).back().alarm ? 1 : 0;
    }
    // binomial error of n runs about alpha; a discrete law may lie below alpha by its step
    const double share = static_cast<double>(alarms) / n;
    const double error = 3.5 * std::sqrt(alpha * (1 - alpha) / n);
    EXPECT_LE(share, alpha + error);
    EXPECT_GE(share, std::min(alpha, exact) - error);
}

TEST(SeasonTrend, NullSeriesGiveAlphaFalseAlarmsPoisson) { expect_null_rate({40, 1, 12, 10}, Side::Upper); }
TEST(SeasonTrend, NullSeriesGiveAlphaFalseAlarmsOverDispersed) { expect_null_rate({60, 3, 12, 10}, Side::Upper); }
TEST(SeasonTrend, NullSeriesGiveAlphaFalseAlarmsFalls) { expect_null_rate({60, 3, 12, 10}, Side::Lower); }
TEST(SeasonTrend, NullSeriesGiveAlphaFalseAlarmsAnnual) { expect_null_rate({200, 6, 1, 25}, Side::Upper); }
TEST(SeasonTrend, NullSeriesGiveAlphaFalseAlarmsQuarterly) { expect_null_rate({30, 1.5, 4, 10}, Side::Upper); }

TEST(SeasonTrend, ASeasonIsExpectedNotAlarming) {
    // 10 in winter, 90 in summer, five years; a July of 90 is quiet, a January of 60 is not
    std::vector<double> counts;
    for (int t = 0; t < 60; ++t) counts.push_back(std::round(50 - 40 * std::cos(2 * std::numbers::pi * (t % 12) / 12)));
    std::vector<double> july = counts;
    for (int t = 60; t < 66; ++t) july.push_back(counts[static_cast<std::size_t>(t - 12)]);
    july.push_back(90);
    const SeasonTrendOptions monthly{.season = 12};
    EXPECT_FALSE(season_trend(july, monthly).back().alarm);
    std::vector<double> january = counts;
    january.push_back(60);
    const auto alarm = season_trend(january, monthly).back();
    EXPECT_TRUE(alarm.alarm);
    EXPECT_LT(alarm.expected, 25);
}

TEST(SeasonTrend, HistoryOfZerosHasAPoissonBoundOfTheFloor) {
    std::vector<double> counts(40, 0.0);
    counts.push_back(1);
    EXPECT_FALSE(season_trend(counts, {.season = 12}).back().alarm);
    EXPECT_EQ(season_trend(counts, {.season = 12}).back().expected, 0);
    counts.back() = 3;
    EXPECT_TRUE(season_trend(counts, {.season = 12}).back().alarm);
}

TEST(SeasonTrend, AnnualSeriesNeedEightYears) {
    std::vector<double> counts(8, 10.0);
    counts.push_back(40);
    const SeasonTrendOptions annual{.season = 1, .years = 30, .guard = 0};
    EXPECT_TRUE(season_trend(counts, annual).back().alarm);
    EXPECT_EQ(season_trend(counts, annual).back().reference, 8);
    counts.erase(counts.begin());
    EXPECT_TRUE(std::isnan(season_trend(counts, annual).back().threshold));
}

TEST(SeasonTrend, AFallingTrendLowersWhatIsExpected) {
    std::vector<double> counts;
    for (int t = 0; t < 20; ++t) counts.push_back(std::round(400 * std::exp(-0.1 * t)));
    counts.push_back(54);  // 400 exp(-2)
    const auto with = season_trend(counts, {.season = 1, .years = 30, .guard = 0}).back();
    const auto without = season_trend(counts, {.season = 1, .years = 30, .guard = 0, .trend = Trend::Never}).back();
    EXPECT_NEAR(with.expected, 54, 3);
    EXPECT_GT(without.expected, 150);
}

TEST(SeasonTrend, ATrendMayNotLeadAboveThePast) {
    std::vector<double> counts;
    for (int t = 0; t < 12; ++t) counts.push_back(std::round(10 * std::pow(1.5, t)));
    counts.push_back(2000);
    EXPECT_LE(season_trend(counts, {.season = 1, .years = 30, .guard = 0}).back().expected, counts[11]);
}

TEST(SeasonTrend, GapsAreLeftOutNotZero) {
    std::vector<double> full;
    for (int t = 0; t < 60; ++t) full.push_back(20 + t % 3);
    std::vector<double> gaps = full;
    for (std::size_t t = 5; t < 40; t += 7) gaps[t] = nan_value;
    full.push_back(22);
    gaps.push_back(22);
    const auto a = season_trend(full, {.season = 12}).back();
    const auto b = season_trend(gaps, {.season = 12}).back();
    EXPECT_NEAR(a.expected, b.expected, 1.0);
    EXPECT_EQ(b.reference, a.reference - 5);
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
        [](const auto& y) { return season_trend(y, {.season = 12}); },
        [](const auto& y) { return first_report(y, {.quiet = 10}); },
    };
    for (const auto& method : methods) {
        const auto whole = method(counts);
        for (const std::size_t cut : {20U, 41U, 70U}) {
            std::vector<double> other = counts;
            for (std::size_t t = cut; t < other.size(); ++t) other[t] = 1000;
            const auto changed = method(other);
            for (std::size_t t = 0; t < cut; ++t) {
                EXPECT_TRUE(whole[t].threshold == changed[t].threshold || (std::isnan(whole[t].threshold) && std::isnan(changed[t].threshold))) << t;
                EXPECT_EQ(whole[t].alarm, changed[t].alarm);
            }
        }
    }
}

TEST(CountAlarms, FirstSkipsOnlyTheEarlierPeriods) {
    std::vector<double> counts;
    for (int t = 0; t < 50; ++t) counts.push_back((t * 7) % 5);
    const auto whole = season_trend(counts, {.season = 12});
    SeasonTrendOptions late{.season = 12};
    late.first = 45;
    const auto tail = season_trend(counts, late);
    EXPECT_TRUE(std::isnan(tail[44].threshold));
    for (std::size_t t = 45; t < 50; ++t) EXPECT_EQ(tail[t].threshold, whole[t].threshold);
}

}  // namespace
}  // namespace icosa::methods
