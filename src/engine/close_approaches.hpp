/// Close approaches among element sets of the catalogue, by the search of methods/orbit.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/instant.hpp"
#include "methods/orbit/conjunction_check.hpp"
#include "methods/orbit/conjunctions.hpp"
#include "model/element_set.hpp"

namespace icosa::engine {

struct ApproachQuestion {
    Instant start;
    double hours = 24;
    double within_km = 5;
    std::vector<std::int32_t> against = {};  ///< only approaches of one of these objects; none = all against all
    methods::orbit::Gravity gravity = methods::orbit::Gravity::Wgs72;
    methods::orbit::Mode mode = methods::orbit::Mode::Improved;
    int threads = 1;
    std::size_t samples = 0;  ///< of dropped pairs, which the checker looks at
    std::function<void(double share)> progress = {};
    std::function<void(double share)> checking = {};  ///< progress of the check
};

struct ApproachesFound {
    methods::orbit::ConjunctionAnswer answer;  ///< objects by their places among the sets
    methods::orbit::DropCheck check;           ///< where samples were asked for
};

/// in    sets  one an object, by object
[[nodiscard]] ApproachesFound find_approaches(std::span<const model::ElementSet> sets,
                                              const ApproachQuestion& question);

}  // namespace icosa::engine
