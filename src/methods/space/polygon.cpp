/// Even-odd point in ring.
#include "methods/space/polygon.hpp"

#include <algorithm>

namespace icosa::methods {

bool contains(std::span<const Point> ring, Point point) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point a = ring[i], b = ring[j];
        if ((a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

Box bounds(std::span<const Point> ring) {
    Box box{ring[0].x, ring[0].y, ring[0].x, ring[0].y};
    for (const Point p : ring) {
        box.x_min = std::min(box.x_min, p.x);
        box.x_max = std::max(box.x_max, p.x);
        box.y_min = std::min(box.y_min, p.y);
        box.y_max = std::max(box.y_max, p.y);
    }
    return box;
}

bool overlap(const Box& a, const Box& b) {
    return a.x_min <= b.x_max && b.x_min <= a.x_max && a.y_min <= b.y_max && b.y_min <= a.y_max;
}

}  // namespace icosa::methods
