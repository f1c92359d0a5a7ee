/// Element sets out of the details that the store keeps of a catalogue's rows.
#pragma once

#include <string>
#include <vector>

#include "model/element_set.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// The sets of the newest catalogue that a reader of the day sees: of the files whose newest epoch lies within three
/// days of the newest of all, the one with most objects, and newer sets of its objects from the other files. Rows
/// without a number, an epoch or an element are none.
[[nodiscard]] Result<std::vector<model::ElementSet>> element_sets(store::Store& store, const std::string& source,
                                                                  Day as_of);

}  // namespace icosa::harmonise
