/// Pictures of orbits as SVG files: a track over the ground, and the closest approaches to a station over time.
#pragma once

#include <string>
#include <vector>

namespace icosa::brief {

struct GroundPoint {
    double longitude_deg = 0, latitude_deg = 0, height_km = 0;
    double hours = 0;  ///< since the start
};

/// One object's way over the ground.
struct GroundTrack {
    std::string name;
    std::vector<GroundPoint> points;  ///< by time; some minutes apart at the most
};

/// Where another object came close.
struct ApproachMark {
    GroundPoint at;
    double miss_km = 0;
    std::string name;  ///< of the other object
};

/// The tracks on the map of the world (from 84 N to 57 S), a mark where each begins. At most ten are drawn.
[[nodiscard]] std::string ground_track_file(const std::vector<GroundTrack>& tracks, const std::string& title);

/// Above: the height of the station over time, a mark where each object came close, the closer the larger, the five
/// closest with their names. Below: the same on its track over the ground.
[[nodiscard]] std::string approaches_file(const GroundTrack& station, std::vector<ApproachMark> marks,
                                          const std::string& title);

}  // namespace icosa::brief
