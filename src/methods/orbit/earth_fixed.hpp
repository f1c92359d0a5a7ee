/// Where on the Earth an object stands overhead: from the inertial frame of SGP4 to longitude, latitude and height.
#pragma once

#include <array>

#include "methods/orbit/instant.hpp"

namespace icosa::methods::orbit {

/// Greenwich mean sidereal time, in [0, 2 pi).
///
///     s = 67310.54841 + (876600 h + 8640184.812866) T + 0.093104 T^2 - 6.2e-6 T^3,   T in centuries of UT1 from J2000
///
/// in    UTC, which is taken for UT1: they are within 0.9 s, 400 m at the equator
/// src   [vallado2006] app. C, the IAU 1982 formula
[[nodiscard]] double greenwich_rad(Instant at);

struct Geodetic {
    double longitude_deg = 0;  ///< (-180, 180], east
    double latitude_deg = 0;   ///< geodetic, on the ellipsoid of WGS-84
    double height_km = 0;      ///< above it
};

/// The point under a position in TEME: turned by mean sidereal time alone; polar motion (under 15 m) is left out.
///
/// out   latitude and height to within 1e-9 degrees and 1e-6 km, by iteration
/// src   [bowring1976]; [vallado2006] app. C for the frame
[[nodiscard]] Geodetic point_under(const std::array<double, 3>& position_km, Instant at);

}  // namespace icosa::methods::orbit
