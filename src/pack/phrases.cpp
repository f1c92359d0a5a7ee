/// Reads packs/phrases.toml.
#include "pack/phrases.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

/// The names in {braces}; nothing where a brace or a bracket is not closed.
std::optional<std::set<std::string>> names_in(const std::string& pattern) {
    std::set<std::string> out;
    int open = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '[') ++open;
        if (pattern[i] == ']') --open;
        if (open < 0 || open > 1) return std::nullopt;
        if (pattern[i] != '{') continue;
        const std::size_t end = pattern.find('}', i);
        if (end == std::string::npos) return std::nullopt;
        out.insert(pattern.substr(i + 1, end - i - 1));
        i = end;
    }
    if (open != 0) return std::nullopt;
    return out;
}

PhrasePattern read_pattern(const Node& node, Diagnostics& faults) {
    PhrasePattern out;
    TableReader reader(node, faults, "a phrase");
    out.where = node.where;
    out.key = reader.id("key");
    out.text = {reader.text("en"), reader.text("zh")};
    (void)reader.text_or("note", "");
    reader.finish();
    const auto en = names_in(out.text.en), zh = names_in(out.text.zh);
    if (!en || !zh)
        reader.fault(node.where, "open-bracket", fmt::format("a bracket of phrase '{}' does not close", out.key),
                     "write {slot} and [what may be left out], none within another");
    else if (*en != *zh)
        reader.fault(node.where, "unlike-slots", fmt::format("the languages of phrase '{}' differ in slots", out.key),
                     "name the same slots in each");
    return out;
}

}  // namespace

const PhrasePattern* Phrases::find(std::string_view key) const {
    const auto found = std::ranges::find(all, key, &PhrasePattern::key);
    return found == all.end() ? nullptr : &*found;
}

std::string Phrases::chinese_of(std::string_view term) const {
    const auto found = std::ranges::find(terms, term, &Title::en);
    return found == terms.end() ? std::string(term) : found->zh;
}

Phrases parse_phrases(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "the phrases");
    Phrases out;
    std::set<std::string> keys, terms;
    for (const Node* node : top.tables("phrase")) {
        out.all.push_back(read_pattern(*node, faults));
        if (!keys.insert(out.all.back().key).second)
            top.fault(node->where, "duplicate-id", fmt::format("phrase '{}' is there already", out.all.back().key),
                      "give it another key");
    }
    for (const Node* node : top.tables("term")) {
        TableReader reader(*node, faults, "a term");
        out.terms.push_back({reader.text("en"), reader.text("zh")});
        reader.finish();
        if (!terms.insert(out.terms.back().en).second)
            top.fault(node->where, "duplicate-id", fmt::format("term '{}' is there already", out.terms.back().en),
                      "keep one");
    }
    top.finish();
    return out;
}

}  // namespace icosa::pack
