/// instrument-status: who is in, what is lacking, where the gaps are, what was done of late, what is overdue or about
/// to expire.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/checks.hpp"
#include "detect/engines.hpp"
#include "detect/status/participation.hpp"
#include "engine/grading.hpp"
#include "engine/wording.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::detect {
namespace {

using namespace engine;
using model::ParticipationAct;
using model::State;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_names = 8;
constexpr std::size_t most_strips = 6;
constexpr int strip_years = 30;

constexpr Field limit_field = whole_option("limit_days", "later than this after the verification the watch is stale")
                                  .in("days")
                                  .within(0, 36500)
                                  .by_default("366");
constexpr Field participation_fields[] = {
    number_option("margin",
                  "signals where the share within `among` lies more than this below that of all who could join")
        .in("share")
        .within(0, 1)
        .by_default("0.1"),
    number_option("at_least", "in place of the margin: signals where the share is smaller than this")
        .in("share")
        .within(0, 1),
    limit_field,
};
constexpr Field gap_fields[] = {
    number_option("margin", "signals each group whose share lies more than this below that of all")
        .in("share")
        .within(0, 1)
        .by_default("0.1"),
    whole_option("minimum_members", "smaller groups are not looked at").in("states").within(1, 300).by_default("3"),
    limit_field,
};
constexpr Field entry_fields[] = {
    number_option("patience_years", "signals what has waited longer than this since it was opened")
        .in("years")
        .within(0, 200)
        .by_default("5"),
    limit_field,
};
constexpr Field acts_fields[] = {
    whole_option("days", "how far back from the as-of day").in("days").within(1, 36500).by_default("365"),
    choice_option("acts", "any|participation|signature|withdrawal", "which acts").by_default("any"),
    whole_option("at_least", "fewer do not signal").in("acts").within(1, 1000).by_default("1"),
    limit_field,
};
constexpr Field cadence_fields[] = {
    whole_option("grace_days", "overdue only this long after the cadence").in("days").within(0, 3660).by_default("60"),
};
constexpr Field expiry_fields[] = {
    whole_option("days", "signals what expires within this time").in("days").within(0, 3660).by_default("60"),
    whole_option("lapsed_days", "and what lapsed at most this long ago without a successor")
        .in("days")
        .within(0, 3660)
        .by_default("60"),
};
constexpr pack::Spec participation_spec{"participation",
                                        "Who of a set is missing, and is the set rarer in than all who could join?",
                                        participation_fields,
                                        {},
                                        {}};
constexpr pack::Spec gap_spec{
    "gap", "In which regions or sets are participants rarer than elsewhere?", gap_fields, {}, {}};
constexpr pack::Spec entry_spec{
    "entry-into-force", "What does an instrument lack before it enters into force?", entry_fields, {}, {}};
constexpr pack::Spec acts_spec{"acts-since", "Which acts were done of late?", acts_fields, {}, {}};
constexpr pack::Spec cadence_spec{
    "cadence-overdue", "Which mechanisms have not met for longer than their cadence?", cadence_fields, {}, {}};
constexpr pack::Spec expiry_spec{
    "mandate-expiry", "Which mandates are about to expire, or lapsed?", expiry_fields, {}, {}};
const pack::Spec* const questions[] = {&participation_spec, &gap_spec,     &entry_spec,
                                       &acts_spec,          &cadence_spec, &expiry_spec};

/// "A, B, C and 4 more" of places by name.
std::string names_of(const Setting& setting, const std::vector<std::string>& places) {
    std::vector<std::string> names;
    for (const std::string& place : places) names.push_back(setting.places.title_of(place));
    std::sort(names.begin(), names.end());
    if (names.size() <= most_names + 1) return join(names, ", ");
    const std::size_t more = names.size() - most_names;
    names.resize(most_names);
    return fmt::format("{} and {} more", join(names, ", "), more);
}

Day months_later(Day day, int months) {
    const Civil civil = civil_of(day);
    const int index = civil.year * 12 + civil.month - 1 + months;
    const int year = index / 12;
    const int month = index % 12 + 1;
    return day_of(year, month, std::min(civil.day, last_day_of_month(year, month)));
}

class Run {
public:
    Run(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting)
        : evidence_(evidence), watch_(watch), setting_(setting) {
        finding_.id = watch.id;
        finding_.engine = watch.engine;
        finding_.title = watch.title;
        finding_.clauses = watch.clauses;
        finding_.cites = watch.cites;
        finding_.caveats = watch.caveats;
    }

