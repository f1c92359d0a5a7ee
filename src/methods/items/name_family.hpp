/// Names of a family of chemicals as a small grammar: which words of a text are a name that the family's pattern
/// builds.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "methods/items/item_text.hpp"

namespace icosa::methods {

/// Words [first, behind_last) of a text.
struct WordSpan {
    std::size_t first = 0, behind_last = 0;
    auto operator<=>(const WordSpan&) const = default;
};

/// A pattern over the letters of item_text, blanks and punctuation left out:
///
///     abc          these letters           (a|b)           one of them
///     [a|b]        one of them, or none    *  (at the end) whatever ends the word: the pattern is open
///     {alkyl10}    an alkyl or cycloalkyl name of at most so many carbons: isopropyl, 2-ethylhexyl, pinacolyl
///     {dialkyl3}   two of them: dimethyl, diisopropyl, ethyl methyl
///     {alkylidene10}
///
/// A match begins where a word begins and ends where one ends. Names built otherwise (trade names, other systems of
/// naming, formulas, substituted alkyls) are not seen.
class NameFamily {
public:
    /// err   Pack "bad-family": a bracket that is not closed, an unknown slot, carbons beyond 1 to 20
    [[nodiscard]] static Result<NameFamily> of(std::string_view pattern);

    /// The longest match from each first word on, of at most 24 words.
    ///
    /// cost  looks only at words before letters that every name of the family holds
    [[nodiscard]] std::vector<WordSpan> find(const ItemText& text) const;
    [[nodiscard]] bool is_open() const { return is_open_; }

    struct Part;

private:
    std::shared_ptr<const std::vector<Part>> parts_;
    std::string needed_;  ///< letters that stand in every name of the family; "" = none are common to all
    bool is_open_ = false;
};

/// Where an alkyl name that begins at `at` may end, with its carbons; at most `most` of them. Ends by position.
struct AlkylEnd {
    std::size_t end = 0;
    int carbons = 0;
    auto operator<=>(const AlkylEnd&) const = default;
};
[[nodiscard]] std::vector<AlkylEnd> alkyl_ends(std::string_view letters, std::size_t at, int most);

}  // namespace icosa::methods
