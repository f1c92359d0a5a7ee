/// Reads packs/places and checks that a code means one place on any day.
#include "pack/places.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/code_key.hpp"

namespace icosa::pack {
namespace {

std::vector<Position> parse_ring(TableReader& reader, const std::string& what) {
    std::vector<Position> ring;
    const Node* node = reader.node("polygon");
    if (!node) return ring;
    for (const Node& corner : node->items) {
        if (const auto at = parse_position(corner, reader, "a corner of " + what)) ring.push_back(*at);
    }
    if (ring.size() < 3)
        reader.fault(node->where, "bad-polygon", fmt::format("the polygon of {} has {} corners", what, ring.size()),
                     "give at least three, not closed");
    return ring;
}

}  // namespace

std::vector<model::Membership> parse_memberships(TableReader& reader, std::string_view key, const std::string& what) {
    std::vector<model::Membership> out;
    const Node* node = reader.node(key);
    if (!node) return out;
    if (node->kind != Node::Kind::Array) {
        reader.fault(node->where, "wrong-type", fmt::format("'{}' of {} is not an array", key, what),
                     "write [ { place = \"idn\", first = \"1967-08-08\" } ] or [ \"idn\" ]");
        return out;
    }
    for (const Node& item : node->items) {
        if (item.kind == Node::Kind::Text) {
            out.push_back({.place = item.text});
        } else if (item.kind == Node::Kind::Table) {
            TableReader member(item, reader.faults(), fmt::format("a member of {}", what));
            model::Membership one{.place = member.id("place"),
                                  .first = member.day_or("first", first_possible_day),
                                  .last = member.day_or("last", last_possible_day)};
            if (const Day by = member.day_or("at_latest_since", no_day); by != no_day) {
                one.first = by;
                one.first_is_known = false;
            }
            (void)member.text_or("note", "");
            member.finish();
            if (one.last < one.first)
                reader.fault(item.where, "bad-days",
                             fmt::format("member '{}' of {} ends before it begins", one.place, what),
                             "check first and last");
            out.push_back(std::move(one));
        } else {
            reader.fault(item.where, "wrong-type", fmt::format("a member of {} is neither an id nor a table", what),
                         "write { place = \"idn\" }");
        }
    }
    return out;
}

void PlaceBook::read_place(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    TableReader reader(node, faults, fmt::format("place '{}'", id ? id->text : "?"));
    PlaceFacts place;
    place.id = reader.id("id");
    place.kind = reader.choice<std::string>("kind", "state",
                                            {{"state", "state"},
                                             {"territory", "territory"},
                                             {"historical", "historical"},
                                             {"sea", "sea"},
                                             {"basin", "basin"},
                                             {"chokepoint", "chokepoint"}});
    place.name = reader.title("name");
    place.first = reader.day_or("first_day", first_possible_day);
    place.last = reader.day_or("last_day", last_possible_day);
    if (const Node* at = reader.node("at")) place.at = parse_position(*at, reader, "'at' of " + place.id);
    place.radius_km = reader.number_or("radius_km", 0);
    place.polygon = parse_ring(reader, place.id);
    place.riparians = reader.texts("riparians");
    place.successors = reader.texts("successors");
    place.note = reader.text_or("note", "");
    (void)reader.text_or("source", "");
    (void)reader.day_or("reviewed", no_day);
    for (const Node* code : reader.tables("codes")) {
        TableReader entry(*code, faults, fmt::format("a code of place '{}'", place.id));
        PlaceCode one{entry.text("system"), entry.text("code"), entry.day_or("first", first_possible_day),
                      entry.day_or("last", last_possible_day), code->where};
        (void)entry.text_or("note", "");
        entry.finish();
        if (one.last < one.first)
            entry.fault(code->where, "bad-days", fmt::format("code {}:{} ends before it begins", one.system, one.code),
                        "check first and last");
        place.codes.push_back(std::move(one));
    }
    reader.finish();
    place.where = node.where;
    if (!place_index_.emplace(place.id, places_.size()).second) {
        reader.fault(node.where, "duplicate-id", fmt::format("place '{}' is declared twice", place.id), "keep one");
        return;
    }
    for (const PlaceCode& code : place.codes) index_code(place.id, code);
    places_.push_back(std::move(place));
}

void PlaceBook::read_set(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    const std::string what = fmt::format("set '{}'", id ? id->text : "?");
    TableReader reader(node, faults, what);
    PlaceSet set;
    set.id = reader.id("id");
    set.name = reader.title("name");
    set.kind = reader.choice<std::string>("kind", "list",
                                          {{"list", "list"}, {"region", "region"}, {"organisation", "organisation"}});
    set.members = parse_memberships(reader, "members", what);
    set.suspended = parse_memberships(reader, "suspended", what);
    set.known = parse_knowledge(reader, Sourced::May);
    set.note = reader.text_or("note", "");
    reader.finish();
    set.where = node.where;
    if (!set_index_.emplace(set.id, sets_.size()).second) {
        reader.fault(node.where, "duplicate-id", fmt::format("set '{}' is declared twice", set.id), "keep one");
        return;
    }
    sets_.push_back(std::move(set));
}

void PlaceBook::read_disputed(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("id");
    TableReader reader(node, faults, fmt::format("area '{}'", id ? id->text : "?"));
    PlaceFacts place;
    place.id = reader.id("id");
    place.kind = "disputed";
    place.name = reader.title("name");
    place.polygon = parse_ring(reader, place.id);
    place.concerned = reader.texts("concerned");
    place.note = reader.text_or("note", "");
    (void)reader.text("source");
    (void)reader.day_or("reviewed", no_day);
    (void)reader.day_or("expires", no_day);
    reader.finish();
    place.where = node.where;
    if (!place_index_.emplace(place.id, places_.size()).second) {
        reader.fault(node.where, "duplicate-id", fmt::format("area '{}' has the id of a place", place.id),
                     "choose another");
        return;
    }
    places_.push_back(std::move(place));
}

void PlaceBook::read_filed(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "this filed name");
    FiledName out{reader.id("place"), reader.texts("sources"), reader.title("name"), node.where};
    (void)reader.text("source");
    (void)reader.day_or("reviewed", no_day);
    reader.finish();
    filed_.push_back(std::move(out));
}

