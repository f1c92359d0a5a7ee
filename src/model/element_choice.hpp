/// Of several element sets of an object the one to start from.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "model/element_set.hpp"

namespace icosa::model {

/// One set an object, by object.
struct ChosenElements {
    std::vector<ElementSet> sets;
    std::int64_t older_left = 0;  ///< sets of an object of which a newer one, not after the instant, was taken
    std::int64_t after_instant = 0;  ///< objects whose every set is after the instant: the nearest was taken
    std::int64_t renamed = 0;  ///< objects with several names; the one of the set taken stands
    std::vector<std::string> examples;  ///< of the last two, at most six, in words
};

/// The newest set not after the instant; where none is, the nearest. Of sets with one epoch the last of the file.
[[nodiscard]] ChosenElements elements_at(std::span<const ElementSet> sets, Instant at);

[[nodiscard]] Instant epoch_of(const ElementSet& set);

}  // namespace icosa::model
