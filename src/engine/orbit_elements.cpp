/// Degrees and revolutions into radians and minutes.
#include "engine/orbit_elements.hpp"

#include <numbers>

namespace icosa::engine {

methods::orbit::Elements orbit_elements(const model::ElementSet& set) {
    // In the order of operations of the published reader of element sets: its last digit depends on it.
    constexpr double degree = std::numbers::pi / 180;
    constexpr double revolutions_a_day_by_rad_min = 1440.0 / (2.0 * std::numbers::pi);
    methods::orbit::Elements out;
    out.epoch = {set.epoch_day, set.epoch_us};
    out.mean_motion_rad_min = set.mean_motion_rev_per_day / revolutions_a_day_by_rad_min;
    out.eccentricity = set.eccentricity;
    out.inclination_rad = set.inclination_deg * degree;
    out.node_rad = set.ascending_node_deg * degree;
    out.perigee_rad = set.perigee_argument_deg * degree;
    out.mean_anomaly_rad = set.mean_anomaly_deg * degree;
    out.drag_per_radius = set.drag_per_er;
    return out;
}

}  // namespace icosa::engine
