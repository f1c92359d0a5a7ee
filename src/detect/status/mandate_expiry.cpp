/// mandate-expiry: which mandates are about to expire, or lapsed without a successor?
#include <algorithm>
#include <map>
#include <set>

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

/// By mission, what was adopted last, as of the day; a mission whose mandates are all later is unknown.
std::map<std::string, const pack::Mandate*> newest_mandates(const Asked& asked, StatusFinding& finding) {
    const auto& named = asked.watch.mandates;
    const Day as_of = asked.setting.as_of;
    const bool all = std::find(named.begin(), named.end(), "all") != named.end();
    std::map<std::string, const pack::Mandate*> newest;
    std::set<std::string> later;
    for (const auto& mandate : asked.setting.catalogue.mandates) {
        if (!all && std::find(named.begin(), named.end(), mandate.id) == named.end()) continue;
        if (mandate.adopted == no_day || mandate.adopted > as_of) {
            later.insert(mandate.mission);
            continue;
        }
        const pack::Mandate*& at = newest[mandate.mission];
        if (!at || at->adopted < mandate.adopted) at = &mandate;
    }
    for (const std::string& mission : later) {
        if (!newest.contains(mission))
            finding.unknown(fmt::format("{}: no mandate adopted by {} is at hand", mission, iso(as_of)));
    }
    return newest;
}

/// Of a mandate with a day of expiry, as reviewed.
void judge_mandate_expiry(const Asked& asked, const pack::Mandate& mandate, StatusFinding& finding) {
    const std::string& mission = mandate.mission;
    const Day as_of = asked.setting.as_of;
    const int left = mandate.expires_on - as_of;
    const bool lapsed = left < 0;
    const int days = asked.options.whole("days");
    finding.count_judged();
    finding.count_examined();
    if (!lapsed) finding.say(fmt::format("{} until {}", mission, iso(mandate.expires_on)));
    if (left > days || left < -asked.options.whole("lapsed_days")) return;
    model::Signal signal =
        finding.begin(mandate.id, fmt::format("{} ({})", mission, mandate.name.en), iso(mandate.expires_on));
    signal.observed = left;
    signal.expected = nan_value;
    signal.threshold = days;
    signal.unusualness = lapsed ? 1 : 1 - static_cast<double>(left) / (days + 1);
    signal.severity = {static_cast<double>(lapsed ? -left : left), lapsed ? "days lapsed" : "days left"};
    signal.reason = lapsed
        ? fmt::format("{}: the mandate of {} lapsed on {}, {} days before {}; no later one is at hand", mission,
                      mandate.resolution, iso(mandate.expires_on), -left, iso(as_of))
        : fmt::format("{}: the mandate of {} expires on {}, {} days after {} (threshold {})", mission,
                      mandate.resolution, iso(mandate.expires_on), left, iso(as_of), days);
    const std::string key = lapsed ? left == -1 ? "lapsed-yesterday" : "lapsed"
        : left == 0                ? "ends-today"
        : left == 1                ? "ends-tomorrow"
                                   : "ends";
    signal.phrase = model::Phrasing("status.mandate-expiry." + key)
                        .named("mission", mandate.id)
                        .text("resolution", mandate.resolution)
                        .day("day", mandate.expires_on)
                        .number(lapsed ? "ago" : "left", lapsed ? -left : left)
                        .phrase();
    finding.keep_authored(std::move(signal), mandate.provenance, mandate.where,
                          lapsed ? ratio_of_lapsed : ratio_of_ending);
}

}  // namespace

constexpr pack::Spec mandate_expiry_spec{
    "mandate-expiry", "Which mandates are about to expire, or lapsed?", mandate_expiry_fields, {}, {}};

void ask_mandate_expiry(const Asked& asked, StatusFinding& finding) {
    for (const auto& [mission, mandate] : newest_mandates(asked, finding)) {
        if (mandate->expires_on == no_day) {
            finding.count_judged();
            finding.say(fmt::format("{}: {} names no day of expiry", mission, mandate->resolution));
        } else if (mandate->provenance.stale_on(asked.setting.as_of)) {
            finding.unverified(fmt::format("{} until {}, as reviewed on {}", mission, iso(mandate->expires_on),
                                           iso(mandate->provenance.reviewed)));
        } else {
            judge_mandate_expiry(asked, *mandate, finding);
        }
    }
}

}  // namespace icosa::detect
