/// Corners by bearing.
#include "methods/space/circle.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace icosa::methods {
namespace {

using Ring = std::vector<GlobePoint>;

constexpr double half_turn_deg = 180, whole_turn_deg = 360;

/// Where the way from one corner to the next meets a meridian.
GlobePoint meet(const GlobePoint& from, const GlobePoint& to, double longitude_deg) {
    const double share = (longitude_deg - from.longitude_deg) / (to.longitude_deg - from.longitude_deg);
    return {from.latitude_deg + share * (to.latitude_deg - from.latitude_deg), longitude_deg};
}

/// The part of an open ring to the east (or west) of a meridian: one part, for a meridian meets a circle twice at most.
Ring part_of(const Ring& ring, double longitude_deg, bool east) {
    const auto is_in = [&](const GlobePoint& at) { return (at.longitude_deg >= longitude_deg) == east; };
    Ring out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const GlobePoint& from = ring[i];
        const GlobePoint& to = ring[(i + 1) % ring.size()];
        if (is_in(from)) out.push_back(from);
        if (is_in(from) != is_in(to)) out.push_back(meet(from, to, longitude_deg));
    }
    return out;
}

Ring closed(Ring ring) {
    ring.push_back(ring.front());
    return ring;
}

Ring moved(Ring ring, double by_deg) {
    for (GlobePoint& at : ring) at.longitude_deg += by_deg;
    return ring;
}

/// A ring about no pole, cut at the date line.
std::vector<Ring> cut(const Ring& ring) {
    const auto [west, east] = std::ranges::minmax(ring, {}, &GlobePoint::longitude_deg);
    if (west.longitude_deg < -half_turn_deg)
        return {closed(part_of(ring, -half_turn_deg, true)),
                closed(moved(part_of(ring, -half_turn_deg, false), whole_turn_deg))};
    if (east.longitude_deg > half_turn_deg)
        return {closed(part_of(ring, half_turn_deg, false)),
                closed(moved(part_of(ring, half_turn_deg, true), -whole_turn_deg))};
    return {closed(ring)};
}

/// A ring about one pole: every meridian once, and back along the pole.
Ring along_pole(Ring ring, bool north) {
    for (GlobePoint& at : ring) at.longitude_deg = std::remainder(at.longitude_deg, whole_turn_deg);
    std::ranges::sort(ring, {}, &GlobePoint::longitude_deg);
    GlobePoint after = ring.front();
    after.longitude_deg += whole_turn_deg;
    const double level = meet(ring.back(), after, half_turn_deg).latitude_deg, pole = north ? 90 : -90;
    ring.insert(ring.begin(), {level, -half_turn_deg});
    ring.push_back({level, half_turn_deg});
    ring.push_back({pole, half_turn_deg});
    ring.push_back({pole, -half_turn_deg});
    if (!north) std::ranges::reverse(ring);  // what is within stays on the left
    return closed(std::move(ring));
}

}  // namespace

int poles_within(GlobePoint centre, double radius_km, double sphere_km) {
    const double arc_deg = radius_km / sphere_km * half_turn_deg / std::numbers::pi;
    return (90 - centre.latitude_deg <= arc_deg ? 1 : 0) + (90 + centre.latitude_deg <= arc_deg ? 1 : 0);
}

std::vector<Ring> circle_rings(GlobePoint centre, double radius_km, int corners, double sphere_km) {
    const int poles = poles_within(centre, radius_km, sphere_km);
    if (poles == 0) return cut(circle_about(centre, radius_km, corners, sphere_km));
    if (poles == 1) return {along_pole(circle_about(centre, radius_km, corners, sphere_km), centre.latitude_deg > 0)};
    std::vector<Ring> out = {{{-90, -half_turn_deg},
                              {-90, half_turn_deg},
                              {90, half_turn_deg},
                              {90, -half_turn_deg},
                              {-90, -half_turn_deg}}};
    const double beyond_km = std::numbers::pi * sphere_km - radius_km;
    if (beyond_km <= 0) return out;
    const GlobePoint opposite{-centre.latitude_deg,
                              std::remainder(centre.longitude_deg + half_turn_deg, whole_turn_deg)};
    for (Ring& hole : cut(circle_about(opposite, beyond_km, corners, sphere_km))) {
        std::ranges::reverse(hole);
        out.push_back(std::move(hole));
    }
    return out;
}

std::vector<GlobePoint> circle_about(GlobePoint centre, double radius_km, int corners, double sphere_km) {
    constexpr double rad = std::numbers::pi / 180;
    const double arc = radius_km / sphere_km, lat = centre.latitude_deg * rad;
    std::vector<GlobePoint> out;
    for (int i = 0; i < corners; ++i) {
        const double bearing = -2 * std::numbers::pi * i / corners;
        const double to = std::asin(std::sin(lat) * std::cos(arc) + std::cos(lat) * std::sin(arc) * std::cos(bearing));
        const double east =
            std::atan2(std::sin(bearing) * std::sin(arc) * std::cos(lat), std::cos(arc) - std::sin(lat) * std::sin(to));
        out.push_back({to / rad, centre.longitude_deg + east / rad});
    }
    return out;
}

}  // namespace icosa::methods
