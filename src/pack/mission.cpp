/// Reads missions; where a chain stands on a day.
#include "pack/mission.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

MandateTerms parse_terms(TableReader& reader) {
    MandateTerms out;
    out.chapter = reader.choice<std::string>("chapter", "", {{"VI", "VI"}, {"VII", "VII"}});
    out.force = reader.text_or("force", "");
    out.consent = reader.choice<std::string>(
        "consent", "",
        {{"given", "given"}, {"qualified", "qualified"}, {"withdrawn", "withdrawn"}, {"not-sought", "not-sought"}});
    out.consent_note = reader.text_or("consent_note", "");
    out.impartiality = reader.text_or("impartiality", "");
    return out;
}

MandateAct read_act(TableReader& reader, const std::string& mission) {
    const Node& node = reader.table();
    MandateAct out;
    out.kind = reader.choice<MandateActKind>("kind", MandateActKind::Renewal,
                                             {{"renewal", MandateActKind::Renewal},
                                              {"establishment", MandateActKind::Establishment},
                                              {"roll-over", MandateActKind::RollOver},
                                              {"final", MandateActKind::Final},
                                              {"strength", MandateActKind::Strength},
                                              {"termination", MandateActKind::Termination}});
    out.resolution = reader.text_or("resolution", "");
    out.adopted = reader.day_or("adopted", no_day);
    out.starts_on = reader.day_or("starts_on", no_day);
    out.expires_on = reader.day_or("expires_on", no_day);
    out.terms = parse_terms(reader);
    out.troops = reader.integer_or("troops", -1);
    out.observers = reader.integer_or("observers", -1);
    out.police = reader.integer_or("police", -1);
    out.budget_usd = reader.number_or("budget_usd", -1);
    out.budget_year = reader.text_or("budget_year", "");
    out.note = reader.text_or("note", "");
    out.source = reader.text_or("source", "");
    out.where = node.where;
    if (out.adopted == no_day)
        reader.fault(node.where, "missing-key", fmt::format("an act of mission '{}' has no day of adoption", mission),
                     "add adopted = \"YYYY-MM-DD\"");
    if (out.expires_on != no_day && out.expires_on < std::max(out.adopted, out.starts_on))
        reader.fault(node.where, "bad-days",
                     fmt::format("{} of '{}' expires before it begins", out.resolution, mission), "check the days");
    return out;
}

MandateAct parse_act(const Node& node, const std::string& mission, Diagnostics& faults) {
    TableReader reader(node, faults, fmt::format("an act of mission '{}'", mission));
    MandateAct out = read_act(reader, mission);
    if (out.source.empty())
        reader.fault(node.where, "missing-key", fmt::format("an act of mission '{}' has no source", mission),
                     "add source = \"text of ...\"");
    reader.finish();
    return out;
}

void sort_acts(Mission& mission) {
    std::stable_sort(mission.acts.begin(), mission.acts.end(),
                     [](const MandateAct& a, const MandateAct& b) { return a.adopted < b.adopted; });
}

Day begins(const MandateAct& act) { return act.starts_on == no_day ? act.adopted : act.starts_on; }

void take_ceilings(const MandateAct& act, MandateStanding& out) {
    if (act.troops >= 0) out.troops = act.troops;
    if (act.observers >= 0) out.observers = act.observers;
    if (act.police >= 0) out.police = act.police;
}

/// The day on which the mission ends, as far as acts of that day say: `ended`, else an act that terminates.
Day end_by(const Mission& mission, Day day) {
    Day end = mission.ended.day;
    for (const MandateAct& act : mission.acts) {
        if (act.kind != MandateActKind::Termination || act.adopted > day) continue;
        end = act.expires_on != no_day ? act.expires_on : begins(act);
    }
    return end;
}

}  // namespace

bool gives_a_mandate(const MandateAct& act) {
    return act.kind != MandateActKind::Strength && act.kind != MandateActKind::Termination;
}

MandateTerms terms_of(const Mission& mission, const MandateAct& act) {
    MandateTerms out = mission.terms;
    const auto own = [](std::string& text, const std::string& of_act) {
        if (!of_act.empty()) text = of_act;
    };
    own(out.chapter, act.terms.chapter);
    own(out.force, act.terms.force);
    own(out.consent, act.terms.consent);
    own(out.consent_note, act.terms.consent_note);
    own(out.impartiality, act.terms.impartiality);
    return out;
}

MandateStanding standing_on(const Mission& mission, Day day) {
    using State = MandateStanding::State;
    MandateStanding out;
    const auto runs = [&](const MandateAct& act) { return act.expires_on == no_day || day <= act.expires_on; };
    for (const MandateAct& act : mission.acts) {
        if (act.adopted > day) continue;
        const bool begun = begins(act) <= day;
        if (begun) take_ceilings(act, out);
        if (!gives_a_mandate(act)) continue;
        if (!begun) {
            if (!out.next || begins(act) < begins(*out.next)) out.next = &act;
        } else {
            out.act = &act;
        }
    }
    if (out.act && !runs(*out.act)) {  // an earlier one may run longer than the newest that has begun
        for (const MandateAct& act : mission.acts) {
            if (gives_a_mandate(act) && begins(act) <= day && act.expires_on != no_day && runs(act)) out.act = &act;
        }
    }
    if (!out.act) return out;
    const Day end = end_by(mission, day);
    if (end != no_day && end <= day) {
        out.state = State::Closed;
        out.since = end;
        return out;
    }
    const MandateAct& act = *out.act;
    if (runs(act)) {
        out.state = act.kind == MandateActKind::RollOver ? State::RollOver
            : act.kind == MandateActKind::Final          ? State::LastExtension
                                                         : State::InForce;
    } else if (mission.known.tells_absence(day)) {
        out.state = act.kind == MandateActKind::Final ? State::Closed : State::Lapsed;
        out.since = act.expires_on;
    } else {
        out.state = State::NotKnown;
        const Day known = mission.known.known_through;
        out.since = known == no_day ? act.expires_on : std::max(act.expires_on, known);
    }
    return out;
}

Mission parse_mission(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    TableReader reader(node, faults, fmt::format("mission '{}'", id ? id->text : "?"));
    Mission out;
    out.id = reader.id("id");
    out.short_name = reader.text("short");
    out.name = reader.title("name");
    out.kind = reader.choice<std::string>("kind", "peacekeeping",
                                          {{"peacekeeping", "peacekeeping"},
                                           {"special-political", "special-political"},
                                           {"authorised", "authorised"},
                                           {"committee", "committee"}});
    out.host = reader.texts("host");
    if (reader.table().find("part")) out.part = reader.title("part");
    out.terms = parse_terms(reader);
    for (const Node* act : reader.tables("act")) out.acts.push_back(parse_act(*act, out.id, faults));
    sort_acts(out);
    if (const Node* ended = reader.node("ended")) {
        TableReader end(*ended, faults, fmt::format("the end of mission '{}'", out.id));
        out.ended = {end.day_or("on", no_day),
                     end.choice<std::string>("how", "completed",
                                             {{"terminated", "terminated"},
                                              {"completed", "completed"},
                                              {"succeeded", "succeeded"},
                                              {"expired", "expired"}}),
                     end.text_or("by", ""), end.text_or("note", "")};
        end.finish();
    }
    out.note = reader.text_or("note", "");
    out.known = parse_knowledge(reader);
    reader.finish();
    out.where = node.where;
    return out;
}

void add_act(Mission& mission, TableReader& reader) {
    mission.acts.push_back(read_act(reader, mission.id));
    sort_acts(mission);
}

}  // namespace icosa::pack
