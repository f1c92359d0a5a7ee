/// Points and rings: is a point inside, does a box touch.
#pragma once

#include <span>

namespace icosa::methods {

struct Point {
    double x = 0;
    double y = 0;
};

/// Is the point inside the ring (even-odd rule, planar)? ring[n] is not closed; a point on an edge may count either
/// way.
///
/// src   [shimrat1962] algorithm 112, as corrected by Hacker 1962
[[nodiscard]] bool contains(std::span<const Point> ring, Point point);

struct Box {
    double x_min = 0, y_min = 0, x_max = 0, y_max = 0;
};

[[nodiscard]] Box bounds(std::span<const Point> ring);
[[nodiscard]] bool overlap(const Box& a, const Box& b);

}  // namespace icosa::methods
