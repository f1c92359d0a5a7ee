/// Chances of getting worse: nothing later is read, the same on any number of threads, and what happened is judged as
/// declared.
#include "forecast/escalation.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "forecast/escalation_scores.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

const Worsening asked{6, 1.5, 20, 0};
const EscalationRecipe quick{.trees = 20, .rounds = 20, .trees_a_round = 1};

std::vector<ChanceAt> chances(const CountPanel& panel, int first, int last, int threads = 1) {
    const EscalationFeatures features(panel, {}, asked);
    auto out = escalation_history(features, first, last, threads, quick);
    EXPECT_TRUE(out) << render(out.error());
    EXPECT_TRUE(out->years_not_fitted.empty());
    return std::move(out->chances);
}

void expect_same(const std::vector<ChanceAt>& a, const std::vector<ChanceAt>& b, int until) {
    std::size_t at = 0, compared = 0;
    for (const ChanceAt& one : a) {
        if (one.origin > until) break;
        ASSERT_LT(at, b.size());
        EXPECT_EQ(one.origin, b[at].origin);
        EXPECT_EQ(one.probability, b[at].probability) << one.unit << ' ' << one.origin;
        EXPECT_EQ(one.benchmark, b[at].benchmark);
        EXPECT_EQ(one.base_rate, b[at].base_rate);
        ++at, ++compared;
    }
    EXPECT_GT(compared, 100U);
}

TEST(Escalation, WhatComesLaterChangesNothingThatIsSaidBefore) {
    const auto panel = made_panel(200, 24);
    const int from = january_2000 + 120, turn = january_2000 + 150;
    auto altered = panel;
    for (auto& series : altered.series) {
        for (int month = turn + 1; month < series.end(); ++month)
            series.counts[static_cast<std::size_t>(month - series.first)] = (month * 37) % 400;
    }
    const auto whole = chances(panel, from, turn + 20);
    expect_same(whole, chances(altered, from, turn + 20), turn);
    expect_same(whole, chances(cut(panel, turn), from, turn), turn);
}

TEST(Escalation, OtherOriginsAndThreadsSayTheSame) {
    const auto panel = made_panel(200, 24);
    const int from = january_2000 + 120, to = january_2000 + 160;
    const auto one = chances(panel, from, to), two = chances(panel, from, to, 2);
    expect_same(one, two, to);
    expect_same(one, chances(panel, from, to - 9), to - 9);
}

TEST(Escalation, ItIsJudgedAsDeclared) {
    const Worsening half{6, 1.5, 50, 0}, beginning{6, 1, 25, 5};
    EXPECT_FALSE(half.happened(0, 49));
    EXPECT_TRUE(half.happened(0, 50));
    EXPECT_FALSE(half.happened(200, 299));
    EXPECT_TRUE(half.happened(200, 300));
    EXPECT_TRUE(beginning.happened(4, 25));
    EXPECT_FALSE(beginning.happened(5, 1000));
}

TEST(Escalation, AGapIsNotKnownAndNotZero) {
    CountPanel panel;
    panel.series.push_back({"a", 0, std::vector<double>(40, 10)});
    panel.series[0].counts[20] = std::numeric_limits<double>::quiet_NaN();
    const EscalationFeatures features(panel, {}, asked);
    EXPECT_FALSE(features.is_known(0, 4));
    EXPECT_EQ(features.before(0, 5), 60);
    EXPECT_TRUE(features.is_known(0, 19));
    EXPECT_FALSE(features.is_known(0, 25));
    EXPECT_TRUE(std::isnan(features.after(0, 14)));
    EXPECT_EQ(features.after(0, 13), 60);
    EXPECT_EQ(features.scaled_sum(0, 25, 12), 120);
}

TEST(Escalation, ScoresOfASmallTableByHand) {
    // Two months of twelve units: the likeliest happens in the first, the last in the second.
    std::vector<ChanceAt> made;
    for (int month = 0; month < 2; ++month) {
        for (std::size_t u = 0; u < 12; ++u) {
            const bool happens = month == 0 ? u == 0 : u == 11;
            made.push_back({u, month, 0.95 - 0.05 * static_cast<double>(u), 0.5, 0.1, 0, happens ? 100.0 : 0.0, u > 5});
        }
    }
    const auto all = report_of(made, asked, ChanceCases::All);
    EXPECT_EQ(all.model.cases, 24);
    EXPECT_EQ(all.model.happened, 2);
    EXPECT_DOUBLE_EQ(all.model.of_the_ten, 0.05);
    EXPECT_DOUBLE_EQ(all.benchmark.of_the_ten, 1.0 / 12);
    EXPECT_NEAR(all.model.average_precision, 0.5 * 0.5 + 0.5 * (2.0 / 24), 1e-12);
    EXPECT_EQ(report_of(made, asked, ChanceCases::Onsets).model.cases, 12);
}

}  // namespace
}  // namespace icosa::forecast