    Result<model::WatchFinding> operator()() {
        const pack::Spec* question = nullptr;
        for (const pack::Spec* one : questions) {
            if (one->name == watch_.judging.method_name) question = one;
        }
        if (!question)
            return fail(Fault::Pack, "unknown-method", watch_.where,
                        fmt::format("engine 'instrument-status' has no question '{}'", watch_.judging.method_name),
                        "see `icosa check`");
        Diagnostics faults;
        options_ = pack::parse_options(watch_.judging.method, *question, faults);
        if (!faults.empty()) return std::unexpected(faults.front());
        if (question == &cadence_spec) cadence();
        else if (question == &expiry_spec) expiry();
        else instruments(question);
        return finish();
    }

private:
    // ---- what each instrument says ----

    void instruments(const pack::Spec* question) {
        for (const std::string& id : watch_.instruments) {
            const pack::Instrument* instrument = setting_.catalogue.instrument(id);
            if (!instrument) continue;
            const auto found = evidence_.participation.find(id);
            const model::Participation* participation =
                found == evidence_.participation.end() ? nullptr : &found->second;
            if (question == &entry_spec && instrument->in_force != no_day && instrument->in_force <= setting_.as_of) {
                said_.push_back(
                    fmt::format("{} in force since {}", instrument->short_title, iso(instrument->in_force)));
                ++judged_;
                ++finding_.units_examined;
                continue;
            }
            const Standing standing =
                standing_of(*instrument, participation, setting_.as_of, options_.whole("limit_days"));
            if (standing.kind == Standing::Kind::Unknown) {
                unknown_.push_back(standing.why);
                continue;
            }
            note_source(*participation);
            const auto parties =
                participants_on(participation->acts, standing.day == no_day ? setting_.as_of : standing.day);
            if (standing.kind == Standing::Kind::Unverified) {
                unverified_.push_back(absent_words(*instrument, parties, standing,
                                                   question == &entry_spec ? instrument->entry.named : ""));
                continue;
            }
            ++judged_;
            if (question == &participation_spec) participation_of(*instrument, *participation, parties);
            else if (question == &gap_spec) gaps(*instrument, *participation, parties);
            else if (question == &entry_spec) entry(*instrument, *participation, parties);
            else acts(*instrument, *participation);
            if (finding_.strips.size() < most_strips)
                finding_.strips.push_back(history_of(fmt::format("participants of {}", instrument->short_title),
                                                     participation->acts, standing.day, strip_years));
        }
    }

    [[nodiscard]] std::vector<std::string> members(const std::string& set) const {
        return setting_.places.members(set, setting_.as_of).value_or(std::vector<std::string>{});
    }
    [[nodiscard]] std::vector<std::string> could_join(const pack::Instrument& instrument) const {
        return members(instrument.open_to.empty() ? "un-members" : instrument.open_to);
    }
    [[nodiscard]] std::string set_title(const std::string& set) const {
        return set.empty() ? "all who could join" : setting_.places.title_of(set);
    }

