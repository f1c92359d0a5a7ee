/// Triggers: rules agreed beforehand about what starts an action, with who acts, how, at what cost and until when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// A rule over the months of one unit, judged at a month t:
///
///     s(t) = sum of months t-sum+1 .. t
///     fires:  s(t) >= at_least  and  s(t) >= s(u) for each u of t-high_of+1 .. t
///
/// Months before a unit's first are zero, ties count, and high_of = 1 asks for no high.
struct TriggerRule {
    int sum = 1;          ///< months, 1 to most_summed
    double at_least = 1;  ///< above 0
    int high_of = 1;      ///< months, 1 to most_high_of
    auto operator<=>(const TriggerRule&) const = default;
};

inline constexpr int most_summed = 60, most_high_of = 600;

/// What acting in vain and not acting cost, in one unit of the user's, for each unit-month.
struct TriggerCosts {
    double act_in_vain = 0;
    double not_acting = 0;
};

/// One `[trigger]` or `[[trigger]]`.
struct Trigger {
    std::string id;                      ///< as given, else the file's name without its ending
    std::string measure;                 ///< "" = what the outcome counts
    std::vector<std::string> sources;  ///< in order of preference; empty = the outcome's, or all that have the measure
    std::vector<std::string> places;  ///< set or place ids; empty = the world
    TriggerRule rule;
    std::string outcome;  ///< of packs/outcomes.toml
    std::optional<int> from, to;  ///< months from 1970-01; nothing = all that are decided
    std::string owner, action, budget;  ///< of the commitment; "" = none was made
    int deadline_days = 0;  ///< from the day on which it fires; 0 = none
    std::optional<TriggerCosts> costs;
    Where where, measure_where, outcome_where, places_where;

    [[nodiscard]] bool is_agreed() const { return !owner.empty(); }
};

/// All triggers of a file.
///
/// err   no-trigger (the file declares none); those of TableReader; out-of-range; bad-month, bad-span; no-owner (an
///       action, budget or deadline without owner), no-action, no-deadline; half-a-cost (one of the two costs alone);
///       duplicate-id
[[nodiscard]] std::vector<Trigger> parse_triggers(const Node& file, Diagnostics& faults);

/// Those of a file, or of all files below a folder that end in .toml; ids are unique among them.
///
/// err   missing-file, syntax, and those of parse_triggers
[[nodiscard]] std::vector<Trigger> read_triggers(const std::string& path, Diagnostics& faults);

/// "the sum of 3 months at least 50 and the highest of 36"
[[nodiscard]] std::string rule_words(const TriggerRule& rule);

}  // namespace icosa::pack
