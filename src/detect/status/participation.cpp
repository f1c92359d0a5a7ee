/// What can be said of participants; shares of a group.
#include "detect/status/participation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "methods/statistics/probability.hpp"

namespace icosa::detect {

Standing standing_of(const pack::Instrument& instrument, const model::Participation* participation, Day as_of) {
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
    if (participation->known_through == no_day)
        return {Standing::Kind::NotSince, as_of,
                fmt::format("it is not known through which day the participants of {} are", title)};
    if (as_of > participation->known_through) {
        return {Standing::Kind::NotSince, participation->known_through,
                fmt::format("{} as at {}; not known since", title, iso(participation->known_through))};
    }
    return {Standing::Kind::Known, as_of, {}};
}

Shares shares_of(const std::vector<std::string>& members, const Participants& participants) {
    Shares out;
    for (const std::string& member : members) (participants.contains(member) ? out.in : out.out).push_back(member);
    return out;
}

void set_shares(model::Signal& signal, const Shares& group, const Shares& all, double threshold) {
    signal.observed = group.share();
    signal.expected = all.share();
    signal.threshold = threshold;
    const int population = std::max(all.size(), group.size());
    const int marked = std::max(static_cast<int>(all.in.size()), static_cast<int>(group.in.size()));
    const int drawn = group.size();
    const int got = static_cast<int>(group.in.size());
    const double at = methods::hypergeometric_cdf(got, population, marked, drawn);
    const double below = got > 0 ? methods::hypergeometric_cdf(got - 1, population, marked, drawn) : 0;
    signal.unusualness = std::clamp(1 - (at + below) / 2, 0.0, 1.0);
    signal.severity = {static_cast<double>(group.out.size()), "states outside"};
}

model::Strip history_of(const std::string& title, std::span<const model::ParticipationAct> acts, Day day, int years) {
    model::Strip strip;
    strip.title = title;
    strip.period = PeriodKind::Year;
    const int newest = period_of(day, PeriodKind::Year);
    strip.first_period = newest - years + 1;
    for (int year = strip.first_period; year <= newest; ++year) {
        strip.observed.push_back(static_cast<double>(
            pack::participants_on(acts, std::min(day, last_day_of(year, PeriodKind::Year))).size()));
    }
    return strip;
}

}  // namespace icosa::detect
