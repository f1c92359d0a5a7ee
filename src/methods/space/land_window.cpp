/// Chains arcs to rings of land, thins, shifts and cuts them.
#include "methods/space/land_window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "methods/space/land.hpp"
#include "methods/space/polygon.hpp"

namespace icosa::methods {
namespace {

using Path = std::vector<Point>;

/// Points of an arc in degrees, those close to the one before left out.
Path path_of(std::span<const LandPoint> points, double least_step_deg) {
    Path out;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point at{points[i].longitude_microdeg / 1e6, points[i].latitude_microdeg / 1e6};
        const bool is_end = i == 0 || i + 1 == points.size();
        if (is_end || std::abs(at.x - out.back().x) >= least_step_deg
            || std::abs(at.y - out.back().y) >= least_step_deg)
            out.push_back(at);
    }
    return out;
}

/// Rings about all land: arcs with water on a side, and cuts, end to end. Two of them meet at every end.
std::vector<std::vector<std::pair<std::size_t, bool>>> rings_of_land(const Land& land) {
    using Key = std::pair<std::int32_t, std::int32_t>;
    const auto key = [](LandPoint at) { return Key{at.longitude_microdeg, at.latitude_microdeg}; };
    std::map<Key, std::vector<std::size_t>> at_end;
    std::vector<bool> is_used(land.arcs.size(), true);
    for (std::size_t a = 0; a < land.arcs.size(); ++a) {
        if (land.arcs[a].one != 0) continue;
        is_used[a] = false;
        const auto points = land.points_of(land.arcs[a]);
        at_end[key(points.front())].push_back(a);
        at_end[key(points.back())].push_back(a);
    }
    std::vector<std::vector<std::pair<std::size_t, bool>>> out;  // arc, is it walked from its first point
    for (std::size_t begun = 0; begun < land.arcs.size(); ++begun) {
        if (is_used[begun]) continue;
        auto& ring = out.emplace_back();
        const Key start = key(land.points_of(land.arcs[begun]).front());
        Key at = start;
        do {
            const auto& here = at_end.at(at);
            const auto next = std::ranges::find_if(here, [&](std::size_t a) { return !is_used[a]; });
            if (next == here.end()) break;
            const auto points = land.points_of(land.arcs[*next]);
            const bool forward = key(points.front()) == at;
            ring.emplace_back(*next, forward);
            is_used[*next] = true;
            at = key(forward ? points.back() : points.front());
        } while (at != start);
    }
    return out;
}

/// The ring within one side of the box, by Sutherland and Hodgman.
template <typename Inside, typename Cross> Path cut_side(const Path& ring, Inside inside, Cross cross) {
    Path out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point &from = ring[(i + ring.size() - 1) % ring.size()], &to = ring[i];
        if (inside(from) != inside(to)) out.push_back(cross(from, to));
        if (inside(to)) out.push_back(to);
    }
    return out;
}

Path cut_ring(Path ring, const Box& box) {
    const auto at_x = [](double x) {
        return [x](Point a, Point b) { return Point{x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)}; };
    };
    const auto at_y = [](double y) {
        return [y](Point a, Point b) { return Point{a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y}; };
    };
    ring = cut_side(ring, [&](Point p) { return p.x >= box.x_min; }, at_x(box.x_min));
    ring = cut_side(ring, [&](Point p) { return p.x <= box.x_max; }, at_x(box.x_max));
    ring = cut_side(ring, [&](Point p) { return p.y >= box.y_min; }, at_y(box.y_min));
    return cut_side(ring, [&](Point p) { return p.y <= box.y_max; }, at_y(box.y_max));
}

/// The part of a segment within the box, by Liang and Barsky: from and to as shares of it; from > to = none.
std::pair<double, double> part_within(Point a, Point b, const Box& box) {
    double from = 0, to = 1;
    const std::array<std::pair<double, double>, 4> sides = {{{a.x - b.x, a.x - box.x_min},
                                                             {b.x - a.x, box.x_max - a.x},
                                                             {a.y - b.y, a.y - box.y_min},
                                                             {b.y - a.y, box.y_max - a.y}}};
    for (const auto& [outward, room] : sides) {
        if (outward == 0 && room < 0) return {1, 0};
        if (outward < 0) from = std::max(from, room / outward);
        if (outward > 0) to = std::min(to, room / outward);
    }
    return {from, to};
}

class LandCutter {
public:
    LandCutter(const LandWindow& asked, double least_step_deg) : least_step_deg_(least_step_deg) {
        double east = asked.east_deg;
        while (east < asked.west_deg) east += 360;
        box_ = {asked.west_deg, asked.south_deg, std::min(east, asked.west_deg + 360), asked.north_deg};
    }

    [[nodiscard]] LandInWindow within(const Land& land) {
        for (const LandArc& arc : land.arcs) {
            if (arc.kind == LandLine::Cut) continue;
            add_line(path_of(land.points_of(arc), least_step_deg_),
                     arc.kind == LandLine::Coast        ? out_.coasts
                         : arc.kind == LandLine::Border ? out_.borders
                                                        : out_.undetermined_borders);
        }
        for (const auto& ring : rings_of_land(land)) add_ring(land, ring);
        return std::move(out_);
    }

private:
    /// The world repeats: as often as the window sees of it.
    template <typename Add> void at_shifts(const Path& path, Add add) const {
        const Box own = bounds(path);
        for (const double shift : {-360.0, 0.0, 360.0}) {
            const Box moved{own.x_min + shift, own.y_min, own.x_max + shift, own.y_max};
            if (!overlap(moved, box_)) continue;
            Path there = path;
            for (Point& point : there) point.x += shift;
            add(there);
        }
    }

    void add_line(const Path& path, std::vector<LandPath>& to) const {
        if (path.size() == 2 && path[0].x == path[1].x && path[0].y == path[1].y) return;  // an island thinned away
        at_shifts(path, [&](const Path& there) {
            LandPath open;
            const auto end = [&] {
                if (open.size() > 1) to.push_back(std::move(open));
                open.clear();
            };
            for (std::size_t i = 1; i < there.size(); ++i) {
                const Point a = there[i - 1], b = there[i];
                const auto [from, until] = part_within(a, b, box_);
                if (from > until) {
                    end();
                    continue;
                }
                const auto at = [&](double share) {
                    return GlobePoint{a.y + (b.y - a.y) * share, a.x + (b.x - a.x) * share};
                };
                if (open.empty()) open.push_back(at(from));
                open.push_back(at(until));
                if (until < 1) end();
            }
            end();
        });
    }

    void add_ring(const Land& land, const std::vector<std::pair<std::size_t, bool>>& arcs) {
        Path ring;
        for (const auto& [index, forward] : arcs) {
            Path piece = path_of(land.points_of(land.arcs[index]), least_step_deg_);
            if (!forward) std::ranges::reverse(piece);
            ring.insert(ring.end(), piece.begin(), piece.end() - 1);
        }
        at_shifts(ring, [&](const Path& there) {
            const Path cut = cut_ring(there, box_);
            if (cut.size() < 3) return;
            LandPath& path = out_.land.emplace_back();
            for (const Point& point : cut) path.push_back({point.y, point.x});
        });
    }

    double least_step_deg_;
    Box box_;
    LandInWindow out_;
};

}  // namespace

LandInWindow land_within(const LandWindow& window, double least_step_deg) {
    return LandCutter(window, least_step_deg).within(land());
}

}  // namespace icosa::methods
