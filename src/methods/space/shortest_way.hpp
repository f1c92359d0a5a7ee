/// The shortest way over a network of lines.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace icosa::methods {

/// A line between two points of the network, passable both ways.
struct NetworkLine {
    std::size_t a = 0, b = 0;
    double length = 0;  ///< >= 0, finite
};

/// Numbers of the lines from one point to another in the order passed, of the least sum of lengths; of equally long
/// ways the one found first by the order of points and lines, always the same.
///
/// in    lines whose ends are below `points`; from, to below `points`
/// out   empty where from = to; nothing where no way leads there
/// src   [dijkstra1959]
/// cost  O(points^2 + points lines): for networks of some hundred points
/// seen  methods/shortest_way_test.cpp
[[nodiscard]] std::optional<std::vector<std::size_t>> shortest_way(std::size_t points,
                                                                   std::span<const NetworkLine> lines, std::size_t from,
                                                                   std::size_t to);

}  // namespace icosa::methods
