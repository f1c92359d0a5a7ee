/// Posteriors against counts by hand: likelihood ratios, silence, groups, and what cannot be.
#include "methods/credibility/posterior.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace icosa::methods {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

TEST(Posterior, RatiosAreThoseOfACountedTable) {
    // 1,000 rows, 600 wrong; the rule fires on 180 of the wrong ones and on 20 of the others
    const double precision = 180.0 / 200, recall = 180.0 / 600, base = 0.6;
    EXPECT_NEAR(false_alarm_share(precision, recall, base), 20.0 / 400, 1e-12);
    EXPECT_NEAR(likelihood_ratio({precision, recall, base, 0, true}), (180.0 / 600) / (20.0 / 400), 1e-12);
    EXPECT_NEAR(likelihood_ratio({precision, recall, base, 0, false}), (420.0 / 600) / (380.0 / 400), 1e-12);
    EXPECT_EQ(likelihood_ratio({precision, unknown, base, 0, false}), 1);
    EXPECT_NEAR(likelihood_ratio({precision, unknown, base, 0, true}), 6, 1e-12) << "a rule that fires needs no recall";
}

TEST(Posterior, OneRuleAtItsOwnBaseRateGivesItsOwnPrecision) {
    const std::array fires = {DoubtEvidence{0.9, 0.3, 0.6, 0, true}};
    EXPECT_NEAR(credibility_of(0.6, fires), 0.1, 1e-12);
    const std::array silent = {DoubtEvidence{0.9, 0.3, 0.6, 0, false}};
    EXPECT_NEAR(credibility_of(0.6, silent), 380.0 / 800, 1e-12);
    EXPECT_NEAR(credibility_of(0.6, {}), 0.4, 1e-12);
}

TEST(Posterior, ThePublishedRuleOfGreatPrecision) {
    const DoubtEvidence fires{0.984, 0.08, 0.765, 0, true}, silent{0.984, 0.08, 0.765, 0, false};
    EXPECT_NEAR(likelihood_ratio(fires), 18.9, 0.05);
    EXPECT_NEAR(likelihood_ratio(silent), 0.924, 0.001);
    EXPECT_NEAR(credibility_of(0.765, std::array{fires}), 1 - 0.984, 1e-9);
    EXPECT_NEAR(credibility_of(0.765, std::array{silent}), 0.249, 0.001);
}

TEST(Posterior, OfAGroupOnlyTheStrongestCounts) {
    const DoubtEvidence weak{0.8, 0.3, 0.5, 7, true}, strong{0.95, 0.1, 0.5, 7, true}, apart{0.7, 0.2, 0.5, 8, true};
    const double alone = credibility_of(0.5, std::array{strong});
    EXPECT_DOUBLE_EQ(credibility_of(0.5, std::array{weak, strong}), alone);
    EXPECT_DOUBLE_EQ(credibility_of(0.5, std::array{strong, weak}), alone);
    EXPECT_LT(credibility_of(0.5, std::array{strong, apart}), alone);
    DoubtEvidence quiet = weak;
    quiet.fires = false;
    EXPECT_DOUBLE_EQ(credibility_of(0.5, std::array{strong, quiet}), alone) << "the silence of its like is no evidence";
    EXPECT_EQ(heaviest_of(std::array{weak, strong, apart}), 1U);
    EXPECT_EQ(heaviest_of(std::array{quiet}), 1U);
}

TEST(Posterior, IndependentRulesGiveTheTrueShare) {
    // rows made by the model itself: among those with the same answers the share of right ones is the credibility
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> draw;
    const double wrong = 0.7;
    const std::array<double, 3> recall = {0.5, 0.2, 0.1}, alarm = {0.2, 0.05, 0.01};
    std::array<int, 8> rows{}, right{};
    constexpr int made = 400'000;
    for (int i = 0; i < made; ++i) {
        const bool is_wrong = draw(random) < wrong;
        unsigned answers = 0;
        for (std::size_t rule = 0; rule < 3; ++rule)
            if (draw(random) < (is_wrong ? recall[rule] : alarm[rule])) answers |= 1U << rule;
        ++rows[answers];
        right[answers] += is_wrong ? 0 : 1;
    }
    for (unsigned answers = 0; answers < 8; ++answers) {
        std::vector<DoubtEvidence> rules;
        for (std::size_t rule = 0; rule < 3; ++rule) {
            const double precision = wrong * recall[rule] / (wrong * recall[rule] + (1 - wrong) * alarm[rule]);
            rules.push_back(
                {precision, recall[rule], wrong, static_cast<std::int32_t>(rule), (answers >> rule & 1) != 0});
        }
        const double share = static_cast<double>(right[answers]) / rows[answers];
        const double credibility = credibility_of(wrong, rules);
        EXPECT_NEAR(share, credibility, 4 * std::sqrt(credibility * (1 - credibility) / rows[answers])) << answers;
    }
}

}  // namespace
}  // namespace icosa::methods
