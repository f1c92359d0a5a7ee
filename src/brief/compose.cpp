/// From findings, catalogue and framework to pages.
#include "brief/compose.hpp"

#include "brief/mandates.hpp"
#include "brief/options.hpp"
#include "pack/participants.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>

#include <fmt/format.h>

#include "brief/compose_front.hpp"
#include "brief/differences.hpp"
#include "brief/names.hpp"
#include "brief/sentence.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

bool has(const std::vector<std::string>& list, const std::string& id) {
    return std::ranges::find(list, id) != list.end();
}

void sort_signals(std::vector<model::Signal>& signals) {
    std::ranges::stable_sort(signals, [](const model::Signal& a, const model::Signal& b) {
        if (a.grade != b.grade) return a.grade > b.grade;
        if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
        if (a.severity.value != b.severity.value) return a.severity.value > b.severity.value;
        return a.id < b.id;
    });
}

/// What was adopted after the as-of day did not stand then.
template <class Adopted> bool is_later(const Adopted& fact, Day as_of) {
    return fact.adopted != no_day && fact.adopted > as_of;
}

Fact fact_of(const std::string& id, const Material& material) {
    const Day day = material.as_of;
    if (const pack::Instrument* instrument = material.catalogue.instrument(id)) {
        return {id, instrument->title, FactKind::Instrument, false, is_later(*instrument, day)};
    }
    if (const pack::Mechanism* mechanism = material.catalogue.mechanism(id)) {
        return {id, mechanism->name, FactKind::Mechanism, false, false};
    }
    if (const pack::Mission* mission = material.catalogue.mission(id)) {
        using State = pack::MandateStanding::State;
        const State state = pack::standing_on(*mission, day).state;
        return {id, mission->name, FactKind::Mandate, state == State::NotKnown, state == State::NotYet};
    }
    if (const pack::PlaceSet* set = material.places.find_set(id))
        return {id, set->name, FactKind::PlaceSet, false, false};
    return {id, {id, id}, FactKind::Unknown, false, false};
}

/// What a watch says of the day: one that is quiet on old data says nothing.
model::State standing_of(const model::WatchFinding& watch, Day as_of) {
    const bool old = watch.observed_through == no_day || as_of - watch.observed_through > quiet_within_days;
    return watch.state == model::State::Quiet && old ? model::State::Stale : watch.state;
}

ClausePage clause_page(const pack::Clause& clause, const std::vector<model::WatchFinding>& watches,
                       const std::vector<NoDataClause>& no_data, const Material& material) {
    ClausePage page{.id = clause.id,
                    .asks = clause.asks,
                    .status = clause.status,
                    .watches = {},
                    .rests_on = {},
                    .reason = clause.reason,
                    .no_data = {}};
    for (const model::WatchFinding& watch : watches) {
        if (!has(watch.clauses, clause.id)) continue;
        page.basis = page.watches.empty() ? watch.basis : std::min(page.basis, watch.basis);
        page.watches.push_back(watch.id);
        if (watch.state != model::State::NoData) page.answered = true;
        const model::State standing = standing_of(watch, material.as_of);
        if (standing == model::State::Signal || standing == model::State::Quiet) page.alive = true;
        if (watch.state != model::State::NoData) page.known_to = std::max(page.known_to, watch.observed_through);
    }
    if (clause.status != pack::ClauseStatus::Measured) page.answered = page.alive = false;
    for (const std::string& id : clause.rests_on) page.rests_on.push_back(fact_of(id, material));
    for (const NoDataClause& missing : no_data) {
        if (missing.clause == clause.id) page.no_data = missing.reason;
    }
    return page;
}

