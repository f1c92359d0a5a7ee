/// Distance of points to a way over the globe: legs of great circles between waypoints in order.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "methods/space/great_circle.hpp"

namespace icosa::methods {

/// Where a point lies beside a leg.
struct BesideLeg {
    double km = 0;        ///< to the nearest point of the leg
    double along_km = 0;  ///< of that nearest point, from the leg's beginning
};

/// Distance to the shorter great-circle arc from `from` to `to`.
///
///     n = a x b / |a x b|,  q = p - (p . n) n
///     q between a and b:  km = R |asin(p . n)|,  along = R atan2((a x q) . n, a . q)
///     else the nearer end
///
/// in    from and to not opposite one another (then any way is as short)
/// out   a leg of no length: the distance to its point
/// src   [todhunter1886] art. 62, Napier's right-angled triangle, as vectors: well-conditioned on short legs and beside
///       the poles, where bearings are not
/// seen  methods/route_test.cpp
[[nodiscard]] BesideLeg beside_leg(GlobePoint point, GlobePoint from, GlobePoint to);

/// Where a point lies beside a route.
struct BesideRoute {
    std::size_t leg = 0;  ///< the nearest, the first of equals
    double km = 0;
    double along_km = 0;  ///< from the route's beginning
};

class Route {
public:
    /// waypoints[n], n >= 2, no two that follow one another opposite on the globe
    explicit Route(std::span<const GlobePoint> waypoints);

    [[nodiscard]] BesideRoute beside(GlobePoint point) const;
    [[nodiscard]] const std::vector<GlobePoint>& waypoints() const { return waypoints_; }
    [[nodiscard]] std::size_t legs() const { return waypoints_.size() - 1; }
    [[nodiscard]] double leg_km(std::size_t leg) const { return start_km_[leg + 1] - start_km_[leg]; }
    [[nodiscard]] double start_km(std::size_t leg) const { return start_km_[leg]; }  ///< of legs() too: the length
    [[nodiscard]] double length_km() const { return start_km_.back(); }

private:
    std::vector<GlobePoint> waypoints_;
    std::vector<double> start_km_;
};

/// Points along the shorter arc, `from` first and `to` last, neighbours at most step_km apart.
[[nodiscard]] std::vector<GlobePoint> along_leg(GlobePoint from, GlobePoint to, double step_km);

/// Do two points lie opposite one another, to a few metres? Then no way between them is the shortest.
[[nodiscard]] bool are_opposite(GlobePoint a, GlobePoint b);

}  // namespace icosa::methods
