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

Day months_later(Day day, int months) {
    const Civil civil = civil_of(day);
    const int index = civil.year * 12 + civil.month - 1 + months;
    const int year = index / 12;
    const int month = index % 12 + 1;
    return day_of(year, month, std::min(civil.day, last_day_of_month(year, month)));
}

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

/// Of a mechanism that met by the as-of day, as reviewed.
void judge_cadence_overdue(const Asked& asked, const pack::Mechanism& mechanism, StatusFinding& finding) {
    const std::string& name = mechanism.name.en;
    const Day as_of = asked.setting.as_of;
    const int grace_days = asked.options.whole("grace_days");
    finding.count_judged();
    finding.count_examined();
    const Day due = months_later(mechanism.last_meeting, mechanism.cadence_months);
    const int late = as_of - due;
    finding.say(late > 0 ? fmt::format("{}: due {}", name, iso(due))
                         : fmt::format("{}: last {}, next by {}", name, iso(mechanism.last_meeting), iso(due)));
    if (late <= grace_days) return;
    model::Signal signal = finding.begin(mechanism.id, name, iso(due));
    const int cadence_days = due - mechanism.last_meeting;
    signal.observed = as_of - mechanism.last_meeting;
    signal.expected = cadence_days;
    signal.threshold = cadence_days + grace_days;
    signal.unusualness = static_cast<double>(late) / (late + cadence_days);
    signal.severity = {static_cast<double>(late), "days overdue"};
    signal.reason = fmt::format(
        "{}: {} days since the last meeting known ({}) against a cadence of {} months; due {}, {} days ago "
        "(threshold {} days)",
        name, figure(signal.observed), iso(mechanism.last_meeting), mechanism.cadence_months, iso(due), late,
        figure(signal.threshold));
    signal.caveats.push_back("a meeting that is not yet in the pack looks overdue");
    signal.phrase = model::Phrasing("status.cadence-overdue")
                        .named("mechanism", mechanism.id)
                        .number("since", as_of - mechanism.last_meeting)
                        .day("last", mechanism.last_meeting)
                        .number("months", mechanism.cadence_months)
                        .day("due", due)
                        .number("late", late)
                        .phrase();
    const double ratio = engine::ratio_of(signal.observed, signal.expected, 0);
    finding.keep_authored(std::move(signal), mechanism.provenance, mechanism.where, ratio);
}

}  // namespace

constexpr pack::Spec cadence_overdue_spec{
    "cadence-overdue", "Which mechanisms have not met for longer than their cadence?", cadence_overdue_fields, {}, {}};

void ask_cadence_overdue(const Asked& asked, StatusFinding& finding) {
    const auto mechanisms = mechanisms_of(asked);
    int without = 0;
    for (const pack::Mechanism* mechanism : mechanisms) {
        const std::string& name = mechanism->name.en;
        if (mechanism->cadence_months == 0 || mechanism->last_meeting == no_day) ++without;
        else if (mechanism->last_meeting > asked.setting.as_of)
            finding.unknown(fmt::format("{}: the last meeting known is of {}, after the as-of day", name,
                                        iso(mechanism->last_meeting)));
        else if (mechanism->provenance.stale_on(asked.setting.as_of))
            finding.unverified(fmt::format("{}: last meeting known {}, reviewed {}, expired {}", name,
                                           iso(mechanism->last_meeting), iso(mechanism->provenance.reviewed),
                                           iso(mechanism->provenance.expires)));
        else judge_cadence_overdue(asked, *mechanism, finding);
    }
    if (without > 0) finding.say(fmt::format("{} of {} have no fixed cadence", without, mechanisms.size()));
}

}  // namespace icosa::detect
