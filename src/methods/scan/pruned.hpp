/// Windows that a sweep ruled out by a bound, worked out one by one by other means: the bounds' own check.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/scan/circles.hpp"
#include "methods/scan/exposure.hpp"

namespace icosa::methods::scan {

/// A circle and a length of window that a bound ruled out: no window of it, wherever it begins, can reach the level.
struct RuledOut {
    std::int32_t centre = 0;
    std::int32_t size = 0;    ///< places in the circle
    std::int32_t length = 0;  ///< intervals
    double level = 0;         ///< of the statistic
};

struct Probes {
    std::int64_t made = 0;
    std::int64_t wrong = 0;  ///< windows that reached the level all the same: must be 0
    double closest = 0;      ///< the greatest share of its level that one reached
};

/// Every window of those circles and lengths, summed up cell by cell.
///
/// in    counts[places][intervals];  to_end: only windows that reach the last interval
[[nodiscard]] Probes probe(std::span<const RuledOut> ruled_out, std::span<const std::int32_t> counts,
                           const Expected& expected, const Circles& circles, int minimum_cases, bool to_end);

}  // namespace icosa::methods::scan