    /// "not participants of CTBT as at 2015-03-31: ...; not verified since". `named`: the set whose members alone are
    /// asked about; "" = the watch's.
    [[nodiscard]] std::string absent_words(const pack::Instrument& instrument,
                                           const std::map<std::string, const ParticipationAct*>& parties,
                                           const Standing& standing, const std::string& named) const {
        const auto asked = shares_of(!named.empty()             ? members(named)
                                         : watch_.among.empty() ? could_join(instrument)
                                                                : members(watch_.among),
                                     parties);
        if (asked.out.empty()) return standing.why;
        return fmt::format("not participants of {} as at {}: {}; not verified since", instrument.short_title,
                           iso(standing.day), names_of(setting_, asked.out));
    }

    void participation_of(const pack::Instrument& instrument, const model::Participation& participation,
                          const std::map<std::string, const ParticipationAct*>& parties) {
        const auto asked = shares_of(watch_.among.empty() ? could_join(instrument) : members(watch_.among), parties);
        if (asked.size() == 0) {
            unknown_.push_back(fmt::format("{} has no member on {}", set_title(watch_.among), iso(setting_.as_of)));
            --judged_;
            return;
        }
        const auto all = shares_of(could_join(instrument), parties);
        const double threshold =
            options_.has("at_least") ? options_.number("at_least") : all.share() - options_.number("margin");
        ++finding_.units_examined;
        const std::string words = fmt::format("{} of {} of {} are participants of {}", asked.in.size(), asked.size(),
                                              set_title(watch_.among), instrument.short_title);
        const std::string missing = asked.out.empty() ? "" : fmt::format("; not: {}", names_of(setting_, asked.out));
        said_.push_back(words + missing);
        if (!(asked.share() < threshold)) return;
        model::Signal signal = begin(instrument.id, instrument.short_title, year_label(setting_.as_of));
        set_shares(signal, asked, all, threshold);
        signal.reason = fmt::format("{}, as at {}: {} (share {} against {} of all who could join, threshold {}){}",
                                    instrument.short_title, iso(std::min(setting_.as_of, participation.verified)),
                                    words, figure(asked.share()), figure(all.share()), figure(threshold), missing);
        grade_and_keep(std::move(signal), participation, asked.in, parties);
    }

    void gaps(const pack::Instrument& instrument, const model::Participation& participation,
              const std::map<std::string, const ParticipationAct*>& parties) {
        const std::vector<std::string> base = watch_.among.empty() ? could_join(instrument) : members(watch_.among);
        const auto all = shares_of(base, parties);
        const double threshold = all.share() - options_.number("margin");
        std::vector<std::string> groups = watch_.groups;
        if (groups.empty()) {
            for (const auto& set : setting_.places.sets()) {
                if (set.kind == "region") groups.push_back(set.id);
            }
        }
        const std::set<std::string> in_base(base.begin(), base.end());
        std::string lowest;
        double lowest_share = 2;
        for (const std::string& group : groups) {
            std::vector<std::string> both;
            for (const std::string& member : members(group)) {
                if (in_base.contains(member)) both.push_back(member);
            }
            const auto asked = shares_of(both, parties);
            if (asked.size() < options_.whole("minimum_members")) continue;
            ++finding_.units_examined;
            if (asked.share() < lowest_share) {
                lowest_share = asked.share();
                lowest = fmt::format("{}: lowest in {}, {} of {} (share {} against {} of all)", instrument.short_title,
                                     set_title(group), asked.in.size(), asked.size(), figure(asked.share()),
                                     figure(all.share()));
            }
            if (!(asked.share() < threshold)) continue;
            model::Signal signal =
                begin(instrument.id + "|" + group, fmt::format("{}: {}", instrument.short_title, set_title(group)),
                      year_label(setting_.as_of));
            set_shares(signal, asked, all, threshold);
            signal.reason = fmt::format(
                "{}, as at {}: {} of {} of {} are participants (share {} against {} of {}, threshold {}); not: {}",
                instrument.short_title, iso(std::min(setting_.as_of, participation.verified)), asked.in.size(),
                asked.size(), set_title(group), figure(asked.share()), figure(all.share()), set_title(watch_.among),
                figure(threshold), names_of(setting_, asked.out));
            grade_and_keep(std::move(signal), participation, asked.in, parties);
        }
        if (!lowest.empty()) said_.push_back(lowest);
    }