void PlaceBook::read_extent(const Node& node, Diagnostics& faults) {
    const Node* id = node.find("place");
    TableReader reader(node, faults, fmt::format("the extent of '{}'", id ? id->text : "?"));
    PlaceExtent out{reader.id("place"), reader.texts("outlines"), reader.day_or("first_day", first_possible_day),
                    reader.day_or("last_day", last_possible_day), node.where};
    (void)reader.text("source");
    (void)reader.day_or("reviewed", no_day);
    if (out.last < out.first)
        reader.fault(node.where, "bad-days", fmt::format("the extent of '{}' ends before it begins", out.place),
                     "check first_day and last_day");
    if (out.outlines.empty())
        reader.fault(node.where, "missing-key", fmt::format("the extent of '{}' has no outlines", out.place),
                     "write outlines = [\"sdn\", \"ssd\"]");
    reader.finish();
    extents_.push_back(std::move(out));
}

/// No outline is of two places on one day.
void PlaceBook::check_extents(Diagnostics& faults) const {
    for (auto one = extents_.begin(); one != extents_.end(); ++one) {
        for (auto other = extents_.begin(); other != one; ++other) {
            if (one->first > other->last || other->first > one->last) continue;
            const auto shared = std::ranges::find_first_of(one->outlines, other->outlines);
            if (shared == one->outlines.end()) continue;
            faults.push_back(
                {Fault::Pack, "extent-clash", one->where,
                 fmt::format("the outline of '{}' is of '{}' and '{}' on one day", *shared, other->place, one->place),
                 "give them days that do not overlap"});
        }
    }
}

void PlaceBook::read_borders(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "this list of borders");
    const bool across_water = reader.choice<bool>("kind", false, {{"land", false}, {"sea", true}});
    (void)reader.text("source");
    (void)reader.day_or("reviewed", no_day);
    const Node* pairs = reader.node("pairs");
    if (!pairs || pairs->kind != Node::Kind::Array) {
        reader.fault(pairs ? pairs->where : node.where, "missing-key", "this list of borders has no array 'pairs'",
                     "write pairs = [ [\"bol\", \"per\"] ]");
        return reader.finish();
    }
    const auto add = [&](const Node& ids, Day first, Day last) {
        const bool is_pair = ids.kind == Node::Kind::Array && ids.items.size() == 2
            && ids.items[0].kind == Node::Kind::Text && ids.items[1].kind == Node::Kind::Text;
        if (!is_pair)
            return reader.fault(ids.where, "bad-pair", "a border is not a pair of ids", "write [\"bol\", \"per\"]");
        if (ids.items[0].text == ids.items[1].text)
            return reader.fault(ids.where, "bad-pair",
                                fmt::format("'{}' is told to border on itself", ids.items[0].text), "drop it");
        if (ids.items[0].text > ids.items[1].text)
            return reader.fault(
                ids.where, "bad-pair",
                fmt::format("the pair '{}', '{}' is not in alphabetical order", ids.items[0].text, ids.items[1].text),
                "write each pair once, the earlier id first");
        borders_.push_back({ids.items[0].text, ids.items[1].text, across_water, first, last, ids.where});
    };
    for (const Node& item : pairs->items) {
        if (item.kind != Node::Kind::Table) {
            add(item, first_possible_day, last_possible_day);
            continue;
        }
        TableReader dated(item, faults, "a border");
        const Day first = dated.day_or("first", first_possible_day), last = dated.day_or("last", last_possible_day);
        if (last < first) dated.fault(item.where, "bad-days", "a border ends before it begins", "check first and last");
        if (const Node* ids = dated.node("places")) add(*ids, first, last);
        else
            dated.fault(item.where, "missing-key", "a border has no 'places'",
                        "write { places = [\"bol\", \"per\"], last = \"1999-12-31\" }");
        dated.finish();
    }
    reader.finish();
}

