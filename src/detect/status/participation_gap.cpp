/// gap: in which regions or sets are an instrument's participants rarer than elsewhere?
#include <set>

#include <fmt/format.h>

#include "detect/status/parties.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "model/phrasing.hpp"

namespace icosa::detect {
namespace {

using engine::figure;
using pack::number_option;
using pack::whole_option;

constexpr pack::Field participation_gap_fields[] = {
    number_option("margin", "signals each group whose share lies more than this below that of all")
        .in("share")
        .within(0, 1)
        .by_default("0.1"),
    whole_option("minimum_members", "smaller groups are not looked at").in("states").within(1, 300).by_default("3"),
};

/// The watch's groups, else all regions.
std::vector<std::string> groups_of(const Asked& asked) {
    std::vector<std::string> groups = asked.watch.groups;
    if (!groups.empty()) return groups;
    for (const auto& set : asked.setting.places.sets()) {
        if (set.kind == "region") groups.push_back(set.id);
    }
    return groups;
}

/// Those of a group who are in the base.
std::vector<std::string> within(const std::set<std::string>& base, const std::vector<std::string>& group) {
    std::vector<std::string> both;
    for (const std::string& member : group) {
        if (base.contains(member)) both.push_back(member);
    }
    return both;
}

void signal_gap(const Asked& asked, const Parties& parties, const std::string& group, const Shares& shares,
                const Shares& all, double threshold, StatusFinding& finding) {
    const Membership& members = asked.members;
    const Day as_of = asked.setting.as_of;
    const pack::Instrument& instrument = parties.instrument;
    model::Signal signal =
        finding.begin(instrument.id + "|" + group, fmt::format("{}: {}", instrument.short_title, members.title(group)),
                      year_label(as_of));
    set_shares(signal, shares, all, threshold);
    signal.reason =
        fmt::format("{}, as at {}: {} of {} of {} are participants (share {} against {} of {}, threshold {}); not: {}",
                    instrument.short_title, iso(parties.as_at(as_of)), shares.in.size(), shares.size(),
                    members.title(group), figure(shares.share()), figure(all.share()), members.title(asked.watch.among),
                    figure(threshold), members.names(shares.out));
    model::Phrasing told(asked.watch.among.empty() ? "status.gap.all" : "status.gap");
    told.named("instrument", instrument.id).named("group", group);
    if (!asked.watch.among.empty()) told.named("set", asked.watch.among);
    signal.phrase = told.number("in", static_cast<double>(shares.in.size()))
                        .number("all", shares.size())
                        .day("day", parties.as_at(as_of))
                        .share("share", shares.share())
                        .share("share_all", all.share())
                        .places("states", shares.out)
                        .phrase();
    const double ratio = engine::ratio_of(signal.expected, signal.observed, 0);
    finding.keep_from_acts(std::move(signal), parties.participation, parties.acts_of(shares.in), ratio);
}

void judge_participation_gap(const Asked& asked, const Parties& parties, StatusFinding& finding) {
    const pack::Instrument& instrument = parties.instrument;
    const auto base = asked.members.asked(instrument);
    const std::set<std::string> in_base(base.begin(), base.end());
    const Shares all = shares_of(base, parties.on_day);
    const double threshold = all.share() - asked.options.number("margin");
    std::string lowest;
    double lowest_share = 2;
    for (const std::string& group : groups_of(asked)) {
        const Shares shares = shares_of(within(in_base, asked.members.of(group)), parties.on_day);
        if (shares.size() < asked.options.whole("minimum_members")) continue;
        finding.count_examined();
        if (shares.share() < lowest_share) {
            lowest_share = shares.share();
            lowest = fmt::format("{}: lowest in {}, {} of {} (share {} against {} of all)", instrument.short_title,
                                 asked.members.title(group), shares.in.size(), shares.size(), figure(shares.share()),
                                 figure(all.share()));
        }
        if (shares.share() < threshold) signal_gap(asked, parties, group, shares, all, threshold, finding);
    }
    if (!lowest.empty()) finding.say(lowest);
}

}  // namespace

constexpr pack::Spec gap_spec{
    "gap", "In which regions or sets are participants rarer than elsewhere?", participation_gap_fields, {}, {}};

void ask_gap(const Asked& asked, StatusFinding& finding) {
    for (const pack::Instrument* instrument : instruments_of(asked)) {
        const auto parties = parties_of(asked, *instrument, asked.members.asked(*instrument), finding);
        if (!parties) continue;
        finding.count_judged();
        judge_participation_gap(asked, *parties, finding);
    }
}

}  // namespace icosa::detect