    void entry(const pack::Instrument& instrument, const model::Participation& participation,
               const std::map<std::string, const ParticipationAct*>& parties) {
        ++finding_.units_examined;
        int have = static_cast<int>(parties.size());
        int needed = instrument.entry.ratifications;
        std::string lacking;
        if (!instrument.entry.named.empty()) {
            const auto named = shares_of(members(instrument.entry.named), parties);
            have = static_cast<int>(named.in.size());
            needed = named.size();
            lacking = fmt::format("{} of the {} {} have joined, and all of them must; not: {}", have, needed,
                                  set_title(instrument.entry.named), names_of(setting_, named.out));
        } else if (needed > 0) {
            lacking = fmt::format("{} of the {} participants that it needs", have, needed);
        } else {
            lacking = instrument.entry.rule.empty()
                ? fmt::format("{} participants", have)
                : fmt::format("{} participants; the rule: {}", have, instrument.entry.rule);
        }
        const Day opened = instrument.opened != no_day ? instrument.opened : instrument.adopted;
        const double waited = opened == no_day ? nan_value : (setting_.as_of - opened) / 365.25;
        said_.push_back(fmt::format("{} is not in force: {}", instrument.short_title, lacking));
        if (std::isnan(waited) || waited < options_.number("patience_years")) return;
        model::Signal signal = begin(instrument.id, instrument.short_title, year_label(setting_.as_of));
        signal.observed = have;
        signal.expected = signal.threshold = needed > 0 ? needed : nan_value;
        // how many instruments of the catalogue had waited less when they entered into force
        int shorter = 0;
        int known = 0;
        for (const auto& other : setting_.catalogue.instruments) {
            if (other.opened == no_day || other.in_force == no_day || other.in_force > setting_.as_of
                || other.in_force < other.opened)
                continue;
            ++known;
            shorter += (other.in_force - other.opened) / 365.25 < waited ? 1 : 0;
        }
        signal.unusualness = (shorter + 0.5) / (known + 1);
        signal.severity = {needed > 0 ? static_cast<double>(std::max(0, needed - have)) : waited,
                           needed > 0 ? "participants lacking" : "years"};
        signal.reason =
            fmt::format("{}, as at {}: opened {} years ago and not in force; {}", instrument.short_title,
                        iso(std::min(setting_.as_of, participation.verified)), number_text(waited, 1), lacking);
        std::vector<std::string> who;
        for (const auto& [participant, act] : parties) who.push_back(participant);
        grade_and_keep(std::move(signal), participation, who, parties);
    }

