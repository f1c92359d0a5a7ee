/// Source cards whole: the order of their tables, what only the whole card can show to be wrong, all cards of a folder.
#include "pack/source_card.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "pack/source_card/draft.hpp"

namespace icosa::pack {
namespace {

using model::RecordKind;

constexpr std::array<std::string_view, 25> parse_names = {
    "text",           "whole",         "number",   "thousandths",     "date",        "date-compact",   "date-dmy",
    "date-mdy",       "month",         "week",     "quarter",         "year",        "year-month-day", "epoch-week",
    "timestamp-date", "degree-minute", "latitude", "longitude",       "untc-action", "days-between",   "yes-no",
    "coded",          "list-length",   "given",    "timestamp-minute"};

void check_whole(CardDraft& draft, TableReader& top) {
    const SourceCard& card = draft.card;
    if (!top.table().find("source")) return;
    for (const FieldRule& rule : fields_of(card.record)) {
        const bool in_headings = !card.wide.pattern.empty() && rule.name == "day";
        if (rule.required && !in_headings && !card.map.contains(std::string(rule.name)))
            top.fault(card.where, "missing-key",
                      fmt::format("{} maps no '{}', which every {} needs", draft.name, rule.name,
                                  model::record_kind_names[static_cast<std::size_t>(card.record)]),
                      fmt::format("add {} = {{ column = \"...\" }} to [map]", rule.name));
    }
    const bool observations = card.record == RecordKind::Observation;
    if (observations && card.measures.empty())
        top.fault(card.where, "missing-key", fmt::format("{} gives observations and has no [[measure]]", draft.name),
                  "add one");
    if (!observations && !card.measures.empty())
        top.fault(card.measures.front().where, "bad-field",
                  fmt::format("{} has measures, and gives no observations", draft.name),
                  "set record = \"observation\" or take them out");
    if (const auto act = card.map.find("act");
        act != card.map.end() && act->second.parse != Parse::UntcAction && !card.map.contains("day")) {
        top.fault(act->second.where, "missing-key", fmt::format("{} maps an act and no 'day'", draft.name),
                  "add day = { column = \"...\" }");
    }
    for (const auto& [name, table] : card.lookups) {
        if (!draft.used_lookups.contains(name))
            top.fault(draft.lookup_where[name], "unused-lookup",
                      fmt::format("lookup '{}' of {} is used by no field", name, draft.name),
                      "name it in a field or take it out");
    }
}

CardDraft draft_of(const Node& file, Diagnostics& faults) {
    const Node* source = file.find("source");
    const Node* id = source ? source->find("id") : nullptr;
    return {faults, fmt::format("source '{}'", id && id->kind == Node::Kind::Text ? id->text : "?"), {}, {}, {}};
}

void read_layout(CardDraft& draft, const Node& file) {
    TableReader top(file, draft.faults, "this file");
    if (const Node* source = find_table(top, "source")) {
        read_source(draft, *source);
    } else if (!file.find("source")) {
        top.fault(file.where, "missing-key", "a source card has no [source]", "add it; docs/source-cards.md shows one");
    }
    if (const Node* lookups = find_table(top, "lookup")) read_lookups(draft, *lookups);
    if (const Node* map = find_table(top, "map")) read_map(draft, *map);
    for (const Node* measure : top.tables("measure")) read_measure(draft, *measure);
    for (const Node* total : top.tables("total")) read_total(draft, *total);
    for (const Node* rows : top.tables("set_aside")) read_set_aside(draft, *rows);
    for (const Node* other : top.tables("beside")) read_beside_file(draft, *other);
    for (const Node* detail : top.tables("detail")) read_detail(draft, *detail);
    for (const Node* delisting : top.tables("delisting")) read_delisting(draft, *delisting);
    if (const Node* coverage = find_table(top, "coverage")) read_coverage(draft, *coverage);
    if (const Node* assertion = find_table(top, "assert")) read_assert(draft, *assertion);
    if (const Node* fetch = file.find("fetch"); fetch && fetch->kind == Node::Kind::Array) {
        for (const Node* one : top.tables("fetch"))
            draft.card.fetch.push_back(parse_fetch_rule(*one, draft.faults, draft.name));
    } else if (const Node* only = find_table(top, "fetch")) {
        draft.card.fetch.push_back(parse_fetch_rule(*only, draft.faults, draft.name));
    }
    (void)top.tables("variant");
    top.finish();
    check_whole(draft, top);
}

}  // namespace

std::span<const FieldRule> fields_of(RecordKind kind) {
    switch (kind) {
        case RecordKind::Event: return event_fields;
        case RecordKind::Observation: return observation_fields;
        case RecordKind::Action: return action_fields;
        case RecordKind::Vote: return vote_fields;
        case RecordKind::RollCall: return roll_call_fields;
        case RecordKind::Designation: return designation_fields;
    }
    return {};
}

std::string_view parse_name(Parse parse) { return parse_names[static_cast<std::size_t>(parse)]; }

const std::string* look_up(const std::map<std::string, std::string>& table, std::string_view text) {
    if (const auto exact = table.find(std::string(text)); exact != table.end()) return &exact->second;
    if (text.empty()) return nullptr;
    const std::string* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [key, value] : table) {
        if (!key.ends_with('*')) continue;
        const bool within = key.size() > 1 && key.starts_with('*');
        const std::string_view part = std::string_view(key).substr(within ? 1 : 0, key.size() - (within ? 2 : 1));
        const bool fits = within ? text.contains(part) : text.starts_with(part);
        if (fits && (!best || part.size() > longest)) {
            best = &value;
            longest = part.size();
        }
    }
    return best;
}

