/// A source card while it is read, and the tables of its file: each is read into the draft by the file named beside it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "pack/source_card.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

struct CardDraft {
    Diagnostics& faults;
    std::string name;  ///< "source 'asam'", as messages call it
    SourceCard card;
    std::map<std::string, Where> lookup_where;
    std::set<std::string> used_lookups;

    /// Faults a column that the card itself can know to be absent; `who` takes it.
    void check_column(const std::string& column, const Where& where, const std::string& who);
    /// Notes that `who` uses a lookup, and faults one that the card does not have; "" is none.
    void use_lookup(const std::string& lookup, const Where& where, const std::string& who);
};

/// The table under `key`; a fault and nullptr where it is something else.
[[nodiscard]] const Node* find_table(TableReader& reader, std::string_view key);
/// std::regex recurses over a pattern, so a very long one would end the stack.
inline constexpr std::size_t longest_pattern = 1000;
[[nodiscard]] bool is_regex(const std::string& text);  ///< and one that is not too long

void read_source(CardDraft& draft, const Node& node);  // [source]     source.cpp
void read_lookups(CardDraft& draft, const Node& node);  // [lookup.X]   draft.cpp
void read_map(CardDraft& draft, const Node& node);  // [map]        map.cpp
void read_measure(CardDraft& draft, const Node& node);  // [[measure]]  measure.cpp
void read_total(CardDraft& draft, const Node& node);  // [[total]]    measure.cpp
void read_set_aside(CardDraft& draft, const Node& node);  // [[set_aside]]  set_aside.cpp
void read_beside_file(CardDraft& draft, const Node& node);  // [[beside]]   detail.cpp
void read_detail(CardDraft& draft, const Node& node);  // [[detail]]   detail.cpp
void read_delisting(CardDraft& draft, const Node& node);  // [[delisting]]  detail.cpp
void read_coverage(CardDraft& draft, const Node& node);  // [coverage]   coverage.cpp
void read_assert(CardDraft& draft, const Node& node);  // [assert]     coverage.cpp

/// [[variant]]: the file of the card as it would be written for another layout. variant.cpp
[[nodiscard]] Node variant_of(const Node& file, const Node& variant, CardDraft& draft);

}  // namespace icosa::pack
