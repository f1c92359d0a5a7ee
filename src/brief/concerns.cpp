/// Counts members among the places.
#include "brief/concerns.hpp"

#include <algorithm>
#include <set>

#include "brief/compose.hpp"
#include "brief/mandates.hpp"
#include "pack/participants.hpp"

namespace icosa::brief {
namespace {

constexpr int mandates_remembered_days = 366;

template <class Places> std::int64_t count_among(const Places& all, const std::set<std::string>& states) {
    return std::ranges::count_if(states, [&](const std::string& one) { return all.contains(one); });
}

std::set<std::string> members_of(const pack::Mechanism& mechanism, const Material& material) {
    std::set<std::string> out;
    if (!mechanism.members_set.empty()) {
        if (const auto members = material.places.members(mechanism.members_set, material.as_of))
            out.insert(members->begin(), members->end());
    }
    for (const model::Membership& member : mechanism.members) {
        if (member.first <= material.as_of && material.as_of <= member.last) out.insert(member.place);
    }
    return out;
}

/// As a section's page has it: the table's acts; the pack's own only where no table gives them.
std::vector<model::ParticipationAct> acts_of(const pack::Instrument& instrument, const Material& material) {
    const auto table = material.participation.find(instrument.id);
    if (table != material.participation.end() && !table->second.acts.empty()) return table->second.acts;
    return instrument.untc.empty() ? instrument.participants : std::vector<model::ParticipationAct>{};
}

/// Could all of them join it, and is it in force? Else it means nothing that they have not.
bool is_open_to(const pack::Instrument& instrument, const std::set<std::string>& states, const Material& material) {
    if (instrument.kind != "treaty" && instrument.kind != "protocol") return false;
    if (instrument.in_force == no_day || instrument.in_force > material.as_of) return false;
    if (instrument.open_to.empty()) return false;
    const auto members = material.places.members(instrument.open_to, material.as_of);
    return members && std::ranges::any_of(states, [&](const std::string& one) {
               return std::ranges::find(*members, one) != members->end();
           });
}

void by_members(std::vector<Membership>& list) {
    std::ranges::stable_sort(list, [](const Membership& a, const Membership& b) {
        return a.members != b.members ? a.members > b.members : a.title.en < b.title.en;
    });
}

}  // namespace

Concerns concerns_of(const Material& material) {
    Concerns out;
    std::set<std::string> states;
    for (const std::string& id : material.place_ids) {
        const pack::PlaceFacts* place = material.places.find_place(id);
        if (place && place->kind == "state") states.insert(id);
    }
    out.places = static_cast<std::int64_t>(states.size());
    const Day day = material.as_of;
    const auto is_asked = [&](const std::string& id) {
        return std::ranges::find(material.place_ids, id) != material.place_ids.end();
    };
    for (const pack::Mission& one : material.catalogue.missions) {
        const pack::MandateStanding standing = pack::standing_on(one, day);
        const bool over =
            standing.state == pack::MandateStanding::State::Closed && day - standing.since > mandates_remembered_days;
        if (!standing.act || over || std::ranges::none_of(one.host, is_asked)) continue;
        out.mandates.push_back({one.short_name,
                                one.name,
                                standing.act->resolution,
                                {mandate_words(standing, Language::En), mandate_words(standing, Language::Zh)}});
    }
    if (states.empty()) return out;
    for (const pack::Instrument& one : material.catalogue.instruments) {
        const bool later = one.adopted != no_day && one.adopted > day;
        const bool over = one.ended != no_day && one.ended <= day;
        if (later || over) continue;
        const auto acts = acts_of(one, material);
        const std::int64_t members = count_among(pack::participants_on(acts, day), states);
        const auto table = material.participation.find(one.id);
        const Day known = table == material.participation.end() ? one.known.known_through : table->second.known_through;
        const bool tells_absence =
            known != no_day && one.participants_complete && !acts.empty() && is_open_to(one, states, material);
        if (members == 0 && !tells_absence) continue;
        out.instruments.push_back({one.title, one.short_title, members, known < day ? known : no_day});
        if (table != material.participation.end() && table->second.from_table)
            out.known_through = std::max(out.known_through, table->second.known_through);
    }
    for (const pack::Mechanism& one : material.catalogue.mechanisms) {
        const std::int64_t members = count_among(members_of(one, material), states);
        if (members > 0) out.mechanisms.push_back({one.name, {}, members});
    }
    by_members(out.instruments);
    by_members(out.mechanisms);
    return out;
}

}  // namespace icosa::brief
