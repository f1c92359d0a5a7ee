/// Where an object of the catalogue is: mean elements carried forward by SGP4, and by SDP4 where a period is long.
#pragma once

#include <cstdint>
#include <string_view>

#include "methods/orbit/deep_space.hpp"
#include "methods/orbit/gravity.hpp"
#include "methods/orbit/instant.hpp"
#include "methods/orbit/vector.hpp"

namespace icosa::methods::orbit {

/// Mean elements as an element set (TLE, OMM with MEAN_ELEMENT_THEORY SGP4) states them, angles in radians.
struct Elements {
    Instant epoch;
    double mean_motion_rad_min = 0;  ///< of Kozai; rev/day * 2 pi / 1440
    double eccentricity = 0;
    double inclination_rad = 0;
    double node_rad = 0;  ///< right ascension of the ascending node
    double perigee_rad = 0;  ///< argument of perigee
    double mean_anomaly_rad = 0;
    double drag_per_radius = 0;  ///< B*, 1 / Earth radii
    bool operator==(const Elements&) const = default;
};

/// How angles are kept where the published code left a choice: as the operational code of the time did (A), or
/// improved (I). The two differ in sidereal time at epoch and in where the node is wrapped; `Improved` for elements of
/// today.
enum class Mode : std::uint8_t { Operational, Improved };

/// Why there is no state; the numbers are those of the published code (its 5 is no longer raised).
enum class Refusal : std::uint8_t {
    None = 0,
    Eccentricity = 1,           ///< mean eccentricity, after drag, outside [-0.001, 1)
    MeanMotion = 2,             ///< not above 0
    PerturbedEccentricity = 3,  ///< outside [0, 1] after lunar and solar periodics
    SemiLatusRectum = 4,        ///< below 0
    Decayed = 6,                ///< below the surface: distance under one Earth radius
};
[[nodiscard]] std::string_view refusal_text(Refusal refusal);  ///< "decayed: below the surface"; "" for None

/// In TEME of date. Where `refusal` is neither None nor Decayed, all numbers are NaN.
struct State {
    Vector position_km{};
    Vector velocity_km_s{};
    Refusal refusal = Refusal::None;
};

/// One object made ready: what does not change with time. A plain value; 900 bytes.
struct Satellite {
    Elements elements;
    Gravity gravity = Gravity::Wgs72;
    Mode mode = Mode::Improved;
    Refusal never = Refusal::None;  ///< set where the elements themselves can have no state at any time
    bool is_deep = false;    ///< period of 225 minutes or more
    bool is_simple = false;  ///< perigee under 220 km, or deep: drag without its higher terms
    double mean_motion_rad_min = 0;  ///< of Brouwer
    double semi_major_radii = 0;
    double sin_i = 0, cos_i = 0;
    double anomaly_rate = 0, perigee_rate = 0, node_rate = 0;  ///< rad/min
    double c1 = 0, c4 = 0, c5 = 0, d2 = 0, d3 = 0, d4 = 0;     ///< drag
    double t2 = 0, t3 = 0, t4 = 0, t5 = 0;                     ///< drag on mean longitude
    double node_drag = 0, perigee_drag = 0, anomaly_drag = 0, eta = 0, anomaly_at_epoch = 0, sin_anomaly = 0;
    double long_period_l = 0, long_period_y = 0;  ///< of J3
    double three_c2_1 = 0, one_c2 = 0, seven_c2_1 = 0;  ///< 3 cos^2 i - 1, 1 - cos^2 i, 7 cos^2 i - 1
    DeepSpace deep;
};

/// Makes an object ready; never fails: elements that have no state anywhere say so in `never`.
///
/// in    elements  any finite numbers
/// src   [hoots1980] sec. 6 and 8; [vallado2006] app. A and its corrections up to 2020-07-13, whose order of steps and
///       choices are followed (perturbed inclination decides Lyddane's form; the integrator restarts at epoch)
/// dif   an eccentricity outside [0, 1) or a mean motion not above 0 is refused at every time
[[nodiscard]] Satellite initialise(const Elements& elements, Gravity gravity = Gravity::Wgs72,
                                   Mode mode = Mode::Improved);

/// Position and velocity `minutes` after the epoch of the elements (negative: before).
///
/// out   km and km/s in TEME of date; equal for equal input, whatever was asked before
/// seen  tests/real/orbit_test.cpp: the published verification set, within 1e-6 km
/// cost  some 0.3 us near Earth; deep and resonant: one step more for each 720 minutes from epoch
[[nodiscard]] State propagate(const Satellite& satellite, double minutes);

/// The same by a resonance that was carried nearer before (see ResonanceTrack); equal to the bit.
[[nodiscard]] State propagate(const Satellite& satellite, double minutes, ResonanceTrack& track);

/// At a moment of UTC: minutes are formed from whole microseconds.
[[nodiscard]] inline State propagate(const Satellite& satellite, Instant at) {
    return propagate(satellite, minutes_between(at, satellite.elements.epoch));
}

}  // namespace icosa::methods::orbit
