/// Reads instruments and mechanisms; what of the catalogue names what.
#include "pack/catalogue.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/text.hpp"
#include "pack/participants.hpp"

namespace icosa::pack {

namespace {

std::string named(const Node& node, std::string_view kind) {
    const Node* id = node.find("id");
    return fmt::format("{} '{}'", kind, id ? id->text : "?");
}

template <class Fact> const Fact* find_in(const std::vector<Fact>& facts, std::string_view id) {
    const auto found = std::lower_bound(facts.begin(), facts.end(), id,
                                        [](const Fact& fact, std::string_view wanted) { return fact.id < wanted; });
    return found != facts.end() && found->id == id ? &*found : nullptr;
}

template <class Fact> void sort_and_check_ids(std::vector<Fact>& facts, std::string_view kind, Diagnostics& faults) {
    std::stable_sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < facts.size(); ++i) {
        if (facts[i].id == facts[i - 1].id)
            faults.push_back({Fault::Pack, "duplicate-id", facts[i].where,
                              fmt::format("{} '{}' is declared twice", kind, facts[i].id), "keep one"});
    }
}

model::ParticipationAct read_participation(TableReader& one) {
    const Where& where = one.table().where;
    model::ParticipationAct fact;
    fact.participant = one.id("place");
    fact.act = one.text_or("act", "ratification");
    fact.day = one.day_or("day", no_day);
    fact.effective = one.day_or("effective", no_day);
    fact.source = "pack";
    fact.file = where.file;
    fact.line = where.line;
    (void)one.text_or("note", "");
    const auto& acts = known_acts();
    if (std::find(acts.begin(), acts.end(), fact.act) == acts.end())
        one.fault(where, "unknown-act", fmt::format("no act '{}'", fact.act),
                  fmt::format("allowed are {}", join(acts, ", ")));
    return fact;
}

Meeting read_meeting(TableReader& one, const std::string& mechanism) {
    Meeting meeting{one.day_or("day", no_day), no_day, one.text_or("what", "")};
    meeting.last_day = one.day_or("last_day", meeting.day);
    (void)one.text_or("source", "");
    if (meeting.day == no_day || meeting.last_day < meeting.day)
        one.fault(one.table().where, "bad-days", fmt::format("a meeting of '{}' has no day", mechanism),
                  "add day = \"YYYY-MM-DD\", last_day not before it");
    return meeting;
}

void sort_meetings(Mechanism& mechanism) {
    std::stable_sort(mechanism.meetings.begin(), mechanism.meetings.end(),
                     [](const Meeting& a, const Meeting& b) { return a.day < b.day; });
}

Instrument parse_instrument(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, named(node, "instrument"));
    Instrument out;
    out.id = reader.id("id");
    const std::vector<std::pair<std::string, std::string>> kinds = {{"treaty", "treaty"},
                                                                    {"protocol", "protocol"},
                                                                    {"resolution", "resolution"},
                                                                    {"declaration", "declaration"},
                                                                    {"code-of-conduct", "code-of-conduct"},
                                                                    {"initiative", "initiative"},
                                                                    {"statement", "statement"},
                                                                    {"strategy", "strategy"}};
    out.kind = reader.choice<std::string>("kind", "treaty", kinds);
    out.title = reader.title("title");
    out.short_title = reader.text_or("short", out.title.en);
    out.adopted = reader.day_or("adopted", no_day);
    out.opened = reader.day_or("opened", no_day);
    out.in_force = reader.day_or("in_force", no_day);
    out.ended = reader.day_or("ended", no_day);
    out.ended_how = reader.choice<std::string>(
        "ended_how", "",
        {{"expired", "expired"}, {"terminated", "terminated"}, {"superseded", "superseded"}, {"lapsed", "lapsed"}});
    out.depositary = reader.text_or("depositary", "");
    if (const Node* entry = reader.node("entry_into_force")) {
        TableReader rule(*entry, faults, fmt::format("entry_into_force of '{}'", out.id));
        out.entry = {rule.int_or("ratifications", 0), rule.int_or("days_after", 0), rule.text_or("named", ""),
                     rule.text_or("rule", ""), rule.texts("lacking")};
        rule.finish();
    }
    out.untc = reader.text_or("untc", "");
    out.open_to = reader.text_or("open_to", "");
    out.areas = reader.texts("areas");
    for (const Node* act : reader.tables("participants")) {
        TableReader one(*act, faults, fmt::format("a participant of '{}'", out.id));
        out.participants.push_back(read_participation(one));
        one.finish();
    }
    out.participants_complete =
        reader.choice<bool>("participants_known", true, {{"complete", true}, {"in part", false}});
    out.note = reader.text_or("note", "");
    out.known = parse_knowledge(reader);
    reader.finish();
    out.where = node.where;
    return out;
}

}  // namespace

