/// Points settled one by one, the nearest first.
#include "methods/space/shortest_way.hpp"

#include <algorithm>
#include <limits>

namespace icosa::methods {

std::optional<std::vector<std::size_t>> shortest_way(std::size_t points, std::span<const NetworkLine> lines,
                                                     std::size_t from, std::size_t to) {
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    constexpr double unreached = std::numeric_limits<double>::infinity();
    std::vector<double> length(points, unreached);
    std::vector<std::size_t> by(points, none);
    std::vector<bool> settled(points, false);
    length[from] = 0;
    for (;;) {
        std::size_t nearest = none;
        for (std::size_t point = 0; point < points; ++point) {
            if (settled[point] || length[point] == unreached) continue;
            if (nearest == none || length[point] < length[nearest]) nearest = point;
        }
        if (nearest == none || nearest == to) break;
        settled[nearest] = true;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const NetworkLine& line = lines[i];
            if (line.a != nearest && line.b != nearest) continue;
            const std::size_t other = line.a == nearest ? line.b : line.a;
            if (length[nearest] + line.length >= length[other]) continue;
            length[other] = length[nearest] + line.length;
            by[other] = i;
        }
    }
    if (length[to] == unreached) return std::nullopt;
    std::vector<std::size_t> out;
    for (std::size_t at = to; at != from;) {
        const NetworkLine& line = lines[by[at]];
        out.push_back(by[at]);
        at = line.a == at ? line.b : line.a;
    }
    std::ranges::reverse(out);
    return out;
}

}  // namespace icosa::methods
