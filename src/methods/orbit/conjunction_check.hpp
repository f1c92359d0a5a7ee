/// A second look at what a search for close approaches dropped; shares no code with it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "methods/orbit/conjunctions.hpp"

namespace icosa::methods::orbit {

struct DropCheck {
    std::int64_t checked = 0;
    std::int64_t proven = 0;     ///< the pair stays beyond the limit throughout the interval
    std::int64_t too_close = 0;  ///< it comes within it: an approach was lost
    std::int64_t bound_broken = 0;  ///< its distance falls below the bound that was claimed
    std::int64_t without_state = 0;  ///< an object is refused within the interval: nothing to prove
    double tightest_km = 0;       ///< least distance that was met, less the limit; infinity where none was checked
    double tightest_bound_km = 0;  ///< least distance that was met, less the claimed bound
    std::int64_t by_rule[drop_rules] = {};
};

/// Follows each dropped pair through its interval by the scalar propagator: an interval is halved until the distance in
/// the middle, the relative velocity there and the largest acceleration that gravity allows at the perigees prove that
/// the limit is kept.
///
/// in    satellites, search  as the search had them; sample  from its answer, or a file
/// cost  some 3 us a pair far apart, 100 us one close by
[[nodiscard]] DropCheck check_dropped(std::span<const Satellite> satellites, Instant start, double step_seconds,
                                      double within_km, std::span<const DroppedPair> sample,
                                      const std::function<void(double)>& progress = {});

}  // namespace icosa::methods::orbit
