/// What the screening of controlled items rests on: the packs' items and who takes part in their instruments on a day.
#pragma once

#include "app/packs.hpp"
#include "screen/items/list_parties.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// Of the instruments that lists of controlled items name. store null = by the packs' own acts alone.
[[nodiscard]] Result<screen::PartiesByInstrument> item_parties(store::Store* store, const Packs& packs, Day as_of);

}  // namespace icosa::app
