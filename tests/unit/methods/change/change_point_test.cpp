#include "methods/change/change_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"
#include "reference_table.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

double uniform(std::mt19937_64& random) { return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53; }
double normal(std::mt19937_64& random) { return normal_quantile(uniform(random)); }

/// Minus twice the log-likelihood of values[s .. t - 1] at their own mean, from the distributions themselves.
double segment_cost(const std::vector<double>& values, std::size_t s, std::size_t t, const PeltOptions& options,
                    double spread) {
    double sum = 0;
    for (std::size_t i = s; i < t; ++i) sum += values[i];
    const double mean = sum / static_cast<double>(t - s);
    double cost = 0;
    for (std::size_t i = s; i < t; ++i) {
        switch (options.cost) {
            case SegmentCost::Mean: cost += (values[i] - mean) * (values[i] - mean) / (spread * spread); break;
            case SegmentCost::Poisson: cost -= 2 * std::log(poisson_pmf(values[i], mean)); break;
            case SegmentCost::NegativeBinomial:
                cost -= 2 * std::log(negative_binomial_pmf(values[i], mean, spread));
                break;
        }
    }
    return cost;
}

double penalised(const std::vector<double>& observed, const std::vector<std::size_t>& ends, const PeltOptions& options,
                 const Segmentation& found) {
    const double n = static_cast<double>(observed.size());
    double total = found.penalty * static_cast<double>(ends.size() - 1);
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
        total += segment_cost(observed, begin, end, options, found.spread);
        if (options.penalty == PenaltyRule::Mbic) total += std::log(static_cast<double>(end - begin) / n) + std::log(n);
        begin = end;
    }
    return total;
}

/// Optimal partitioning: every last change looked at, costs from the distributions.
double exhaustive(const std::vector<double>& observed, const PeltOptions& options, const Segmentation& found) {
    const std::size_t n = observed.size();
    const auto m = static_cast<std::size_t>(options.min_size);
    std::vector<double> least(n + 1, infinity);
    least[0] = -found.penalty;
    for (std::size_t t = m; t <= n; ++t) {
        for (std::size_t s = 0; s + m <= t; ++s) {
            double cost = least[s] + found.penalty + segment_cost(observed, s, t, options, found.spread);
            if (options.penalty == PenaltyRule::Mbic) cost += std::log(static_cast<double>(t - s));
            least[t] = std::min(least[t], cost);
        }
    }
    return least[n];
}

std::vector<double> observed_of(const std::vector<double>& values) {
    std::vector<double> out;
    std::copy_if(values.begin(), values.end(), std::back_inserter(out),
                 [](double value) { return !std::isnan(value); });
    return out;
}

/// Ends of the segments among the observed values.
std::vector<std::size_t> ends_of(const std::vector<double>& values, const Segmentation& found) {
    std::vector<std::size_t> out;
    for (std::size_t i = 1; i <= found.starts.size(); ++i) {
        const auto until = i < found.starts.size() ? static_cast<std::ptrdiff_t>(found.starts[i])
                                                   : static_cast<std::ptrdiff_t>(values.size());
        out.push_back(static_cast<std::size_t>(
            std::count_if(values.begin(), values.begin() + until, [](double value) { return !std::isnan(value); })));
    }
    return out;
}

void expect_optimal(const std::vector<double>& values, const PeltOptions& options) {
    const Segmentation found = pelt(values, options);
    const auto observed = observed_of(values);
    ASSERT_FALSE(observed.empty());
    const auto ends = ends_of(values, found);
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
        const std::size_t least = ends.size() > 1 ? static_cast<std::size_t>(options.min_size) : 1;
        EXPECT_GE(end - begin, least);
        begin = end;
    }
    for (std::size_t i = 1; i < found.starts.size(); ++i)
        EXPECT_FALSE(std::isnan(values[static_cast<std::size_t>(found.starts[i])]));
    if (static_cast<int>(observed.size()) < 2 * options.min_size) {
        EXPECT_EQ(ends.size(), 1U);
        return;
    }
    const double best = exhaustive(observed, options, found);
    EXPECT_NEAR(penalised(observed, ends, options, found), best, 1e-9 * (1 + std::fabs(best)))
        << "n " << observed.size() << " cost " << static_cast<int>(options.cost) << " min_size " << options.min_size
        << " penalty " << found.penalty;
}

