#include "methods/seasonal_alarm.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "draws.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();


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

TEST(SeasonTrend, FirstSkipsOnlyTheEarlierPeriods) {
    std::vector<double> counts;
    for (int t = 0; t < 50; ++t) counts.push_back((t * 7) % 5);
    const auto whole = season_trend(counts, {.season = 12});
    SeasonTrendOptions late{.season = 12};
    late.first = 45;
    const auto tail = season_trend(counts, late);
    EXPECT_TRUE(std::isnan(tail[44].threshold));
    for (std::size_t t = 45; t < 50; ++t) EXPECT_EQ(tail[t].threshold, whole[t].threshold);
}

/// Changing what comes later changes nothing before: for every method, every period.
TEST(SeasonalAlarms, NoLookAhead) {
    std::mt19937_64 random(3);
    const Drawer draw(6, 3);
    std::vector<double> counts;
    for (int t = 0; t < 130; ++t) counts.push_back(t % 17 == 5 ? nan_value : draw(random));
    const std::vector<std::function<std::vector<Alarm>(const std::vector<double>&)>> methods{
        [](const auto& y) { return season_trend(y, {.season = 12}); },
        [](const auto& y) { return farrington(y, {.season = 12, .years = 3, .half_window = 1}); },
        [](const auto& y) { return farrington_noufaily(y, {.season = 12, .years = 4, .half_window = 1, .periods = 4, .excluded = 3, .threshold = Threshold::NbPlugin}); },
    };
    for (const auto& method : methods) {
        const auto whole = method(counts);
        for (const std::size_t cut : {60U, 81U, 110U}) {
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

}  // namespace
}  // namespace icosa::methods
