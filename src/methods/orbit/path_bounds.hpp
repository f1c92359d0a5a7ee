/// How far an object can get within half an interval, by its state in the middle: columns of bounds, eight at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "methods/orbit/sgp4_block.hpp"

namespace icosa::methods::orbit {

/// Columns of eight and more; km, seconds, radians.
struct BoundColumns {
    double* radius = nullptr;     ///< distance from the Earth's centre
    double* lowest = nullptr;     ///< the least it can be within the interval
    double* reach = nullptr;      ///< of travel from the middle
    double* shell = nullptr;      ///< of change of the radius
    double* bend = nullptr;       ///< of what parts the path from p + v s - pull p s^2 / 2
    double* pull = nullptr;       ///< mu / r^3
    double* turn = nullptr;       ///< of the direction from the Earth's centre
    double* latitude = nullptr;   ///< of that direction
    double* longitude = nullptr;
};

/// Pairs of places in the sorted columns that a scan let through.
struct PlacePair {
    std::uint32_t a = 0, b = 0;
};

/// Sorted columns that a scan reads; eight more than `count` may be read.
struct ScanColumns {
    const double* x = nullptr;
    const double* y = nullptr;
    const double* z = nullptr;
    const double* radius = nullptr;
    const double* reach = nullptr;
    const double* shell = nullptr;
};

/// Kernels of the search, compiled for each width like the propagator.
struct SearchKernels {
    /// Bounds of eight states.
    ///
    /// in    half  seconds to either side;  slip  km/s by which velocities may differ from the rates of positions
    /// dif   accelerations beside the Earth's central pull are taken to be under 0.4 percent of it; `meet` tells where
    ///       a path shows otherwise
    void (*bound)(StateColumns states, double half, double slip, double mu, BoundColumns out) = nullptr;
    /// Where two intervals meet, the paths from both middles must agree within their bends: the count of those of the
    /// eight that do not; their bounds are widened in both.
    int (*meet)(StateColumns before, StateColumns after, BoundColumns bounds_before, BoundColumns bounds_after,
                double half) = nullptr;
    /// Places a in [a_from, a_to) with b in [b_from, b_to), b > a: pairs within the sum of their reaches and `within`,
    /// radii within the sum of shells and `within`; written from `out` on. Returns the end.
    PlacePair* (*scan)(const ScanColumns& columns, std::uint32_t a_from, std::uint32_t a_to, std::uint32_t b_from,
                       std::uint32_t b_to, double within, PlacePair* out) = nullptr;
};
[[nodiscard]] const SearchKernels& search_kernels(Width width);

/// Storage behind BoundColumns.
struct Bounds {
    std::vector<double> radius, lowest, reach, shell, bend, pull, turn, latitude, longitude;
    void resize(std::size_t count);
    [[nodiscard]] BoundColumns from(std::size_t k);
};

}  // namespace icosa::methods::orbit