const FetchKey* key_of_source(const SourceCard& card) {
    for (const FetchRule& rule : card.fetch) {
        if (rule.wants_key()) return &rule.key;
    }
    return nullptr;
}

SourceCard parse_source_card(const Node& file, Diagnostics& faults) {
    CardDraft draft = draft_of(file, faults);
    read_layout(draft, file);
    const Node* variants = file.find("variant");
    if (!variants || variants->kind != Node::Kind::Array) return std::move(draft.card);
    for (const Node& variant : variants->items) {
        Diagnostics own;
        CardDraft other = draft_of(file, own);
        const Node whole = variant_of(file, variant, other);
        read_layout(other, whole);
        for (Error& fault : own) {
            const bool is_told = std::any_of(faults.begin(), faults.end(), [&](const Error& told) {
                return told.code == fault.code && told.what == fault.what;
            });
            if (!is_told && fault.code != "unused-lookup") faults.push_back(std::move(fault));
        }
        draft.card.variants.push_back(std::move(other.card));
    }
    return std::move(draft.card);
}

std::vector<SourceCard> read_source_cards(std::span<const CardFile> files, Diagnostics& faults) {
    std::vector<SourceCard> cards;
    for (const auto& [node, name] : files) {
        SourceCard card = parse_source_card(*node, faults);
        if (card.id.empty()) continue;
        const std::string stem = std::filesystem::path(node->where.file()).stem().string();
        if (name == FileName::Id && stem != card.id) {
            faults.push_back({Fault::Pack, "bad-id", card.where,
                              fmt::format("source '{}' stands in the file of '{}'", card.id, stem),
                              fmt::format("name the file {}.toml", card.id)});
        }
        cards.push_back(std::move(card));
    }
    std::stable_sort(cards.begin(), cards.end(), [](const SourceCard& a, const SourceCard& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < cards.size(); ++i) {
        if (cards[i].id == cards[i - 1].id)
            faults.push_back({Fault::Pack, "duplicate-id", cards[i].where,
                              fmt::format("source '{}' is declared twice", cards[i].id),
                              fmt::format("the other stands in {}", cards[i - 1].where.file)});
    }
    return cards;
}

std::vector<SourceCard> load_source_cards(const std::string& directory, Diagnostics& faults) {
    std::vector<Node> nodes;
    for (const std::string& path : toml_files(directory)) {
        if (auto file = load_toml(path)) nodes.push_back(std::move(*file));
        else faults.push_back(std::move(file).error());
    }
    std::vector<CardFile> files;
    for (const Node& node : nodes) files.push_back({&node});
    return read_source_cards(files, faults);
}

std::vector<std::string> columns_needed(const SourceCard& card) {
    std::vector<std::string> out;
    const auto need = [&](const std::string& column) {
        if (column.empty() || column == "*" || column == heading_column || column.starts_with("file.")) return;
        if (std::find(out.begin(), out.end(), column) == out.end()) out.push_back(column);
    };
    for (const FieldRule& rule : fields_of(card.record)) {
        const auto field = card.map.find(std::string(rule.name));
        if (field == card.map.end() || field->second.lacking) continue;
        const bool may_be_companions = !card.companion.empty() && field->second.optional && !rule.required;
        for (const std::string& column : field->second.columns) {
            const bool is_listed = std::find(card.header.begin(), card.header.end(), column) != card.header.end();
            if (!may_be_companions || is_listed) need(column);
        }
    }
    for (const MeasureMap& measure : card.measures) {
        if (measure.optional) continue;
        for (const std::string* column : {&measure.column, &measure.id_column, &measure.low, &measure.high,
                                          &measure.when_column, &measure.listed_column})
            need(*column);
        for (const std::string& column : measure.sum) need(column);
    }
    for (const auto* columns : {&card.identity, &card.content, &card.likeness}) {
        for (const std::string& column : *columns) need(column);
    }
    need(card.coverage.places_column);
    need(card.only.column);
    return out;
}

std::vector<std::string> kinds_of(const SourceCard& card) {
    const auto kind = card.map.find("kind");
    if (card.record != RecordKind::Event || kind == card.map.end()) return {};
    if (kind->second.columns.empty()) return {kind->second.value};
    if (!kind->second.words.empty()) return kind->second.word_table.codes();
    std::set<std::string> kinds;
    const std::string& last = kind->second.then_lookup.empty() ? kind->second.lookup : kind->second.then_lookup;
    if (const auto table = card.lookups.find(last); table != card.lookups.end()) {
        for (const auto& [key, value] : table->second) {
            if (!value.empty()) kinds.insert(value);
        }
    }
    return {kinds.begin(), kinds.end()};
}

}  // namespace icosa::pack
