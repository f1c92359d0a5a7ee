/// What was guessed of a file, in words.
#pragma once

#include <string>
#include <vector>

#include "draft/guess.hpp"
#include "pack/source_card.hpp"

namespace icosa::draft {

struct ToldLine {
    std::string what;  ///< "day", "place", "figure"
    std::string words;
};

/// A line for each part of the card: what it is taken for, and what of it was seen.
[[nodiscard]] std::vector<ToldLine> told_of(const Guess& guess, const pack::SourceCard& card);

/// "3 places (Burkina Faso, Chad, Mali)", "rows of the whole file".
[[nodiscard]] std::string units_in_words(const Guess& guess);

}  // namespace icosa::draft
