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

Node& member_of(Node& table, std::string_view key, const Spot& where) {
    if (Node* found = find_member(table, key)) return *found;
    Node empty;
    empty.where = empty.key_where = where;
    return table.members.emplace_back(std::string(key), std::move(empty)).value;
}

void set_member(Node& table, const std::string& key, const Node& value) {
    if (Node* found = find_member(table, key)) *found = value;
    else table.members.emplace_back(key, value);
}

/// Takes what the layout lacks out of the card: fields, measures by their ids, options of [source].
void leave_out(Node& file, const Node& names, CardDraft& draft) {
    for (const Node& name : names.items) {
        std::size_t gone = 0;
        for (const char* table : {"map", "source"}) {
            if (Node* of = find_member(file, table))
                gone += std::erase_if(of->members, [&](const Member& field) { return field.key == name.text; });
        }
        if (Node* measures = find_member(file, "measure"))
            gone += std::erase_if(measures->items, [&](const Node& measure) {
                const Node* id = measure.find("id");
                return id && id->text == name.text;
            });
        if (gone == 0)
            draft.faults.push_back(
                {Fault::Pack, "unknown-field", name.where,
                 fmt::format("a variant of {} is without '{}', which the card does not have", draft.name, name.text),
                 "name a field of [map], the id of a [[measure]] or an option of [source]"});
    }
}

}  // namespace

Node variant_of(const Node& file, const Node& variant, CardDraft& draft) {
    Node out = file;
    std::erase_if(out.members, [](const Member& member) { return member.key == "variant" || member.key == "fetch"; });
    if (const Node* without = variant.find("without"); without && without->kind == Node::Kind::Array)
        leave_out(out, *without, draft);
    for (const auto& [key, value] : variant.members) {
        if (key == "without") continue;
        if (key == "measure" || key == "coverage" || key == "assert" || key == "beside" || key == "detail") {
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

}  // namespace icosa::pack
