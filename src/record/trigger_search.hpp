/// Many rules of one trigger side by side: which catch more with fewer false alarms, and which cost least.
#pragma once

#include <optional>
#include <vector>

#include "record/trigger.hpp"

namespace icosa::record {

/// Rules to be tried: each sum with each high_of and each level.
struct TriggerGrid {
    std::vector<int> sums;
    std::vector<int> high_ofs;
    std::vector<double> levels;
    [[nodiscard]] std::size_t rules() const { return sums.size() * high_ofs.size() * levels.size(); }
};

/// Sums of 1 to 12 months, highest of 1 to 60, levels from 1 to the year's highest sum by steps of about a half.
[[nodiscard]] TriggerGrid wide_grid(const TriggerHistory& history);

/// The same months around one rule, with levels from a quarter of its own to four times it.
[[nodiscard]] TriggerGrid grid_around(const pack::TriggerRule& rule);

/// Rules that no other beats: one that catches more has more false alarms. By false alarms, the fewest first. Of rules
/// that are level in both, the one that sums the fewest months, then the lowest high_of, then the highest level.
///
/// in    counts   as TriggerHistory::counts gives them
[[nodiscard]] std::vector<TriggerHistory::Count> pareto_front(std::vector<TriggerHistory::Count> counts);

/// Rules that caught more with fewer false alarms than this one on all months of the history, the nearest first: by the
/// sum of the three parameters' distances, each |log2 of the ratio|.
///
/// dif   they are chosen on the months they are judged by, so part of what they gain is chance
[[nodiscard]] std::vector<pack::TriggerRule> better_on_all_counts(const TriggerHistory& history,
                                                                  const pack::TriggerRule& rule, std::size_t most);

/// The rule of least cost: act_in_vain * false alarms + not_acting * missed. Nothing where never acting costs no more.
///
/// in    outcomes   of the months that were counted
[[nodiscard]] std::optional<TriggerHistory::Count> cheapest(const std::vector<TriggerHistory::Count>& counts,
                                                            std::int64_t outcomes, const pack::TriggerCosts& costs);

/// What the rule would cost a year at each level, its months as they are.
struct CostPoint {
    double at_least = 0;
    std::int64_t caught = 0, missed = 0, false_alarms = 0;
    double cost_a_year = 0;
};
[[nodiscard]] std::vector<CostPoint> cost_curve(const TriggerHistory& history, const pack::TriggerRule& rule,
                                                const pack::TriggerCosts& costs, Years years = Years::All);

}  // namespace icosa::record
