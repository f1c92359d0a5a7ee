/// Distances are compared as chords; what differs by rounding alone is one distance.
#include "methods/scan/circles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace icosa::methods::scan {
ChordPoint on_sphere(GlobePoint point) {
    const double rad = std::numbers::pi / 180;
    const double lat = point.latitude_deg * rad, lon = point.longitude_deg * rad;
    return {scan_earth_radius_km * std::cos(lat) * std::cos(lon), scan_earth_radius_km * std::cos(lat) * std::sin(lon),
            scan_earth_radius_km * std::sin(lat)};
}

void order_by_distance(std::vector<NearPlace>& all) {
    std::sort(all.begin(), all.end(), [](const NearPlace& a, const NearPlace& b) {
        return a.chord_km < b.chord_km || (a.chord_km == b.chord_km && a.place < b.place);
    });
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i + 1;
        while (end < all.size() && is_one_distance(all[end - 1].chord_km, all[end].chord_km)) ++end;
        std::sort(all.begin() + static_cast<std::ptrdiff_t>(i), all.begin() + static_cast<std::ptrdiff_t>(end),
                  [](const NearPlace& a, const NearPlace& b) { return a.place < b.place; });
        i = end;
    }
}

double scan_radius_km(GlobePoint a, GlobePoint b) {
    const double half = chord_km(on_sphere(a), on_sphere(b)) / (2 * scan_earth_radius_km);
    return 2 * scan_earth_radius_km * std::asin(std::min(1.0, half));
}

Circles circles_about(std::span<const GlobePoint> places, std::span<const double> weights, const CircleLimits& limits) {
    std::vector<ChordPoint> at;
    for (const auto& place : places) at.push_back(on_sphere(place));
    Circles out;
    out.first.push_back(0);
    std::vector<NearPlace> all(places.size());
    for (std::size_t c = 0; c < places.size(); ++c) {
        for (std::size_t p = 0; p < places.size(); ++p)
            all[p] = {p == c ? -1 : chord_km(at[c], at[p]), static_cast<std::int32_t>(p), 0};
        order_by_distance(all);
        double held = 0;
        for (const auto& one : all) {
            held += weights[static_cast<std::size_t>(one.place)];
            if (held > limits.most || (limits.max_radius_km > 0 && one.chord_km > limits.max_radius_km)) break;
            out.place.push_back(one.place);
        }
        out.first.push_back(out.place.size());
    }
    return out;
}

}  // namespace icosa::methods::scan
