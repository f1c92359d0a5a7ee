/// Reads packs/taxonomies.
#include "pack/taxonomy.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

const std::vector<std::pair<std::string, CodedBy>> coded_by = {{"kind", CodedBy::Kind}, {"code", CodedBy::Code}};

/// Texts by key: { "19*" = "battle" }.
std::map<std::string, std::string> texts_by_key(TableReader& reader, std::string_view key) {
    std::map<std::string, std::string> out;
    const Node* table = reader.node(key);
    if (!table) return out;
    for (const auto& [name, value] : table->members) {
        if (value.kind == Node::Kind::Text) out[name] = value.text;
        else reader.fault(value.where, "wrong-type", fmt::format("'{}' leads to no text", name), "name a category");
    }
    return out;
}

Coding read_coding(const Node& node, const Taxonomy& of, Diagnostics& faults) {
    TableReader reader(node, faults, fmt::format("a coding of taxonomy '{}'", of.id));
    Coding out;
    out.where = node.where;
    out.sources = reader.texts("sources");
    out.by = reader.choice("by", CodedBy::Kind, coded_by);
    out.codes = texts_by_key(reader, "codes");
    reader.finish();
    if (out.sources.empty() || out.codes.empty())
        reader.fault(node.where, "missing-key", fmt::format("a coding of taxonomy '{}' is not whole", of.id),
                     "give sources and codes");
    std::vector<std::string> known;
    for (const auto& [category, broader] : of.categories) known.push_back(category);
    for (const auto& [code, category] : out.codes) {
        if (of.categories.contains(category)) continue;
        const auto near = nearest(category, known);
        reader.fault(node.where, "unknown-category",
                     fmt::format("code '{}' leads to '{}', which is no category of '{}'", code, category, of.id),
                     near ? fmt::format("did you mean '{}'?", *near) : "declare it under [taxonomy.category]");
    }
    return out;
}

void read_categories(TableReader& reader, Taxonomy& out) {
    const Node* table = reader.node("category");
    if (!table) return;
    std::map<std::pair<std::size_t, std::string>, std::string> parent;  // of a level's category
    for (const auto& [name, value] : table->members) {
        std::vector<std::string> path;
        for (const Node& one : value.items)
            if (one.kind == Node::Kind::Text) path.push_back(one.text);
        if (value.kind != Node::Kind::Array || path.size() != value.items.size()
            || path.size() + 1 != out.levels.size()) {
            reader.fault(value.where, "bad-category",
                         fmt::format("category '{}' needs {} broader ones, as texts", name, out.levels.size() - 1),
                         fmt::format("one for each level after '{}'", out.levels.empty() ? "" : out.levels[0]));
            continue;
        }
        for (std::size_t level = 0; level + 1 < path.size(); ++level) {
            const auto [found, is_new] = parent.emplace(std::pair(level, path[level]), path[level + 1]);
            if (!is_new && found->second != path[level + 1])
                reader.fault(value.where, "two-parents",
                             fmt::format("'{}' lies in '{}' here and in '{}' before", path[level], path[level + 1],
                                         found->second),
                             "a category has one broader one");
        }
        out.categories[name] = std::move(path);
    }
}

Taxonomy read_taxonomy(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a taxonomy");
    Taxonomy out;
    out.where = node.where;
    out.id = reader.id("id");
    out.title = reader.text("title");
    out.cites = reader.texts("cite");
    out.levels = reader.texts("levels");
    (void)reader.text("source");
    (void)reader.text_or("note", "");
    if (reader.day_or("reviewed", no_day) == no_day)
        reader.fault(node.where, "missing-key", fmt::format("taxonomy '{}' has no 'reviewed'", out.id),
                     "say on which day its sources were looked at");
    if (out.levels.empty()) {
        reader.fault(node.where, "missing-key", fmt::format("taxonomy '{}' has no levels", out.id),
                     "name them, finest first: levels = [\"act\", \"incident\"]");
    } else {
        read_categories(reader, out);
    }
    std::set<std::string> named;
    for (const Node* coding : reader.tables("coding")) {
        out.codings.push_back(read_coding(*coding, out, faults));
        for (const std::string& source : out.codings.back().sources) {
            if (!named.insert(source).second)
                reader.fault(coding->where, "two-codings",
                             fmt::format("taxonomy '{}' codes '{}' twice", out.id, source), "name it in one coding");
        }
    }
    reader.finish();
    return out;
}

}  // namespace

const Coding* Taxonomy::find_coding(std::string_view source) const {
    for (const Coding& one : codings)
        if (std::ranges::find(one.sources, source) != one.sources.end()) return &one;
    return nullptr;
}

std::vector<Taxonomy> parse_taxonomies(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the taxonomies");
    std::vector<Taxonomy> out;
    for (const Node* node : top.tables("taxonomy")) out.push_back(read_taxonomy(*node, faults));
    top.finish();
    return out;
}

void check_taxonomies(std::span<const Taxonomy> taxonomies, const std::vector<std::string>& cards,
                      Diagnostics& faults) {
    std::set<std::string> ids;
    for (const Taxonomy& one : taxonomies) {
        if (!ids.insert(one.id).second)
            faults.push_back({Fault::Pack, "two-ids", one.where, fmt::format("two taxonomies are called '{}'", one.id),
                              "give each an id of its own"});
        for (const Coding& coding : one.codings) {
            for (const std::string& source : coding.sources) {
                if (source.find('.') != std::string::npos || std::ranges::find(cards, source) != cards.end()) continue;
                const auto near = nearest(source, cards);
                faults.push_back({Fault::Pack, "unknown-source", coding.where,
                                  fmt::format("taxonomy '{}' codes '{}', which is no source card", one.id, source),
                                  near ? fmt::format("did you mean '{}'?", *near) : "`icosa sources` lists them"});
            }
        }
    }
}

}  // namespace icosa::pack
