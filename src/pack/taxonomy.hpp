/// Taxonomies: which kinds of events of two sources are the same, nearly the same, or broadly so. packs/taxonomies.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pack/toml.hpp"

namespace icosa::pack {

/// By which field of a source's records its events are told apart.
enum class CodedBy : std::uint8_t { Kind, Code };

/// How some sources name the categories of a taxonomy.
struct Coding {
    std::vector<std::string> sources;          ///< ids of cards, or names of files of one's own
    CodedBy by = CodedBy::Kind;
    std::map<std::string, std::string> codes;  ///< to a category; keys as in a card's lookups ("19*"): see look_up
    Where where;
};

/// The same events of several sources in categories that grow broader level by level.
struct Taxonomy {
    std::string id;
    std::string title;
    std::vector<std::string> levels;  ///< their names, finest first
    std::vector<std::string> cites;
    std::map<std::string, std::vector<std::string>> categories;  ///< finest: its broader ones, levels - 1 of them
    std::vector<Coding> codings;
    Where where;

    [[nodiscard]] const Coding* find_coding(std::string_view source) const;
};

/// Faults: a category without the levels' broader ones, or one category with two broader ones; a code that leads to no
/// category; a source that two codings name; no source, reviewed or levels.
[[nodiscard]] std::vector<Taxonomy> parse_taxonomies(const Node& file, Diagnostics& faults);

/// Two of one id; sources that are no card (`cards`: their ids; a name with a dot is a file's).
void check_taxonomies(std::span<const Taxonomy> taxonomies, const std::vector<std::string>& cards, Diagnostics& faults);

}  // namespace icosa::pack
