/// Odds of reaching a line: counted by hand on small panels, blind to later months, calibrated on simulated ones.
#include "forecast/reaching.hpp"

#include <gtest/gtest.h>

#include "forecast/statement.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

TEST(Reaching, QuietUnitsShareTheRateAmongTheQuiet) {
    CountPanel panel;  // ten units quiet for twelve years; one of them breaks out once
    for (int u = 0; u < 10; ++u) panel.series.push_back({std::to_string(u), 0, std::vector<double>(144, 0)});
    panel.series[3].counts[100] = 40;
    const Stack stack(panel, 1, 12, 1);
    const Reaching reaching(panel, stack, 1, 12, 25);
    // Who never had a count is quiet; cases have a year behind them and end at month 143 - 12. Unit 3 is quiet to month
    // 99, and the last twelve of these see the outbreak.
    const double cases = 9 * (131 - 12 + 1) + (99 - 12 + 1), came = 12;
    const auto odds = reaching.odds(0, 143);
    EXPECT_EQ(odds.standing, Standing::Below);
    EXPECT_NEAR(odds.cases, cases / 12, 1e-9);
    EXPECT_NEAR(odds.probability, (came / 12 + 0.5) / (cases / 12 + 1), 1e-9);
    EXPECT_LT(odds.low, odds.probability);
    EXPECT_GT(odds.high, odds.probability);
    EXPECT_EQ(odds.benchmark, 0);
    EXPECT_TRUE(reaching.reached(3, 99));
    EXPECT_FALSE(reaching.reached(3, 100));
}

TEST(Reaching, TheSimpleRuleIsASumOfIndependentDraws) {
    CountPanel panel;
    panel.series.push_back({"a", 0, {}});
    for (int month = 0; month < 48; ++month) panel.series[0].counts.push_back(month % 2 == 0 ? 0 : 3);
    const Stack stack(panel, 1, 2, 1);
    EXPECT_NEAR(Reaching(panel, stack, 1, 2, 3).odds(0, 47).benchmark, 0.75,
                1e-12);  // 0 or 3 with one half each: at least one 3 in two draws
    EXPECT_NEAR(Reaching(panel, stack, 1, 2, 6).odds(0, 47).benchmark, 0.25, 1e-12);
    EXPECT_EQ(Reaching(panel, stack, 1, 2, 7).odds(0, 47).benchmark, 0);
    EXPECT_EQ(Reaching(panel, stack, 1, 2, 3).odds(0, 47).standing, Standing::Reached);
    EXPECT_NEAR(Reaching(panel, stack, 1, 2, 3.5).odds(0, 47).benchmark, 0.25, 1e-12) << "3 is not 3.5";
    EXPECT_EQ(Reaching(panel, stack, 1, 2, 1e12).odds(0, 47).benchmark, 0);
    for (double& count : panel.series[0].counts) count *= 1e12;
    const Stack vast(panel, 1, 2, 1);
    EXPECT_NEAR(Reaching(panel, vast, 1, 2, 3e12).odds(0, 47).benchmark, 0.75, 1e-12);
}

TEST(Reaching, NothingLaterThanTheOriginIsRead) {
    const auto panel = made_panel(150);
    const int origin = january_2000 + 110;
    const auto shorter = cut(panel, origin);
    const Stack all(panel, 1, 12, 1), known(shorter, 1, 12, 1);
    const Reaching one(panel, all, 1, 12, 25), two(shorter, known, 1, 12, 25);
    for (std::size_t unit = 0; unit < shorter.series.size(); ++unit) {
        const auto a = one.odds(unit, origin), b = two.odds(unit, origin);
        EXPECT_EQ(a.probability, b.probability) << unit;
        EXPECT_EQ(a.low, b.low);
        EXPECT_EQ(a.base_rate, b.base_rate);
        EXPECT_EQ(a.base_cases, b.base_cases);
        EXPECT_EQ(a.cases, b.cases);
    }
}

TEST(Reaching, OverlappingCasesAreOne) {
    const auto panel = made_panel(200, 6);
    const Stack stack(panel, 1, 12, 1);
    const Reaching reaching(panel, stack, 1, 12, 25);
    for (std::size_t unit = 0; unit < panel.series.size(); ++unit) {
        const auto odds = reaching.odds(unit, january_2000 + 199);
        EXPECT_LE(odds.cases, 6 * 200 / 12.0) << unit;
        EXPECT_GT(odds.cases, 0);
        EXPECT_LE(odds.low, odds.probability);
        EXPECT_GE(odds.high, odds.probability);
    }
}

TEST(Statement, NumberIntervalHorizonOutcomeBaseRateAndOneWord) {
    EXPECT_EQ(odds_text(0.0713), "1 in 14");
    EXPECT_EQ(odds_text(0.4), "1 in 2.5");
    EXPECT_EQ(odds_text(0.87), "87 in 100");
    EXPECT_EQ(odds_text(0.995), "995 in 1000");
    EXPECT_EQ(odds_text(0.0001), "less than 1 in 1000");
    EXPECT_EQ(odds_text(0.9999), "more than 999 in 1000");
    EXPECT_EQ(percent_text(0.0713), "7.1 %");
    EXPECT_EQ(percent_text(0.25), "25 %");
    const pack::LikelihoodScale scale{"s", "t", {{"rare", 0, 0.1}, {"common", 0.1, 1}}, {}, {}};
    const auto said = stated({.probability = 0.0713,
                              .low = 0.05,
                              .high = 0.098,
                              .cases = 200.4,
                              .standing = Standing::Below,
                              .base_rate = 0.03,
                              .base_cases = 500,
                              .benchmark = 0},
                             {"Aland", "fatalities", 25, "2020-12", "2021-11"}, scale);
    EXPECT_EQ(
        said.statement,
        "1 in 14 (7.1 %, 90 % interval 5 to 9.8 %), rare: Aland reaches 25 fatalities from 2020-12 to 2021-11; base "
        "rate 3 % (past cases below that line in the months before); its own last twelve months alone give 0 %");
    EXPECT_EQ(said.outcome, "Aland: 25 or more fatalities from 2020-12 to 2021-11 together");
    EXPECT_EQ(said.word, "rare");
    const auto high = stated({.probability = 0.9,
                              .low = 0.8,
                              .high = 0.95,
                              .cases = 20,
                              .standing = Standing::Reached,
                              .base_rate = 0.8,
                              .base_cases = 50,
                              .benchmark = 1},
                             {"Aland", "fatalities", 25, "2020-12", "2021-11"}, scale);
    EXPECT_EQ(high.statement,
              "90 in 100 (90 % interval 80 to 95 %), common: Aland again reaches 25 fatalities from 2020-12 to "
              "2021-11; base rate 80 % (past cases that had reached that line in the months before); its own last "
              "twelve months alone give 100 %");
}

TEST(Statement, NothingToCountIsNoProbability) {
    const auto said = stated({}, {"Aaa", "fatalities", 25, "2020-12", "2021-11"}, {});
    EXPECT_EQ(said.statement,
              "no past case to count: how likely Aaa is to reach 25 fatalities from 2020-12 to 2021-11 is not known");
    EXPECT_TRUE(said.word.empty());
}

}  // namespace
}  // namespace icosa::forecast