std::string status_line(const pack::Instrument& instrument, std::int64_t participants, Day known,
                        const Material& material) {
    const Day as_of = material.as_of;
    std::string out;
    const bool enters = instrument.kind == "treaty" || instrument.kind == "protocol";
    if (instrument.ended != no_day && instrument.ended <= as_of) {
        out = (instrument.ended_how.empty() ? "ended" : instrument.ended_how) + " on " + iso(instrument.ended);
        if (instrument.in_force != no_day) out += "; in force from " + iso(instrument.in_force);
    } else if (instrument.in_force != no_day && instrument.in_force <= as_of) {
        out = "in force since " + iso(instrument.in_force);
    } else if (enters) {
        out = "not in force";
        if (!instrument.entry.rule.empty()) out += ": " + instrument.entry.rule;
        else if (!instrument.entry.named.empty())
            out += ": needs every one of " + material.places.title_of(instrument.entry.named);
        else if (instrument.entry.ratifications > 0)
            out += fmt::format(": needs {} participants", instrument.entry.ratifications);
        if (instrument.adopted != no_day) out += "; adopted " + iso(instrument.adopted);
    } else if (instrument.adopted != no_day) {
        out = (instrument.adopted <= as_of ? "adopted " : "adopted later, on ") + iso(instrument.adopted);
    } else {
        out = "day of adoption not recorded";
    }
    if (participants >= 0) {
        out += fmt::format("; {} {}", grouped(participants), participants == 1 ? "participant" : "participants");
        if (known != no_day && known < as_of) out += " as at " + iso(known) + ", not known since";
    } else if (!instrument.participants_complete) {
        out += "; participants known here in part";
    }
    return out;
}

InstrumentLine instrument_line(const pack::Instrument& instrument, const Material& material) {
    InstrumentLine line{.id = instrument.id,
                        .kind = instrument.kind,
                        .title = instrument.title,
                        .short_title = instrument.short_title,
                        // What came after the as-of day was not known then.
                        .in_force = instrument.in_force <= material.as_of ? instrument.in_force : no_day,
                        .known_through = instrument.known.known_through,
                        .status = {},
                        .source = instrument.known.source,
                        .stale = false};
    const auto table = material.participation.find(instrument.id);
    // Acts that are known to be a part are never counted as if they were all.
    if (!instrument.participants_complete) {
        line.participants = -1;
    } else if (table != material.participation.end() && !table->second.acts.empty()) {
        if (table->second.known_through != no_day) line.known_through = table->second.known_through;
        const Day at = line.known_through == no_day ? material.as_of : std::min(material.as_of, line.known_through);
        line.participants = static_cast<std::int64_t>(pack::participants_on(table->second.acts, at).size());
    } else if (instrument.untc.empty() && !instrument.participants.empty()) {
        // Where a table gives the participants, the pack's own acts are beside it and count for nothing alone.
        line.participants =
            static_cast<std::int64_t>(pack::participants_on(instrument.participants, material.as_of).size());
    }
    line.status = status_line(instrument, line.participants, line.known_through, material);
    line.stale = line.participants >= 0 && line.known_through != no_day && line.known_through < material.as_of;
    return line;
}

std::int64_t count_members(const pack::Mechanism& mechanism, const Material& material) {
    if (!mechanism.members_set.empty()) {
        const auto members = material.places.members(mechanism.members_set, material.as_of);
        return members ? static_cast<std::int64_t>(members->size()) : -1;
    }
    if (mechanism.members.empty()) return -1;
    std::set<std::string> on_the_day;
    for (const model::Membership& member : mechanism.members) {
        if (member.first <= material.as_of && material.as_of <= member.last) on_the_day.insert(member.place);
    }
    return static_cast<std::int64_t>(on_the_day.size());
}

MechanismLine mechanism_line(const pack::Mechanism& mechanism, const Material& material) {
    const pack::Meeting* last = pack::last_meeting(mechanism, material.as_of);
    return {.id = mechanism.id,
            .kind = mechanism.kind,
            .name = mechanism.name,
            .members = count_members(mechanism, material),
            .cadence_months = mechanism.cadence_months,
            .last_meeting = last ? last->last_day : no_day,
            .meeting = last ? last->what : std::string(),
            .source = mechanism.known.source,
            .known_through = mechanism.known.known_through,
            .stale = mechanism.cadence_months > 0 && !mechanism.known.tells_absence(material.as_of)};
}

