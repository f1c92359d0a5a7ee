/// Equal Earth onto the sheet.
#include "brief/projection.hpp"

#include <cmath>
#include <numbers>

namespace icosa::brief {
namespace {

constexpr double a1 = 1.340264, a2 = -0.081106, a3 = 0.000893, a4 = 0.003796;
constexpr double half_width = 2.7066299836960748;  // of longitude 180 at the equator
constexpr double scale = map_width / (2 * half_width);
constexpr double top = 1.3067;  // y of 84 N

}  // namespace

PlanePoint equal_earth(const pack::Position& at) {
    const double degree = std::numbers::pi / 180;
    const double t = std::asin(std::sqrt(3.0) / 2 * std::sin(at.latitude_deg * degree));
    const double t2 = t * t, t6 = t2 * t2 * t2;
    const double x = 2 * std::sqrt(3.0) * at.longitude_deg * degree * std::cos(t)
        / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1));
    const double y = t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1);
    return {x, y};
}

MapPoint project(const pack::Position& at) {
    const PlanePoint plane = equal_earth(at);
    return {static_cast<int>(std::lround(map_width / 2.0 + plane.x * scale)),
            static_cast<int>(std::lround((top - plane.y) * scale))};
}

}  // namespace icosa::brief
