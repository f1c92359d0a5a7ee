/// The regression under Farrington's methods: log-linear on season levels and a trend, many neighbouring periods fitted
/// side by side.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "methods/alarms/season_plan.hpp"
#include "methods/alarms/seasonal/series.hpp"

namespace icosa::methods {

/// The model of one period.
struct SeasonalFit {
    bool fitted = false;  ///< false: too few rows, no row of the level, or numbers that overflow
    bool converged = false;  ///< the first, unweighted fit; what follows holds all the same
    double eta = 0;  ///< log of the mean expected
    double unscaled = 0;  ///< times a dispersion = variance of eta
    double dispersion = 0;  ///< of the last fit, Pearson, not capped
    double first_dispersion = 0;
    double slip = 0;  ///< sum of omega ((y - mu) / mu)^2 / degrees: see Dispersion::Surveillance
    double slope = 0;  ///< log of the mean, a period; 0 without trend
    double slope_unscaled = 0;
    double degrees = 0;
    double largest = 0;  ///< count among the rows
    int rows = 0;  ///< observed
};

struct SeasonalFitOptions {
    double weights_threshold =
        2.58;  ///< rows whose Anscombe residual lies above it are weighted down; infinite: one fit only
    int trend = 1;  ///< columns for a trend: 0 or 1
};

/// Fits the models of successive periods of one series.
///
///     log mu[s] = level(s) + slope s,  Var y = phi mu / omega
///     s_i = 1.5 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(phi (1 - h_i));   omega = gamma s_i^-2 where s_i > threshold,
///     else gamma; sum omega = n
///
/// The design is made of blocks: X'WX has an arrow's shape and is solved in O(levels). Within a block the mean is a
/// geometric progression, so a step of the iteration costs O(blocks), not O(rows), apart from blocks that hold a
/// missing or weighted row. Four periods are fitted side by side: their blocks lie at the same distances. The weighted
/// fit starts from the sums of the first, corrected at the weighted rows.
///
/// in    counts[n]  NaN = not observed;  a plan;  first >= plan.reach
/// out   one fit a period from `first`, as many as `out` has; with R glm.fit's start, stopping rule and last weights
/// (fit_log_linear) dif   a row alone in its level fits itself: its weight is 1 here, in R an accident of rounding cost
/// O(blocks levels) a step; no memory a fit seen  methods/seasonal_fit_test.cpp: equal to fit_log_linear on the dense
/// design
class SeasonalFitter {
public:
    SeasonalFitter(std::span<const double> counts, const SeasonPlan& plan);
    void fit(int first, std::span<SeasonalFit> out, const SeasonalFitOptions& options);

    static constexpr int lanes = 4;

private:
    const SeasonPlan& plan_;
    PlanExtent extent_;
    std::span<const double> counts_;
    seasonal::Series series_;
    std::vector<std::byte> work_;  ///< of the fits: lane arrays, used again by every four periods
};

}  // namespace icosa::methods