void PlaceBook::read(const Node& file, Diagnostics& faults) {
    TableReader reader(file, faults, "this file");
    for (const Node* node : reader.tables("place")) read_place(*node, faults);
    for (const Node* node : reader.tables("set")) read_set(*node, faults);
    for (const Node* node : reader.tables("area")) read_disputed(*node, faults);
    for (const Node* node : reader.tables("filed")) read_filed(*node, faults);
    for (const Node* node : reader.tables("borders")) read_borders(*node, faults);
    for (const Node* node : reader.tables("extent")) read_extent(*node, faults);
    NamesOfFile told;
    for (const Node* node : reader.tables("names")) read_names(*node, told, faults);
    for (const Node* node : reader.tables("aggregate")) read_aggregates(*node, faults);
    read_sea_lanes(reader, lanes_, faults);
    reader.finish();
}

void PlaceBook::check(Diagnostics& faults) {
    const auto fault = [&](const Where& where, std::string code, std::string what, std::string cure) {
        faults.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
    };
    give_names(faults);
    std::vector<std::string> ids;
    for (const PlaceFacts& place : places_) ids.push_back(place.id);
    const auto must_exist = [&](const std::string& id, const Where& where, const std::string& who) {
        if (find_place(id)) return;
        const auto near = nearest(id, ids);
        fault(where, "unknown-place",
              fmt::format("{} names place '{}', which no file of packs/places declares", who, id),
              near ? fmt::format("did you mean '{}'?", *near) : "declare it");
    };
    for (const PlaceSet& set : sets_) {
        for (const auto& member : set.members) must_exist(member.place, set.where, fmt::format("set '{}'", set.id));
    }
    for (const PlaceFacts& place : places_) {
        for (const auto& other : place.riparians) must_exist(other, place.where, fmt::format("basin '{}'", place.id));
        for (const auto& other : place.concerned) must_exist(other, place.where, fmt::format("area '{}'", place.id));
        for (const auto& other : place.successors) must_exist(other, place.where, fmt::format("place '{}'", place.id));
    }
    for (const PlaceExtent& extent : extents_) {
        must_exist(extent.place, extent.where, "an extent");
        for (const auto& outline : extent.outlines)
            must_exist(outline, extent.where, fmt::format("the extent of '{}'", extent.place));
    }
    check_extents(faults);
    check_sea_lanes(faults);
    for (const PlacePair& pair : borders_) {
        for (const auto* id : {&pair.a, &pair.b}) must_exist(*id, pair.where, "a border");
    }
    std::stable_sort(borders_.begin(), borders_.end(), [](const PlacePair& x, const PlacePair& y) {
        return std::tie(x.a, x.b, x.first) < std::tie(y.a, y.b, y.first);
    });
    for (std::size_t i = 1; i < borders_.size(); ++i) {
        const PlacePair& before = borders_[i - 1];
        const PlacePair& pair = borders_[i];
        if (before.a == pair.a && before.b == pair.b && pair.first <= before.last)
            fault(pair.where, "duplicate-border",
                  fmt::format("the border of '{}' and '{}' is told twice", pair.a, pair.b),
                  "keep one, or give them days that do not overlap");
    }
    struct Use {
        std::string system, code;
        Day first, last;
        const PlaceFacts* place;
        const PlaceCode* of;
    };
    std::vector<Use> uses;
    for (const PlaceFacts& place : places_) {
        for (const PlaceCode& code : place.codes)
            uses.push_back(
                {code.system, model::code_key(code.system, code.code), code.first, code.last, &place, &code});
    }
    std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
        return std::tie(a.system, a.code, a.first) < std::tie(b.system, b.code, b.first);
    });
    const Use* longest = nullptr;  // of those that begin earlier, the one that lasts longest
    for (const Use& b : uses) {
        const bool same_code = longest && longest->system == b.system && longest->code == b.code;
        if (same_code && b.first <= longest->last && longest->place != b.place) {
            fault(b.of->where, "code-clash",
                  fmt::format("code {}:{} means both '{}' and '{}'{}", b.system, b.of->code, longest->place->id,
                              b.place->id, b.first == first_possible_day ? "" : " from " + iso(b.first)),
                  "give them days that do not overlap");
        }
        if (!same_code || b.last > longest->last) longest = &b;
    }
    add_sets_as_aggregates();
    check_aggregates(faults);
}

