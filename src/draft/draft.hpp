/// A card for a file that has none, made of what was guessed.
#pragma once

#include <string>

#include "draft/guess.hpp"
#include "pack/source_card.hpp"

namespace icosa::draft {

/// What silence means: zero for the days and places of the file, or nothing.
enum class Silence { Zero, Unknown };

/// The card, as pack's reader would give it. Its id is "own-" and the file's name; a row is an event of a weight where
/// rows or whole numbers are counted, and an observation where figures are measured, or summed with gaps.
[[nodiscard]] pack::SourceCard card_of(const Guess& guess, Silence silence);

/// Can silence be zero at all? Only where rows are counted.
[[nodiscard]] bool may_be_complete(const Guess& guess);

/// The card as a file. What pack's reader makes of it is the card again; the comments say what was guessed.
[[nodiscard]] std::string card_text(const pack::SourceCard& card, const std::string& heading);

}  // namespace icosa::draft
