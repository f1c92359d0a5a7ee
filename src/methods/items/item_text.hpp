/// The words of a goods description so that spellings of one name meet: one stream of letters and digits, with the
/// places where words begin and end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace icosa::methods {

struct ItemWord {
    std::size_t begin = 0, end = 0;  ///< of `letters`
};

/// "2-(Di-isopropylamino)ethanol, drums" is the words 2, di, isopropylamino, ethanol, drum and the letters
/// "2diisopropylaminoethanoldrum": a name is found however it is parted. Without case, accents and punctuation; British
/// and American spelling, plural and singular are one; a run of digits and a Han character are words of their own.
struct ItemText {
    std::string letters;
    std::vector<ItemWord> words;

    [[nodiscard]] std::string_view word(std::size_t i) const {
        return std::string_view(letters).substr(words[i].begin, words[i].end - words[i].begin);
    }
    /// "di isopropylamino ethanol": the words of a span, for a reason.
    [[nodiscard]] std::string told(std::size_t first_word, std::size_t behind_last) const;
};

[[nodiscard]] ItemText item_text(std::string_view utf8);

/// Runs of Latin letters, digits and inner hyphens as they are written, for codes such as "HN-1".
[[nodiscard]] std::vector<std::string_view> written_codes(std::string_view utf8);

}  // namespace icosa::methods
