/// acts-since: which acts were done of late, and are they more than usual?
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/status/parties.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "methods/statistics/probability.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using engine::figure;
using model::ParticipationAct;
using pack::choice_option;
using pack::whole_option;

constexpr int past_years = 10;

constexpr pack::Field acts_since_fields[] = {
    whole_option("days", "how far back from the as-of day").in("days").within(1, 36500).by_default("365"),
    choice_option("acts", "any|participation|signature|withdrawal", "which acts").by_default("any"),
    whole_option("at_least", "fewer do not signal").in("acts").within(1, 1000).by_default("1"),
};

/// The acts asked about: the newest, and how many are usual in as many days.
struct Recent {
    std::vector<const ParticipationAct*> newest;
    double expected = 0;
};

Recent recent_of(const Asked& asked, const Parties& parties) {
    const auto& [evidence, watch, setting, options, members] = asked;
    const int days = options.whole("days");
    const std::string& wanted = options.text("acts");
    const auto group = watch.among.empty() ? std::vector<std::string>{} : members.of(watch.among);
    const auto counts = [&](const ParticipationAct& act) {
        if (act.day == no_day || (wanted == "participation" && !pack::makes_participant(act.act))
            || ((wanted == "signature" || wanted == "withdrawal") && act.act != wanted))
            return false;
        return watch.among.empty() || std::binary_search(group.begin(), group.end(), act.participant);
    };
    Recent out;
    int before = 0;
    for (const ParticipationAct& act : parties.participation.acts) {
        if (!counts(act) || act.day > setting.as_of) continue;
        if (act.day > setting.as_of - days) out.newest.push_back(&act);
        else if (act.day > setting.as_of - days - static_cast<int>(365.25 * past_years)) ++before;
    }
    out.expected = before * days / (365.25 * past_years);
    return out;
}

/// "A ratification (2020-11-30), ... and 4 more".
std::string list_of(const std::vector<const ParticipationAct*>& acts, const engine::Setting& setting) {
    std::vector<std::string> words;
    for (const ParticipationAct* act : acts)
        words.push_back(fmt::format("{} {} ({})", setting.places.title_of(act->participant), act->act, iso(act->day)));
    const std::size_t all = words.size();
    if (words.size() > most_names) words.resize(most_names);
    return join(words, ", ") + (all > most_names ? fmt::format(" and {} more", all - most_names) : "");
}

void judge_acts_since(const Asked& asked, const Parties& parties, StatusFinding& finding) {
    const auto& [evidence, watch, setting, options, members] = asked;
    const pack::Instrument& instrument = parties.instrument;
    const int days = options.whole("days");
    const auto [newest, expected] = recent_of(asked, parties);
    if (newest.empty()) {
        const std::string& wanted = options.text("acts");
        finding.say(fmt::format("{}: no {} in the {} days to {}", instrument.short_title,
                                wanted == "any" ? "act" : wanted, days, iso(setting.as_of)));
        return;
    }
    const std::string list = list_of(newest, setting);
    finding.say(fmt::format("{}: {}", instrument.short_title, list));
    if (static_cast<int>(newest.size()) < options.whole("at_least")) return;
    model::Signal signal = finding.begin(instrument.id, instrument.short_title, iso(newest.back()->day));
    signal.observed = static_cast<double>(newest.size());
    signal.expected = expected;
    signal.threshold = options.number("at_least");
    const double mean = std::max(expected, 0.01);
    signal.unusualness =
        methods::poisson_cdf(signal.observed, mean) - 0.5 * methods::poisson_pmf(signal.observed, mean);
    signal.severity = {signal.observed, "acts"};
    signal.reason =
        fmt::format("{}, {} days to {}: {} {} against {} expected from the ten years before (threshold {}): {}",
                    instrument.short_title, days, iso(setting.as_of), newest.size(),
                    newest.size() == 1 ? "act" : "acts", figure(expected), figure(signal.threshold), list);
    std::vector<std::string> who;
    for (const ParticipationAct* act : newest) {
        if (std::find(who.begin(), who.end(), act->participant) == who.end()) who.push_back(act->participant);
    }
    signal.phrase = model::Phrasing(newest.size() == 1 ? "status.acts-since.one" : "status.acts-since")
                        .named("instrument", instrument.id)
                        .number("n", static_cast<double>(newest.size()))
                        .number("days", days)
                        .day("day", setting.as_of)
                        .number("expected", std::round(10 * expected) / 10)
                        .places("acts", who)
                        .phrase();
    const double ratio = engine::ratio_of(signal.observed, expected, 0.5);
    finding.keep_from_acts(std::move(signal), parties.participation, newest, ratio);
}

}  // namespace

constexpr pack::Spec acts_since_spec{"acts-since", "Which acts were done of late?", acts_since_fields, {}, {}};

void ask_acts_since(const Asked& asked, StatusFinding& finding) {
    for (const pack::Instrument* instrument : instruments_of(asked)) {
        const auto parties = parties_of(asked, *instrument, asked.members.asked(*instrument), finding);
        if (!parties) continue;
        finding.count_judged();
        finding.count_examined();
        judge_acts_since(asked, *parties, finding);
    }
}

}  // namespace icosa::detect