Mechanism parse_mechanism(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, named(node, "mechanism"));
    Mechanism out;
    out.id = reader.id("id");
    out.kind = reader.choice<std::string>("kind", "organ",
                                          {{"organ", "organ"},
                                           {"organisation", "organisation"},
                                           {"forum", "forum"},
                                           {"meeting", "meeting"},
                                           {"programme", "programme"},
                                           {"fund", "fund"}});
    out.name = reader.title("name");
    out.platforms = reader.texts("platforms");
    out.areas = reader.texts("areas");
    if (const Node* members = reader.node("members"); members && members->kind == Node::Kind::Text) {
        out.members_set = members->text;
    } else {
        out.members = parse_memberships(reader, "members", fmt::format("mechanism '{}'", out.id));
    }
    out.cadence_months = reader.int_or("cadence_months", 0);
    out.tolerance_days = reader.int_or("tolerance_days", -1);
    for (const Node* node_of_meeting : reader.tables("meetings")) {
        TableReader one(*node_of_meeting, faults, fmt::format("a meeting of '{}'", out.id));
        out.meetings.push_back(read_meeting(one, out.id));
        one.finish();
    }
    sort_meetings(out);
    out.observers = reader.texts("observers");
    out.partners = reader.texts("partners");
    out.suspended = parse_memberships(reader, "suspended", fmt::format("a suspension of '{}'", out.id));
    out.note = reader.text_or("note", "");
    out.known = parse_knowledge(reader);
    reader.finish();
    out.where = node.where;
    return out;
}

const Instrument* Catalogue::instrument(std::string_view id) const { return find_in(instruments, id); }
const Mechanism* Catalogue::mechanism(std::string_view id) const { return find_in(mechanisms, id); }
const Mission* Catalogue::mission(std::string_view id) const { return find_in(missions, id); }

const ListedGroup* Catalogue::group(std::string_view table, std::string_view name) const {
    const auto is_it = [&](const ListedGroup& one) { return one.table == table && one.id == name; };
    const auto is_named = [&](const ListedGroup& one) {
        return one.table == table && std::find(one.names.begin(), one.names.end(), name) != one.names.end();
    };
    auto found = std::find_if(groups.begin(), groups.end(), is_it);
    if (found == groups.end()) found = std::find_if(groups.begin(), groups.end(), is_named);
    return found == groups.end() ? nullptr : &*found;
}

std::vector<ListedGroup> Catalogue::groups_of(std::string_view table) const {
    std::vector<ListedGroup> out;
    std::copy_if(groups.begin(), groups.end(), std::back_inserter(out),
                 [&](const ListedGroup& one) { return one.table == table; });
    return out;
}

const Meeting* last_meeting(const Mechanism& mechanism, Day by) {
    const Meeting* out = nullptr;
    for (const Meeting& one : mechanism.meetings) {
        if (one.day <= by) out = &one;
    }
    return out;
}

void Catalogue::read(const Node& file, Diagnostics& faults) {
    TableReader reader(file, faults, "this file");
    for (const char* key : {"mandate_act", "participation", "meeting"}) {
        for (const Node* node : reader.tables(key)) additions_.emplace_back(key, *node);
    }
    for (const Node* node : reader.tables("instrument")) instruments.push_back(parse_instrument(*node, faults));
    for (const Node* node : reader.tables("mechanism")) mechanisms.push_back(parse_mechanism(*node, faults));
    for (const Node* node : reader.tables("group")) groups.push_back(parse_group(*node, faults));
    for (const Node* node : reader.tables("mission")) missions.push_back(parse_mission(*node, faults));
    reader.finish();
}

