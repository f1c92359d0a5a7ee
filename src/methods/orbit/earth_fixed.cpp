/// The turn of the Earth, and the ellipsoid under an orbit.
#include "methods/orbit/earth_fixed.hpp"

#include <cmath>
#include <numbers>

namespace icosa::methods::orbit {
namespace {

constexpr double radius_84_km = 6378.137, flattening_84 = 1 / 298.257223563;
constexpr double turn_rad = 2 * std::numbers::pi;

}  // namespace

double greenwich_rad(Instant at) {
    constexpr int day_of_j2000 = 10957;  // 2000-01-01, at noon
    constexpr double seconds_of_day = 86400, century_days = 36525;
    const double days = (at.day.value - day_of_j2000) - 0.5
        + static_cast<double>(at.microsecond) / static_cast<double>(microseconds_per_day);
    const double t = days / century_days;
    const double seconds = 67310.54841 + (876600.0 * 3600 + 8640184.812866) * t + 0.093104 * t * t - 6.2e-6 * t * t * t;
    const double part = std::fmod(seconds / seconds_of_day, 1.0);
    return (part < 0 ? part + 1 : part) * turn_rad;
}

Geodetic point_under(const std::array<double, 3>& position_km, Instant at) {
    const double turned = greenwich_rad(at);
    const double x = position_km[0] * std::cos(turned) + position_km[1] * std::sin(turned);
    const double y = position_km[1] * std::cos(turned) - position_km[0] * std::sin(turned);
    const double z = position_km[2];
    constexpr double eccentricity_2 = flattening_84 * (2 - flattening_84);
    constexpr double polar_km = radius_84_km * (1 - flattening_84);
    constexpr int rounds = 6;
    const double across = std::hypot(x, y);
    // the reduced latitude, improved from that of the sphere
    double reduced = std::atan2(z, across * (1 - flattening_84));
    double latitude = 0;
    for (int i = 0; i < rounds; ++i) {
        const double s = std::sin(reduced), c = std::cos(reduced);
        latitude = std::atan2(z + eccentricity_2 / (1 - eccentricity_2) * polar_km * s * s * s,
                              across - eccentricity_2 * radius_84_km * c * c * c);
        reduced = std::atan2((1 - flattening_84) * std::sin(latitude), std::cos(latitude));
    }
    const double s = std::sin(latitude), c = std::cos(latitude);
    const double height = across * c + z * s - radius_84_km * std::sqrt(1 - eccentricity_2 * s * s);
    constexpr double degrees = 180 / std::numbers::pi;
    return {std::atan2(y, x) * degrees, latitude * degrees, height};
}

}  // namespace icosa::methods::orbit
