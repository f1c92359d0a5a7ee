/// Circles about places: for each its neighbours by distance, as many as a window may hold.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "methods/space/great_circle.hpp"

namespace icosa::methods::scan {

inline constexpr double scan_earth_radius_km = 6367;  ///< SaTScan's sphere

using ChordPoint = std::array<double, 3>;  ///< km from the middle of the sphere

[[nodiscard]] ChordPoint on_sphere(GlobePoint point);
[[nodiscard]] inline double chord_km(const ChordPoint& a, const ChordPoint& b) {
    return std::sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
}

/// a <= b: do they differ by rounding alone?
[[nodiscard]] inline bool is_one_distance(double a_km, double b_km) { return b_km - a_km <= 1e-9 * (1 + b_km); }

/// A place at its distance from a centre; the centre itself stands at -1.
struct NearPlace {
    double chord_km = 0;
    std::int32_t place = 0;
    std::int32_t held = 0;  ///< its number among those that hold cases, where that is asked for
};

/// By distance; runs of distances that rounding alone tells apart, by number.
void order_by_distance(std::vector<NearPlace>& all);

/// neighbours of centre c: [first[c], first[c + 1]) of `place`, the centre itself first.
struct Circles {
    std::vector<std::size_t> first;
    std::vector<std::int32_t> place;

    [[nodiscard]] std::span<const std::int32_t> about(std::size_t centre) const {
        return std::span(place).subspan(first[centre], first[centre + 1] - first[centre]);
    }
};

struct CircleLimits {
    double most = 0;           ///< of the weights' sum that a circle may hold
    double max_radius_km = 0;  ///< chord; 0 = none
};

/// in    places distinct; weights[places] >= 0
/// out   circles grow by distance (chord on a sphere of 6367 km) and end before the first place that would exceed a
///       limit; a centre that alone exceeds it has no circle
/// dif   distances within 1e-9 of one another count as equal: then by number
/// cost  O(places^2 log places)
[[nodiscard]] Circles circles_about(std::span<const GlobePoint> places, std::span<const double> weights,
                                    const CircleLimits& limits);

/// Along the sphere, from the chord.
[[nodiscard]] double scan_radius_km(GlobePoint a, GlobePoint b);

}  // namespace icosa::methods::scan
