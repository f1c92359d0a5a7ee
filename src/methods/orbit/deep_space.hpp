/// What the Moon, the Sun and resonance with the Earth's figure do to an orbit of 225 minutes or more (SDP4).
#pragma once

#include <array>
#include <cstdint>

namespace icosa::methods::orbit {

/// Periodic terms of one disturbing body, all by its mean anomaly.
struct BodyTerms {
    double e2 = 0, e3 = 0, i2 = 0, i3 = 0, l2 = 0, l3 = 0, l4 = 0, g2 = 0, g3 = 0, g4 = 0, h2 = 0, h3 = 0;
    double anomaly_rad = 0;  ///< of the body at the epoch of the elements
};

/// Commensurable with the Earth's turning: a day (geostationary), half a day and eccentric (Molniya).
enum class Resonance : std::uint8_t { None, Day, HalfDay };

struct DeepSpace {
    BodyTerms sun, moon;
    double eccentricity_rate = 0, inclination_rate = 0, anomaly_rate = 0, perigee_rate = 0, node_rate = 0;
    Resonance resonance = Resonance::None;
    std::array<double, 10> half_day{};  ///< 2201 2211 3210 3222 4410 4422 5220 5232 5421 5433
    std::array<double, 3> day{};
    double longitude_rad = 0;   ///< resonance's angle at epoch
    double longitude_rate = 0;  ///< without that of the mean motion
    double sidereal_rad = 0;    ///< Greenwich at epoch
};

/// Mean elements as they are carried through the steps; radians, minutes, Earth radii.
struct MeanElements {
    double mean_motion = 0, eccentricity = 0, inclination = 0, node = 0, perigee = 0, anomaly = 0;
};

/// What the third-body and resonance terms need of an orbit that was made ready near Earth.
struct DeepSpaceInput {
    MeanElements mean;          ///< at epoch; mean motion of Brouwer
    double anomaly_rate = 0, perigee_rate = 0, node_rate = 0;
    double days_since_1950 = 0;  ///< epoch, from 1949-12-31 0 h UTC
    double sidereal_rad = 0;
    double ke = 0;
};

/// src  [hoots1980] sec. 8; [vallado2006] procedures dscom and dsinit
[[nodiscard]] DeepSpace deep_space_of(const DeepSpaceInput& input);

/// Resonance as integrated in whole steps of 720 minutes from epoch, so far.
struct ResonanceTrack {
    double minutes = 0;  ///< 0: not begun
    double longitude_rad = 0, mean_motion = 0;
};

/// One step's rates of a resonance.
struct ResonanceRates {
    double mean_motion = 0, longitude = 0, mean_motion_2 = 0;
};
[[nodiscard]] ResonanceRates resonance_rates(const DeepSpace& deep, const ResonanceTrack& at, double perigee_rad,
                                             double perigee_rate);

/// Brings a track to the last whole step before `minutes`, from where it stands if that is on the way.
///
/// src  [vallado2006] procedure dspace: Euler-Maclaurin steps
void advance(ResonanceTrack& track, const DeepSpace& deep, double perigee_rad, double perigee_rate, double mean_motion,
             double minutes);

/// Secular terms and resonance: `mean` as carried by the Earth alone, and on return by all.
void add_secular(MeanElements& mean, const DeepSpace& deep, double perigee_at_epoch, double perigee_rate,
                 double mean_motion_at_epoch, double minutes, ResonanceTrack& track);

/// Periodics of Moon and Sun; by Lyddane's form where the perturbed inclination is under 0.2 rad.
enum class NodeWrap : std::uint8_t { AsIs, Positive };  ///< Positive: as the operational code kept the node
void add_periodics(MeanElements& mean, const DeepSpace& deep, double minutes, NodeWrap wrap);

}  // namespace icosa::methods::orbit
