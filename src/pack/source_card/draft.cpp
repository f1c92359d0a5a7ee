/// What all tables of a source card share: columns and lookups that must exist.
#include "pack/source_card/draft.hpp"

#include <algorithm>
#include <regex>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {

bool is_regex(const std::string& text) {
    if (text.size() > longest_pattern) return false;
    try {
        const std::regex compiled(text);
        return true;
    } catch (const std::regex_error&) {
        return false;
    }
}

const Node* find_table(TableReader& reader, std::string_view key) {
    const Node* node = reader.node(key);
    if (node && node->kind != Node::Kind::Table) {
        reader.fault(node->where, "wrong-type", fmt::format("'{}' is not a table", key),
                     fmt::format("write [{}]", key));
        return nullptr;
    }
    return node;
}

void CardDraft::check_column(const std::string& column, const Where& where, const std::string& who) {
    const auto fault = [&](std::string what, std::string cure) {
        faults.push_back({Fault::Pack, "unknown-column", where, std::move(what), std::move(cure)});
    };
    if (column.starts_with("file.")) {
        const auto group = parse_integer(std::string_view(column).substr(5));
        if (card.file_name.empty() || !is_regex(card.file_name)) {
            if (card.file_name.empty())
                fault(fmt::format("{} of {} takes '{}', and the card has no 'file_name'", who, name, column),
                      "add file_name with a group");
        } else if (!group || *group < 1
                   || *group > static_cast<std::int64_t>(std::regex(card.file_name).mark_count())) {
            fault(fmt::format("{} of {} takes '{}', and 'file_name' has {} group(s)", who, name, column,
                              std::regex(card.file_name).mark_count()),
                  "count the groups of file_name");
        }
        return;
    }
    if (card.columns.empty()) return;
    const auto same = [&](const std::string& other) { return lower(trim(other)) == lower(trim(column)); };
    if (std::none_of(card.columns.begin(), card.columns.end(), same)) {
        const auto near = nearest(column, card.columns);
        fault(fmt::format("{} of {} takes column '{}', which is not among its 'columns'", who, name, column),
              near ? fmt::format("did you mean '{}'?", *near) : "name one of its columns");
    }
}

void CardDraft::use_lookup(const std::string& lookup, const Where& where, const std::string& who) {
    if (lookup.empty()) return;
    used_lookups.insert(lookup);
    if (card.lookups.contains(lookup)) return;
    std::vector<std::string> names;
    for (const auto& [known, table] : card.lookups) names.push_back(known);
    const auto near = nearest(lookup, names);
    faults.push_back({Fault::Pack, "unknown-lookup", where,
                      fmt::format("{} of {} names lookup '{}', which the card does not have", who, name, lookup),
                      near ? fmt::format("did you mean '{}'?", *near) : fmt::format("add [lookup.{}]", lookup)});
}

void read_lookups(CardDraft& draft, const Node& node) {
    for (const auto& [name, table] : node.members) {
        if (table.kind != Node::Kind::Table) {
            draft.faults.push_back({Fault::Pack, "wrong-type", table.where,
                                    fmt::format("lookup '{}' of {} is not a table", name, draft.name),
                                    fmt::format("write [lookup.{}]", name)});
            continue;
        }
        draft.lookup_where[name] = table.key_where;
        for (const auto& [key, value] : table.members) {
            if (value.kind == Node::Kind::Text) draft.card.lookups[name][key] = value.text;
            else if (value.kind == Node::Kind::Integer || value.kind == Node::Kind::Number)
                draft.card.lookups[name][key] = number_text(value.number);
            else
                draft.faults.push_back({Fault::Pack, "wrong-type", value.where,
                                        fmt::format("'{}' of lookup '{}' is neither a text nor a number", key, name),
                                        "write \"key\" = \"value\""});
        }
        draft.card.lookups.try_emplace(name);
    }
}

}  // namespace icosa::pack
