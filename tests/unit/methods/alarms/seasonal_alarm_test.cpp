#include "methods/alarms/seasonal_alarm.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <tuple>
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

/// Share of alarms, over many null series, of the newest period, against the exact chance that a count of its law lies
/// beyond alpha's quantile.
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
            exact = side == Side::Upper ? 1 - negative_binomial_cdf(q, mean, size)
                                        : negative_binomial_cdf(q - 1, mean, size);
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
        [](const auto& y) {
            return farrington_noufaily(y,
                                       {.season = 12,
                                        .years = 4,
                                        .half_window = 1,
                                        .periods = 4,
                                        .excluded = 3,
                                        .threshold = Threshold::NbPlugin});
        },
    };
    for (const auto& method : methods) {
        const auto whole = method(counts);
        for (const std::size_t cut : {60U, 81U, 110U}) {
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

/// Noufaily's model: ten season levels on four years, half a year left out.
NoufailyOptions ten_levels(Threshold threshold, double alpha) {
    return {.years = 4,
            .periods = 10,
            .excluded = 26,
            .trend_level = 1,
            .threshold = threshold,
            .alpha = alpha,
            .limit_cases = 0};
}

/// Independent series without anything going on, one judged week each: the share that alarms.
double null_rate(double mean, double phi, NoufailyOptions options, int series) {
    std::mt19937_64 random(7);
    const Drawer draw(mean, phi > 1 ? mean / (phi - 1) : std::numeric_limits<double>::infinity());
    const int weeks = options.season * options.years + options.half_window + 1;
    options.first = weeks - 1;
    std::vector<double> counts(static_cast<std::size_t>(weeks));
    int alarms = 0;
    for (int s = 0; s < series; ++s) {
        for (double& y : counts) y = draw(random);
        alarms += farrington_noufaily(counts, options).back().alarm ? 1 : 0;
    }
    return static_cast<double>(alarms) / series;
}
constexpr int null_series = 8000;
double standard_error(double rate) { return std::sqrt(rate * (1 - rate) / null_series); }

TEST(FarringtonFlexible, NullSeriesGiveAlphaFalseAlarmsPoisson) {
    for (const double mean : {5.0, 60.0, 400.0})
        EXPECT_NEAR(null_rate(mean, 1, ten_levels(Threshold::Delta, 0.01), null_series), 0.01,
                    3.5 * standard_error(0.01))
            << mean;
}

TEST(FarringtonFlexible, NullSeriesGiveAlphaFalseAlarmsOverDispersedWithoutWeights) {
    for (const double alpha : {0.01, 0.05}) {
        for (const double mean : {10.0, 60.0}) {
            auto options = ten_levels(Threshold::NbPlugin, alpha);
            options.reweight = Reweight::Never;
            EXPECT_NEAR(null_rate(mean, 2.5, options, null_series), alpha, 3.5 * standard_error(alpha))
                << mean << " " << alpha;
        }
    }
}

TEST(FarringtonFlexible, WeightsCostFalseAlarmsMuanGivesThemBack) {
    const double plug_in = null_rate(60, 2.5, ten_levels(Threshold::NbPlugin, 0.01), null_series);
    EXPECT_GT(plug_in, 0.01);
    EXPECT_LT(plug_in, 0.02);
    EXPECT_LT(null_rate(60, 2.5, ten_levels(Threshold::Muan, 0.01), null_series), 0.01);
}

/// A series of the form of Noufaily's simulations: the parameters are ours.
struct Scenario {
    double theta, beta, gamma1, gamma2, phi;

    [[nodiscard]] double mean(int t) const {
        const double angle = 2 * std::numbers::pi * t / 52;
        return std::exp(theta + beta * t + gamma1 * std::cos(angle) + gamma2 * std::sin(angle));
    }
};

double draw_count(double mean, double phi, std::mt19937_64& random) {
    if (phi > 1) mean = std::gamma_distribution<double>(mean / (phi - 1), phi - 1)(random);
    return static_cast<double>(std::poisson_distribution<long>(mean)(random));
}

/// Cases on top, spread over the weeks by a lognormal law (0, 0.5), their number Poisson with k standard deviations as
/// mean, at least 2.
int add_outbreak(std::vector<double>& counts, const Scenario& scenario, int start, double k, std::mt19937_64& random) {
    const double deviation = std::sqrt(scenario.mean(start) * scenario.phi);
    long cases = 0;
    while (cases < 2) cases = std::poisson_distribution<long>(k * deviation)(random);
    std::lognormal_distribution<double> when(0, 0.5);
    int last = 0;
    for (long i = 0; i < cases; ++i) {
        const int week = std::min(static_cast<int>(when(random)), static_cast<int>(counts.size()) - 1 - start);
        counts[static_cast<std::size_t>(start + week)] += 1;
        last = std::max(last, week);
    }
    return last + 1;
}

struct Performance {
    double false_positives = 0;  ///< share of the weeks without outbreak that alarm
    double detected = 0;         ///< share of the outbreaks with an alarm between first and last week
    double delay = 0;            ///< weeks from the start to the first alarm, of those detected
};

/// Judges the last 49 weeks of 624, with four outbreaks in the past and one among them.
template <class Judge> Performance performance(const Scenario& scenario, double k, Judge judge) {
    constexpr int weeks = 624, newest = 49, series = 60;
    int found = 0, quiet = 0, wrong = 0, delays = 0;
    for (int s = 0; s < series; ++s) {
        std::mt19937_64 random(static_cast<unsigned>(100 + s));
        std::vector<double> counts;
        for (int t = 0; t < weeks; ++t) counts.push_back(draw_count(scenario.mean(t), scenario.phi, random));
        for (int i = 0; i < 4; ++i)
            (void)add_outbreak(counts, scenario, 320 + static_cast<int>(random() % 250), 5, random);
        const int start = weeks - newest + static_cast<int>(random() % (newest - 5));
        const int length = add_outbreak(counts, scenario, start, k, random);
        const std::vector<bool> alarms = judge(counts, weeks - newest);
        int first = -1;
        for (int t = weeks - newest; t < weeks; ++t) {
            const bool alarm = alarms[static_cast<std::size_t>(t)];
            if (t >= start && t < start + length) {
                if (alarm && first < 0) first = t;
            } else {
                ++quiet;
                wrong += alarm ? 1 : 0;
            }
        }
        if (first >= 0) ++found, delays += first - start;
    }
    return {static_cast<double>(wrong) / quiet, static_cast<double>(found) / series,
            found > 0 ? static_cast<double>(delays) / found : 0};
}

std::vector<bool> by_flexible(const std::vector<double>& counts, int first) {
    auto options = ten_levels(Threshold::NbPlugin, 0.01);
    options.first = first;
    std::vector<bool> out;
    for (const auto& one : farrington_noufaily(counts, options)) out.push_back(one.alarm);
    return out;
}

/// The simple rules beside it: twice the mean of the same week of past years; above all but the highest of the last 12
/// weeks.
std::vector<bool> by_same_week(const std::vector<double>& counts, int first) {
    std::vector<bool> out(counts.size(), false);
    for (std::size_t t = static_cast<std::size_t>(first); t < counts.size(); ++t) {
        double sum = 0;
        for (std::size_t year = 1; year <= 4; ++year) sum += counts[t - 52 * year];
        out[t] = counts[t] > 2 * sum / 4;
    }
    return out;
}
std::vector<bool> by_last_twelve(const std::vector<double>& counts, int first) {
    std::vector<bool> out(counts.size(), false);
    for (std::size_t t = static_cast<std::size_t>(first); t < counts.size(); ++t)
        out[t] = counts[t] > *std::max_element(&counts[t - 12], &counts[t]);
    return out;
}

TEST(FarringtonFlexible, NoufailysScenariosBesideTheSimpleRules) {
    const std::tuple<const char*, Scenario, double> scenarios[] = {
        {"rare, no season", {0.1, 0, 0, 0, 1.5}, 0.5},
        {"small, season", {1.5, 0, 0.5, 0.2, 2}, 0.65},
        {"middle, season and trend", {2.5, 0.002, 0.4, -0.3, 1.5}, 0.8},
        {"large, season", {5, 0, 0.1, 0.05, 3}, 0.9},
    };
    for (const auto& [name, scenario, detected] : scenarios) {
        const Performance ours = performance(scenario, 8, by_flexible);
        const Performance week = performance(scenario, 8, by_same_week);
        const Performance twelve = performance(scenario, 8, by_last_twelve);
        std::printf(
            "%-26s farrington-flexible: false %.3f detected %.2f delay %.2f | same week: %.3f %.2f %.2f | last twelve: "
            "%.3f %.2f %.2f\n",
            name, ours.false_positives, ours.detected, ours.delay, week.false_positives, week.detected, week.delay,
            twelve.false_positives, twelve.detected, twelve.delay);
        EXPECT_LT(ours.false_positives, 0.025) << name;
        EXPECT_GT(ours.detected, detected) << name;
        EXPECT_LT(ours.delay, 1) << name;
        EXPECT_LT(ours.false_positives, twelve.false_positives) << name;
    }
}

TEST(FarringtonFlexible, AJumpAlarmsASeasonDoesNot) {
    std::mt19937_64 random(11);
    const Scenario scenario{3, 0, 0.8, 0, 1};
    std::vector<double> counts;
    for (int t = 0; t < 6 * 52; ++t) counts.push_back(draw_count(scenario.mean(t), 1, random));
    const auto quiet = farrington_noufaily(counts, ten_levels(Threshold::NbPlugin, 0.01));
    int alarms = 0;
    for (const auto& one : quiet) alarms += one.alarm ? 1 : 0;
    EXPECT_LE(alarms, 5);
    counts.back() *= 3;
    const auto jump = farrington_noufaily(counts, ten_levels(Threshold::NbPlugin, 0.01)).back();
    EXPECT_TRUE(jump.alarm);
    EXPECT_LT(jump.p_value, 1e-6);
    EXPECT_GT(jump.unusualness, 0.999);
    EXPECT_EQ(jump.reference, 185);
    EXPECT_EQ(jump.threshold, quiet.back().threshold);  // the count itself has no part in its bound
}

TEST(FarringtonFlexible, GapsAreLeftOutNotZero) {
    std::mt19937_64 random(12);
    std::vector<double> counts;
    for (int t = 0; t < 5 * 52; ++t) counts.push_back(draw_count(20, 1, random));
    auto gaps = counts;
    for (std::size_t t = 60; t < 90; ++t) gaps[t] = nan_value;
    const auto options = ten_levels(Threshold::NbPlugin, 0.01);
    const auto with = farrington_noufaily(gaps, options).back();
    EXPECT_NEAR(with.expected, farrington_noufaily(counts, options).back().expected, 3);
    EXPECT_EQ(with.reference, 155);
    gaps.back() = nan_value;
    const auto absent = farrington_noufaily(gaps, options).back();
    EXPECT_EQ(absent.threshold, with.threshold);
    EXPECT_FALSE(absent.alarm);
    EXPECT_TRUE(std::isnan(absent.unusualness) && std::isnan(absent.p_value));
    // R says nothing where one of the newest four weeks is missing
    auto surveillance = options;
    surveillance.dispersion = Dispersion::Surveillance;
    EXPECT_TRUE(std::isnan(farrington_noufaily(gaps, surveillance).back().threshold));
}

TEST(FarringtonFlexible, TooShortAllMissingAndFewCasesHaveNoBound) {
    const auto options = ten_levels(Threshold::NbPlugin, 0.01);
    const std::vector<double> shorter(211, 5.0), missing(300, nan_value);
    for (const auto& one : farrington_noufaily(shorter, options)) EXPECT_TRUE(std::isnan(one.threshold));
    for (const auto& one : farrington_noufaily(missing, options)) EXPECT_TRUE(std::isnan(one.threshold) && !one.alarm);
    EXPECT_TRUE(farrington_noufaily({}, options).empty());
    std::vector<double> few(300, 1.0);
    auto limited = options;
    limited.limit_cases = 5;
    EXPECT_TRUE(std::isnan(farrington_noufaily(few, limited).back().threshold));
    EXPECT_EQ(farrington(few, {.years = 3}).back().threshold, 0);
    EXPECT_FALSE(farrington(few, {.years = 3}).back().alarm);
    few.back() = 9;
    EXPECT_FALSE(std::isnan(farrington_noufaily(few, limited).back().threshold));
}

TEST(FarringtonFlexible, PearsonDispersionGivesTheMeanItsError) {
    std::mt19937_64 random(13);
    std::vector<double> counts;
    for (int t = 0; t < 5 * 52; ++t) counts.push_back(draw_count(2000, 20, random));
    auto options = ten_levels(Threshold::Muan, 0.01);
    const double pearson = farrington_noufaily(counts, options).back().threshold;
    options.dispersion = Dispersion::Surveillance;
    EXPECT_LT(farrington_noufaily(counts, options).back().threshold, pearson - 20);
    options.threshold = Threshold::NbPlugin;
    const double plug_in = farrington_noufaily(counts, options).back().threshold;
    options.dispersion = Dispersion::Pearson;
    EXPECT_EQ(farrington_noufaily(counts, options).back().threshold, plug_in);
}

}  // namespace
}  // namespace icosa::methods
