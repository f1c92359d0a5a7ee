/// Eight objects side by side, as the batched propagator reads them.
#include "methods/orbit/sgp4_block.hpp"

namespace icosa::methods::orbit {

namespace {

void fill_body(BodyBlock& block, std::size_t k, const BodyTerms& body) {
    block.e2.at[k] = body.e2, block.e3.at[k] = body.e3;
    block.i2.at[k] = body.i2, block.i3.at[k] = body.i3;
    block.l2.at[k] = body.l2, block.l3.at[k] = body.l3, block.l4.at[k] = body.l4;
    block.g2.at[k] = body.g2, block.g3.at[k] = body.g3, block.g4.at[k] = body.g4;
    block.h2.at[k] = body.h2, block.h3.at[k] = body.h3;
    block.anomaly.at[k] = body.anomaly_rad;
}

}  // namespace

void fill_lane(NearBlock& b, int lane, const Satellite& s, double epoch_offset_minutes) {
    const auto k = static_cast<std::size_t>(lane);
    const Elements& el = s.elements;
    const double bstar = el.drag_per_radius, higher = s.is_simple ? 0.0 : 1.0;
    b.epoch_offset.at[k] = epoch_offset_minutes;
    b.anomaly.at[k] = el.mean_anomaly_rad, b.anomaly_rate.at[k] = s.anomaly_rate;
    b.perigee.at[k] = el.perigee_rad, b.perigee_rate.at[k] = s.perigee_rate;
    b.node.at[k] = el.node_rad, b.node_rate.at[k] = s.node_rate, b.node_drag.at[k] = s.node_drag;
    b.eccentricity.at[k] = el.eccentricity;
    b.mean_motion.at[k] = s.mean_motion_rad_min;
    b.semi_major.at[k] = s.semi_major_radii;
    b.c1.at[k] = s.c1;
    b.d2.at[k] = higher * s.d2, b.d3.at[k] = higher * s.d3, b.d4.at[k] = higher * s.d4;
    b.t2.at[k] = s.t2, b.t3.at[k] = higher * s.t3, b.t4.at[k] = higher * s.t4, b.t5.at[k] = higher * s.t5;
    b.circle_4.at[k] = bstar * s.c4, b.circle_5.at[k] = higher * (bstar * s.c5);
    b.perigee_drag.at[k] = higher * s.perigee_drag, b.anomaly_drag.at[k] = higher * s.anomaly_drag;
    b.anomaly_at_epoch.at[k] = s.anomaly_at_epoch, b.sin_anomaly.at[k] = s.sin_anomaly, b.eta.at[k] = s.eta;
    b.sin_i.at[k] = s.sin_i, b.cos_i.at[k] = s.cos_i;
    b.long_period_l.at[k] = s.long_period_l, b.long_period_y.at[k] = s.long_period_y;
    b.three_c2_1.at[k] = s.three_c2_1, b.one_c2.at[k] = s.one_c2, b.seven_c2_1.at[k] = s.seven_c2_1;
}

void fill_lane(DeepBlock& b, int lane, const Satellite& s, double epoch_offset_minutes) {
    const auto k = static_cast<std::size_t>(lane);
    fill_lane(b.near, lane, s, epoch_offset_minutes);
    fill_body(b.sun, k, s.deep.sun);
    fill_body(b.moon, k, s.deep.moon);
    b.inclination.at[k] = s.elements.inclination_rad;
    b.eccentricity_rate.at[k] = s.deep.eccentricity_rate, b.inclination_rate.at[k] = s.deep.inclination_rate;
    b.anomaly_rate.at[k] = s.deep.anomaly_rate, b.perigee_rate.at[k] = s.deep.perigee_rate;
    b.node_rate.at[k] = s.deep.node_rate;
    for (std::size_t term = 0; term < s.deep.half_day.size(); ++term) b.half_day[term].at[k] = s.deep.half_day[term];
    for (std::size_t term = 0; term < s.deep.day.size(); ++term) b.day[term].at[k] = s.deep.day[term];
    b.longitude_rate.at[k] = s.deep.longitude_rate, b.sidereal.at[k] = s.deep.sidereal_rad;
}

void fill_lane(TrackBlock& block, int lane, const ResonanceTrack& track) {
    const auto k = static_cast<std::size_t>(lane);
    block.minutes.at[k] = track.minutes;
    block.longitude.at[k] = track.longitude_rad;
    block.mean_motion.at[k] = track.mean_motion;
}

}  // namespace icosa::methods::orbit
