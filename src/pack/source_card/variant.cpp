/// [[variant]] of a card: another layout of the same source, written as what differs from the card's own.
#include "pack/source_card/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

Node* find_member(Node& table, std::string_view key) {
    for (Member& member : table.members) {
        if (member.key == key) return &member.value;
    }
    return nullptr;
}

Node& member_of(Node& table, std::string_view key, const Where& where) {
    if (Node* found = find_member(table, key)) return *found;
    Node empty;
    empty.where = empty.key_where = where;
    return table.members.emplace_back(std::string(key), std::move(empty)).value;
}

void set_member(Node& table, const std::string& key, const Node& value) {
    if (Node* found = find_member(table, key)) *found = value;
    else table.members.emplace_back(key, value);
}

/// Takes the fields, and the measures by their ids, that the layout lacks out of the card.
void leave_out(Node& file, const Node& names, CardDraft& draft) {
    for (const Node& name : names.items) {
        std::size_t gone = 0;
        if (Node* map = find_member(file, "map"))
            gone += std::erase_if(map->members, [&](const Member& field) { return field.key == name.text; });
        if (Node* measures = find_member(file, "measure"))
            gone += std::erase_if(measures->items, [&](const Node& measure) {
                const Node* id = measure.find("id");
                return id && id->text == name.text;
            });
        if (gone == 0)
            draft.faults.push_back(
                {Fault::Pack, "unknown-field", name.where,
                 fmt::format("a variant of {} is without '{}', which the card does not have", draft.name, name.text),
                 "name a field of [map] or the id of a [[measure]]"});
    }
}

}  // namespace

Node variant_of(const Node& file, const Node& variant, CardDraft& draft) {
    Node out = file;
    std::erase_if(out.members, [](const Member& member) { return member.key == "variant"; });
    if (const Node* without = variant.find("without"); without && without->kind == Node::Kind::Array)
        leave_out(out, *without, draft);
    for (const auto& [key, value] : variant.members) {
        if (key == "rename" || key == "without") continue;
        if (key == "measure" || key == "coverage" || key == "assert") {
            set_member(out, key, value);
        } else if (key == "map" || key == "lookup") {
            Node& table = member_of(out, key, value.where);
            for (const auto& [field, of] : value.members) set_member(table, field, of);
        } else {
            set_member(member_of(out, "source", value.where), key, value);
        }
    }
    return out;
}

void rename_columns(SourceCard& card, const Node& variant, CardDraft& draft) {
    const Node* names = variant.find("rename");
    if (!names) return;
    for (const auto& [old_name, node] : names->members) {
        std::size_t hits = 0;
        const auto rename = [&](std::string& column) {
            if (column != old_name) return;
            column = node.text;
            ++hits;
        };
        const auto rename_all = [&](std::vector<std::string>& columns) {
            for (std::string& column : columns) rename(column);
        };
        for (auto& [field, map] : card.map) rename_all(map.columns);
        for (MeasureMap& measure : card.measures) {
            for (std::string* column :
                 {&measure.column, &measure.id_column, &measure.low, &measure.high, &measure.when_column})
                rename(*column);
        }
        for (auto* columns : {&card.identity, &card.content, &card.header}) rename_all(*columns);
        rename(card.coverage.places_column);
        if (hits == 0)
            draft.faults.push_back(
                {Fault::Pack, "unknown-column", node.key_where,
                 fmt::format("a variant of {} renames '{}', a column that the card does not use", draft.name, old_name),
                 "write \"the card's column\" = \"the column of this layout\""});
    }
}

}  // namespace icosa::pack
