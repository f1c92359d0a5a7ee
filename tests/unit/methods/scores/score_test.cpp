/// Scores against their formulae by brute force, and by hand.
#include "methods/scores/score.hpp"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

double crps_by_pairs(const std::vector<double>& draws, double outcome) {
    const double n = static_cast<double>(draws.size());
    double distance = 0, spread = 0;
    for (const double x : draws) {
        distance += std::fabs(x - outcome);
        for (const double other : draws) spread += std::fabs(x - other);
    }
    return distance / n - spread / (2 * n * n);
}

std::vector<double> skewed_counts(std::mt19937_64& random, int n) {
    std::vector<double> out;
    for (int i = 0; i < n; ++i) out.push_back(std::floor(std::exp(static_cast<double>(random() % 1000) / 120.0) - 1));
    return out;
}

TEST(Crps, EqualsTheSumsOverPairs) {
    std::mt19937_64 random(11);
    for (int n : {1, 2, 3, 12, 101, 1000}) {
        for (int repeat = 0; repeat < 20; ++repeat) {
            const auto draws = skewed_counts(random, n);
            const double outcome = skewed_counts(random, 1).front();
            EXPECT_NEAR(crps(draws, outcome), crps_by_pairs(draws, outcome), 1e-9 * std::max(1.0, outcome)) << n;
        }
    }
}

TEST(Crps, ByHand) {
    EXPECT_EQ(crps(std::vector<double>{3}, 5), 2);
    EXPECT_DOUBLE_EQ(crps(std::vector<double>{4, 0}, 2), 2 - 1);
    EXPECT_EQ(crps(std::vector<double>{0, 0, 0}, 0), 0);
    EXPECT_TRUE(std::isnan(crps({}, 0)));
}

TEST(Ignorance, BinsAndPseudoDraws) {
    const std::vector<double> draws{0, 0, 1, 2, 3, 700};
    EXPECT_DOUBLE_EQ(ignorance(draws, 0), -std::log2(3.0 / 17));
    EXPECT_DOUBLE_EQ(ignorance(draws, 2), -std::log2(3.0 / 17));
    EXPECT_DOUBLE_EQ(ignorance(draws, 2.5), -std::log2(2.0 / 17)) << "an edge belongs to the bin above";
    EXPECT_DOUBLE_EQ(ignorance(draws, 1000), -std::log2(2.0 / 17));
    EXPECT_DOUBLE_EQ(ignorance(draws, 1001), -std::log2(1.0 / 17));
    EXPECT_DOUBLE_EQ(ignorance({}, 4), std::log2(11.0));
}

TEST(IntervalScore, EqualsItsFormula) {
    std::mt19937_64 random(12);
    for (int repeat = 0; repeat < 50; ++repeat) {
        const auto draws = skewed_counts(random, 200);
        const double outcome = skewed_counts(random, 1).front();
        const double low = quantile(draws, 0.05), high = quantile(draws, 0.95);
        double wanted = high - low;
        if (outcome < low) wanted += 20 * (low - outcome);
        if (outcome > high) wanted += 20 * (outcome - high);
        EXPECT_NEAR(interval_score(draws, outcome), wanted, 1e-9 * std::max(1.0, wanted));
    }
    std::vector<double> even;
    for (int i = 0; i <= 100; ++i) even.push_back(i);
    EXPECT_NEAR(interval_score(even, 50), 90, 1e-9);
    EXPECT_NEAR(interval_score(even, 97), 90 + 20 * 2, 1e-9);
    EXPECT_NEAR(interval_score(even, 0), 90 + 20 * 5, 1e-9);
}

TEST(Probabilities, BrierAndLogScore) {
    EXPECT_DOUBLE_EQ(brier(0.2, Happened::Yes), 0.64);
    EXPECT_DOUBLE_EQ(brier(0.2, Happened::No), 0.04);
    EXPECT_DOUBLE_EQ(log_score(0.25, Happened::Yes), 2);
    EXPECT_DOUBLE_EQ(log_score(0.5, Happened::No), 1);
    EXPECT_TRUE(std::isinf(log_score(0, Happened::Yes)));
}

