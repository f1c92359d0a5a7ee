/// The regression under Farrington's methods: log-linear on season levels and a trend, many neighbouring periods fitted
/// side by side.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace icosa::methods {

/// Which past periods a count is held against, counted back from it, and the season level of each.
struct SeasonPlan {
    /// A run of periods of one level: t - back, t - back + 1, ... for `length` of them.
    struct Block {
        int back = 0;
        int length = 0;
        int level = 0;
    };
    std::vector<Block> blocks;  ///< oldest first, none empty
    int rows = 0;
    int levels = 0;  ///< of them that have rows, numbered from 0
    int predicted = 0;  ///< the level of the period itself; -1 where it has no rows
    int reach = 0;  ///< the first period that has all its rows is this one
};

/// The reference periods of Farrington (periods = 1: windows around the same time of earlier years) and of the flexible
/// method (periods > 1: the whole past, the window as the last level, the time between two windows cut into periods - 1
/// levels, the older ones longer by one where the division leaves a rest; the newest half_window periods belong to the
/// last level).
///
/// in    season periods a year; years >= 1; 2 half_window + 1 <= season; periods - 1 <= season - 2 half_window - 1;
/// excluded >= 0: so many
///       newest periods before the current one have no part
/// src   [farrington1996] sec. 3.2, [noufaily2013] sec. 3.3.1; where a rest goes, as R surveillance 1.20
[[nodiscard]] SeasonPlan plan_seasons(int season, int years, int half_window, int periods, int excluded);

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
    friend struct SeasonalKernel;

    /// One period on the dense design: for numbers near the ends of the range of doubles, where R's floor of the mean
    /// decides.
    [[nodiscard]] SeasonalFit fit_dense(int t, const SeasonalFitOptions& options) const;

    const SeasonPlan& plan_;
    std::span<const double> counts_;
    double middle_ = 0;  ///< of the rows, in periods back: times are measured from there
    int longest_ = 0;  ///< block
    double farthest_ = 0;  ///< row from the middle
    // of each period of the series, 0 where not observed, padded for the last lanes
    std::vector<double> y_, seen_, start_, start_z_, y_log_y_, start_deviance_, y_two_thirds_;
    std::vector<std::byte> work_;
};

}  // namespace icosa::methods
