/// mandate-expiry: which mandates are about to expire, or lapsed without a successor?
#include <algorithm>

#include <fmt/format.h>

#include "base/number.hpp"
#include "detect/status/question.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using pack::whole_option;

constexpr double ratio_of_lapsed = 3, ratio_of_ending = 1;

constexpr pack::Field mandate_expiry_fields[] = {
    whole_option("days", "signals what expires within this time").in("days").within(0, 3660).by_default("60"),
    whole_option("lapsed_days", "and what lapsed at most this long ago without a successor")
        .in("days")
        .within(0, 3660)
        .by_default("60"),
};

/// The missions that the watch names.
std::vector<const pack::Mission*> missions_of(const Asked& asked) {
    const auto& named = asked.watch.mandates;
    const bool all = std::ranges::find(named, "all") != named.end();
    std::vector<const pack::Mission*> out;
    for (const pack::Mission& mission : asked.setting.catalogue.missions) {
        if (all || std::ranges::find(named, mission.id) != named.end()) out.push_back(&mission);
    }
    return out;
}

/// "by a technical roll-over", "for the last time".
std::string manner_of(pack::MandateStanding::State state) {
    using State = pack::MandateStanding::State;
    return state == State::RollOver     ? ", a technical roll-over"
        : state == State::LastExtension ? ", the last extension"
                                        : "";
}

std::string key_of(bool lapsed, int left, const pack::MandateAct& act) {
    if (lapsed) return left == -1 ? "lapsed-yesterday" : "lapsed";
    if (left > 1 && act.kind == pack::MandateActKind::Final) return "ends-for-good";
    return left == 0 ? "ends-today" : left == 1 ? "ends-tomorrow" : "ends";
}

void signal_expiry(const Asked& asked, const pack::Mission& mission, const pack::MandateStanding& standing,
                   StatusFinding& finding) {
    const Day as_of = asked.setting.as_of;
    const pack::MandateAct& act = *standing.act;
    const int left = act.expires_on - as_of;
    const bool lapsed = left < 0;
    const int days = asked.options.whole("days");
    model::Signal signal =
        finding.begin(mission.id, fmt::format("{} ({})", mission.short_name, mission.name.en), iso(act.expires_on));
    signal.observed = left;
    signal.expected = nan_value;
    signal.threshold = days;
    signal.unusualness = lapsed ? 1 : 1 - static_cast<double>(left) / (days + 1);
    signal.severity = {static_cast<double>(lapsed ? -left : left), lapsed ? "days lapsed" : "days left"};
    signal.reason = lapsed
        ? fmt::format(
              "{}: the mandate of {} lapsed on {}, {} days before {}; no later act covers the day, as known through {}",
              mission.short_name, act.resolution, iso(act.expires_on), -left, iso(as_of),
              iso(mission.known.known_through))
        : fmt::format("{}: the mandate of {} expires on {}, {} days after {} (threshold {}){}", mission.short_name,
                      act.resolution, iso(act.expires_on), left, iso(as_of), days, manner_of(standing.state));
    signal.phrase = model::Phrasing("status.mandate-expiry." + key_of(lapsed, left, act))
                        .named("mission", mission.id)
                        .text("resolution", act.resolution)
                        .day("day", act.expires_on)
                        .number(lapsed ? "ago" : "left", lapsed ? -left : left)
                        .phrase();
    finding.keep_authored(std::move(signal), mission.known, act.where, lapsed ? ratio_of_lapsed : ratio_of_ending);
}

void judge_mission(const Asked& asked, const pack::Mission& mission, StatusFinding& finding) {
    using State = pack::MandateStanding::State;
    const Day as_of = asked.setting.as_of;
    const std::string& name = mission.short_name;
    const pack::MandateStanding standing = pack::standing_on(mission, as_of);
    if (standing.state == State::NotYet) return;  // there was none
    if (standing.state == State::NotKnown) {
        finding.not_since(fmt::format("{}: {} ran until {}; not known since {}{}{}", name, standing.act->resolution,
                                      iso(standing.act->expires_on), iso(standing.since),
                                      mission.known.look_at.empty() ? "" : ", look at ", mission.known.look_at),
                          {mission.id, standing.since, mission.known.look_at});
        return;
    }
    finding.count_judged();
    finding.observe_through(mission.known.known_through);
    if (standing.state == State::Closed) return;  // a mission that is over never signals
    finding.count_examined();
    const Day until = standing.act->expires_on;
    if (until == no_day) {
        finding.say(fmt::format("{}: {} names no day of expiry", name, standing.act->resolution));
        return;
    }
    if (standing.is_in_force()) finding.say(fmt::format("{} until {}{}", name, iso(until), manner_of(standing.state)));
    // a successor that begins when this ends leaves nothing to warn of
    const int left = until - as_of;
    const bool goes_on = standing.next && standing.next->starts_on <= until + 1;
    if (goes_on || left > asked.options.whole("days") || left < -asked.options.whole("lapsed_days")) return;
    signal_expiry(asked, mission, standing, finding);
}

}  // namespace

constexpr pack::Spec mandate_expiry_spec{
    "mandate-expiry", "Which mandates are about to expire, or lapsed?", mandate_expiry_fields, {}, {}};

void ask_mandate_expiry(const Asked& asked, StatusFinding& finding) {
    for (const pack::Mission* mission : missions_of(asked)) judge_mission(asked, *mission, finding);
}

}  // namespace icosa::detect
