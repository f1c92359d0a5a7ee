/// Legs as vectors.
#include "methods/space/route.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "methods/orbit/vector.hpp"

namespace icosa::methods {
namespace {

using orbit::cross;
using orbit::dot;
using orbit::length;
using orbit::Vector;

constexpr double radian = std::numbers::pi / 180;

Vector vector_of(GlobePoint at) {
    const double latitude = at.latitude_deg * radian, longitude = at.longitude_deg * radian;
    return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
}

}  // namespace

BesideLeg beside_leg(GlobePoint point, GlobePoint from, GlobePoint to) {
    const Vector a = vector_of(from), b = vector_of(to), p = vector_of(point);
    Vector normal = cross(a, b);
    const double size = length(normal);
    constexpr double least_leg = 1e-12;  // radians: below, the leg has no direction
    if (size > least_leg) {
        for (double& one : normal) one /= size;
        const double off = dot(p, normal);
        const Vector q = {p[0] - off * normal[0], p[1] - off * normal[1], p[2] - off * normal[2]};
        const bool lies_between = dot(cross(a, q), normal) >= 0 && dot(cross(q, b), normal) >= 0;
        if (lies_between && length(q) > least_leg)
            return {mean_earth_radius_km * std::abs(std::asin(std::clamp(off, -1.0, 1.0))),
                    mean_earth_radius_km * std::atan2(dot(cross(a, q), normal), dot(a, q))};
    }
    const double to_from = great_circle_km(point, from), to_to = great_circle_km(point, to);
    return to_from <= to_to ? BesideLeg{to_from, 0} : BesideLeg{to_to, great_circle_km(from, to)};
}

Route::Route(std::span<const GlobePoint> waypoints) : waypoints_(waypoints.begin(), waypoints.end()) {
    start_km_.push_back(0);
    for (std::size_t i = 1; i < waypoints_.size(); ++i)
        start_km_.push_back(start_km_.back() + great_circle_km(waypoints_[i - 1], waypoints_[i]));
}

BesideRoute Route::beside(GlobePoint point) const {
    BesideRoute out;
    for (std::size_t leg = 0; leg < legs(); ++leg) {
        const BesideLeg one = beside_leg(point, waypoints_[leg], waypoints_[leg + 1]);
        if (leg == 0 || one.km < out.km) out = {leg, one.km, start_km_[leg] + one.along_km};
    }
    return out;
}

std::vector<GlobePoint> along_leg(GlobePoint from, GlobePoint to, double step_km) {
    const Vector a = vector_of(from), b = vector_of(to);
    const double angle = std::atan2(length(cross(a, b)), dot(a, b));
    const int parts = std::max(1, static_cast<int>(std::ceil(angle * mean_earth_radius_km / step_km)));
    std::vector<GlobePoint> out{from};
    for (int i = 1; i < parts; ++i) {
        const double share = static_cast<double>(i) / parts;
        const double wa = std::sin((1 - share) * angle), wb = std::sin(share * angle);
        const Vector v = {wa * a[0] + wb * b[0], wa * a[1] + wb * b[1], wa * a[2] + wb * b[2]};
        out.push_back({std::atan2(v[2], std::hypot(v[0], v[1])) / radian, std::atan2(v[1], v[0]) / radian});
    }
    out.push_back(to);
    return out;
}

bool are_opposite(GlobePoint a, GlobePoint b) {
    constexpr double near_km = 0.01;
    return great_circle_km({-a.latitude_deg, a.longitude_deg + (a.longitude_deg > 0 ? -180 : 180)}, b) < near_km;
}

}  // namespace icosa::methods
