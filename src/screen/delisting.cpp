/// The first that fits.
#include "screen/delisting.hpp"

#include <algorithm>

namespace icosa::screen {

const pack::Delisting* delisting_of(const model::Designee& listed, std::span<const pack::SourceCard> cards) {
    const auto card = std::ranges::find(cards, listed.list, &pack::SourceCard::id);
    if (card == cards.end()) return nullptr;
    const auto fits = std::ranges::find_if(card->delisting, [&](const pack::Delisting& one) {
        return one.regimes.empty() || std::ranges::find(one.regimes, listed.regime) != one.regimes.end();
    });
    return fits == card->delisting.end() ? nullptr : &*fits;
}

}  // namespace icosa::screen
