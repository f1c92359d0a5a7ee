/// Rolling origins: each year forecast from October of the year before, scored against what came.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "forecast/forecast.hpp"

namespace icosa::forecast {

/// Means over cells (a unit in a month).
struct Scores {
    int cells = 0;
    double crps = 0;
    double ign = 0;
    double mis = 0;
    double covered[3] = {};  ///< share of outcomes within the central 50, 80, 90 % of the draws, ends included
    double pit[10] = {};     ///< share of the transform's mass in each tenth; 0.1 everywhere where calibrated
};

struct WindowScore {
    int year = 0;
    std::string model;
    Scores all;
    Scores in_conflict;      ///< units with a count above 0 in the twelve months to the origin
    std::vector<std::pair<std::string, double>> unit_crps;  ///< in the panel's order
    std::vector<std::string> caveats;
};

struct BacktestRequest {
    int first_year = 0;
    int last_year = 0;
    std::vector<ModelKind> models;
    int draws = 1000;
    int threads = 2;
};

inline constexpr int months_between_origin_and_window = 3;  ///< October to January, as the challenge's

/// err   no-window: the panel has no month of the year, or no origin for it
[[nodiscard]] Result<void> check_window(const CountPanel& panel, int year);

/// A row a window and model, windows first. Cells without an outcome in the panel, and units that begin after the
/// origin, are not scored.
///
/// err   no-window: a year of which the panel has no month, or that has no origin
/// src   [hegre2024] windows and steps 3 to 14; scores as methods/score.hpp; [czado2009] the transform's histogram
[[nodiscard]] Result<std::vector<WindowScore>> backtest(const CountPanel& panel, const BacktestRequest& request,
                                                        const std::function<void(int)>& done = {});

}  // namespace icosa::forecast