namespace {

/// The fact that a table adds to.
template <class Fact> Fact* added_to(std::vector<Fact>& facts, TableReader& reader, std::string_view key) {
    const std::string id = reader.id(key);
    const auto found = std::ranges::find(facts, id, &Fact::id);
    if (found != facts.end()) return &*found;
    std::vector<std::string> ids;
    for (const Fact& fact : facts) ids.push_back(fact.id);
    const auto near = nearest(id, ids);
    reader.fault(reader.table().where, "unknown-id", fmt::format("there is no {} '{}'", key, id),
                 near ? fmt::format("did you mean '{}'?", *near) : "see packs/");
    return nullptr;
}

}  // namespace

void Catalogue::join_additions(Diagnostics& faults) {
    for (const auto& [key, node] : additions_) {
        TableReader reader(node, faults, fmt::format("a [[{}]]", key));
        if (key == "mandate_act") {
            Mission* mission = added_to(missions, reader, "mission");
            if (!mission) continue;
            add_act(*mission, reader);
            extend_knowledge(mission->known, reader);
        } else if (key == "participation") {
            Instrument* instrument = added_to(instruments, reader, "instrument");
            if (!instrument) continue;
            instrument->participants.push_back(read_participation(reader));
            (void)reader.text_or("source", "");
            extend_knowledge(instrument->known, reader);
        } else {
            Mechanism* mechanism = added_to(mechanisms, reader, "mechanism");
            if (!mechanism) continue;
            mechanism->meetings.push_back(read_meeting(reader, mechanism->id));
            sort_meetings(*mechanism);
            extend_knowledge(mechanism->known, reader);
        }
        reader.finish();
    }
    additions_.clear();
}

void Catalogue::check(const PlaceBook& places, Diagnostics& faults) {
    join_additions(faults);
    sort_and_check_ids(instruments, "instrument", faults);
    sort_and_check_ids(mechanisms, "mechanism", faults);
    sort_and_check_ids(missions, "mission", faults);
    const auto set_exists = [&](const std::string& id, const Where& where, const std::string& who) {
        if (id.empty() || places.find_set(id)) return;
        std::vector<std::string> ids;
        for (const auto& set : places.sets()) ids.push_back(set.id);
        const auto near = nearest(id, ids);
        faults.push_back({Fault::Pack, "unknown-set", where,
                          fmt::format("{} names set '{}', which packs/places does not declare", who, id),
                          near ? fmt::format("did you mean '{}'?", *near) : "declare it in packs/places/sets.toml"});
    };
    const auto place_exists = [&](const std::string& id, const Where& where, const std::string& who) {
        if (places.find_place(id) || places.find_set(id)) return;  // the European Union is a party as such
        faults.push_back({Fault::Pack, "unknown-place", where,
                          fmt::format("{} names place '{}', which packs/places does not declare", who, id),
                          "use the lower-case ISO 3166 alpha-3 code"});
    };
    for (const Instrument& one : instruments) {
        set_exists(one.open_to, one.where, fmt::format("instrument '{}'", one.id));
        set_exists(one.entry.named, one.where, fmt::format("instrument '{}'", one.id));
        for (const auto& place : one.entry.lacking)
            place_exists(place, one.where, fmt::format("instrument '{}'", one.id));
        for (const auto& fact : one.participants)
            place_exists(fact.participant, {fact.file, fact.line}, fmt::format("instrument '{}'", one.id));
    }
    for (const Mechanism& one : mechanisms) {
        set_exists(one.members_set, one.where, fmt::format("mechanism '{}'", one.id));
        for (const auto& member : one.members)
            place_exists(member.place, one.where, fmt::format("mechanism '{}'", one.id));
    }
    for (const Mission& one : missions) {
        for (const auto& host : one.host) place_exists(host, one.where, fmt::format("mission '{}'", one.id));
    }
}

}  // namespace icosa::pack
