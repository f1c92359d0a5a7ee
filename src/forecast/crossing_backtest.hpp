/// Past crossings of a threshold against the probabilities that models gave them, and against base rates.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "forecast/backtest.hpp"
#include "forecast/crossing.hpp"

namespace icosa::forecast {

struct ProbabilityScores {
    double brier = 0;
    double log_score = 0;          ///< bits
    double average_precision = 0;  ///< NaN where nothing happened
};

/// Of one model, window and crossing.
struct CrossingScore {
    int year = 0;                  ///< 0 = all windows together
    std::string model;  ///< "stack, recalibrated" beside "stack", and so for each model that is no benchmark
    Crossing crossing = Crossing::Onset;
    int cells = 0, events = 0;
    double base_rate = 0;  ///< mean over the cells
    ProbabilityScores own, base;
};

/// Each year of the request as backtest() forecasts it; a row a model, window and crossing that has a cell, then the
/// rows of all windows together. A cell of which no like outcome was over by the origin has no base rate and is not
/// scored.
///
/// err   no-window, as backtest()
/// src   [brier1950] [good1952] [boyd2013] the scores, as methods/score.hpp
[[nodiscard]] Result<std::vector<CrossingScore>> backtest_crossings(const CountPanel& panel,
                                                                    const BacktestRequest& request, double threshold,
                                                                    const std::function<void(int)>& done = {});

}  // namespace icosa::forecast
