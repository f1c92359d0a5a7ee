/// Pools: the quadratic form is the score of the mixture, and its weights find what is better.
#include "methods/forecasts/pool.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "methods/scores/score.hpp"

namespace icosa::methods {
namespace {

double form(const std::vector<double>& g, const std::vector<double>& w) {
    double sum = 0;
    const std::size_t many = w.size();
    for (std::size_t j = 0; j < many; ++j) {
        for (std::size_t k = 0; k < many; ++k) sum += w[j] * w[k] * g[std::max(j, k) * many + std::min(j, k)];
    }
    return sum;
}

std::vector<std::vector<double>> at_thresholds(const std::vector<CountEnsemble>& ensembles) {
    std::vector<std::vector<double>> out(ensembles.size());
    for (std::size_t k = 0; k < ensembles.size(); ++k) distribution_at_thresholds(ensembles[k], out[k]);
    return out;
}

TEST(Pool, TheFormIsTheMixturesScoreOfSmallCounts) {
    const std::vector<CountEnsemble> parts{{{0, 1}, {3, 1}}, {{2, 1}, {9, 3}}};
    const std::vector<double> weights{0.25, 0.75};
    for (const double outcome : {0.0, 2.0, 7.0, 10.0}) {
        std::vector<double> raw(4, 0.0), logarithmic(4, 0.0);
        add_squared_errors(at_thresholds(parts), outcome, raw, logarithmic);
        // the mixture as draws: 1/8 each of 0 and 3, 3/16 of 2, 9/16 of 9
        std::vector<double> draws;
        for (const auto& [value, times] : {std::pair{0.0, 2}, {3.0, 2}, {2.0, 3}, {9.0, 9}})
            draws.insert(draws.end(), static_cast<std::size_t>(times), value);
        EXPECT_NEAR(form(raw, weights), crps(draws, outcome), 1e-12) << outcome;
        EXPECT_GT(form(logarithmic, weights), 0);
    }
}

TEST(Pool, ThresholdsAreFineEnoughForLargeCounts) {
    std::vector<double> draws;
    CountEnsemble ensemble;
    for (int i = 0; i < 200; ++i) {
        draws.push_back(std::round(300 * std::exp(0.02 * i)));
        ensemble.push_back({draws.back(), 1});
    }
    for (const double outcome : {10.0, 900.0, 20000.0}) {
        std::vector<double> raw(1, 0.0), logarithmic(1, 0.0);
        add_squared_errors(at_thresholds({ensemble}), outcome, raw, logarithmic);
        EXPECT_NEAR(raw[0] / crps(draws, outcome), 1, 0.12) << outcome;
    }
}

TEST(Pool, WeightsGoToTheBetterPart) {
    std::mt19937_64 random(3);
    const std::vector<CountEnsemble> parts{{{0, 1}}, {{4, 1}, {5, 1}, {6, 1}}, {{50, 1}}};
    std::vector<double> raw(9, 0.0), logarithmic(9, 0.0);
    for (int i = 0; i < 100; ++i)
        add_squared_errors(at_thresholds(parts), 4.0 + static_cast<double>(random() % 3), raw, logarithmic);
    const auto free = pool_weights(raw, std::vector<double>{1, 1, 1}, {.pull = 0});
    EXPECT_GT(free[1], 0.9);
    EXPECT_NEAR(std::accumulate(free.begin(), free.end(), 0.0), 1, 1e-12);
    const auto pulled = pool_weights(raw, std::vector<double>{1, 1, 1}, {.pull = 100});
    EXPECT_NEAR(pulled[0], 1.0 / 3, 0.02) << "a strong pull keeps the prior";
    const auto kept_out = pool_weights(raw, std::vector<double>{1, 0, 1}, {});
    EXPECT_EQ(kept_out[1], 0);
    // no mixture on a grid of the simplex is better
    double best = 1e300;
    for (int i = 0; i <= 50; ++i) {
        for (int j = 0; i + j <= 50; ++j) best = std::min(best, form(raw, {i / 50.0, j / 50.0, (50 - i - j) / 50.0}));
    }
    EXPECT_LE(form(raw, free), best * (1 + 1e-3));
}

TEST(Pool, TheErrorOfTwoMixturesIsTheFormsCrossTerm) {
    const std::vector<double> form = {2, 0, 0.5, 3};  // lower triangle: 2, 0.5, 3
    const double v[] = {0.25, 0.75}, w[] = {1, 0};
    EXPECT_DOUBLE_EQ(pooled_error(form, v, v), 0.0625 * 2 + 2 * 0.25 * 0.75 * 0.5 + 0.5625 * 3);
    EXPECT_DOUBLE_EQ(pooled_error(form, v, w), 0.25 * 2 + 0.75 * 0.5);
    EXPECT_DOUBLE_EQ(pooled_error(form, v, w), pooled_error(form, w, v));
}

TEST(Pool, NothingLearnedIsThePrior) {
    EXPECT_EQ(pool_weights(std::vector<double>(4, 0.0), std::vector<double>{3, 1}), (std::vector<double>{0.75, 0.25}));
}

}  // namespace
}  // namespace icosa::methods
