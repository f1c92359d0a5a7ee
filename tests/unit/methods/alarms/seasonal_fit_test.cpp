#include "methods/alarms/seasonal_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/regression.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

TEST(SeasonPlan, TenLevelsOnFourYears) {
    const SeasonPlan plan = plan_seasons(52, 4, 3, 10, 26);
    EXPECT_EQ(plan.rows, 185);
    EXPECT_EQ(plan.levels, 10);
    EXPECT_EQ(plan.reach, 211);
    EXPECT_EQ(plan.predicted, 0);  // the oldest rows are a window around the same week
    std::vector<int> sizes(10);
    for (const auto& block : plan.blocks) sizes[static_cast<std::size_t>(block.level)] += block.length;
    EXPECT_EQ(sizes, (std::vector<int>{28, 20, 20, 20, 20, 17, 15, 15, 15, 15}));
}

TEST(SeasonPlan, OneLevelIsTheWindows) {
    const SeasonPlan plan = plan_seasons(12, 3, 1, 1, 1);
    ASSERT_EQ(plan.blocks.size(), 3U);
    EXPECT_EQ(plan.blocks[0].back, 37);
    EXPECT_EQ(plan.blocks[2].back, 13);
    EXPECT_EQ(plan.rows, 9);
    EXPECT_EQ(plan_seasons(12, 1, 1, 1, 12).rows, 1);  // what is left out may eat into the last window
    EXPECT_EQ(plan_seasons(12, 3, 1, 1, 0).rows,
              10);  // the newest period is of the season too, where nothing is left out
}

/// The same model on a dense design, through fit_log_linear.
SeasonalFit dense(const std::vector<double>& counts, const SeasonPlan& plan, int t, const SeasonalFitOptions& options) {
    std::vector<double> y;
    std::vector<int> level;
    std::vector<double> time;
    for (const auto& block : plan.blocks) {
        for (int r = 0; r < block.length; ++r) {
            const double count = counts[static_cast<std::size_t>(t - block.back + r)];
            if (std::isnan(count)) continue;
            y.push_back(count);
            level.push_back(block.level);
            time.push_back(r - block.back);
        }
    }
    const std::size_t n = y.size(), p = static_cast<std::size_t>(plan.levels + options.trend);
    Design design{n, p, std::vector<double>(n * p, 0.0)};
    for (std::size_t i = 0; i < n; ++i) {
        design.values[i * p + static_cast<std::size_t>(level[i])] = 1;
        if (options.trend != 0) design.values[i * p + p - 1] = time[i];
    }
    SeasonalFit out;
    auto fit = fit_log_linear(design, y);
    out.converged = fit.converged;
    out.first_dispersion = fit.dispersion;
    const double phi = std::max(1.0, fit.dispersion);
    std::vector<double> omega(n, 1.0);
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double mu = fit.fitted[i];
        const double h = fit.weights[i] * quadratic_form({&design.values[i * p], p}, fit.unscaled);
        const double s =
            1.5 * (std::pow(y[i], 2.0 / 3) * std::pow(mu, -1.0 / 6) - std::sqrt(mu)) / std::sqrt(phi * (1 - h));
        if (s > options.weights_threshold) omega[i] = 1 / (s * s);
        total += omega[i];
    }
    for (double& one : omega) one *= static_cast<double>(n) / total;
    fit = fit_log_linear(design, y, omega);
    out.eta = fit.coefficients[static_cast<std::size_t>(plan.predicted)];
    out.dispersion = fit.dispersion;
    if (options.trend != 0) out.slope = fit.coefficients[p - 1];
    std::vector<double> x(p, 0.0);
    x[static_cast<std::size_t>(plan.predicted)] = 1;
    out.unscaled = quadratic_form(x, fit.unscaled);
    return out;
}

TEST(SeasonalFitter, EqualsTheDenseFit) {
    std::mt19937_64 random(5);
    int compared = 0;
    for (const double mean : {0.3, 4.0, 90.0, 3000.0}) {
        for (const bool gaps : {false, true}) {
            std::vector<double> counts;
            for (int t = 0; t < 330; ++t) {
                const double mu = mean * std::exp(0.6 * std::cos(2 * 3.141592653589793 * t / 52) + 0.001 * t);
                double y = static_cast<double>(std::poisson_distribution<long>(mu)(random));
                if (random() % 60 == 0) y *= 4;
                counts.push_back(gaps && random() % 12 == 0 ? nan_value : y);
            }
            for (const SeasonPlan& plan :
                 {plan_seasons(52, 4, 3, 10, 26), plan_seasons(52, 5, 3, 1, 3), plan_seasons(52, 3, 2, 5, 10)}) {
                for (const SeasonalFitOptions& options : {SeasonalFitOptions{2.58, 1}, SeasonalFitOptions{1, 0}}) {
                    SeasonalFitter fitter(counts, plan);
                    std::vector<SeasonalFit> fits(counts.size() - static_cast<std::size_t>(plan.reach));
                    fitter.fit(plan.reach, fits, options);
                    for (std::size_t i = 0; i < fits.size(); i += 7) {
                        const SeasonalFit wanted = dense(counts, plan, plan.reach + static_cast<int>(i), options);
                        ASSERT_TRUE(fits[i].fitted);
                        ASSERT_EQ(fits[i].converged, wanted.converged);
                        ASSERT_NEAR(fits[i].eta, wanted.eta, 1e-9 * std::max(1.0, std::fabs(wanted.eta)));
                        ASSERT_NEAR(fits[i].slope, wanted.slope, 1e-11);
                        ASSERT_NEAR(fits[i].unscaled, wanted.unscaled, 1e-8 * wanted.unscaled);
                        ASSERT_NEAR(fits[i].dispersion, wanted.dispersion, 1e-9 * std::max(1.0, wanted.dispersion));
                        ASSERT_NEAR(fits[i].first_dispersion, wanted.first_dispersion,
                                    1e-9 * std::max(1.0, wanted.first_dispersion));
                        ++compared;
                    }
                }
            }
        }
    }
    EXPECT_GT(compared, 500);
}

TEST(SeasonalFitter, PeriodsDoNotDependOnTheirNeighbours) {
    std::vector<double> counts;
    for (int t = 0; t < 260; ++t) counts.push_back((t * 13) % 17 + (t % 52 < 10 ? 6 : 0));
    const SeasonPlan plan = plan_seasons(52, 4, 3, 10, 26);
    SeasonalFitter fitter(counts, plan);
    std::vector<SeasonalFit> all(40), one(1);
    fitter.fit(plan.reach, all, {});
    for (const int i : {0, 1, 6, 39}) {
        fitter.fit(plan.reach + i, one, {});
        EXPECT_EQ(one[0].eta, all[static_cast<std::size_t>(i)].eta);
        EXPECT_EQ(one[0].dispersion, all[static_cast<std::size_t>(i)].dispersion);
        EXPECT_EQ(one[0].unscaled, all[static_cast<std::size_t>(i)].unscaled);
    }
}

}  // namespace
}  // namespace icosa::methods
