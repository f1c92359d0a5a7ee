#include "methods/change/online_change_point.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double uniform(std::mt19937_64& random) { return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53; }
double normal(std::mt19937_64& random) { return normal_quantile(uniform(random)); }

/// log of the likelihood of a whole run, its level (and spread) integrated out in closed form.
double run_likelihood(const std::vector<double>& values, std::size_t s, std::size_t t, RunModel model,
                      const RunPrior& prior) {
    double n = 0, sum = 0, factorials = 0;
    for (std::size_t i = s; i <= t; ++i) {
        if (std::isnan(values[i])) continue;
        ++n;
        sum += values[i];
        if (model == RunModel::Poisson) factorials += std::lgamma(values[i] + 1);
    }
    if (model == RunModel::Poisson) {
        return prior.shape * std::log(prior.rate) - std::lgamma(prior.shape) + std::lgamma(prior.shape + sum)
            - (prior.shape + sum) * std::log(prior.rate + n) - factorials;
    }
    const double mean = sum / n;
    double squares = 0;
    for (std::size_t i = s; i <= t; ++i) {
        if (!std::isnan(values[i])) squares += (values[i] - mean) * (values[i] - mean);
    }
    const double weight = prior.weight + n, shape = prior.shape + n / 2;
    const double rate =
        prior.rate + squares / 2 + prior.weight * n * (mean - prior.mean) * (mean - prior.mean) / (2 * weight);
    return std::lgamma(shape) - std::lgamma(prior.shape) + prior.shape * std::log(prior.rate) - shape * std::log(rate)
        + 0.5 * std::log(prior.weight / weight) - n / 2 * std::log(2 * std::numbers::pi);
}

/// The posterior of the present run's start at each t, from the likelihoods of whole runs: O(n^2) of them, nothing
/// dropped.
std::vector<std::vector<double>> exact(const std::vector<double>& values, RunModel model, const RunPrior& prior,
                                       double hazard) {
    std::vector<std::vector<double>> out(values.size());
    double evidence = nan_value;  // log p(everything before t)
    std::vector<double> before(values.size(), nan_value);
    bool begun = false;
    for (std::size_t t = 0; t < values.size(); ++t) {
        out[t].assign(values.size(), 0);
        if (std::isnan(values[t])) continue;
        before[t] = evidence;
        std::vector<double> logs(t + 1, -std::numeric_limits<double>::infinity());
        double most = -std::numeric_limits<double>::infinity();
        bool first = true;
        double steps = 0;
        for (std::size_t i = 0; i < t; ++i) steps += std::isnan(values[i]) ? 0 : 1;
        for (std::size_t s = 0; s <= t; ++s) {
            if (std::isnan(values[s])) continue;
            logs[s] = (first ? 0 : before[s] + std::log(hazard)) + steps * std::log1p(-hazard)
                + run_likelihood(values, s, t, model, prior);
            --steps;
            first = false;
            most = std::max(most, logs[s]);
        }
        double sum = 0;
        for (const double log : logs) sum += std::exp(log - most);
        evidence = most + std::log(sum);
        for (std::size_t s = 0; s <= t; ++s) out[t][s] = std::exp(logs[s] - evidence);
        begun = true;
    }
    EXPECT_TRUE(begun);
    return out;
}

std::vector<double> random_series(std::mt19937_64& random, RunModel model, std::size_t n) {
    std::vector<double> values;
    double level = 5;
    for (std::size_t i = 0; i < n; ++i) {
        if (uniform(random) < 0.04) level = 1 + 20 * uniform(random);
        values.push_back(uniform(random) < 0.06           ? nan_value
                             : model == RunModel::Poisson ? poisson_quantile(uniform(random), level)
                                                          : level + normal(random));
    }
    return values;
}

TEST(OnlineChangePoint, PosteriorOfWholeRuns) {
    std::mt19937_64 random(20071017);
    for (const RunModel model : {RunModel::Normal, RunModel::Poisson}) {
        const RunPrior prior = model == RunModel::Normal ? RunPrior{5, 0.1, 1.5, 2} : RunPrior{0, 0, 0.7, 0.1};
        for (int i = 0; i < 12; ++i) {
            const auto values = random_series(random, model, 90);
            const double hazard = i % 2 == 0 ? 0.01 : 0.05;
            const auto truth = exact(values, model, prior, hazard);
            for (const double prune : {0.0, 1e-3}) {
                const int within = 1 + i % 8;
                const auto found = online_change_point(values,
                                                       {.model = model,
                                                        .hazard = hazard,
                                                        .within = within,
                                                        .training = 2,
                                                        .prior = prior,
                                                        .prune = prune});
                std::size_t first = 0;
                while (std::isnan(values[first])) ++first;
                for (std::size_t t = 0; t < values.size(); ++t) {
                    if (std::isnan(found[t].probability)) continue;
                    double newest = 0;
                    std::size_t likeliest = first;
                    for (std::size_t s = first; s <= t; ++s) {
                        if (s > first && static_cast<int>(t - s) < within) newest += truth[t][s];
                        if (truth[t][s] > truth[t][likeliest]) likeliest = s;
                    }
                    EXPECT_NEAR(found[t].probability, newest, prune > 0 ? 0.02 : 1e-9) << "t " << t;
                    const bool clear = found[t].probability < 0.9 && truth[t][likeliest] > 0.6;
                    if (clear) {
                        EXPECT_EQ(found[t].since, likeliest == first ? -1 : static_cast<int>(likeliest));
                    }
                }
            }
        }
    }
}

