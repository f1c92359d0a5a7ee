/// cadence-overdue: which mechanisms have not met for longer than their cadence?
#include <algorithm>

#include <fmt/format.h>

#include "detect/status/question.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using engine::figure;
using pack::whole_option;

constexpr pack::Field cadence_overdue_fields[] = {
    whole_option("grace_days", "overdue only this long after the cadence").in("days").within(0, 3660).by_default("60"),
};

/// Named by the watch, by id or by a platform of theirs.
std::vector<const pack::Mechanism*> mechanisms_of(const Asked& asked) {
    std::vector<const pack::Mechanism*> out;
    for (const auto& mechanism : asked.setting.catalogue.mechanisms) {
        const auto names = [&](const std::string& id) {
            return id == mechanism.id
                || std::find(mechanism.platforms.begin(), mechanism.platforms.end(), id) != mechanism.platforms.end();
        };
        if (std::any_of(asked.watch.mechanisms.begin(), asked.watch.mechanisms.end(), names)) out.push_back(&mechanism);
    }
    return out;
}

struct Due {
    const pack::Meeting& last;
    Day day;  ///< by the cadence
    int tolerance_days;
};

void signal_overdue(const Asked& asked, const pack::Mechanism& mechanism, const Due& due, StatusFinding& finding) {
    const std::string& name = mechanism.name.en;
    const Day as_of = asked.setting.as_of, last = due.last.last_day;
    const int late = as_of - due.day;
    model::Signal signal = finding.begin(mechanism.id, name, iso(due.day));
    const int cadence_days = due.day - last;
    signal.observed = as_of - last;
    signal.expected = cadence_days;
    signal.threshold = cadence_days + due.tolerance_days;
    signal.unusualness = static_cast<double>(late) / (late + cadence_days);
    signal.severity = {static_cast<double>(late), "days overdue"};
    signal.reason = fmt::format(
        "{}: {} days since the last meeting ({}) against a cadence of {} months; due {}, {} "
        "days ago (threshold {} days); known through {}",
        name, figure(signal.observed), iso(last), mechanism.cadence_months, iso(due.day), late,
        figure(signal.threshold), iso(mechanism.known.known_through));
    signal.phrase = model::Phrasing("status.cadence-overdue")
                        .named("mechanism", mechanism.id)
                        .number("since", as_of - last)
                        .day("last", last)
                        .number("months", mechanism.cadence_months)
                        .day("due", due.day)
                        .number("late", late)
                        .phrase();
    const double ratio = engine::ratio_of(signal.observed, signal.expected, 0);
    finding.keep_authored(std::move(signal), mechanism.known, mechanism.where, ratio);
}

/// Of a mechanism that met by the as-of day. That it has not met since can be said only as far as its list is known.
void judge_cadence_overdue(const Asked& asked, const pack::Mechanism& mechanism, const pack::Meeting& last,
                           StatusFinding& finding) {
    const Day as_of = asked.setting.as_of;
    const Due due{last, months_later(last.last_day, mechanism.cadence_months),
                  mechanism.tolerance_days >= 0 ? mechanism.tolerance_days : asked.options.whole("grace_days")};
    const bool late = as_of - due.day > due.tolerance_days;
    const bool is_newest = &last == &mechanism.meetings.back();  // else the list may have a hole
    if (late && (!is_newest || !mechanism.known.tells_absence(as_of))) {
        const Day known = mechanism.known.known_through;
        const Day since = std::max(known == no_day ? last.last_day : known, last.last_day);
        finding.not_since(fmt::format("{}: met {}, due by {}; not known since {}{}{}", mechanism.name.en,
                                      iso(last.last_day), iso(due.day), iso(std::min(since, as_of)),
                                      mechanism.known.look_at.empty() ? "" : ", look at ", mechanism.known.look_at),
                          {mechanism.id, std::min(since, as_of), mechanism.known.look_at});
        return;
    }
    finding.count_judged();
    finding.count_examined();
    finding.observe_through(std::max(last.last_day, mechanism.known.known_through));
    finding.say(late ? fmt::format("{}: due {}", mechanism.name.en, iso(due.day))
                     : fmt::format("{}: last {}, next by {}", mechanism.name.en, iso(last.last_day), iso(due.day)));
    if (late) signal_overdue(asked, mechanism, due, finding);
}

}  // namespace

constexpr pack::Spec cadence_overdue_spec{
    "cadence-overdue", "Which mechanisms have not met for longer than their cadence?", cadence_overdue_fields, {}, {}};

void ask_cadence_overdue(const Asked& asked, StatusFinding& finding) {
    const auto mechanisms = mechanisms_of(asked);
    int without = 0;
    for (const pack::Mechanism* mechanism : mechanisms) {
        const pack::Meeting* last = pack::last_meeting(*mechanism, asked.setting.as_of);
        if (mechanism->cadence_months == 0 || mechanism->meetings.empty()) ++without;
        else if (!last)
            finding.unknown(fmt::format("{}: the first meeting known is of {}, after the as-of day", mechanism->name.en,
                                        iso(mechanism->meetings.front().day)));
        else judge_cadence_overdue(asked, *mechanism, *last, finding);
    }
    if (without > 0)
        finding.say(fmt::format("{} of {} have no fixed cadence, or no meeting on record", without, mechanisms.size()));
}

}  // namespace icosa::detect
