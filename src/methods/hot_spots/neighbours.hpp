/// Who is a neighbour of whom: places within a distance, the nearest k, or the cells that touch.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "methods/space/great_circle.hpp"

namespace icosa::methods::hot_spots {

/// Neighbours of each place, itself not among them, by number.
struct Neighbours {
    std::vector<std::size_t> first = {0};  ///< [places + 1]
    std::vector<std::int32_t> place;

    [[nodiscard]] std::size_t places() const { return first.size() - 1; }
    [[nodiscard]] std::span<const std::int32_t> of(std::size_t at) const {
        return std::span(place).subspan(first[at], first[at + 1] - first[at]);
    }
};

inline constexpr std::size_t most_neighbours = 100'000'000;  ///< of all places together: memory of 400 MB

// All of these: the order of the places changes nothing but their numbers. Great circles of the mean radius, over the
// date line and the poles. Two places at one position are neighbours of each other.
//
// cost  points go into a k-d tree of unit vectors, which holds for any density, at the poles too, where a grid of
//       degrees does not: O(n log n + neighbours). 100,000 places and 8 neighbours each: 0.2 s

/// Places at most so far off; a place may have none.
///
/// in    positions within +-90, +-180 degrees;  distance_km > 0
/// err   Usage "many-neighbours": more than `most` in all
[[nodiscard]] Result<Neighbours> neighbours_within(std::span<const GlobePoint> places, double distance_km,
                                                   std::size_t most = most_neighbours);

/// The k nearest, and those exactly as far as the k-th (within 1e-9 of its squared distance): so no order of the file
/// decides who is one. Not mutual: a lone town has neighbours that do not have it.
///
/// in    k >= 1; fewer other places than k: all of them
/// err   Usage "many-neighbours", as where thousands of places stand at one position
[[nodiscard]] Result<Neighbours> nearest_neighbours(std::span<const GlobePoint> places, int k,
                                                    std::size_t most = most_neighbours);

/// Cells of PRIO-GRID that touch, by side or corner; rings > 1: in so many steps. Those that are not among the cells
/// given are nobody's neighbours.
///
/// in    gids distinct, 1 to 259200;  rings 1 to 359
[[nodiscard]] Neighbours touching_cells(std::span<const int> gids, int rings);

}  // namespace icosa::methods::hot_spots
