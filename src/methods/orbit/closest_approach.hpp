/// The minima of the distance between two objects within one interval, by the propagator itself.
#pragma once

#include <cstdint>
#include <vector>

#include "methods/orbit/conjunctions.hpp"

namespace icosa::methods::orbit {

/// One of the pair: what carries it, and its resonance near the interval.
struct Follower {
    const Satellite* satellite = nullptr;
    ResonanceTrack track;
    double offset_minutes = 0;  ///< from its epoch to the start of the window
};

struct ApproachSpan {
    Instant start;          ///< of the window
    double middle_s = 0;    ///< of the interval, from the start
    double half_s = 0;
    double guess_s = 0;     ///< from the middle: where the straight relative path is closest
    double within_km = 0;
};

/// Appends each minimum below `within_km` that lies in the interval, or a millisecond beside it (the neighbour finds it
/// too; `merge_approaches` keeps one); `first` and `second` of the rows are left 0.
///
///     fast pairs   Newton on p . v = 0 (relative position and velocity), then once more on the difference of squared
///                  distances 0.02 s to either side: SGP4's velocities are not quite the rates of its positions
///     slow pairs   the distance could turn twice: sampled at 15 times, each dip refined alike
///
/// out   nothing where either object is refused on the way
void find_approaches(Follower a, Follower b, const ApproachSpan& span, std::vector<Conjunction>& out);

/// Second less first, in the frame of the first: radial, along track, across.
[[nodiscard]] Vector miss_rtn_km(const State& first, const State& second);

/// Sorts by first, second, time; of minima of one pair within 10 ms the first stays.
void merge_approaches(std::vector<Conjunction>& approaches);

}  // namespace icosa::methods::orbit
