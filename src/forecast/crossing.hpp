/// Crossing a threshold (25 fatalities a month) as a question of yes or no: which crossing a unit may make, how often
/// the like was made, and how likely it is.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forecast/forecast.hpp"
#include "methods/forecasts/recalibration.hpp"

namespace icosa::forecast {

/// By what is known at the origin. Onset: no month of the twelve to the origin reached the threshold; PeacefulOnset
/// where none of them had a count at all. Escalation: one did, the newest did not. DeEscalation: the newest did. What
/// may happen in a later month: that its count reaches the threshold; for DeEscalation, that it does not.
enum class Crossing { PeacefulOnset, Onset, Escalation, DeEscalation };
inline constexpr std::size_t crossings = 4;
[[nodiscard]] std::string_view crossing_name(Crossing crossing);  ///< "onset" (twice), "escalation", "de-escalation"

/// in    history[n], oldest first, n >= 1, of which the last twelve are looked at
[[nodiscard]] Crossing crossing_of(std::span<const double> history, double threshold);
[[nodiscard]] bool happened(Crossing crossing, double count, double threshold);
/// P(it happens) of a normalised ensemble, whose values count as drawn: rounded to whole counts.
[[nodiscard]] double probability_of(Crossing crossing, std::span<const methods::WeightedCount> month, double threshold);

/// A probability held within 1/1002 and 1001/1002: one pseudo-draw among 1,000 on either side, so that no log score is
/// infinite.
[[nodiscard]] double bounded(double probability);

/// How often each crossing was made, so many months ahead, as known at an origin: of all units with a year behind them,
/// the outcomes that were over by then.
class BaseRates {
public:
    struct Rate {
        double events = 0, cells = 0;
        [[nodiscard]] double share() const { return events / cells; }  ///< NaN where there were none
    };
    BaseRates(const CountPanel& panel, double threshold, int first_step, int last_step);
    [[nodiscard]] Rate at(Crossing crossing, int step, int origin) const;

private:
    int first_step_, first_month_;
    std::array<std::vector<std::vector<Rate>>, crossings> until_;  ///< [step][target month], summed up to it
};

/// A probability for one unit and month.
struct CrossingForecast {
    double probability = 0;
    double low = 0, high = 0;  ///< 90 %: how sure its recalibration is, not how sure the outcome; NaN where no past
                               ///< forecast was over to learn from
    BaseRates::Rate base;
};

/// The crossing that a unit may make, and how likely it is in each month.
struct UnitCrossing {
    std::size_t unit = 0;  ///< in the panel
    Crossing crossing = Crossing::Onset;
    std::vector<CrossingForecast> months;
};

/// Probabilities of crossings, recalibrated by how the same model's past ones did.
///
///     logit q = shift + slope logit p,   p of the model, bounded()
///
/// Past forecasts are those of origins 12, 24, ... months earlier, at most twelve, with four years behind them, each
/// made from what was known then; of them the months that were over by the origin. A peaceful onset keeps p: there the
/// map did not help (docs/forecasts.md).
///
/// in    steps and model as in the request; the panel and the stack must outlive it
/// out   units known at the origin, in the panel's order
/// cost  a forecast for each past origin, kept for the next
class CrossingModel {
public:
    CrossingModel(const CountPanel& panel, Stack& stack, double threshold, const Request& steps_of);
    [[nodiscard]] Result<std::vector<UnitCrossing>> forecast(int origin);

private:
    struct Cells {
        std::size_t unit;
        Crossing crossing;
        std::vector<double> probabilities;  ///< by step
    };
    [[nodiscard]] Result<const std::vector<Cells>*> cells_at(int origin);
    [[nodiscard]] Result<std::array<methods::LogitMap, crossings>> learn(int origin);

    const CountPanel& panel_;
    Stack& stack_;
    double threshold_;
    int first_step_, last_step_;
    ModelKind model_;
    int threads_;
    BaseRates base_;
    std::map<int, std::vector<Cells>> known_;  ///< by origin
};

/// "a count of 25 or more in a month, where none of the twelve months to 2017-10 had one"
[[nodiscard]] std::string definition_of(Crossing crossing, double threshold, int origin);

}  // namespace icosa::forecast
