/// entry-into-force: what does an instrument lack before it enters into force, and has it waited long?
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "detect/status/parties.hpp"
#include "engine/grading.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using pack::number_option;

constexpr double days_a_year = 365.25;

constexpr pack::Field entry_into_force_fields[] = {
    number_option("patience_years", "signals what has waited longer than this since it was opened")
        .in("years")
        .within(0, 200)
        .by_default("5"),
};

/// Participants against those that its rule needs; needed 0 = the rule is no number.
struct Lacking {
    int have = 0;
    int needed = 0;
    std::string words;
};

Lacking lacking_of(const Asked& asked, const Parties& parties) {
    const pack::EntryIntoForce& entry = parties.instrument.entry;
    const int have = static_cast<int>(parties.on_day.size());
    if (!entry.named.empty()) {
        const Shares named = shares_of(asked.members.of(entry.named), parties.on_day);
        return {static_cast<int>(named.in.size()), named.size(),
                fmt::format("{} of the {} {} have joined, and all of them must; not: {}", named.in.size(), named.size(),
                            asked.members.title(entry.named), asked.members.names(named.out))};
    }
    if (entry.ratifications > 0)
        return {have, entry.ratifications,
                fmt::format("{} of the {} participants that it needs", have, entry.ratifications)};
    return {have, entry.ratifications,
            entry.rule.empty() ? fmt::format("{} participants", have)
                               : fmt::format("{} participants; the rule: {}", have, entry.rule)};
}

/// How many instruments of the catalogue had waited less when they entered into force, as a share.
double rarity_of_wait(double years, const engine::Setting& setting) {
    int shorter = 0;
    int known = 0;
    for (const auto& other : setting.catalogue.instruments) {
        if (other.opened == no_day || other.in_force == no_day || other.in_force > setting.as_of
            || other.in_force < other.opened)
            continue;
        ++known;
        shorter += (other.in_force - other.opened) / days_a_year < years ? 1 : 0;
    }
    return (shorter + 0.5) / (known + 1);
}

void judge_entry_into_force(const Asked& asked, const Parties& parties, StatusFinding& finding) {
    const pack::Instrument& instrument = parties.instrument;
    const Day as_of = asked.setting.as_of;
    const Lacking lacking = lacking_of(asked, parties);
    const bool is_number = lacking.needed > 0;
    const Day opened = instrument.opened != no_day ? instrument.opened : instrument.adopted;
    const double waited = opened == no_day ? nan_value : (as_of - opened) / days_a_year;
    finding.say(fmt::format("{} is not in force: {}", instrument.short_title, lacking.words));
    if (std::isnan(waited) || waited < asked.options.number("patience_years")) return;
    model::Signal signal = finding.begin(instrument.id, instrument.short_title, year_label(as_of));
    signal.observed = lacking.have;
    signal.expected = signal.threshold = is_number ? lacking.needed : nan_value;
    signal.unusualness = rarity_of_wait(waited, asked.setting);
    signal.severity = {is_number ? static_cast<double>(std::max(0, lacking.needed - lacking.have)) : waited,
                       is_number ? "participants lacking" : "years"};
    signal.reason = fmt::format("{}, as at {}: opened {} years ago and not in force; {}", instrument.short_title,
                                iso(parties.as_at(as_of)), number_text(waited, 1), lacking.words);
    const pack::EntryIntoForce& entry = instrument.entry;
    const std::string kind = !entry.named.empty() ? "named"
        : entry.ratifications > 0                 ? "number"
        : entry.rule.empty()                      ? "plain"
                                                  : "rule";
    model::Phrasing told("status.entry-into-force." + kind);
    told.named("instrument", instrument.id)
        .number("years", std::floor(waited))
        .number("in", lacking.have)
        .day("day", parties.as_at(as_of));
    if (kind == "named")
        told.named("set", entry.named)
            .number("all", lacking.needed)
            .places("states", shares_of(asked.members.of(entry.named), parties.on_day).out);
    if (kind == "number") told.number("needed", lacking.needed);
    if (kind == "rule") told.text("rule", entry.rule);
    signal.phrase = told.phrase();
    std::vector<std::string> who;
    for (const auto& [participant, act] : parties.on_day) who.push_back(participant);
    const double ratio = engine::ratio_of(signal.expected, signal.observed, 0);
    finding.keep_from_acts(std::move(signal), parties.participation, parties.acts_of(who), ratio);
}

}  // namespace

constexpr pack::Spec entry_into_force_spec{
    "entry-into-force", "What does an instrument lack before it enters into force?", entry_into_force_fields, {}, {}};

void ask_entry_into_force(const Asked& asked, StatusFinding& finding) {
    for (const pack::Instrument* instrument : instruments_of(asked)) {
        if (instrument->in_force != no_day && instrument->in_force <= asked.setting.as_of) {
            finding.say(fmt::format("{} in force since {}", instrument->short_title, iso(instrument->in_force)));
            finding.count_judged();
            finding.count_examined();
            continue;
        }
        const std::string& named = instrument->entry.named;  // whose joining decides
        const auto whom = named.empty() ? asked.members.asked(*instrument) : asked.members.of(named);
        const auto parties = parties_of(asked, *instrument, whom, finding);
        if (!parties) continue;
        finding.count_judged();
        finding.count_examined();
        judge_entry_into_force(asked, *parties, finding);
    }
}

}  // namespace icosa::detect