const PlaceFacts* PlaceBook::find_place(std::string_view id) const {
    const auto found = place_index_.find(id);
    return found == place_index_.end() ? nullptr : &places_[found->second];
}

const PlaceSet* PlaceBook::find_set(std::string_view id) const {
    const auto found = set_index_.find(id);
    return found == set_index_.end() ? nullptr : &sets_[found->second];
}

std::optional<std::vector<std::string>> PlaceBook::members(std::string_view id, Day day) const {
    std::vector<std::string> out;
    if (const PlaceSet* set = find_set(id)) {
        for (const auto& member : set->members) {
            if (member.first <= day && day <= member.last) out.push_back(member.place);
        }
    } else if (find_place(id)) {
        out.emplace_back(id);
    } else {
        return std::nullopt;
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::optional<Position> PlaceBook::position_of(std::string_view sea_node_or_place) const {
    if (const SeaNode* node = lanes_.find_node(sea_node_or_place)) return node->at;
    const PlaceFacts* place = find_place(sea_node_or_place);
    return place ? place->at : std::nullopt;
}

void PlaceBook::check_sea_lanes(Diagnostics& faults) const {
    std::vector<std::string> ids;
    for (const SeaNode& node : lanes_.nodes) {
        ids.push_back(node.id);
        if (find_place(node.id))
            faults.push_back({Fault::Pack, "duplicate-id", node.where,
                              fmt::format("sea node '{}' is a place too", node.id), "give it an id of its own"});
    }
    for (const PlaceFacts& place : places_) {
        if (place.at) ids.push_back(place.id);
    }
    for (const SeaLeg& leg : lanes_.legs) {
        for (const std::string& end : {leg.a, leg.b}) {
            if (position_of(end)) continue;
            const auto near = nearest(end, ids);
            faults.push_back(
                {Fault::Pack, "unknown-place", leg.where,
                 fmt::format("a sea leg ends at '{}', which is neither a sea node nor a place with a position", end),
                 near ? fmt::format("did you mean '{}'?", *near) : "declare it as [[sea_node]]"});
        }
    }
}

std::vector<std::string> PlaceBook::neighbours(std::string_view place, Day day, Borders borders) const {
    std::vector<std::string> out;
    const auto exists = [&](const std::string& id) {
        const PlaceFacts* found = find_place(id);
        return found && found->first <= day && day <= found->last;
    };
    for (const PlacePair& pair : borders_) {
        if ((pair.a != place && pair.b != place) || day < pair.first || day > pair.last
            || (pair.across_water && borders == Borders::Land))
            continue;
        if (exists(pair.a) && exists(pair.b)) out.push_back(pair.a == place ? pair.b : pair.a);
    }
    std::sort(out.begin(), out.end());
    return out;
}

const std::vector<CodeUse>& PlaceBook::uses_of(std::string_view system, std::string_view code) const {
    static const std::vector<CodeUse> none;
    const auto found = code_index_.find(std::string(system).append("\x1f").append(model::code_key(system, code)));
    return found == code_index_.end() ? none : found->second;
}

void PlaceBook::index_code(const std::string& place, const PlaceCode& code) {
    auto& uses = code_index_[std::string(code.system).append("\x1f").append(model::code_key(code.system, code.code))];
    uses.push_back({place, code.first, code.last});
    std::stable_sort(uses.begin(), uses.end(), [](const CodeUse& a, const CodeUse& b) { return a.first < b.first; });
}

std::string PlaceBook::place_of(std::string_view system, std::string_view code, Day day) const {
    for (const CodeUse& use : uses_of(system, code)) {
        if (use.first <= day && day <= use.last) return use.place;
    }
    return {};
}

const Title* PlaceBook::filed_as(std::string_view place, const std::vector<std::string>& sources) const {
    for (const FiledName& one : filed_) {
        if (one.place != place) continue;
        for (const std::string& source : sources) {
            if (std::ranges::find(one.sources, source) != one.sources.end()) return &one.name;
        }
    }
    return nullptr;
}

std::string PlaceBook::title_of(std::string_view id) const {
    if (const auto bar = id.find('|'); bar != std::string_view::npos)
        return title_of(id.substr(0, bar)) + " – " + title_of(id.substr(bar + 1));
    if (const PlaceFacts* place = find_place(id)) return place->name.en;
    if (const PlaceSet* set = find_set(id)) return set->name.en;
    return std::string(id);
}

}  // namespace icosa::pack