/// A series of short levels: normal with ties (rounded to a half), or counts with many zeros; some periods missing.
std::vector<double> random_series(std::mt19937_64& random, SegmentCost cost) {
    const auto n = static_cast<std::size_t>(2 + uniform(random) * 60);
    const bool ties = uniform(random) < 0.4;
    std::vector<double> values;
    double level = 3 * uniform(random);
    for (std::size_t i = 0; i < n; ++i) {
        if (uniform(random) < 0.08)
            level = cost == SegmentCost::Mean ? 6 * normal(random) : std::exp(4 * uniform(random) - 2);
        double y = level;
        if (cost == SegmentCost::Mean) y += normal(random);
        else
            y = poisson_quantile(uniform(random),
                                 cost == SegmentCost::Poisson ? level : level * (0.2 + 2 * uniform(random)));
        if (ties && cost == SegmentCost::Mean) y = std::round(2 * y) / 2;
        values.push_back(uniform(random) < 0.07 ? nan_value : y);
    }
    values[n / 2] = std::isnan(values[n / 2]) ? 1 : values[n / 2];
    return values;
}

TEST(Pelt, EqualToExhaustiveDynamicProgramming) {
    std::mt19937_64 random(20120612);
    for (const SegmentCost cost : {SegmentCost::Mean, SegmentCost::Poisson, SegmentCost::NegativeBinomial}) {
        for (int i = 0; i < 300; ++i) {
            PeltOptions options;
            options.cost = cost;
            options.penalty = static_cast<PenaltyRule>(i % 5);
            options.penalty_value = 0.05 + 12 * uniform(random);
            options.min_size = 1 + (i / 5) % 4;
            options.sigma = i % 2 == 0 ? 0 : 0.5 + uniform(random);
            options.size = i % 2 == 0 ? 0 : 0.3 + 5 * uniform(random);
            expect_optimal(random_series(random, cost), options);
            if (HasFailure()) return;
        }
    }
}

TEST(Pelt, OptimalWhereBlocksOfCandidatesArePassedOver) {
    std::mt19937_64 random(7);
    std::vector<double> ramp, noise, steps, constant(300, 4.0), alternating;
    for (int i = 0; i < 300; ++i) {
        ramp.push_back(i / 40.0);
        noise.push_back(normal(random));
        steps.push_back(4 * ((i / 37) % 3) + normal(random));
        alternating.push_back(i % 2);
    }
    for (const auto& values : {ramp, noise, steps, constant, alternating}) {
        for (const PenaltyRule rule : {PenaltyRule::Bic, PenaltyRule::Mbic, PenaltyRule::Aic}) {
            expect_optimal(values, {.penalty = rule, .min_size = 1, .sigma = 1});
            expect_optimal(values, {.penalty = rule, .min_size = 5});
        }
    }
}

/// tests/reference/change_point: the least sum of squares for each number of breaks, by R's strucchange 1.5-3.
TEST(Pelt, LeastSquaresAsStrucchange) {
    std::map<std::string, std::vector<double>> series;
    for (const auto& row : reference_rows("change_point/series.csv"))
        series[row.at("series")].push_back(number_of(row, "y"));
    std::map<std::string, std::vector<ReferenceRow>> tables;
    for (const auto& row : reference_rows("change_point/breaks.csv")) tables[row.at("series")].push_back(row);
    int compared = 0;
    for (const auto& [name, rows] : tables) {
        for (std::size_t m = 0; m + 1 < rows.size();
             ++m) {  // the prices at which m breaks are best of all that the table has
            double low = 1e-9, high = 1e9;
            const auto rss = [&](std::size_t k) { return number_of(rows[k], "rss"); };
            for (std::size_t k = 0; k < m; ++k) high = std::min(high, (rss(k) - rss(m)) / static_cast<double>(m - k));
            for (std::size_t k = m + 1; k < rows.size(); ++k)
                low = std::max(low, (rss(m) - rss(k)) / static_cast<double>(k - m));
            if (low >= high) continue;
            const double price = m == 0 ? 2 * low : (low + high) / 2;
            const auto found = pelt(series.at(name),
                                    {.penalty = PenaltyRule::Manual,
                                     .penalty_value = price,
                                     .min_size = static_cast<int>(number_of(rows[m], "h")),
                                     .sigma = 1});
            if (found.starts.size() > rows.size()) continue;  // best of all has more breaks than the table
            std::vector<int> starts{0};
            for (const auto start : split(rows[m].at("starts"), ' ')) {
                if (!start.empty()) starts.push_back(static_cast<int>(parse_number(start).value()));
            }
            EXPECT_EQ(found.starts, starts) << name << ", " << m << " breaks";
            EXPECT_NEAR(found.objective, rss(m) + static_cast<double>(m) * price, 1e-9 * found.objective)
                << name << ", " << m << " breaks";
            ++compared;
        }
    }
    EXPECT_GE(compared, 12);
}