MandateLine mandate_line(const pack::Mission& mission, const pack::MandateStanding& standing,
                         const Material& material) {
    std::string hosts;
    for (const std::string& host : mission.host) hosts += (hosts.empty() ? "" : ", ") + material.places.title_of(host);
    const pack::MandateTerms terms = pack::terms_of(mission, *standing.act);
    return {.id = mission.id,
            .mission = mission.short_name,
            .name = mission.name,
            .host = hosts,
            .resolution = standing.act->resolution,
            .expires_on = standing.act->expires_on,
            .status = {mandate_words(standing, Language::En), mandate_words(standing, Language::Zh)},
            .chapter = terms.chapter,
            .force = terms.force,
            .troops = standing.troops,
            .observers = standing.observers,
            .police = standing.police,
            .consent = terms.consent,
            .consent_note = terms.consent_note,
            .source = standing.act->source,
            .known_through = mission.known.known_through,
            .stale = standing.state == pack::MandateStanding::State::NotKnown};
}

/// What the catalogue has on the section, and on what its clauses rest on.
void add_facts(const pack::Section& section, const std::vector<std::string>& rests_on, const Material& material,
               SectionPage& page) {
    for (const pack::Instrument& instrument : material.catalogue.instruments) {
        if (!has(instrument.areas, section.id) && !has(rests_on, instrument.id)) continue;
        if (is_later(instrument, material.as_of)) ++page.later_facts;
        else page.instruments.push_back(instrument_line(instrument, material));
    }
    for (const pack::Mechanism& mechanism : material.catalogue.mechanisms) {
        if (has(mechanism.areas, section.id) || has(mechanism.platforms, section.id) || has(rests_on, mechanism.id)) {
            page.mechanisms.push_back(mechanism_line(mechanism, material));
        }
    }
    for (const pack::Mission& mission : material.catalogue.missions) {
        if (!has(rests_on, mission.id)) continue;
        const pack::MandateStanding standing = pack::standing_on(mission, material.as_of);
        if (!standing.act) ++page.later_facts;
        else page.mandates.push_back(mandate_line(mission, standing, material));
    }
}

/// Alive or stale where figures answer; apart from both what rests on memberships or on our own lists.
void count_measured(const ClausePage& clause, ClauseCounts& counts) {
    if (clause.basis == model::Basis::Membership) ++counts.membership;
    else if (clause.basis == model::Basis::Packs) ++counts.packs;
    else {
        ++counts.measured;
        ++(clause.alive ? counts.alive : counts.stale);
    }
}

/// By the signal's subject and grade; a signal that the page does not show is left out.
void add_responses(const Material& material, const NameBooks& names, SectionPage& page) {
    const auto found = material.responses.find(page.section);
    if (found == material.responses.end()) return;
    const OptionBooks books{names, material.matters, material.framework, material.as_of};
    for (const model::Response& response : found->second) {
        for (const model::WatchFinding& watch : page.watches) {
            const auto signal = std::ranges::find(watch.signals, response.signal, &model::Signal::id);
            if (signal == watch.signals.end()) continue;
            page.responses.push_back(response_lines(response, name_of_subject(*signal, names), signal->grade, books));
            break;
        }
    }
}

