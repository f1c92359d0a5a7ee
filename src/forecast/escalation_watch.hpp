/// escalation: how likely is a declared outcome for each unit in the months ahead? The likeliest, and a signal where
/// the probability reaches a line.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "forecast/asked_panel.hpp"
#include "forecast/escalation.hpp"
#include "pack/spec.hpp"

namespace icosa::forecast {

extern const pack::Spec escalation_spec;

/// Does the watch ask for chances of an outcome?
[[nodiscard]] bool asks_for_chances(const pack::Watch& watch);

/// The outcome that it names; null where packs/outcomes.toml has none of that name, or one of averages.
[[nodiscard]] const pack::Outcome* outcome_of(const pack::Watch& watch, const engine::Setting& setting);

/// Chances of one panel and outcome, worked out once for all watches that ask.
struct PanelChances {
    std::shared_ptr<const CountPanel> panel;
    std::shared_ptr<const EscalationFeatures> features;
    EscalationHistory history;  ///< of five years and of now, fitted from a third of the months
    int newest = 0;
    std::vector<std::string> ended;
    bool is_past = false;  ///< of a past day: signals alone are wanted, no cases or drivers
};
using ChancesKey = std::tuple<const model::Panel*, int, Day, std::string>;  ///< panel, newest month, first day, outcome
using ChancesByKey = std::map<ChancesKey, Result<PanelChances>>;

[[nodiscard]] ChancesKey chances_key(const Asked& asked, const pack::Outcome& outcome);
/// err   not-a-count, as without_gaps;  no-booster
[[nodiscard]] Result<PanelChances> chances_of_panel(const ChancesKey& key, const pack::Outcome& outcome,
                                                    const pack::PlaceBook& places, int threads);

/// The same at every month of a panel that is known as a whole: what is said at an origin rests on what was over by its
/// January, so one history serves all past days.
class WholeChances {
public:
    [[nodiscard]] static Result<std::shared_ptr<const WholeChances>> make(const model::Panel& whole, Day first_day,
                                                                          const pack::Outcome& outcome,
                                                                          const pack::PlaceBook& places, int threads);
    /// As chances_of_panel() of the panel cut at its month `newest`.
    [[nodiscard]] PanelChances at(int newest) const;

private:
    std::shared_ptr<const CountPanel> panel_;
    std::shared_ptr<const EscalationFeatures> features_;
    EscalationHistory history_;
    int months_ = 0;
};

/// Signal or Quiet; the chances of `asked.places`, the likeliest first, at most watch.outlook.shown.
[[nodiscard]] model::WatchFinding finding_of_chances(const PanelChances& of, const pack::Outcome& outcome, Asked asked,
                                                     const engine::Setting& setting);

}  // namespace icosa::forecast
