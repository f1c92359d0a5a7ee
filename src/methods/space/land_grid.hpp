/// Which country a point is in: exact in whole microdegrees, by the few edges of the half-degree cell it lies in.
#pragma once

#include <cstdint>
#include <vector>

#include "methods/space/land.hpp"

namespace icosa::methods {

/// Of the cell's south-west corner the country is known; from there a path of two legs, north and then east, leads to
/// the point, and each edge of the cell that it crosses flips the countries on its sides. A country is the one that is
/// flipped an odd number of times: the even-odd rule, holes and enclaves included.
///
/// A point on an edge, or a path through an end of one, is decided as if every point stood a little further to the
/// north, and by less than any of that to the east: a point of a shared border lies in one of its countries, never in
/// both or none.
///
/// src   [shimrat1962] crossings of a ray;  [edelsbrunner1990] what a symbolic shift decides
/// cost  a cell without edges: one read; else O(edges of the cell), 15 on average
/// seen  land_grid_test: equal to crossings of a ray over all edges, on random points and on points of the arcs
class LandGrid {
public:
    explicit LandGrid(const Land& land);

    /// in    longitude and latitude in microdegrees, +-180e6, +-90e6; 180 E is 180 W
    /// out   1 + index of the country, 0 = in none of them: at sea
    [[nodiscard]] std::uint8_t country_at(LandPoint at) const;

    [[nodiscard]] std::size_t edges() const {
        return edges_.size();
    }  ///< of all cells, those in several counted so often

private:
    struct Edge {
        LandPoint a, b;
        std::uint8_t one = 0, other = 0;
    };

    void put(const Edge& edge, std::vector<std::vector<Edge>>& cells) const;
    void set_corners(const std::vector<Edge>& all);

    std::vector<std::uint8_t> at_corner_;  ///< of each cell, by its gid - 1
    std::vector<std::uint32_t> first_;     ///< of each cell's edges, and one more
    std::vector<Edge> edges_;
};

/// Of `land()`, built at the first call.
[[nodiscard]] const LandGrid& land_grid();

}  // namespace icosa::methods
