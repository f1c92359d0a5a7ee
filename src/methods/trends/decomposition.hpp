/// Decomposition: what of a seasonal series is trend, what season, what neither?
#pragma once

#include <span>
#include <vector>

#include "methods/alarms/count_alarm.hpp"

namespace icosa::methods {

enum class Robust { No, Yes };

struct StlOptions {
    int season = 12;           ///< periods a year
    int seasonal_window = 0;   ///< odd, in years; 0: periodic, one pattern for all years
    int seasonal_degree = 0;   ///< of that loess, 0 or 1 (periodic: 0)
    int trend_window = 0;      ///< odd, in periods; 0: the smallest that the paper advises
    Robust robust = Robust::Yes;
};

struct Decomposition {
    std::vector<double> seasonal;   ///< known for every period, also where nothing was observed
    std::vector<double> trend;
    std::vector<double> remainder;  ///< NaN where nothing was observed
    std::vector<double> weight;     ///< 0 to 1: the last robustness weights; 0 where nothing was observed
};

/// Seasonal and trend decomposition by loess (STL).
///
///     x = seasonal + trend + remainder, found by turns: the sub-series of each season smoothed by loess
///     (seasonal_degree) over seasonal_window years, less its own low pass (moving averages season, season, 3, then
///     loess over the next odd number from season); x - seasonal smoothed by loess (degree 1) over trend_window.
///     Robust: 15 rounds in which x weighs (1 - (r / 6 median|r|)^2)^2 trend_window = next odd number from 1.5 season /
///     (1 - 1.5 / seasonal_window)
///
/// in    season 2 to 366, two whole seasons of values at least; NaN = not observed; seasonal_window 0 or odd from 3;
/// trend_window 0 or odd from 3 out   empty vectors where fewer than two seasons are given or a season has no observed
/// value src   [cleveland1990]; windows, steps and rounds as R 4.2 stats::stl with its defaults (robust and not) dif a
/// value not observed has weight 0; R refuses such series. With an even number of values R's program takes the wrong
/// middle values for its
///       median of |r| in some rounds (it asks a partial sort for two ranks in falling order), so robust results differ
///       there; here it is the median
/// cost  O(n) in practice; robust 16 rounds of one pass, else 2 passes
/// seen  methods/decomposition_test.cpp: R's numbers to 1e-6 (tests/reference/trend)
[[nodiscard]] Decomposition stl(std::span<const double> values, const StlOptions& options);

struct OffSeasonOptions {
    StlOptions stl = {};
    int window = 120;  ///< periods before the current one that are decomposed
    int errors = 24;  ///< one-step errors that give the spread
    double alpha = 0.01;
    Side side = Side::Upper;
    int first = 0;
};

/// Does a value leave its own trend and season? Both are led on from the window before, in which the current period
/// counts as not observed.
///
///     expected[t] = (trend + seasonal)[t] of stl(x[t - window .. t - 1], not observed);  e[t] = x[t] - expected[t];
///     bound by `robust_deviation` on e
///
/// in    window at least two seasons;  errors 6 to 1000;  alpha (0, 0.5]
/// out   NaN where two seasons are not given yet, a season has no observed value, or fewer than 6 errors are known
/// src   [cleveland1990], [rousseeuw1993]
/// cost  O(errors) decompositions for one period, n for all
/// seen  methods/decomposition_test.cpp: rate of false alarms
[[nodiscard]] std::vector<Alarm> off_season(std::span<const double> values, const OffSeasonOptions& options);

}  // namespace icosa::methods
