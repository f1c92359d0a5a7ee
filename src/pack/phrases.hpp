/// Sentence patterns in each language, and words that stand in their slots; packs/phrases.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pack/toml.hpp"

namespace icosa::pack {

/// {name} stands for a slot; what stands in [square brackets] is left out where one of its slots is not given.
struct PhrasePattern {
    std::string key;
    Title text;
    Where where;
};

/// packs/phrases.toml.
struct Phrases {
    std::vector<PhrasePattern> all;
    std::vector<Title> terms;  ///< what sources call things in English, with the Chinese for it: "Measles"

    [[nodiscard]] const PhrasePattern* find(std::string_view key) const;
    /// The term in Chinese; as it is where it has no entry.
    [[nodiscard]] std::string chinese_of(std::string_view term) const;
};

/// Faults: a key twice, a pattern without its second language, slots of one language that the other lacks, a bracket
/// that does not close.
[[nodiscard]] Phrases parse_phrases(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