    void acts(const pack::Instrument& instrument, const model::Participation& participation) {
        ++finding_.units_examined;
        const int days = options_.whole("days");
        const std::string& wanted = options_.text("acts");
        const auto asked = watch_.among.empty() ? std::vector<std::string>{} : members(watch_.among);
        const auto counts = [&](const ParticipationAct& act) {
            if (act.day == no_day || (wanted == "participation" && !pack::makes_participant(act.act))
                || ((wanted == "signature" || wanted == "withdrawal") && act.act != wanted))
                return false;
            return watch_.among.empty() || std::binary_search(asked.begin(), asked.end(), act.participant);
        };
        constexpr int past_years = 10;
        std::vector<const ParticipationAct*> newest;
        int before = 0;
        for (const ParticipationAct& act : participation.acts) {
            if (!counts(act) || act.day > setting_.as_of) continue;
            if (act.day > setting_.as_of - days) newest.push_back(&act);
            else if (act.day > setting_.as_of - days - static_cast<int>(365.25 * past_years)) ++before;
        }
        const double expected = before * days / (365.25 * past_years);
        if (newest.empty()) {
            said_.push_back(fmt::format("{}: no {} in the {} days to {}", instrument.short_title,
                                        wanted == "any" ? "act" : wanted, days, iso(setting_.as_of)));
            return;
        }
        std::vector<std::string> words;
        for (const ParticipationAct* act : newest)
            words.push_back(
                fmt::format("{} {} ({})", setting_.places.title_of(act->participant), act->act, iso(act->day)));
        const std::size_t all = words.size();
        if (words.size() > most_names) words.resize(most_names);
        const std::string list =
            join(words, ", ") + (all > most_names ? fmt::format(" and {} more", all - most_names) : "");
        said_.push_back(fmt::format("{}: {}", instrument.short_title, list));
        if (static_cast<int>(all) < options_.whole("at_least")) return;
        model::Signal signal = begin(instrument.id, instrument.short_title, iso(newest.back()->day));
        signal.observed = static_cast<double>(all);
        signal.expected = expected;
        signal.threshold = options_.number("at_least");
        const double mean = std::max(expected, 0.01);
        signal.unusualness =
            methods::poisson_cdf(signal.observed, mean) - 0.5 * methods::poisson_pmf(signal.observed, mean);
        signal.severity = {signal.observed, "acts"};
        signal.reason =
            fmt::format("{}, {} days to {}: {} {} against {} expected from the ten years before (threshold {}): {}",
                        instrument.short_title, days, iso(setting_.as_of), all, all == 1 ? "act" : "acts",
                        figure(expected), figure(signal.threshold), list);
        lineage_of(signal, newest);
        confide(signal, participation);
        signal.grade = grade_of(signal.unusualness, ratio_of(signal.observed, expected, 0.5), setting_.grades);
        finding_.signals.push_back(std::move(signal));
    }

    // ---- mechanisms and mandates ----

    void cadence() {
        std::vector<const pack::Mechanism*> asked;
        for (const auto& mechanism : setting_.catalogue.mechanisms) {
            const bool named =
                std::any_of(watch_.mechanisms.begin(), watch_.mechanisms.end(), [&](const std::string& id) {
                    return id == mechanism.id
                        || std::find(mechanism.platforms.begin(), mechanism.platforms.end(), id)
                        != mechanism.platforms.end();
                });
            if (named) asked.push_back(&mechanism);
        }
        int without = 0;
        for (const pack::Mechanism* mechanism : asked) {
            const std::string& name = mechanism->name.en;
            if (mechanism->cadence_months == 0 || mechanism->last_meeting == no_day) {
                ++without;
                continue;
            }
            if (mechanism->last_meeting > setting_.as_of) {
                unknown_.push_back(fmt::format("{}: the last meeting known is of {}, after the as-of day", name,
                                               iso(mechanism->last_meeting)));
                continue;
            }
            if (mechanism->provenance.stale_on(setting_.as_of)) {
                unverified_.push_back(fmt::format("{}: last meeting known {}, reviewed {}, expired {}", name,
                                                  iso(mechanism->last_meeting), iso(mechanism->provenance.reviewed),
                                                  iso(mechanism->provenance.expires)));
                continue;
            }
            ++judged_;
            ++finding_.units_examined;
            const Day due = months_later(mechanism->last_meeting, mechanism->cadence_months);
            const int late = setting_.as_of - due;
            said_.push_back(late > 0
                                ? fmt::format("{}: due {}", name, iso(due))
                                : fmt::format("{}: last {}, next by {}", name, iso(mechanism->last_meeting), iso(due)));
            if (late <= options_.whole("grace_days")) continue;
            model::Signal signal = begin(mechanism->id, name, iso(due));
            const int cadence_days = due - mechanism->last_meeting;
            signal.observed = setting_.as_of - mechanism->last_meeting;
            signal.expected = cadence_days;
            signal.threshold = cadence_days + options_.whole("grace_days");
            signal.unusualness = static_cast<double>(late) / (late + cadence_days);
            signal.severity = {static_cast<double>(late), "days overdue"};
            signal.confidence = model::Confidence::Moderate;
            signal.confidence_why = fmt::format("authored fact, reviewed {}", iso(mechanism->provenance.reviewed));
            signal.reason = fmt::format(
                "{}: {} days since the last meeting known ({}) against a cadence of {} months; due {}, {} days ago "
                "(threshold {} days)",
                name, figure(signal.observed), iso(mechanism->last_meeting), mechanism->cadence_months, iso(due), late,
                figure(signal.threshold));
            signal.caveats.push_back("a meeting that is not yet in the pack looks overdue");
            keep_authored(std::move(signal), mechanism->provenance, mechanism->where,
                          ratio_of(signal.observed, signal.expected, 0));
        }
        if (without > 0) said_.push_back(fmt::format("{} of {} have no fixed cadence", without, asked.size()));
    }