SectionPage section_page(const pack::Section& section, const Material& material) {
    SectionPage page;
    page.section = section.id;
    page.id = section.slug;
    page.group = section.group;
    page.number = section.number;
    page.title = section.title;
    std::vector<NoDataClause> no_data;
    for (const SectionFindings& found : material.findings) {
        if (found.section != section.id) continue;
        if (!found.note.empty()) page.note += (page.note.empty() ? "" : " ") + found.note;
        no_data.insert(no_data.end(), found.no_data.begin(), found.no_data.end());
        page.watches.insert(page.watches.end(), found.watches.begin(), found.watches.end());
    }
    const NameBooks books{material.places, material.catalogue, material.phrases};
    for (model::WatchFinding& watch : page.watches) {
        for (model::Signal& signal : watch.signals) {
            if (signal.lateness_days == 0) signal.lateness_days = lateness_of(signal.period, material.as_of);
            if (signal.measure.empty()) signal.measure = watch.measure;
        }
        for (model::AlarmAside& aside : watch.aside)
            aside.subject_title_zh = name_of_subject(aside.subject, aside.subject_title, books).zh;
        sort_signals(watch.signals);
        page.signals += static_cast<std::int64_t>(watch.signals.size());
        page.newest_data = std::max(page.newest_data, watch.observed_through);
    }
    page.state = state_of(page.watches, material.as_of);
    for (const model::WatchFinding& watch : page.watches) {
        if (standing_of(watch, material.as_of) == page.state)
            page.observed_through = std::max(page.observed_through, watch.observed_through);
    }

    std::vector<std::string> rests_on;
    for (const pack::Clause& clause : section.clauses) {
        page.clauses.push_back(clause_page(clause, page.watches, no_data, material));
        rests_on.insert(rests_on.end(), clause.rests_on.begin(), clause.rests_on.end());
        switch (clause.status) {
            case pack::ClauseStatus::Measured: count_measured(page.clauses.back(), page.counts); break;
            case pack::ClauseStatus::Authored: ++page.counts.authored; break;
            case pack::ClauseStatus::NotMeasurable: ++page.counts.not_measurable; break;
        }
    }
    add_facts(section, rests_on, material, page);
    add_responses(material, books, page);
    page.differences = differences_of(section.id, material.differences, material.sources, material.as_of);
    return page;
}

std::vector<SectionPage> pages(pack::Group group, const Material& material) {
    std::vector<SectionPage> out;
    for (const pack::Section* section : material.framework.of(group)) out.push_back(section_page(*section, material));
    return out;
}

/// Subjects of forecasts, and the places that clusters are in.
void name_subjects(Dossier& dossier, const Material& material) {
    const NameBooks books{material.places, material.catalogue, material.phrases};
    for (const SectionFindings& section : material.findings) {
        for (const model::WatchFinding& watch : section.watches) {
            if (!watch.forecasts.empty())
                dossier.names.try_emplace(watch.measure, measure_name(watch.measure, watch, material.measures));
            for (const model::Forecast& one : watch.forecasts)
                dossier.names.try_emplace(one.subject, name_of_subject(one.subject, one.subject_title, books));
            for (const model::Signal& one : watch.signals) {
                const std::string place = one.subject.substr(0, one.subject.find('|'));
                if (const pack::Title name = name_of_id(place, books); one.around && !name.en.empty())
                    dossier.names.try_emplace(place, name);
            }
        }
    }
}

/// On the page of each principle: its test over the options that the areas tell.
void tally_options(Dossier& dossier, const Material& material) {
    const NameBooks books{material.places, material.catalogue, material.phrases};
    std::vector<const ResponseLines*> told;
    for (const SectionPage& page : dossier.areas) {
        for (const ResponseLines& one : page.responses) told.push_back(&one);
    }
    for (SectionPage& page : dossier.principles) page.tally = tally_sentence(page.section, told, books);
}

/// Counts each watch and each fact once, however many pages show it; a region's part only where the whole is not shown.
struct Tally {
    Totals totals;
    std::set<std::string> watches;
    std::set<std::string> stale_facts;
    std::set<std::string> cites;

