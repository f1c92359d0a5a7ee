/// The controlled items of the packs as an index that lines of goods are held against.
#pragma once

#include "base/result.hpp"
#include "methods/items/item_index.hpp"
#include "pack/controlled_items.hpp"

namespace icosa::engine {

/// Hits name items by their place in `items.items`. err   Pack "bad-family" (check_families tells all of them)
[[nodiscard]] Result<methods::ItemIndex> item_index(const pack::ControlledItems& items);

/// Faults: a pattern of names that cannot be read.
void check_families(const pack::ControlledItems& items, Diagnostics& faults);

}  // namespace icosa::engine
