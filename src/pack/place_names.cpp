/// Reads the names of places that stand in files of their own, and the codes of publishers' sums that are no places.
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/code_key.hpp"
#include "pack/places.hpp"

namespace icosa::pack {
namespace {

PlaceCode parse_dated_name(const Node& node, Diagnostics& faults, const std::string& what) {
    TableReader reader(node, faults, fmt::format("a dated name of {}", what));
    PlaceCode name{"name", reader.text("name"), reader.day_or("first", first_possible_day),
                   reader.day_or("last", last_possible_day), node.where};
    reader.finish();
    if (name.last < name.first)
        reader.fault(node.where, "bad-days", fmt::format("name '{}' of {} ends before it begins", name.code, what),
                     "check first and last");
    return name;
}

std::vector<PlaceCode> parse_given_names(TableReader& reader, const std::string& what) {
    std::vector<PlaceCode> names;
    if (const Node* node = reader.node("names")) {
        for (const Node& item : node->items) {
            if (item.kind == Node::Kind::Text)
                names.push_back({"name", item.text, first_possible_day, last_possible_day, item.where});
            else
                reader.fault(item.where, "wrong-type", fmt::format("a name of {} is not a text", what),
                             "a name with days stands in 'dated'");
        }
        if (node->kind != Node::Kind::Array)
            reader.fault(node->where, "wrong-type", fmt::format("'names' of {} is not an array", what),
                         "write [\"Chad\", \"Tchad\"]");
    }
    for (const Node* node : reader.tables("dated")) names.push_back(parse_dated_name(*node, reader.faults(), what));
    return names;
}

}  // namespace

void PlaceBook::read_names(const Node& node, NamesOfFile& told, Diagnostics& faults) {
    const Node* id = node.find("place");
    const std::string what = fmt::format("place '{}'", id ? id->text : "?");
    TableReader reader(node, faults, fmt::format("the names of {}", what));
    PlaceNames one{reader.id("place"), parse_given_names(reader, what), node.where};
    reader.finish();
    for (const PlaceCode& name : one.names) {
        if (model::code_key("name", name.code).empty())
            reader.fault(name.where, "empty-name", fmt::format("name '{}' of {} has no letter", name.code, what),
                         "drop it");
        else if (!told.emplace(one.place, name.code, name.first).second)
            reader.fault(name.where, "duplicate-name",
                         fmt::format("name '{}' of {} stands twice in this file", name.code, what), "keep one");
    }
    names_.push_back(std::move(one));
}

void PlaceBook::read_aggregates(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "this aggregate");
    const auto systems = reader.texts("system");
    const std::string title = reader.text("title");
    (void)reader.text("source");
    (void)reader.day_or("reviewed", no_day);
    const Node* codes = reader.node("codes");
    if (systems.empty())
        reader.fault(node.where, "missing-key", "this aggregate has no 'system'", "write system = \"iso3\"");
    if (!codes || codes->kind != Node::Kind::Array) {
        reader.fault(codes ? codes->where : node.where, "missing-key", "this aggregate has no array 'codes'",
                     "write codes = [\"WLD\"] or [ { code = \"WLD\", title = \"World\" } ]");
        return reader.finish();
    }
    for (const Node& item : codes->items) {
        Aggregate one{"", item.text, title, item.where};
        if (item.kind != Node::Kind::Text) {
            TableReader entry(item, faults, "a code of this aggregate");
            one.code = entry.text("code");
            one.title = entry.text("title");
            entry.finish();
        }
        for (const std::string& system : systems) {
            one.system = system;
            aggregates_.push_back(one);
        }
    }
    reader.finish();
}

void PlaceBook::give_names(Diagnostics& faults) {
    std::vector<std::string> ids;
    for (const PlaceFacts& place : places_) ids.push_back(place.id);
    for (PlaceNames& one : names_) {
        const auto found = place_index_.find(one.place);
        if (found == place_index_.end()) {
            const auto near = nearest(one.place, ids);
            faults.push_back(
                {Fault::Pack, "unknown-place", one.where,
                 fmt::format("names are given to place '{}', which no file of packs/places declares", one.place),
                 near ? fmt::format("did you mean '{}'?", *near) : "declare it"});
            continue;
        }
        auto& codes = places_[found->second].codes;
        for (const PlaceCode& name : one.names) index_code(one.place, name);
        std::move(one.names.begin(), one.names.end(), std::back_inserter(codes));
    }
    names_.clear();
}

void PlaceBook::add_sets_as_aggregates() {
    std::set<std::string> taken;
    for (const PlaceFacts& place : places_) {
        for (const PlaceCode& code : place.codes) {
            if (code.system == "name") taken.insert(model::code_key("name", code.code));
        }
    }
    for (const Aggregate& one : aggregates_) {
        if (one.system == "name") taken.insert(model::code_key("name", one.code));
    }
    for (const PlaceSet& set : sets_) {
        for (const std::string& name : {set.name.en, set.name.zh}) {
            if (taken.insert(model::code_key("name", name)).second)
                aggregates_.push_back({"name", name, set.name.en, set.where});
        }
    }
}

void PlaceBook::check_aggregates(Diagnostics& faults) const {
    std::set<std::pair<std::string, std::string>> texts;
    for (const Aggregate& one : aggregates_) {
        if (!texts.emplace(one.system, one.code).second)
            faults.push_back({Fault::Pack, "duplicate-code", one.where,
                              fmt::format("aggregate {}:{} is told twice", one.system, one.code), "keep one"});
        const auto& uses = uses_of(one.system, one.code);
        if (!uses.empty())
            faults.push_back(
                {Fault::Pack, "code-clash", one.where,
                 fmt::format("aggregate {}:{} is also a code of place '{}'", one.system, one.code, uses.front().place),
                 "a code is either a place or a sum over places"});
    }
}

const Aggregate* PlaceBook::find_aggregate(std::string_view system, std::string_view code) const {
    const std::string wanted = model::code_key(system, code);
    for (const Aggregate& one : aggregates_) {
        if (one.system == system && model::code_key(system, one.code) == wanted) return &one;
    }
    return nullptr;
}

}  // namespace icosa::pack
