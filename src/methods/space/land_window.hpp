/// The land of a window of longitudes and latitudes, for maps: rings to fill, coasts and borders to draw.
#pragma once

#include <vector>

#include "methods/space/great_circle.hpp"

namespace icosa::methods {

/// east < west, or east > 180: the window crosses the meridian of 180 degrees.
struct LandWindow {
    double west_deg = -180, south_deg = -90, east_deg = 180, north_deg = 90;
};

using LandPath = std::vector<GlobePoint>;

struct LandInWindow {
    std::vector<LandPath> land;     ///< rings, not closed, to fill by the even-odd rule all together
    std::vector<LandPath> coasts;   ///< open paths, as the others below
    std::vector<LandPath> borders;
    std::vector<LandPath> undetermined_borders;  ///< to be drawn dashed

    /// No land at all; where `methods::land()` is empty this says nothing of the window.
    [[nodiscard]] bool empty() const { return land.empty(); }
};

/// What lies within the window, cut at its edges; planar in degrees, so that lines between two points are straight in
/// longitude and latitude.
///
/// in    latitudes -90 to 90, south < north;  least_step_deg: of two neighbouring points of an arc, the later is left
///       out where it lies closer than this, along both axes; 0 = all points. Ends of arcs always stay, so that what
///       neighbours share stays shared
/// out   longitudes run on from the window's west: beyond 180 where it crosses that meridian. Borders that are drawn
///       without an opinion: a map of them bears the notice of boundaries
/// src   [sutherland1974] rings;  [liang1984] lines
/// cost  O(all points), a millisecond
[[nodiscard]] LandInWindow land_within(const LandWindow& window, double least_step_deg = 0);

}  // namespace icosa::methods
