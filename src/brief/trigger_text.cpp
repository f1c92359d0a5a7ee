/// Agreed triggers in words, for the terminal.
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "brief/fired_trigger.hpp"

namespace icosa::brief {

std::string record_words(const TriggerPast& past, int months, std::string_view outcome) {
    if (past.first.empty()) return "no month of the past is decided: the rule has no record";
    const std::string span = fmt::format("from {} to {}", past.first, past.last);
    if (past.fired == 0) return fmt::format("{} it never fired", span);
    std::string out = fmt::format(
        "{} it fired in {} unit-months; {} ({} in 100) were followed within {} months by {}", span, past.fired,
        past.followed, number_text(100.0 * static_cast<double>(past.followed) / static_cast<double>(past.fired), 0),
        months, outcome);
    if (!std::isnan(past.base_rate))
        out += fmt::format(", {} in 100 of the others were", number_text(100 * past.base_rate, 1));
    return out + fmt::format("; {} false alarms a year", number_text(past.false_alarms_a_year, 1));
}

std::string trigger_lines(const std::vector<FiredTrigger>& triggers) {
    if (triggers.empty()) return {};
    std::string out, quiet;
    for (const FiredTrigger& one : triggers) {
        if (one.state == TriggerState::Quiet) quiet += (quiet.empty() ? "" : ", ") + one.id;
        if (one.state == TriggerState::Stale || one.state == TriggerState::NoData)
            out += fmt::format("Trigger {} cannot be asked: {}\n", one.id, one.why);
        if (one.state != TriggerState::Fired) continue;
        out += fmt::format("Trigger {} fires ({}):\n", one.id, one.rule);
        for (const FiredUnit& unit : one.units)
            out += fmt::format("  {}: {} in {}{}{}\n", unit.name, number_text(unit.sum),
                               one.months == 1 ? "" : fmt::format("the {} months to ", one.months), one.month,
                               unit.since == one.month ? ", new" : ", since " + unit.since);
        if (!one.owner.empty())
            out += fmt::format("  agreed: {}: {}{}{}\n", one.owner, one.action,
                               one.budget.empty() ? "" : "; budget " + one.budget,
                               one.deadline == no_day ? "" : "; until " + iso(one.deadline));
        out += fmt::format("  record: {}\n", one.record);
    }
    if (!quiet.empty()) out += fmt::format("Triggers that do not fire: {}\n", quiet);
    return out;
}

}  // namespace icosa::brief
