/// A function a check; none changes anything.
#include "app/fact_check.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/instrument_facts.hpp"

namespace icosa::app {
namespace {

constexpr int days_of_a_drawdown = 366;  ///< staff may stay on after the mandate's end
constexpr int states_that_are_no_more = 3;
const Day states_parted = day_of(1994, 1, 1);
constexpr int council_seats = 15, council_seats_before_1966 = 11;

Error contradiction(const Where& where, std::string what, std::string cure) {
    return {Fault::Pack, "fact-contradicted", where, std::move(what), std::move(cure)};
}

/// Each act was adopted before the one before had run out; else the chain has a hole, or the mission had ended.
FactCheck check_chains(const Packs& packs) {
    FactCheck out{.name = "chains of mandates", .against = "the day on which the act before runs out"};
    for (const pack::Mission& mission : packs.catalogue.missions) {
        const pack::MandateAct* before = nullptr;
        for (const pack::MandateAct& act : mission.acts) {
            if (!pack::gives_a_mandate(act)) continue;
            if (before) ++out.held;
            // the last day is part of the mandate, so the next may begin on the day after
            if (before && before->expires_on != no_day && act.adopted > before->expires_on + 1)
                out.contradictions.push_back(contradiction(
                    act.where,
                    fmt::format("{}: {} was adopted on {}, when {} had run out on {}", mission.short_name,
                                act.resolution, iso(act.adopted), before->resolution, iso(before->expires_on)),
                    "enter the act between them, or correct a day"));
            before = &act;
        }
    }
    return out;
}

std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)))
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

/// Missions of that name; "UNAVEM" means UNAVEM I to III.
std::vector<const pack::Mission*> missions_named(const Packs& packs, const std::string& name) {
    std::vector<const pack::Mission*> exact, begun;
    for (const pack::Mission& mission : packs.catalogue.missions) {
        if (folded(mission.short_name) == folded(name)) exact.push_back(&mission);
        else if (mission.short_name.starts_with(name + " ")) begun.push_back(&mission);
    }
    return exact.empty() ? begun : exact;
}

/// Was a mandate in force at some time of the month, or had it ended not long before?
bool has_mandate_in(const pack::Mission& mission, int month) {
    const Day first = first_day_of(month, PeriodKind::Month), last = last_day_of(month, PeriodKind::Month);
    for (const pack::MandateAct& act : mission.acts) {
        if (!pack::gives_a_mandate(act) || act.adopted > last) continue;
        if (act.expires_on == no_day || act.expires_on >= first) return true;
    }
    const Day end = mission.ended.day;
    return end != no_day && end <= last && first - end <= days_of_a_drawdown;
}

/// No month with deployed staff lies in a hole of a chain.
Result<FactCheck> check_deployed(store::Store& store, const Packs& packs, Day as_of) {
    FactCheck out{.name = "months of deployed staff", .against = "the chains of mandates"};
    model::Select select;
    select.records = model::RecordKind::Observation;
    select.measure = "personnel";
    select.unit = model::Unit::Subject;
    select.period = PeriodKind::Month;
    select.quantity = model::Quantity::Last;
    std::map<std::string, std::vector<int>> months;
    for (const auto& value : TRY(store.scan(select, "un-peacekeeping", as_of))) {
        if (value.value > 0) months[value.unit].push_back(value.period);
    }
    for (const auto& [unit, deployed] : months) {
        const std::string name = unit.substr(unit.find(':') == std::string::npos ? 0 : unit.find(':') + 1);
        const auto missions = missions_named(packs, name);
        for (const int month : deployed) {
            if (missions.empty()) {
                ++out.unheld;
                continue;
            }
            ++out.held;
            const bool begun = std::ranges::any_of(missions, [&](const pack::Mission* one) {
                return !one->acts.empty() && one->acts.front().adopted <= last_day_of(month, PeriodKind::Month);
            });
            if (!begun || std::ranges::any_of(missions, [&](const auto* one) { return has_mandate_in(*one, month); }))
                continue;
            // past the day to which the chain is known nothing contradicts it
            const bool known = std::ranges::any_of(missions, [&](const pack::Mission* one) {
                return one->known.tells_absence(first_day_of(month, PeriodKind::Month));
            });
            if (known)
                out.contradictions.push_back(
                    contradiction(missions.front()->where,
                                  fmt::format("{}: staff was deployed in {}, and no act covers that month", name,
                                              period_label(month, PeriodKind::Month)),
                                  "enter the act that does, or the day of ending"));
        }
    }
    return out;
}

