/// Close approaches among element sets of the catalogue, by the search of methods/orbit.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "methods/orbit/sgp4.hpp"
#include "model/element_set.hpp"

namespace icosa::engine {

struct ApproachQuestion {
    Instant start;
    double hours = 24;
    double within_km = 5;
    std::vector<std::int32_t> against = {};  ///< only pairs with one of these objects; none = all pairs
    methods::orbit::Gravity gravity = methods::orbit::Gravity::Wgs72;
    methods::orbit::Mode mode = methods::orbit::Mode::Improved;
    int threads = 1;
    std::function<void(std::int64_t done, std::int64_t all)> progress = {};
};

/// A least distance; the sets by their places in what was asked, the lower object number first.
struct Approach {
    std::size_t one = 0, two = 0;
    Instant tca;
    double miss_km = 0, relative_speed_km_s = 0;
    methods::orbit::State of_one, of_two;  ///< at that time, in TEME of date
};

struct ApproachesFound {
    std::vector<Approach> approaches;  ///< by object numbers, then time
    std::vector<std::pair<std::size_t, std::size_t>> docked;  ///< pairs of one orbit, told once
    std::vector<std::pair<std::size_t, methods::orbit::Refusal>> refused;  ///< left out from the first failure on
    std::int64_t pairs = 0;            ///< that were looked at, docked ones not among them
};

/// in    sets  one an object, by object
[[nodiscard]] ApproachesFound find_approaches(std::span<const model::ElementSet> sets,
                                              const ApproachQuestion& question);

}  // namespace icosa::engine