TEST(OnlineChangePoint, PoissonByHand) {
    // shape 1, rate 1: p(2) = 1/8. After 2: shape 3, rate 2, then p(0 | 2) = (2/3)^3, p(0) = 1/2; hazard 1/4
    const std::vector<double> values{2, 2, 0};
    const auto found = online_change_point(values,
                                           {.model = RunModel::Poisson,
                                            .hazard = 0.25,
                                            .within = 1,
                                            .training = 2,
                                            .prior = RunPrior{0, 0, 1, 1},
                                            .prune = 0});
    const double same = 3.0 / 4 * (8.0 / 27 * 6.0 / 9);  // negative binomial of size 3, p 2/3, at 2: 6 (2/3)^3 (1/3)^2
    const double fresh = 1.0 / 4 * 1.0 / 8;
    const double first = same / (same + fresh), second = fresh / (same + fresh);
    const double stay = 0.75 * (first * std::pow(3.0 / 4, 5) + second * std::pow(2.0 / 3, 3));
    EXPECT_NEAR(found[2].probability, 0.125 / (0.125 + stay), 1e-14);
    EXPECT_NEAR(found[2].expected, 0.75 * (first * 5.0 / 3 + second * 3.0 / 2) + 0.25, 1e-14);
    EXPECT_EQ(found[2].threshold, negative_binomial_quantile(0.005, 5.0 / 3, 5));
    EXPECT_EQ(found[2].runs, 3);
    EXPECT_TRUE(std::isnan(found[1].probability));
}

TEST(OnlineChangePoint, SaysWhenTheLevelChanged) {
    std::mt19937_64 random(5);
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) values.push_back((i < 50 ? 10 : 18) + normal(random));
    const auto found = online_change_point(values, {.side = Side::Upper});
    EXPECT_TRUE(found[52].alarm);
    EXPECT_EQ(found[52].since, 50);
    EXPECT_GT(found[52].probability, 0.99);
    EXPECT_LT(found[49].probability, 0.5);
    EXPECT_EQ(found[59].since, 50);
    EXPECT_FALSE(found[59].alarm);  // ten periods ago is no longer within the newest six
    const auto falls = online_change_point(values, {.side = Side::Lower});
    for (const auto& one : falls) EXPECT_FALSE(one.alarm);
}

TEST(OnlineChangePoint, NoLookAhead) {
    std::mt19937_64 random(6);
    const auto values = random_series(random, RunModel::Normal, 120);
    const auto whole = online_change_point(values, {});
    for (const std::size_t n : {20U, 47U, 80U, 119U}) {
        const auto part = online_change_point(std::span(values).first(n), {});
        for (std::size_t t = 0; t < n; ++t) {
            EXPECT_TRUE(part[t].probability == whole[t].probability
                        || (std::isnan(part[t].probability) && std::isnan(whole[t].probability)));
            EXPECT_EQ(part[t].since, whole[t].since);
            EXPECT_TRUE(part[t].threshold == whole[t].threshold || std::isnan(part[t].threshold));
        }
    }
}

TEST(OnlineChangePoint, ScaleAndShift) {
    std::mt19937_64 random(8);
    std::vector<double> values, moved;
    for (int i = 0; i < 100; ++i) values.push_back((i < 70 ? 0 : 4) + normal(random));
    for (const double value : values) moved.push_back(1000 - 3 * value);
    const auto a = online_change_point(values, {}), b = online_change_point(moved, {});
    for (std::size_t t = 12; t < values.size(); ++t) {
        EXPECT_NEAR(a[t].probability, b[t].probability, 1e-9);
        EXPECT_NEAR(1000 - 3 * a[t].expected, b[t].expected, 1e-8);
        EXPECT_EQ(a[t].since, b[t].since);
    }
}

TEST(OnlineChangePoint, NothingGoingOnRarelyAlarms) {
    std::mt19937_64 random(12);
    int alarms = 0, periods = 0;
    for (int i = 0; i < 120; ++i) {
        std::vector<double> values, counts;
        for (int t = 0; t < 120; ++t) {
            values.push_back(normal(random));
            counts.push_back(poisson_quantile(uniform(random), 5));
        }
        for (const auto& one : online_change_point(values, {})) alarms += one.alarm ? 1 : 0;
        for (const auto& one : online_change_point(counts, {.model = RunModel::Poisson})) alarms += one.alarm ? 1 : 0;
        periods += 2 * 108;
    }
    EXPECT_LE(alarms, periods / 500);
}

TEST(OnlineChangePoint, OddInput) {
    for (const auto& one : online_change_point(std::vector<double>(20, nan_value), {}))
        EXPECT_TRUE(std::isnan(one.probability));
    for (const auto& one : online_change_point(std::vector<double>(11, 1.0), {}))
        EXPECT_TRUE(std::isnan(one.threshold));
    for (const double level : {0.0, 7.0}) {  // constant, then a jump
        std::vector<double> values(40, level);
        for (const auto& one : online_change_point(values, {})) EXPECT_FALSE(one.alarm);
        values.push_back(level + 100);
        EXPECT_TRUE(online_change_point(values, {}).back().alarm);
        EXPECT_TRUE(online_change_point(values, {.model = RunModel::Poisson}).back().alarm);
    }
    std::vector<double> far(40, 1.0);
    far.push_back(1e9);
    EXPECT_NEAR(online_change_point(far, {.model = RunModel::Poisson}).back().probability, 1, 1e-9);
    EXPECT_TRUE(online_change_point({}, {}).empty());
}

}  // namespace
}  // namespace icosa::methods