/// How many had become participants by a day, whether or not they are still.
std::int64_t joined_by(const model::Participation& participation, Day day) {
    std::set<std::string> who;
    for (const auto& act : participation.acts) {
        if (pack::makes_participant(act.act) && act.day <= day) who.insert(act.participant);
    }
    return static_cast<std::int64_t>(who.size());
}

/// By the stated day as many had joined as the instrument needs; and not as many long before.
FactCheck check_entry_into_force(const std::vector<InstrumentFacts>& all) {
    FactCheck out{.name = "entries into force", .against = "the deposits of participants"};
    for (const InstrumentFacts& facts : all) {
        const pack::Instrument& of = *facts.instrument;
        const int needed = of.entry.ratifications;
        if (of.in_force == no_day || needed == 0) continue;
        const Day known = facts.participation.known_through;
        // acts beside a table that is not at hand are no list
        const bool is_list =
            facts.participation.from_table || (of.untc.empty() && of.participants_complete && !facts.on_day.empty());
        if (known == no_day || known < of.in_force || !is_list) {
            ++out.unheld;
            continue;
        }
        const auto joined = joined_by(facts.participation, of.in_force);
        // the depositary's tables leave out the deposits of states that are no more
        if (facts.participation.from_table && joined < needed && joined + states_that_are_no_more >= needed
            && of.in_force < states_parted) {
            ++out.unheld;
            continue;
        }
        ++out.held;
        if (joined < needed)
            out.contradictions.push_back(contradiction(
                of.where,
                fmt::format("{}: in force since {} is stated, with {} of the {} participants that it needs", of.id,
                            iso(of.in_force), joined, needed),
                "correct the day, or complete the participants"));
        else if (of.entry.days_after > 0 && of.entry.rule.empty()) {  // a rule may ask for more than a number
            const auto early = joined_by(facts.participation, of.in_force - 2 * of.entry.days_after - 31);
            if (early >= needed)
                out.contradictions.push_back(contradiction(
                    of.where,
                    fmt::format("{}: in force since {} is stated, {} participants were enough long before", of.id,
                                iso(of.in_force), needed),
                    "correct the day"));
        }
    }
    return out;
}

FactCheck check_council(const Packs& packs, Day as_of) {
    FactCheck out{.name = "members of the Security Council", .against = "its seats in each year"};
    const pack::Mechanism* council = packs.catalogue.mechanism("un-security-council");
    if (!council) return out;
    const Day known = council->known.known_through == no_day ? as_of : council->known.known_through;
    Day first = last_possible_day;
    for (const auto& member : council->members) {
        if (member.first != first_possible_day) first = std::min(first, member.first);
    }
    for (int year = civil_of(first).year + 1; year <= civil_of(known).year; ++year) {
        std::set<std::string> seated;
        const Day day = day_of(year, 7, 1);
        for (const auto& member : council->members) {
            if (member.first <= day && day <= member.last) seated.insert(member.place);
        }
        ++out.held;
        const std::size_t seats = year < 1966 ? council_seats_before_1966 : council_seats;
        if (seated.size() != seats)
            out.contradictions.push_back(contradiction(
                council->where,
                fmt::format("un-security-council: {} members on {}, of {} seats", seated.size(), iso(day), seats),
                "complete or correct the members of that year"));
    }
    return out;
}

