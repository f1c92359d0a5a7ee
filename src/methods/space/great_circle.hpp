/// Distances over the globe: how far apart are two points, how far is the nearest of many.
#pragma once

#include <span>

namespace icosa::methods {

struct GlobePoint {
    double latitude_deg = 0;
    double longitude_deg = 0;
};

inline constexpr double mean_earth_radius_km = 6371.0088;

/// Along a great circle of a sphere, by the haversine: a sphere is within 0.6 % of the ellipsoid.
///
///     d = 2 R asin sqrt(sin^2((b.lat - a.lat) / 2) + cos a.lat cos b.lat sin^2((b.lon - a.lon) / 2))
///
/// in    latitude +-90, longitude +-180 degrees
/// out   km, 0 to half the circumference
/// src   [sinnott1984]: well-conditioned at small distances, where the law of cosines is not
[[nodiscard]] double great_circle_km(GlobePoint a, GlobePoint b);

/// To the nearest of the sites; infinity where there are none.
[[nodiscard]] double nearest_km(GlobePoint from, std::span<const GlobePoint> sites);

}  // namespace icosa::methods
