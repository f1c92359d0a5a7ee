/// Whom somebody can turn to who thinks that a list names them wrongly.
#pragma once

#include <span>

#include "model/designee.hpp"
#include "pack/source_card.hpp"

namespace icosa::screen {

/// The channel of the list, and within it of the regime; nullptr where its card names none.
[[nodiscard]] const pack::Delisting* delisting_of(const model::Designee& listed,
                                                  std::span<const pack::SourceCard> cards);

}  // namespace icosa::screen
