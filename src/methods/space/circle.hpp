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

/// The same circle as rings from -180 to 180 degrees, each closed: two where it crosses the date line, one that runs
/// along the pole where it holds one. Of a circle that holds both poles the ring is the world's, and the rings after it
/// are the holes.
///
/// in    as circle_about
[[nodiscard]] std::vector<std::vector<GlobePoint>> circle_rings(GlobePoint centre, double radius_km, int corners,
                                                                double sphere_km = mean_earth_radius_km);

/// Does the circle hold this many poles: 0, 1 or 2?
[[nodiscard]] int poles_within(GlobePoint centre, double radius_km, double sphere_km = mean_earth_radius_km);

}  // namespace icosa::methods