/// Who votes in the General Assembly is a member of the United Nations.
Result<FactCheck> check_voters(store::Store& store, const Packs& packs, Day as_of) {
    FactCheck out{.name = "voters of the General Assembly", .against = "the members of the United Nations"};
    model::Select select;
    select.records = model::RecordKind::Vote;
    select.unit = model::Unit::Place;
    select.period = PeriodKind::Year;
    const pack::PlaceSet* set = packs.places.find_set("un-members");
    if (!set) return out;
    for (const auto& group : TRY(store.aggregate(select, "un-votes", as_of))) {
        if (group.total_milli == 0 && group.rows == 0) continue;
        const Day last = last_day_of(group.period, PeriodKind::Year),
                  first = first_day_of(group.period, PeriodKind::Year);
        // a state that is no more, and whoever held another's seat, stands in no list under that name
        if (std::ranges::find(set->members, group.unit, &model::Membership::place) == set->members.end()) {
            ++out.unheld;
            continue;
        }
        ++out.held;
        const bool member = std::ranges::any_of(set->members, [&](const model::Membership& one) {
            return one.place == group.unit && one.first <= last && one.last >= first;
        });
        if (!member)
            out.contradictions.push_back(
                contradiction(set->where,
                              fmt::format("un-members: {} voted in {}, and is no member then", group.unit,
                                          period_label(group.period, PeriodKind::Year)),
                              "correct its days of membership"));
    }
    return out;
}

/// Every state is found by its own names.
FactCheck check_names(const Packs& packs, Day as_of) {
    FactCheck out{.name = "names of states", .against = "the look-up of names"};
    for (const pack::PlaceFacts& place : packs.places.places()) {
        if (place.kind != "state" || place.first > as_of || place.last < as_of) continue;
        for (const std::string& name : {place.name.en, place.name.zh}) {
            if (name.empty()) continue;
            ++out.held;
            if (const auto uses = packs.places.uses_of("name", name);
                std::ranges::none_of(uses, [&](const auto& use) { return use.place == place.id; }))
                out.contradictions.push_back(contradiction(
                    place.where, fmt::format("{}: its name '{}' is not found", place.id, name), "add it to its names"));
        }
    }
    return out;
}

FactCheck check_cadences(const Packs& packs) {
    FactCheck out{.name = "bodies with a cadence", .against = "a meeting on record"};
    for (const pack::Mechanism& one : packs.catalogue.mechanisms) {
        if (one.cadence_months == 0) continue;
        if (one.meetings.empty()) ++out.unheld;
        else ++out.held;
        for (std::size_t i = 0; i < one.meetings.size(); ++i) {
            if (one.known.known_through != no_day && one.meetings[i].day > one.known.known_through && i > 0)
                out.contradictions.push_back(
                    contradiction(one.where,
                                  fmt::format("{}: a meeting of {} lies after the day through which its meetings are "
                                              "known",
                                              one.id, iso(one.meetings[i].day)),
                                  "move known_through, or take the meeting out"));
        }
    }
    return out;
}

/// Tables of participants in the store that belong to an instrument of the packs.
Result<FactCheck> check_tables(store::Store& store, const Packs& packs) {
    FactCheck out{.name = "tables of participants", .against = "the instruments of the packs"};
    std::set<std::string> known;
    for (const pack::Instrument& one : packs.catalogue.instruments) known.insert(one.untc);
    for (const auto& file : TRY(store.files())) {
        if (!file.source.starts_with("untc")) continue;
        const auto slash = file.path.rfind('/');
        const std::string stem = file.path.substr(slash == std::string::npos ? 0 : slash + 1);
        if (known.contains(stem.substr(0, stem.rfind('.')))) ++out.held;
        else ++out.unheld;
    }
    return out;
}

}  // namespace

Result<std::vector<FactCheck>> check_facts(store::Store& store, const Packs& packs, Day as_of) {
    const auto instruments = TRY(instrument_facts(&store, packs, as_of));
    std::vector<FactCheck> out;
    out.push_back(check_chains(packs));
    out.push_back(TRY(check_deployed(store, packs, as_of)));
    out.push_back(check_entry_into_force(instruments));
    out.push_back(check_council(packs, as_of));
    out.push_back(TRY(check_voters(store, packs, as_of)));
    out.push_back(check_names(packs, as_of));
    out.push_back(check_cadences(packs));
    out.push_back(TRY(check_tables(store, packs)));
    return out;
}

}  // namespace icosa::app
