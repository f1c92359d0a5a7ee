/// Points of the globe as positions.
#include "atlas/land_map.hpp"

#include "methods/space/circle.hpp"
#include "methods/space/land_window.hpp"

namespace icosa::atlas {
namespace {

MapPath positions_of(const methods::LandPath& path) {
    MapPath out;
    out.reserve(path.size());
    for (const auto& at : path) out.push_back({.longitude_deg = at.longitude_deg, .latitude_deg = at.latitude_deg});
    return out;
}

std::vector<MapPath> positions_of(const std::vector<methods::LandPath>& paths) {
    std::vector<MapPath> out;
    out.reserve(paths.size());
    for (const auto& path : paths) out.push_back(positions_of(path));
    return out;
}

}  // namespace

MapLand land_map(const MapWindow& window, double step_deg) {
    const auto land = methods::land_within({.west_deg = window.west_deg,
                                            .south_deg = window.south_deg,
                                            .east_deg = window.east_deg,
                                            .north_deg = window.north_deg},
                                           step_deg);
    return {positions_of(land.land), positions_of(land.borders), positions_of(land.undetermined_borders)};
}

MapPath rim_of(const model::Circle& circle, int corners) {
    return positions_of(methods::circle_about({circle.latitude_deg, circle.longitude_deg}, circle.radius_km, corners));
}

}  // namespace icosa::atlas
