/// Agreed triggers on the day of a run: which fire, where, who is to act, and how the rule did in the past.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "brief/dossier.hpp"
#include "pack/trigger.hpp"

namespace icosa::brief {

enum class TriggerState { Fired, Quiet, Stale, NoData };
inline constexpr std::string_view trigger_state_names[] = {"fired", "quiet", "stale", "no-data"};

struct FiredUnit {
    std::string id;
    std::string name;
    double sum = 0;
    std::string since;  ///< the first month of this episode: "2020-11"
};

/// How often the rule fired and was followed on the months before; counts are unit-months.
struct TriggerPast {
    std::string first, last;  ///< months judged; "" = none is
    std::int64_t fired = 0;
    std::int64_t followed = 0;
    double base_rate = 0;  ///< NaN: it always fired
    double false_alarms_a_year = 0;
};

struct FiredTrigger {
    std::string id;
    std::string rule;  ///< in words
    int months = 1;    ///< summed
    TriggerState state = TriggerState::Quiet;
    std::string why;   ///< stale, no data
    std::string source;  ///< whose figures; "" without data
    std::string month; ///< the newest whole month, "2020-11"; "" without data
    std::vector<FiredUnit> units;
    std::string owner, action, budget;  ///< "" = not agreed
    Day deadline = no_day;
    TriggerPast past;
    std::string record;  ///< the past as a sentence
};

/// dossier.json with a field `triggers`; without any, as render_json of the dossier alone.
[[nodiscard]] std::string render_json(const Dossier& dossier, const std::vector<FiredTrigger>& triggers);

/// For the terminal: one line for each unit, then who acts and the record; one for each trigger that is stale; how many
/// are quiet. Each line ends in a newline; "" without triggers.
[[nodiscard]] std::string trigger_lines(const std::vector<FiredTrigger>& triggers);

/// "on 2010-01 to 2019-12 it fired in 157 unit-months; 48 were followed within 6 months by ...; ..."
[[nodiscard]] std::string record_words(const TriggerPast& past, int months, std::string_view outcome);

}  // namespace icosa::brief
