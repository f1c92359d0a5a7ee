/// The two sets of Earth constants that element sets may be meant for.
#pragma once

#include <cmath>
#include <cstdint>

namespace icosa::methods::orbit {

/// Element sets of the public catalogue are fitted with WGS-72.
enum class Gravity : std::uint8_t { Wgs72, Wgs84 };

struct GravityConstants {
    double mu_km3_s2;
    double radius_km;
    double j2, j3, j4;
    double ke = 60.0 / std::sqrt(radius_km * radius_km * radius_km / mu_km3_s2);  ///< sqrt(radii^3) / min
    double j3_per_j2 = j3 / j2;
    double radii_min_to_km_s = radius_km * ke / 60.0;  ///< a canonical velocity in km/s
};

/// src  [vallado2006] app. B
[[nodiscard]] inline const GravityConstants& constants_of(Gravity gravity) {
    static const GravityConstants wgs72{398600.8, 6378.135, 0.001082616, -0.00000253881, -0.00000165597};
    static const GravityConstants wgs84{398600.5, 6378.137, 0.00108262998905, -0.00000253215306, -0.00000161098761};
    return gravity == Gravity::Wgs72 ? wgs72 : wgs84;
}

}  // namespace icosa::methods::orbit
