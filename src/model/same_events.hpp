/// Events that two sources tell: pairs of rows, with how well they match.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace icosa::model {

/// A row of a file of the store.
struct RowAt {
    std::int32_t file = 0;
    std::int32_t line = 0;
    auto operator<=>(const RowAt&) const = default;
};

/// One event in two sources.
struct SamePair {
    std::int32_t source_a = 0, source_b = 0;  ///< of SameEvents::sources; a before b
    RowAt a, b;
    double distance_km = 0;
    std::int32_t days = 0;  ///< b less a
    double score = 1;       ///< 1: the kinds agree on the finest level; 0: on the broadest only
};

/// All pairs of some sources, the best first; a row is in one pair with each other source at most.
struct SameEvents {
    std::vector<std::string> sources;  ///< in order of preference
    std::vector<SamePair> pairs;
};

}  // namespace icosa::model
