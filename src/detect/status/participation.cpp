/// Folds acts into participants.
#include "detect/status/participation.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::detect {

std::map<std::string, const model::ParticipationAct*> participants_on(std::span<const model::ParticipationAct> acts,
                                                                      Day day) {
    std::map<std::string, const model::ParticipationAct*> last;
    for (const auto& act : acts) {
        if (act.day > day) continue;
        if (act.act != "withdrawal" && !pack::makes_participant(act.act)) continue;
        const auto [at, fresh] = last.emplace(act.participant, &act);
        if (!fresh && act.day >= at->second->day) at->second = &act;
    }
    std::erase_if(last, [](const auto& one) { return one.second->act == "withdrawal"; });
    return last;
}

Standing standing_of(const pack::Instrument& instrument, const model::Participation* participation, Day as_of,
                     int limit_days) {
    const std::string& title = instrument.short_title;
    const Day opened = instrument.opened != no_day ? instrument.opened : instrument.adopted;
    if (opened != no_day && as_of < opened)
        return {Standing::Kind::Unknown, as_of, fmt::format("{} was not open yet (it was on {})", title, iso(opened))};
    const bool complete = participation
        && (participation->from_table
            || (instrument.untc.empty() && instrument.participants_complete && !participation->acts.empty()));
    if (!complete) {
        return {Standing::Kind::Unknown, as_of,
                instrument.untc.empty()
                    ? fmt::format("the participants of {} are known in part only", title)
                    : fmt::format("no status table of {} ({} of the UN Treaty Collection) is at hand", title,
                                  instrument.untc)};
    }
    if (participation->verified == no_day)
        return {Standing::Kind::Unverified, as_of, fmt::format("participation in {} was never verified", title)};
    if (as_of - participation->verified > limit_days) {
        return {Standing::Kind::Unverified, participation->verified,
                fmt::format("{} as at {}; not verified since", title, iso(participation->verified))};
    }
    return {Standing::Kind::Known, std::min(as_of, participation->verified), {}};
}

Shares shares_of(const std::vector<std::string>& members,
                 const std::map<std::string, const model::ParticipationAct*>& participants) {
    Shares out;
    for (const std::string& member : members) (participants.contains(member) ? out.in : out.out).push_back(member);
    return out;
}

model::Strip history_of(const std::string& title, std::span<const model::ParticipationAct> acts, Day day, int years) {
    model::Strip strip;
    strip.title = title;
    strip.period = PeriodKind::Year;
    const int newest = period_of(day, PeriodKind::Year);
    strip.first_period = newest - years + 1;
    for (int year = strip.first_period; year <= newest; ++year) {
        strip.observed.push_back(
            static_cast<double>(participants_on(acts, std::min(day, last_day_of(year, PeriodKind::Year))).size()));
    }
    return strip;
}

}  // namespace icosa::detect
