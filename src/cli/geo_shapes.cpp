/// Rings for a circle.
#include "cli/geo_shapes.hpp"

#include <cmath>

#include "methods/space/circle.hpp"

namespace icosa::cli {

void write_circle(JsonWriter& json, methods::GlobePoint centre, double radius_km, double sphere_km) {
    constexpr int corners = 64;
    json.key("geometry").begin_object();
    if (radius_km <= 0) {
        json.field("type", "Point").key("coordinates").begin_array();
        json.value(centre.longitude_deg).value(centre.latitude_deg).end_array().end_object();
        return;
    }
    const auto rounded = [](double deg) { return std::round(deg * 1e5) / 1e5; };
    const auto rings = methods::circle_rings(centre, radius_km, corners, sphere_km);
    const bool has_parts = rings.size() > 1 && methods::poles_within(centre, radius_km, sphere_km) == 0;
    json.field("type", has_parts ? "MultiPolygon" : "Polygon").key("coordinates").begin_array();
    for (const auto& ring : rings) {
        if (has_parts) json.begin_array();
        json.begin_array();
        for (const auto& corner : ring)
            json.begin_array().value(rounded(corner.longitude_deg)).value(rounded(corner.latitude_deg)).end_array();
        json.end_array();
        if (has_parts) json.end_array();
    }
    json.end_array().end_object();
}

}  // namespace icosa::cli
