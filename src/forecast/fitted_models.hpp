/// The models of a stack that are fitted to all units together, by the calendar.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "forecast/count_panel.hpp"
#include "forecast/features.hpp"
#include "forecast/hurdle.hpp"
#include "forecast/switching.hpp"

namespace icosa::forecast {

/// A forecast is made with the fits of the newest October; the weights of the stack are learned with fits of every
/// third October, which cost less.
enum class FitsFor { Forecast, Lesson };

/// Whether anything is fitted at all: without, a stack leaves these parts out and takes a fraction of the time.
enum class Fitting { AsNeeded, LeftOut };

/// Fits of an origin depend on the panel up to it alone, not on which other origins were asked about.
///
/// in    the panel must outlive it; steps as of the stack
/// cost  191 units with 30 years behind: about 3 s for all that one origin needs, 0.5 s for the next October
class FittedModels {
public:
    struct Fits {
        std::optional<HurdleModel> hurdle;  ///< none with too little history
        FittedSwitching switching;
    };

    FittedModels(const CountPanel& panel, int first_step, int last_step, Fitting fitting = Fitting::AsNeeded);
    FittedModels(const FittedModels&) = delete;  // the hurdle models point at the features
    FittedModels& operator=(const FittedModels&) = delete;

    /// Makes those missing for this origin and the lessons before it.
    void fit_until(int origin);
    /// Null where fewer than `fewest_months`, or `fewest_unit_months` of all units, lie before the October, or
    /// fit_until was not asked.
    [[nodiscard]] const Fits* at(int origin, FitsFor use) const;
    [[nodiscard]] const Switching& switching() const { return switching_; }

    static constexpr int fewest_months = 60;
    static constexpr std::int64_t fewest_unit_months = 1200;  ///< one series alone teaches no moves between levels

private:
    void fit(int october);

    const CountPanel& panel_;
    int first_step_, last_step_;
    Fitting fitting_;
    Features features_;
    Switching switching_;
    std::map<int, Fits> fits_;  ///< by October
};

}  // namespace icosa::forecast
