/// The haversine.
#include "methods/space/great_circle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace icosa::methods {

double great_circle_km(GlobePoint a, GlobePoint b) {
    constexpr double radians = std::numbers::pi / 180;
    const double north = std::sin((b.latitude_deg - a.latitude_deg) * radians / 2);
    const double east = std::sin((b.longitude_deg - a.longitude_deg) * radians / 2);
    const double h =
        north * north + std::cos(a.latitude_deg * radians) * std::cos(b.latitude_deg * radians) * east * east;
    return 2 * mean_earth_radius_km * std::asin(std::min(1.0, std::sqrt(h)));
}

double nearest_km(GlobePoint from, std::span<const GlobePoint> sites) {
    double out = std::numeric_limits<double>::infinity();
    for (const GlobePoint& site : sites) out = std::min(out, great_circle_km(from, site));
    return out;
}

}  // namespace icosa::methods
