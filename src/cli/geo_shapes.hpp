/// Shapes of GeoJSON features that several commands write.
#pragma once

#include "base/json.hpp"
#include "methods/space/great_circle.hpp"

namespace icosa::cli {

/// The member "geometry": a circle as a ring of 64 corners to five decimals, cut at the date line; a Point where the
/// radius is 0.
void write_circle(JsonWriter& json, methods::GlobePoint centre, double radius_km,
                  double sphere_km = methods::mean_earth_radius_km);

}  // namespace icosa::cli
