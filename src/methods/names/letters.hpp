/// Letters of scripts that have no vowels, or more than one way into Latin: read by own tables, the rest by ICU.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace icosa::methods::names {

/// A word in lower-case ASCII letters and digits.
struct LatinWord {
    std::string text;
    bool lacks_vowels = false;  ///< written in a script that leaves short vowels out
    bool is_joined_to_last = false;  ///< no blank stood before it: a hyphen, or a syllable of Han or Hangul
    bool was_initial = false;        ///< one letter, a full stop behind it or not
};

/// A name in any script as Latin words, in order.
///
///     apostrophes of all kinds are left out; hyphens, slashes, commas part words; `&` is "and"
///
/// in    name    bytes; what is no UTF-8 is read as Windows-1252, UTF-8 that was read so before is undone
/// out   at most `most_words` words of at most `most_letters` letters; is_cut where there was more
/// src   Cyrillic, Arabic, Hebrew and Hangul by own tables, after [bgn1994] and, for Hangul, the spelling of North and
///       South mixed as lists have it; Latin accents, Greek, Indic, Thai, Han (pinyin), kana by ICU
/// cost  O(length), a pass; ASCII alone never reaches ICU
struct LatinName {
    std::vector<LatinWord> words;
    bool is_cut = false;
};
inline constexpr std::size_t most_words = 32;
inline constexpr std::size_t most_letters = 40;
[[nodiscard]] LatinName latin_name(std::string_view name);

}  // namespace icosa::methods::names