    void add_watch(const model::WatchFinding& watch) {
        if (watches.insert(watch.id).second) {
            ++totals.watches;
            if (watch.state != model::State::NoData) ++totals.watches_with_data;
            totals.units_examined += watch.units_examined;
        }
        totals.signals += static_cast<std::int64_t>(watch.signals.size());
        totals.signals_expected_by_chance += watch.signals_expected_by_chance;
    }

    void add_watches(std::span<const SectionPage* const> pages) {
        for (const SectionPage* page : pages) {
            for (const model::WatchFinding& watch : page->watches) {
                if (watch.home.empty() && !watches.contains(watch.id)) add_watch(watch);
            }
        }
        const std::set<std::string> whole = watches;
        for (const SectionPage* page : pages) {
            for (const model::WatchFinding& watch : page->watches) {
                if (!watch.home.empty() && !whole.contains(watch.id)) add_watch(watch);
            }
        }
    }

    void add(const SectionPage& page) {
        for (const model::WatchFinding& watch : page.watches) {
            cites.insert(watch.cites.begin(), watch.cites.end());
            for (const model::Signal& signal : watch.signals) cites.insert(signal.cites.begin(), signal.cites.end());
        }
        for (const InstrumentLine& line : page.instruments)
            if (line.stale) stale_facts.insert(line.id);
        for (const MechanismLine& line : page.mechanisms)
            if (line.stale) stale_facts.insert(line.id);
        for (const MandateLine& line : page.mandates)
            if (line.stale) stale_facts.insert(line.id);
    }
};

}  // namespace

model::State state_of(const std::vector<model::WatchFinding>& watches, Day as_of) {
    model::State out = model::State::NoData;
    const auto raise = [&](model::State state) {
        if (static_cast<int>(state) < static_cast<int>(out)) out = state;  // signal, quiet, stale, no-data
    };
    for (const model::WatchFinding& watch : watches) raise(standing_of(watch, as_of));
    return out;
}

Dossier compose(const Material& material) {
    Dossier dossier;
    dossier.as_of = material.as_of;
    dossier.framework_id = material.framework.id;
    dossier.framework_title = material.framework.title;
    dossier.framework_source = material.framework.source;
    dossier.framework_date = material.framework.date;
    dossier.packs_digest = material.packs_digest;
    dossier.version = material.version;
    dossier.handling = material.handling;
    dossier.withheld_sources = material.withheld_sources;
    dossier.caveats = material.caveats;
    dossier.areas = pages(pack::Group::Area, material);
    dossier.principles = pages(pack::Group::Principle, material);
    dossier.platforms = pages(pack::Group::Platform, material);

    dossier.language = material.language;
    dossier.db = material.db;
    write_front(dossier, material);
    name_subjects(dossier, material);
    dossier.countries = countries_of(dossier, material);
    if (!material.place_ids.empty()) dossier.concerns = concerns_of(material);

    tally_options(dossier, material);
    Tally tally;
    std::vector<const SectionPage*> all;
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const SectionPage& page : *group) all.push_back(&page), tally.add(page);
    }
    tally.add_watches(all);
    dossier.totals = tally.totals;
    dossier.totals.stale_facts = static_cast<std::int64_t>(tally.stale_facts.size());

    dossier.sources = material.sources;
    std::ranges::sort(dossier.sources, {}, &model::SourceState::id);
    for (const model::SourceState& source : dossier.sources) {
        if (source.stale) dossier.totals.stale_sources.push_back(source.id);
    }
    for (const Reference& reference : material.references) {
        if (tally.cites.contains(reference.key)) dossier.references.push_back(reference);
    }
    std::ranges::sort(dossier.references, {}, &Reference::key);

    std::set<std::string> lost;
    for (const SectionFindings& found : material.findings) {
        if (!material.framework.section(found.section)) lost.insert(found.section);
    }
    for (const std::string& section : lost) {
        dossier.caveats.push_back(
            fmt::format("The findings for '{}' are left out: the framework '{}' has no such section.", section,
                        material.framework.id));
    }
    return dossier;
}

}  // namespace icosa::brief
