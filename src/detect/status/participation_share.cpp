/// participation: who of a set is missing from an instrument, and is the set rarer in it than all who could join?
#include <fmt/format.h>

#include "detect/status/parties.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using engine::figure;
using pack::number_option;

constexpr pack::Field participation_share_fields[] = {
    number_option("margin",
                  "signals where the share within `among` lies more than this below that of all who could join")
        .in("share")
        .within(0, 1)
        .by_default("0.1"),
    number_option("at_least", "in place of the margin: signals where the share is smaller than this")
        .in("share")
        .within(0, 1),
};

void judge_participation_share(const Asked& asked, const Parties& parties, StatusFinding& finding) {
    const auto& [evidence, watch, setting, options, members] = asked;
    const pack::Instrument& instrument = parties.instrument;
    const Shares group = shares_of(members.asked(instrument), parties.on_day);
    if (group.size() == 0) {
        finding.unknown(fmt::format("{} has no member on {}", members.title(watch.among), iso(setting.as_of)));
        return;
    }
    finding.count_judged();
    finding.count_examined();
    const Shares all = shares_of(members.could_join(instrument), parties.on_day);
    const double threshold =
        options.has("at_least") ? options.number("at_least") : all.share() - options.number("margin");
    const std::string words = fmt::format("{} of {} of {} are participants of {}", group.in.size(), group.size(),
                                          members.title(watch.among), instrument.short_title);
    const std::string missing = group.out.empty() ? "" : fmt::format("; not: {}", members.names(group.out));
    finding.say(words + missing);
    if (!(group.share() < threshold)) return;
    model::Signal signal = finding.begin(instrument.id, instrument.short_title, year_label(setting.as_of));
    set_shares(signal, group, all, threshold);
    signal.reason = fmt::format("{}, as at {}: {} (share {} against {} of all who could join, threshold {}){}",
                                instrument.short_title, iso(parties.as_at(setting.as_of)), words, figure(group.share()),
                                figure(all.share()), figure(threshold), missing);
    const bool has_line = options.has("at_least"), is_all = watch.among.empty();
    model::Phrasing told(has_line ? is_all ? "status.participation.all.below-share" : "status.participation.below-share"
                                  : "status.participation.below-others");
    told.named("instrument", instrument.id);
    if (!is_all) told.named("set", watch.among);
    told.number("in", static_cast<double>(group.in.size()))
        .number("all", group.size())
        .day("day", parties.as_at(setting.as_of))
        .share("share", group.share());
    if (has_line) told.share("threshold", threshold);
    else told.share("share_all", all.share());
    signal.phrase = told.places("states", group.out).phrase();
    const double ratio = engine::ratio_of(signal.expected, signal.observed, 0);
    finding.keep_from_acts(std::move(signal), parties.participation, parties.acts_of(group.in), ratio);
}

}  // namespace

constexpr pack::Spec participation_spec{"participation",
                                        "Who of a set is missing, and is the set rarer in than all who could join?",
                                        participation_share_fields,
                                        {},
                                        {}};

void ask_participation(const Asked& asked, StatusFinding& finding) {
    for (const pack::Instrument* instrument : instruments_of(asked)) {
        const auto parties = parties_of(asked, *instrument, asked.members.asked(*instrument), finding);
        if (parties) judge_participation_share(asked, *parties, finding);
    }
}

}  // namespace icosa::detect
