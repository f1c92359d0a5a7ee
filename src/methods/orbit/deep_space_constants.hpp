/// Constants of the deep-space terms that the scalar and the batched propagator share.
#pragma once

#include <array>

namespace icosa::methods::orbit {

/// src  [hoots1980] sec. 8
inline constexpr double sun_rate_rad_min = 1.19459e-5;
inline constexpr double sun_eccentricity = 0.01675;
inline constexpr double moon_rate_rad_min = 1.5835218e-4;
inline constexpr double moon_eccentricity = 0.05490;
inline constexpr double earth_turn_rad_min = 4.37526908801129966e-3;
inline constexpr double resonance_step_min = 720.0;

inline constexpr std::array<double, 3> day_phase = {0.13130908, 2.8843198, 0.37448087};

/// A half-day term goes with so many arguments of perigee and so many resonance angles, less its phase.
struct HalfDayTerm {
    double perigees, longitudes, phase;
};
inline constexpr std::array<HalfDayTerm, 10> half_day_terms = {{{2, 1, 5.7686396},
                                                                {0, 1, 5.7686396},
                                                                {1, 1, 0.95240898},
                                                                {-1, 1, 0.95240898},
                                                                {2, 2, 1.8014998},
                                                                {0, 2, 1.8014998},
                                                                {1, 1, 1.0508330},
                                                                {-1, 1, 1.0508330},
                                                                {1, 2, 4.4108898},
                                                                {-1, 2, 4.4108898}}};

}  // namespace icosa::methods::orbit
