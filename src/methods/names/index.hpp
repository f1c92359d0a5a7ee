/// An index of many names: which of them may be spelled as a name that is asked, without looking at them all.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "methods/names/fold.hpp"

namespace icosa::methods::names {

struct IndexedName {
    FoldedName name;
    std::int32_t bearer = 0;       ///< number of whom it names; several names may have one
    std::vector<float> weights = {};  ///< of its tokens, filled by the index
};

/// Built once, then only read, by any number of threads.
///
///     keys of a word      its skeleton of consonants, and each with one class less, by its place, where it has three
///     weight of a word    ln((bearers + 1) / (bearers with a word of this skeleton)), at least 0.3, plus 0.02 for each
///                         nat of its letters; less for what is weak or often left out
///
/// src   keys with one letter less on both sides find all at one edit: [mor1982]; weights by rarity: [fellegi1969]
/// cost  O(letters) and a sort of the keys: some 60 ms for 35,000 names
class NameIndex {
public:
    explicit NameIndex(std::vector<IndexedName> names);

    [[nodiscard]] const std::vector<IndexedName>& names() const { return names_; }
    [[nodiscard]] std::int32_t bearers() const { return bearers_; }
    /// How much a word says here, in nats; one that no name has says most.
    [[nodiscard]] float weight(const NameToken& token) const;

    /// A word of the index, or two neighbours of a name as one.
    struct Word {
        NameToken token;
        bool is_joined = false;
        std::uint32_t first = 0, last = 0;  ///< its names in `postings`
        float weight = 0;
    };
    [[nodiscard]] const std::vector<Word>& words() const { return words_; }
    [[nodiscard]] std::span<const std::uint32_t> names_with(const Word& word) const {
        return std::span(postings_).subspan(word.first, word.last - word.first);
    }
    struct KeyedWord {
        std::uint32_t word;  ///< number in `words`
        std::uint32_t letters;  ///< its `consonant_bits`
    };
    [[nodiscard]] std::span<const KeyedWord> words_with(std::uint64_t key) const;

private:
    void count_words();
    void sort_keys();

    std::vector<IndexedName> names_;
    std::int32_t bearers_ = 0;
    std::vector<Word> words_;
    std::vector<std::uint32_t> postings_;
    std::unordered_map<std::uint64_t, std::int32_t> bearers_of_sound_;
    std::unordered_map<std::string, std::int32_t> bearers_of_word_;
    std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> key_places_;
    std::vector<KeyedWord> key_words_;
};

/// Classes of consonants of a word, a bit each, and above them how many letters it has: what a look tells of two words.
[[nodiscard]] std::uint32_t letter_bits(std::string_view word);

/// Keys under which a word stands in the index, and those under which it is looked for: between them, skeletons of
/// three classes or more meet where they are the same, or one class is changed, left out, put in, or two neighbours
/// changed places.
///
///     stands under    s; (s without place i, i)
///     is looked for   s; s without place i; (s without place i, i); (s, i); (s without place i, i + 1 and back)
void add_keys(std::uint64_t sound, std::vector<std::uint64_t>& keys);
void add_keys_asked(std::uint64_t sound, std::vector<std::uint64_t>& keys);

}  // namespace icosa::methods::names
