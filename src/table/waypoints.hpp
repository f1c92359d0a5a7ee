/// A user's table of waypoints: a row each, in the order sailed.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "table/columns.hpp"

namespace icosa::table {

struct Waypoint {
    double latitude_deg = 0, longitude_deg = 0;
    std::string name;  ///< "" = none given
};

/// Columns lat or latitude, lon or longitude, and name where there is one; in degrees.
///
/// err   with file:line:column: unknown-column; bad-latitude (beyond 90: tells where the two seem to be swapped),
///       bad-longitude (beyond 180), no-position: a row without one; those of Numbers and visit_rows; no-rows
[[nodiscard]] Result<std::vector<Waypoint>> read_waypoints(const std::string& path, const Reading& reading);

}  // namespace icosa::table