    void expiry() {
        std::map<std::string, const pack::Mandate*> newest;  // by mission: what was adopted last, as of the day
        std::set<std::string> later;
        const bool all = std::find(watch_.mandates.begin(), watch_.mandates.end(), "all") != watch_.mandates.end();
        for (const auto& mandate : setting_.catalogue.mandates) {
            if (!all && std::find(watch_.mandates.begin(), watch_.mandates.end(), mandate.id) == watch_.mandates.end())
                continue;
            if (mandate.adopted == no_day || mandate.adopted > setting_.as_of) {
                later.insert(mandate.mission);
                continue;
            }
            const pack::Mandate*& at = newest[mandate.mission];
            if (!at || at->adopted < mandate.adopted) at = &mandate;
        }
        for (const std::string& mission : later) {
            if (!newest.contains(mission))
                unknown_.push_back(
                    fmt::format("{}: no mandate adopted by {} is at hand", mission, iso(setting_.as_of)));
        }
        for (const auto& [mission, mandate] : newest) {
            if (mandate->expires_on == no_day) {
                ++judged_;
                said_.push_back(fmt::format("{}: {} names no day of expiry", mission, mandate->resolution));
                continue;
            }
            const int left = mandate->expires_on - setting_.as_of;
            if (mandate->provenance.stale_on(setting_.as_of)) {
                unverified_.push_back(fmt::format("{} until {}, as reviewed on {}", mission, iso(mandate->expires_on),
                                                  iso(mandate->provenance.reviewed)));
                continue;
            }
            ++judged_;
            ++finding_.units_examined;
            if (left >= 0) said_.push_back(fmt::format("{} until {}", mission, iso(mandate->expires_on)));
            const int days = options_.whole("days");
            if (left > days || left < -options_.whole("lapsed_days")) continue;
            model::Signal signal =
                begin(mandate->id, fmt::format("{} ({})", mission, mandate->name.en), iso(mandate->expires_on));
            signal.observed = left;
            signal.expected = nan_value;
            signal.threshold = days;
            signal.unusualness = left < 0 ? 1 : 1 - static_cast<double>(left) / (days + 1);
            signal.severity = {static_cast<double>(left < 0 ? -left : left), left < 0 ? "days lapsed" : "days left"};
            signal.confidence = model::Confidence::Moderate;
            signal.confidence_why = fmt::format("authored fact, reviewed {}", iso(mandate->provenance.reviewed));
            signal.reason = left < 0
                ? fmt::format("{}: the mandate of {} lapsed on {}, {} days before {}; no later one is at hand", mission,
                              mandate->resolution, iso(mandate->expires_on), -left, iso(setting_.as_of))
                : fmt::format("{}: the mandate of {} expires on {}, {} days after {} (threshold {})", mission,
                              mandate->resolution, iso(mandate->expires_on), left, iso(setting_.as_of), days);
            keep_authored(std::move(signal), mandate->provenance, mandate->where, left < 0 ? 3 : 1);
        }
    }

    // ---- making and keeping a signal ----

    [[nodiscard]] static std::string year_label(Day day) {
        return period_label(period_of(day, PeriodKind::Year), PeriodKind::Year);
    }

