/// Routes over the sea: along the lanes of the packs between two points, or along waypoints of one's own.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "methods/space/route.hpp"
#include "pack/places.hpp"

namespace icosa::respond {

/// A named end of a leg.
struct SeaStop {
    std::string id;  ///< "" of a waypoint of one's own
    std::string name;
    methods::GlobePoint at;
};

struct SeaRoute {
    std::vector<SeaStop> stops;  ///< legs + 1
    methods::Route line;
    std::vector<std::size_t> leg_of;  ///< of each stretch of `line`
    bool is_own = false;              ///< by waypoints, not by the lanes of the packs

    [[nodiscard]] std::size_t legs() const { return stops.size() - 1; }
    [[nodiscard]] double leg_km(std::size_t leg) const;
};

/// The id of a chokepoint or sea node by its id, or its name in any language that packs know.
/// err   Usage: unknown-place, with the nearest
[[nodiscard]] Result<std::string> sea_stop(const pack::PlaceBook& places, const std::string& word);

/// The shortest way over the lanes through all of these in order, two or more.
///
/// err   Usage: those of sea_stop; same-place: two that follow one another are one; no-way: the lanes lead nowhere
///       from one to the other
[[nodiscard]] Result<SeaRoute> lane_route(const pack::PlaceBook& places, const std::vector<std::string>& words);

/// A leg from each waypoint to the next.
///
/// in    stops[n] with positions; the file that they come from, for messages
/// err   Data: one-waypoint; same-waypoint: two that follow one another are one point; opposite-waypoints
[[nodiscard]] Result<SeaRoute> waypoint_route(std::vector<SeaStop> stops, const std::string& file);

}  // namespace icosa::respond
