/// The state-switching model: how levels move is learned from all units together, what a level means from the unit
/// itself.
#pragma once

#include <cstddef>
#include <vector>

#include "forecast/count_panel.hpp"
#include "methods/forecasts/count_dynamics.hpp"
#include "methods/forecasts/count_model.hpp"

namespace icosa::forecast {

struct SwitchingRecipe {
    int states = 24;
    double borrowed = 200;      ///< transitions that each level borrows from how the others move
    double own_memory = 10;     ///< months; the weight of the unit's own counts falls to 1/e in so many
    int own_window = 60;        ///< months looked back
    double own_reach = 2;       ///< states; how far from a level own counts still speak for it
    double own_against = 0.3;   ///< weight of the level's law, beside that of the own counts
    double own_spread = 0.3;    ///< standard deviation of the logarithm of a factor on own counts
    double other_season = 0.05; ///< factor on own Decembers where another month is forecast, and the other way round
};

/// Fitted at an origin; its states are followed through the later months of the panel too, each from the months up to
/// it.
struct FittedSwitching {
    int origin = 0;
    methods::SwitchingCounts model;
    std::vector<methods::CountEnsemble> laws;         ///< of each state, ten quantiles
    std::vector<std::vector<double>> shares;          ///< of each unit, [months][states], filtered
};

/// Counts on a ladder of hidden levels.
///
///     P(level k at t + h) = (filtered shares at t) A^h
///     level k's law       = own counts y_s, weight exp(-(t - s)/memory) sum_q share_q(s) exp(-|q - k| / reach) (peace
///     only with peace), spread by a
///                           factor, against the level's negative binomial, weight `own_against`
///
/// in    the panel must outlive it;  an origin from the fit's on
/// src   methods/count_dynamics.hpp; [zucchini2009] forecast distributions; own counts in a level are ours
/// cost  191 units with 30 years behind: a fit 0.7 s of processor time, 12 months of a unit 20 us
/// seen  forecast/switching_test.cpp; docs/forecasts.md
class Switching {
public:
    explicit Switching(const CountPanel& panel, const SwitchingRecipe& recipe = {});

    /// from: an earlier fit of this panel to start at, which takes fewer steps; null = none.
    [[nodiscard]] FittedSwitching fit(int origin, const FittedSwitching* from = nullptr) const;
    /// The distribution at each step from first_step to last_step.
    [[nodiscard]] std::vector<methods::CountEnsemble> ahead(const FittedSwitching& fitted, std::size_t unit, int origin,
                                                            int first_step, int last_step) const;

private:
    const CountPanel& panel_;
    SwitchingRecipe recipe_;
};

}  // namespace icosa::forecast
