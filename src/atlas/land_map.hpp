/// What a map of a part of the world is drawn from: its land and borders, circles over the globe, in degrees.
#pragma once

#include <vector>

#include "model/findings.hpp"
#include "pack/places.hpp"

namespace icosa::atlas {

/// East of 180 where the window crosses that meridian.
struct MapWindow {
    double west_deg = -180, south_deg = -90, east_deg = 180, north_deg = 90;
};

using MapPath = std::vector<pack::Position>;

/// Longitudes run on from the window's west.
struct MapLand {
    std::vector<MapPath> land;  ///< rings, not closed, filled all together by the even-odd rule
    std::vector<MapPath> borders;
    std::vector<MapPath> undetermined_borders;  ///< to be dashed
};

/// Details of less than step_deg are left out. All empty where the build has no outlines of countries. A map of it
/// bears the notice of boundaries.
[[nodiscard]] MapLand land_map(const MapWindow& window, double step_deg);

/// The rim of a circle, so many corners, not closed; longitudes run on beyond 180.
[[nodiscard]] MapPath rim_of(const model::Circle& circle, int corners);

}  // namespace icosa::atlas
