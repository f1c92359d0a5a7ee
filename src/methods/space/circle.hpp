/// Circles over the globe as rings of corners.
#pragma once

#include <vector>

#include "methods/space/great_circle.hpp"

namespace icosa::methods {

/// The points so far from the centre, evenly by bearing from the north westward (so that GeoJSON takes what is within
/// as inside), not closed. Longitudes run on beyond +-180 where the ring crosses the date line; about a pole it jumps.
///
///     lat' = asin(sin lat cos d + cos lat sin d cos bearing),  d = radius_km / sphere_km
///
/// in    corners > 2;  radius_km > 0, up to half the circumference
[[nodiscard]] std::vector<GlobePoint> circle_about(GlobePoint centre, double radius_km, int corners,
                                                   double sphere_km = mean_earth_radius_km);

}  // namespace icosa::methods