TEST(Pelt, PlaceOfAChangeByHand) {
    // 0 0 0 0 6 6 6 6, sigma 1: one level costs 72, two cost a penalty of 2 log 8 = 4.16
    const std::vector<double> values{0, 0, 0, 0, 6, 6, 6, 6};
    const Segmentation found = pelt(values, {.sigma = 1});
    EXPECT_EQ(found.starts, (std::vector<int>{0, 4}));
    EXPECT_EQ(found.means, (std::vector<double>{0, 6}));
    EXPECT_NEAR(found.penalty, 2 * std::log(8), 1e-15);
    EXPECT_NEAR(found.objective, 2 * std::log(8), 1e-12);
    EXPECT_NEAR(found.weights[4], 1 / (1 + std::exp(-(72 - 2 * std::log(8)) / 2)), 1e-15);
    EXPECT_EQ(found.weights[0], 0);
    EXPECT_EQ(pelt(values, {.penalty = PenaltyRule::Manual, .penalty_value = 71.9, .sigma = 1}).starts.size(), 2U);
    EXPECT_EQ(pelt(values, {.penalty = PenaltyRule::Manual, .penalty_value = 72.1, .sigma = 1}).starts.size(), 1U);
}

TEST(Pelt, PenaltiesByHand) {
    const std::vector<double> values{0, 0, 0, 0, 6, 6, 6, 6};
    EXPECT_NEAR(pelt(values, {.penalty = PenaltyRule::Aic, .sigma = 1}).objective, 4, 1e-12);
    EXPECT_NEAR(pelt(values, {.penalty = PenaltyRule::HannanQuinn, .sigma = 1}).objective, 4 * std::log(std::log(8)),
                1e-12);
    EXPECT_NEAR(pelt(values, {.penalty = PenaltyRule::Mbic, .sigma = 1}).objective, 3 * std::log(8) + 2 * std::log(0.5),
                1e-12);
}

TEST(Pelt, PoissonAndNegativeBinomialByHand) {
    // deviance of 1 1 1 9 9 9 about its mean 5: 2 (27 log 9/5 + 3 log 1/5); two levels: none
    const std::vector<double> values{1, 1, 1, 9, 9, 9};
    const double deviance = 2 * (27 * std::log(9.0 / 5) + 3 * std::log(1.0 / 5));
    const auto one =
        pelt(values, {.cost = SegmentCost::Poisson, .penalty = PenaltyRule::Manual, .penalty_value = 1000});
    EXPECT_NEAR(one.objective, deviance, 1e-12);
    const auto two = pelt(values, {.cost = SegmentCost::Poisson, .penalty = PenaltyRule::Manual, .penalty_value = 3});
    EXPECT_EQ(two.starts, (std::vector<int>{0, 3}));
    EXPECT_NEAR(two.objective, 3, 1e-12);
    const double r = 2;
    const auto wide =
        pelt(values,
             {.cost = SegmentCost::NegativeBinomial, .penalty = PenaltyRule::Manual, .penalty_value = 1000, .size = r});
    EXPECT_NEAR(wide.objective,
                2
                    * (27 * std::log(9.0 / 5) + 3 * std::log(1.0 / 5) - 3 * (9 + r) * std::log((9 + r) / (5 + r))
                       - 3 * (1 + r) * std::log((1 + r) / (5 + r))),
                1e-12);
}

TEST(Pelt, ScaleAndShiftOfAMean) {
    std::mt19937_64 random(3);
    std::vector<double> values, moved;
    for (int i = 0; i < 400; ++i) values.push_back((i / 60) % 2 * 3 + normal(random));
    for (const double value : values) moved.push_back(-8 * value + 1000);
    const auto a = pelt(values, {}), b = pelt(moved, {});
    EXPECT_EQ(a.starts, b.starts);
    EXPECT_GT(a.starts.size(), 4U);
    for (std::size_t i = 0; i < a.means.size(); ++i) EXPECT_NEAR(-8 * a.means[i] + 1000, b.means[i], 1e-9);
    EXPECT_NEAR(8 * a.spread, b.spread, 1e-9);
}

