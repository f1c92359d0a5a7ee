/// Eight objects side by side, as the batched propagator reads them.
#pragma once

#include <cstdint>

#include "methods/orbit/sgp4.hpp"

namespace icosa::methods::orbit {

inline constexpr int block_lanes = 8;

/// One number of each of the eight.
struct alignas(64) Eight {
    double at[block_lanes] = {};
};

/// The letters of Satellite; drag times B* where the formulas take the product. Higher terms of drag are 0 where an
/// object is simple, which gives the same as leaving them out.
struct NearBlock {
    Eight epoch_offset;  ///< minutes from the epoch of the elements to the start of the window
    Eight anomaly, anomaly_rate, perigee, perigee_rate, node, node_rate, node_drag;
    Eight eccentricity, mean_motion, semi_major;
    Eight c1, d2, d3, d4, t2, t3, t4, t5, circle_4, circle_5;
    Eight perigee_drag, anomaly_drag, anomaly_at_epoch, sin_anomaly, eta;
    Eight sin_i, cos_i, long_period_l, long_period_y, three_c2_1, one_c2, seven_c2_1;
};

struct BodyBlock {
    Eight e2, e3, i2, i3, l2, l3, l4, g2, g3, g4, h2, h3, anomaly;
};

struct DeepBlock {
    NearBlock near;
    BodyBlock sun, moon;
    Eight inclination;
    Eight eccentricity_rate, inclination_rate, anomaly_rate, perigee_rate, node_rate;
    Eight half_day[10];
    Eight day[3];
    Eight longitude_rate, sidereal;
};

/// Where each of the eight resonances stands (ResonanceTrack).
struct TrackBlock {
    Eight minutes, longitude, mean_motion;
};

void fill_lane(NearBlock& block, int lane, const Satellite& satellite, double epoch_offset_minutes);
void fill_lane(DeepBlock& block, int lane, const Satellite& satellite, double epoch_offset_minutes);
void fill_lane(TrackBlock& block, int lane, const ResonanceTrack& track);

/// Columns that states are written to; eight of each from where the pointers stand.
struct StateColumns {
    double* x = nullptr;
    double* y = nullptr;
    double* z = nullptr;
    double* vx = nullptr;
    double* vy = nullptr;
    double* vz = nullptr;
    std::uint8_t* refusal = nullptr;
};

/// What a compiled width of the propagator offers: the states of one block, lane k at `minutes[k]` from its epoch.
/// Angles under 1.6e6 rad, else the result is no state: see `lanes_reach`.
struct LaneKernels {
    void (*near)(const NearBlock&, const double* minutes, const GravityConstants&, StateColumns out) = nullptr;
    void (*deep)(const DeepBlock&, const TrackBlock&, Resonance, Mode, const double* minutes, const GravityConstants&,
                 StateColumns out) = nullptr;
};

/// Minutes from epoch that lanes answer for; beyond, one takes the scalar propagator.
inline constexpr double lanes_reach_minutes = 1.0e7;

enum class Width : std::uint8_t { Two, Four, Eight };

/// The widest that this processor has; Four is AVX2, Eight is AVX-512 (F and DQ).
[[nodiscard]] Width widest();
/// A width this processor lacks, or the compiler could not make, gives the next narrower one.
[[nodiscard]] const LaneKernels& lane_kernels(Width width);

}  // namespace icosa::methods::orbit