TEST(Calibration, PitAndCoverage) {
    const std::vector<double> draws{0, 0, 1, 4};
    EXPECT_EQ(pit(draws, 0).below, 0);
    EXPECT_EQ(pit(draws, 0).up_to, 0.5);
    EXPECT_EQ(pit(draws, 1).below, 0.5);
    EXPECT_EQ(pit(draws, 1).up_to, 0.75);
    EXPECT_EQ(pit(draws, 9).below, 1);
    std::vector<double> even;
    for (int i = 0; i <= 100; ++i) even.push_back(i);
    EXPECT_TRUE(covers_sorted(even, 25, 0.5));
    EXPECT_FALSE(covers_sorted(even, 24, 0.5));
    EXPECT_TRUE(covers_sorted(even, 10, 0.8));
    EXPECT_FALSE(covers_sorted(even, 96, 0.9));
}

TEST(Calibration, CalibratedDrawsAreEven) {
    std::mt19937_64 random(13);
    int in_half = 0, low_third = 0;
    constexpr int n = 4000;
    for (int i = 0; i < n; ++i) {
        std::vector<double> draws;
        for (int d = 0; d < 100; ++d) draws.push_back(static_cast<double>(random() % 1000));
        const double outcome = static_cast<double>(random() % 1000);
        low_third += pit(draws, outcome).up_to < 1.0 / 3;
        std::sort(draws.begin(), draws.end());
        in_half += covers_sorted(draws, outcome, 0.5);
    }
    EXPECT_NEAR(in_half, n * 0.5, 4 * std::sqrt(n * 0.25));
    EXPECT_NEAR(low_third, n * 0.333, 4 * std::sqrt(n * 0.2222));
}

TEST(AveragePrecision, ByHand) {
    using enum Happened;
    EXPECT_DOUBLE_EQ(average_precision(std::vector{0.9, 0.8, 0.7, 0.1}, std::vector{Yes, No, Yes, No}),
                     (1.0 + 2.0 / 3) / 2);
    EXPECT_DOUBLE_EQ(average_precision(std::vector{0.5, 0.5, 0.5, 0.5}, std::vector{Yes, No, No, No}), 0.25)
        << "one that knows nothing has the share of what happened";
    EXPECT_DOUBLE_EQ(average_precision(std::vector{0.2, 0.9, 0.2}, std::vector{Yes, No, No}),
                     average_precision(std::vector{0.2, 0.2, 0.9}, std::vector{No, Yes, No}))
        << "ties in any order";
    EXPECT_DOUBLE_EQ(average_precision(std::vector{0.9, 0.8}, std::vector{Yes, Yes}), 1);
    EXPECT_TRUE(std::isnan(average_precision(std::vector{0.9}, std::vector{No})));
}

TEST(Tally, EveryScoreIsThatOfTheDraws) {
    std::mt19937_64 random(14);
    Tally tally;
    for (int n : {1, 2, 3, 12, 101, 1000}) {
        for (int repeat = 0; repeat < 40; ++repeat) {
            auto draws = skewed_counts(random, n);
            if (repeat % 2 == 0) {
                for (std::size_t i = 0; i < draws.size(); i += 2) draws[i] = 0;
            }
            if (repeat % 5 == 0) draws[draws.size() / 2] = 3.25;
            if (repeat % 7 == 0) draws.back() = -2;
            const double outcome = repeat % 3 == 0 ? draws.front() : skewed_counts(random, 1).front();
            tally.count(draws);
            double times = 0;
            for (const auto& one : tally.values()) times += one.weight;
            EXPECT_EQ(times, n);
            std::sort(draws.begin(), draws.end());
            EXPECT_NEAR(crps_tallied(tally.values(), outcome), crps_by_pairs(draws, outcome),
                        1e-9 * std::max(1.0, outcome));
            EXPECT_DOUBLE_EQ(ignorance_tallied(tally.values(), outcome), ignorance(draws, outcome));
            EXPECT_EQ(interval_score_tallied(tally.values(), outcome), interval_score_sorted(draws, outcome));
            for (const double p : {0.0, 0.05, 0.25, 0.5, 0.95, 1.0})
                EXPECT_EQ(quantile_tallied(tally.values(), p), quantile_sorted(draws, p)) << p;
            for (const double share : {0.5, 0.8, 0.9})
                EXPECT_EQ(covers_tallied(tally.values(), outcome, share), covers_sorted(draws, outcome, share));
        }
    }
    tally.count({});
    EXPECT_TRUE(std::isnan(crps_tallied(tally.values(), 1)));
    EXPECT_DOUBLE_EQ(ignorance_tallied(tally.values(), 1), std::log2(11.0));
}

}  // namespace
}  // namespace icosa::methods