TEST(Pelt, UnitsMayBeVeryLargeOrSmall) {
    for (const double unit : {1e-200, 1e200}) {
        std::vector<double> values;
        for (int i = 0; i < 40; ++i) values.push_back(unit * ((i < 25 ? 1 : 7) + 0.1 * (i * 7 % 5)));
        EXPECT_EQ(pelt(values, {}).starts, (std::vector<int>{0, 25}));
    }
}

TEST(Pelt, OrderWithinASegmentDoesNotMatter) {
    std::mt19937_64 random(4);
    std::vector<double> values;
    for (int i = 0; i < 90; ++i) values.push_back(poisson_quantile(uniform(random), i < 30 ? 2 : i < 70 ? 20 : 4));
    const PeltOptions options{.cost = SegmentCost::Poisson};
    const auto before = pelt(values, options);
    ASSERT_EQ(before.starts.size(), 3U);
    for (std::size_t i = 0; i < before.starts.size(); ++i) {  // its two ends stay, so that the best place stays
        const auto end = i + 1 < before.starts.size() ? before.starts[i + 1] : 90;
        std::reverse(values.begin() + before.starts[i] + 2, values.begin() + end - 2);
    }
    const auto after = pelt(values, options);
    EXPECT_EQ(before.starts, after.starts);
    EXPECT_EQ(before.means, after.means);
    EXPECT_NEAR(before.objective, after.objective, 1e-9);
}

TEST(Pelt, MissingPeriodsContributeNothing) {
    const std::vector<double> values{nan_value, 1, 1, nan_value, 1, nan_value,
                                     nan_value, 9, 9, nan_value, 9, nan_value};
    const auto found = pelt(values, {.sigma = 1});
    EXPECT_EQ(found.starts, (std::vector<int>{0, 7}));
    EXPECT_EQ(found.means, (std::vector<double>{1, 9}));
    EXPECT_TRUE(std::isnan(found.weights[5]));
    const auto nothing = pelt(std::vector<double>(5, nan_value), {});
    EXPECT_EQ(nothing.starts, (std::vector<int>{0}));
    EXPECT_TRUE(std::isnan(nothing.means[0]));
    EXPECT_EQ(pelt({}, {}).starts, (std::vector<int>{0}));
}

TEST(Pelt, ConstantAndZeroSeriesHaveNoChange) {
    for (const SegmentCost cost : {SegmentCost::Mean, SegmentCost::Poisson, SegmentCost::NegativeBinomial}) {
        for (const double level : {0.0, 3.0, 1e6})
            EXPECT_EQ(pelt(std::vector<double>(200, level), {.cost = cost}).starts.size(), 1U);
    }
}

TEST(Pelt, SpreadIsNotMovedByAFewChanges) {
    std::mt19937_64 random(9);
    std::vector<double> values, counts;
    for (int i = 0; i < 4000; ++i) {
        values.push_back(50 * ((i / 500) % 2) + 2 * normal(random));
        const double mean = i / 500 % 2 == 0 ? 4 : 40;
        counts.push_back(negative_binomial_quantile(uniform(random), mean, 3));
    }
    EXPECT_NEAR(pelt(values, {}).spread, 2, 0.1);
    EXPECT_NEAR(pelt(counts, {.cost = SegmentCost::NegativeBinomial}).spread, 3, 0.4);
    EXPECT_EQ(pelt(counts, {.cost = SegmentCost::NegativeBinomial}).starts.size(), 8U);
    EXPECT_GT(pelt(counts, {.cost = SegmentCost::Poisson}).starts.size(),
              100U);  // an over-dispersed series is no Poisson one
}

TEST(Pelt, NoiseRarelyShowsAChange) {
    std::mt19937_64 random(11);
    int with_changes = 0;
    for (int i = 0; i < 300; ++i) {
        std::vector<double> values;
        for (int t = 0; t < 120; ++t) values.push_back(normal(random));
        with_changes += pelt(values, {.penalty = PenaltyRule::Bic}).starts.size() > 1 ? 1 : 0;
    }
    EXPECT_LE(with_changes, 30);
}

}  // namespace
}  // namespace icosa::methods