    [[nodiscard]] model::Signal begin(const std::string& subject, const std::string& title,
                                      const std::string& period) const {
        model::Signal signal;
        signal.subject = subject;
        signal.subject_title = title;
        signal.period = period;
        signal.id = fmt::format("{}/{}/{}", watch_.id, subject, period);
        signal.cites = watch_.cites;
        signal.caveats = watch_.caveats;
        return signal;
    }

    /// Unusualness: how often a group of this size drawn by lot from all would have more participants (half of ties
    /// counted).
    void set_shares(model::Signal& signal, const Shares& asked, const Shares& all, double threshold) const {
        signal.observed = asked.share();
        signal.expected = all.share();
        signal.threshold = threshold;
        const int population = std::max(all.size(), asked.size());
        const int marked = std::max(static_cast<int>(all.in.size()), static_cast<int>(asked.in.size()));
        const int drawn = asked.size();
        const int got = static_cast<int>(asked.in.size());
        const double at = methods::hypergeometric_cdf(got, population, marked, drawn);
        const double below = got > 0 ? methods::hypergeometric_cdf(got - 1, population, marked, drawn) : 0;
        signal.unusualness = std::clamp(1 - (at + below) / 2, 0.0, 1.0);
        signal.severity = {static_cast<double>(asked.out.size()), "states outside"};
    }

    void grade_and_keep(model::Signal signal, const model::Participation& participation,
                        const std::vector<std::string>& who,
                        const std::map<std::string, const ParticipationAct*>& parties) {
        std::vector<const ParticipationAct*> acts;
        for (const std::string& participant : who) acts.push_back(parties.at(participant));
        lineage_of(signal, acts);
        confide(signal, participation);
        signal.grade = grade_of(signal.unusualness, ratio_of(signal.expected, signal.observed, 0), setting_.grades);
        finding_.signals.push_back(std::move(signal));
    }

