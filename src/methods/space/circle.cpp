/// Corners by bearing.
#include "methods/space/circle.hpp"

#include <cmath>
#include <numbers>

namespace icosa::methods {

std::vector<GlobePoint> circle_about(GlobePoint centre, double radius_km, int corners, double sphere_km) {
    constexpr double rad = std::numbers::pi / 180;
    const double arc = radius_km / sphere_km, lat = centre.latitude_deg * rad;
    std::vector<GlobePoint> out;
    for (int i = 0; i < corners; ++i) {
        const double bearing = -2 * std::numbers::pi * i / corners;
        const double to = std::asin(std::sin(lat) * std::cos(arc) + std::cos(lat) * std::sin(arc) * std::cos(bearing));
        const double east =
            std::atan2(std::sin(bearing) * std::sin(arc) * std::cos(lat), std::cos(arc) - std::sin(lat) * std::sin(to));
        out.push_back({to / rad, centre.longitude_deg + east / rad});
    }
    return out;
}

}  // namespace icosa::methods
