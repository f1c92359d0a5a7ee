/// Ensembles of counts by hand, and what their draws keep.
#include "methods/forecasts/count_model.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

double total(const CountEnsemble& ensemble) {
    return std::accumulate(ensemble.begin(), ensemble.end(), 0.0,
                           [](double sum, const auto& one) { return sum + one.weight; });
}

TEST(DecayedHistory, WeightsFallWithAge) {
    const std::vector<double> history{8, 0, 4};
    const auto plain = decayed_history(history, {.memory = 2, .window = 2, .spread = 0});
    ASSERT_EQ(plain.size(), 2U);
    EXPECT_EQ(plain[0], (WeightedCount{4, 1}));
    EXPECT_EQ(plain[1].value, 0);
    EXPECT_DOUBLE_EQ(plain[1].weight, std::exp(-0.5));
}

TEST(DecayedHistory, SpreadIsLogNormalAndKeepsWeight) {
    const auto spread = decayed_history(std::vector<double>{100}, {.spread = 0.5});
    ASSERT_EQ(spread.size(), 10U);
    EXPECT_NEAR(total(spread), 1, 1e-12);
    EXPECT_NEAR(spread[9].value, 100 * std::exp(0.5 * normal_quantile(0.95)), 1e-9);
    EXPECT_NEAR(spread[0].value * spread[9].value, 1e4, 1e-6) << "the median stays";
    EXPECT_EQ(decayed_history({}, {}), (CountEnsemble{{0, 1}}));
}

TEST(DecayedHistory, YearEndsStandApart) {
    const std::vector<double> history{900, 1, 2};  // December, January, February
    const auto june = decayed_history(history, {.memory = 1e9, .spread = 0, .year_end = {12, 1, 5, 0.1}});
    EXPECT_NEAR(june[0].weight, 1, 1e-6);
    EXPECT_NEAR(june[2].weight, 0.1, 1e-6);
    const auto december = decayed_history(history, {.memory = 1e9, .spread = 0, .year_end = {12, 1, 11, 0.1}});
    EXPECT_NEAR(december[0].weight, 0.1, 1e-6);
    EXPECT_NEAR(december[2].weight, 1, 1e-6);
}

TEST(SameSeason, PastYearsAtTodaysLevel) {
    std::vector<double> history;
    for (int month = 0; month < 36; ++month)
        history.push_back(month % 12 == 2 ? 12 : 0);  // means of 12 months: 1 throughout
    const auto at = same_season(history, 3, {12, 8, 0, 4});  // three ahead of position 11 is position 2
    ASSERT_EQ(at.size(), 2U);
    for (const auto& one : at) EXPECT_DOUBLE_EQ(one.value, 12);
    EXPECT_NEAR(at[1].weight / at[0].weight, std::exp(-0.25), 1e-12);
    const auto beside = same_season(history, 4, {12, 8, 1, 4});
    ASSERT_EQ(beside.size(), 6U);
    EXPECT_DOUBLE_EQ(beside[0].value, 12) << "a month before the season's own, with half its weight";
    EXPECT_DOUBLE_EQ(beside[0].weight * 2, beside[1].weight);
    for (int month = 24; month < 36; ++month) history[static_cast<std::size_t>(month)] *= 3;
    EXPECT_DOUBLE_EQ(same_season(history, 3, {12, 8, 0, 4})[0].value, 36 * (3.0 + 1) / (1 + 1))
        << "today's level over that of the time";
    EXPECT_TRUE(same_season(std::span(history).first(20), 3).empty()) << "no whole season behind";
    for (const auto& one : same_season(history, 14, {12, 8, 1, 4})) EXPECT_LE(one.value, 72) << "only what was over";
}

TEST(PoissonEnsemble, MeanAndMass) {
    for (const double wanted : {0.3, 7.0, 2500.0, 90000.0}) {
        auto ensemble = poisson_ensemble(wanted);
        normalise(ensemble);
        EXPECT_NEAR(mean(ensemble), wanted, 2e-4 * wanted + 1e-4);
        EXPECT_LE(ensemble.size(), 400U);
    }
    EXPECT_EQ(poisson_ensemble(0), (CountEnsemble{{0, 1}}));
}

TEST(Situations, UseNothingLater) {
    std::vector<double> series{0, 3, 0, 0, 50, 7, 0, 1};
    const auto all = situations(series);
    for (std::size_t t = 0; t < series.size(); ++t) {
        const auto cut = situations(std::span(series).first(t + 1)).back();
        EXPECT_EQ(distance(cut, all[t]), 0) << t;
        EXPECT_EQ(cut.level, all[t].level);
    }
    EXPECT_EQ(all[0].since_last, 120) << "nothing was ever seen";
    EXPECT_EQ(all[3].since_last, 2);
    EXPECT_DOUBLE_EQ(all[4].at[0], std::log(51.0));
    EXPECT_DOUBLE_EQ(all[5].at[1], std::log1p(19.0));
}

TEST(Ensembles, NormaliseQuantileShare) {
    CountEnsemble ensemble{{5, 1}, {0, 2}, {5, 1}};
    normalise(ensemble);
    EXPECT_EQ(ensemble, (CountEnsemble{{0, 0.5}, {5, 0.5}}));
    EXPECT_EQ(quantile(ensemble, 0.5), 0);
    EXPECT_EQ(quantile(ensemble, 0.51), 5);
    CountEnsemble twelve;
    for (int i = 0; i < 12; ++i) twelve.push_back({static_cast<double>(i), 1});
    normalise(twelve);
    EXPECT_EQ(quantile(twelve, 0.5), 5) << "six twelfths add up to less than a half by a rounding";
    EXPECT_EQ(quantile(twelve, 0.75), 8);
    EXPECT_EQ(mean(ensemble), 2.5);
    EXPECT_EQ(share_from(ensemble, 1), 0.5);
}

TEST(StratifiedDraws, TwelveValuesComeEightyThreeOrFourTimes) {
    std::vector<double> history(12);
    std::iota(history.begin(), history.end(), 1.0);
    auto ensemble = last_values(history, 12);
    normalise(ensemble);
    std::map<double, int> times;
    for (const double draw : stratified_draws(ensemble, 1000)) ++times[draw];
    ASSERT_EQ(times.size(), 12U);
    for (const auto& [value, count] : times) EXPECT_TRUE(count == 83 || count == 84) << value << " " << count;
}

TEST(Stream, ShuffleKeepsTheValuesAndIsFair) {
    std::map<double, int> first;
    Stream stream(1);
    for (int i = 0; i < 6000; ++i) {
        std::vector<double> values{1, 2, 3};
        stream.shuffle(values);
        ++first[values[0]];
        std::sort(values.begin(), values.end());
        EXPECT_EQ(values, (std::vector<double>{1, 2, 3}));
    }
    for (const auto& [value, times] : first) EXPECT_NEAR(times, 2000, 4 * std::sqrt(6000 * 2.0 / 9)) << value;
    EXPECT_EQ(Stream(7).next(), Stream(7).next());
}

TEST(Stream, IsSplitMix64) {
    // The first outputs for seed 0, as the JDK's SplittableRandom mixes them.
    Stream stream(0);
    EXPECT_EQ(stream.next(), 0xE220A8397B1DCDAFULL);
    EXPECT_EQ(stream.next(), 0x6E789E6AA1B965F4ULL);
}

}  // namespace
}  // namespace icosa::methods