    static void lineage_of(model::Signal& signal, const std::vector<const ParticipationAct*>& acts) {
        signal.lineage.rows = static_cast<std::int64_t>(acts.size());
        std::set<std::string> sources;
        for (const ParticipationAct* act : acts) {
            sources.insert(act->source);
            if (!act->file.empty()) signal.lineage.files.push_back({act->file, act->line});
        }
        std::sort(signal.lineage.files.begin(), signal.lineage.files.end(),
                  [](const auto& a, const auto& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
        signal.lineage.sources.assign(sources.begin(), sources.end());
    }

    void confide(model::Signal& signal, const model::Participation& participation) const {
        const int after = setting_.as_of - participation.verified;
        const std::string verified = after <= 0
            ? fmt::format("verified up to {}", iso(participation.verified))
            : fmt::format("verified up to {}, {} days before", iso(participation.verified), after);
        signal.confidence = participation.from_table && after <= 0 ? model::Confidence::High
            : participation.from_table || after <= 0               ? model::Confidence::Moderate
                                                                   : model::Confidence::Low;
        signal.confidence_why = fmt::format(
            "{}; {}", participation.from_table ? "status table of the depositary" : "authored facts", verified);
        if (after > 0)
            signal.caveats.push_back(fmt::format("participation verified up to {} only", iso(participation.verified)));
        if (!participation.acts.empty()) {
            if (const auto facts = setting_.sources.find(participation.acts.front().source);
                facts != setting_.sources.end() && !facts->second.note.empty())
                signal.caveats.push_back(facts->second.note);
        }
    }

    void keep_authored(model::Signal signal, const pack::Provenance& provenance, const Where& where, double ratio) {
        signal.lineage = {1, {"pack"}, {{where.file, where.line}}};
        signal.caveats.push_back(fmt::format("authored fact, after {}", provenance.source));
        signal.grade = grade_of(signal.unusualness, ratio, setting_.grades);
        finding_.signals.push_back(std::move(signal));
    }

    void note_source(const model::Participation& participation) {
        finding_.observed_through =
            std::max(finding_.observed_through, std::min(participation.verified, setting_.as_of));
        for (const ParticipationAct& act : participation.acts) {
            if (act.source == "pack") continue;
            if (finding_.source.empty()) {
                finding_.source = act.source;
                if (const auto facts = setting_.sources.find(act.source);
                    facts != setting_.sources.end() && !facts->second.note.empty())
                    finding_.caveats.push_back(facts->second.note);
            }
            break;
        }
    }

    Result<model::WatchFinding> finish() {
        std::stable_sort(finding_.signals.begin(), finding_.signals.end(),
                         [](const model::Signal& a, const model::Signal& b) {
                             if (a.grade != b.grade) return a.grade > b.grade;
                             if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
                             return a.id < b.id;
                         });
        if (finding_.source.empty() && judged_ > 0) finding_.source = "pack";
        std::vector<std::string> parts = said_;
        const auto few = [](std::vector<std::string> list, std::size_t most, std::string_view what) {
            const std::size_t all = list.size();
            if (all > most) list.resize(most);
            return join(list, "; ") + (all > most ? fmt::format("; and {} more {}", all - most, what) : "");
        };
        if (!finding_.signals.empty()) finding_.state = State::Signal;
        else if (judged_ > 0) finding_.state = State::Quiet;
        else if (!unverified_.empty()) finding_.state = State::Stale;
        else finding_.state = State::NoData;
        std::string reading;
        if (!finding_.signals.empty())
            reading = fmt::format("{} of {} examined signal; first: {}", finding_.signals.size(),
                                  finding_.units_examined, finding_.signals.front().reason);
        else if (judged_ > 0) reading = few(parts, 3, "examined");
        if (!unverified_.empty())
            reading += fmt::format("{}{}", reading.empty() ? "" : "; stale: ", few(unverified_, 2, "not verified"));
        if (!unknown_.empty())
            reading += fmt::format("{}{}", reading.empty() ? "" : "; no data: ", few(unknown_, 2, "without data"));
        finding_.reading = reading.empty() ? "nothing of what the watch names is in the catalogue" : reading;
        return std::move(finding_);
    }

    const model::Evidence& evidence_;
    const pack::Watch& watch_;
    const Setting& setting_;
    pack::Options options_;
    model::WatchFinding finding_;
    int judged_ = 0;
    std::vector<std::string> said_;  ///< one clause a unit judged
    std::vector<std::string> unverified_;  ///< past their limit
    std::vector<std::string> unknown_;  ///< nothing to judge
};

Result<model::WatchFinding> run(const model::Evidence& evidence, const pack::Watch& watch, const Setting& setting) {
    return Run(evidence, watch, setting)();
}

std::vector<model::Select> needs(const pack::Watch&, const Setting&) {
    return {};
}  // its evidence is the participation of each instrument

constexpr Field fields[] = {
    text_option("instruments", "ids of packs/instruments"),
    text_option("among", "a set: who is asked about; else the instrument's open_to"),
    text_option("groups", "gap: sets to compare; else all regions"),
    text_option("mechanisms", "cadence-overdue: ids, or a section such as IV.3 for all of that platform"),
    text_option("mandates", "mandate-expiry: ids, or all"),
};
constexpr std::string_view examples[] = {
    "engine = \"instrument-status\"; instruments = [\"ctbt\"]; method = { name = \"entry-into-force\" }"};
constexpr pack::Spec spec{"instrument-status",
                          "In force, lacking, who is missing, gaps by region and set, acts since a day, meetings "
                          "overdue, mandates about to expire.",
                          fields,
                          examples,
                          {}};

}  // namespace

const engine::Engine& instrument_status() {
    static const engine::Engine row{"instrument-status",     spec,   questions, needs, one_by_one<run>,
                                    check_instrument_status, nullptr};
    return row;
}

}  // namespace icosa::detect
