/// Sorts events by content and joins equal neighbours.
#include "methods/matching/sites.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "methods/space/great_circle.hpp"

namespace icosa::methods::matching {
namespace {

auto content(const Event& one) {
    return std::tuple(one.first.value, one.last.value, one.latitude_deg, one.longitude_deg, one.kind);
}

Spot spot_of(const Event& one) {
    constexpr double rad = std::numbers::pi / 180;
    const double lat = one.latitude_deg * rad, lon = one.longitude_deg * rad;
    return {mean_earth_radius_km * std::cos(lat) * std::cos(lon), mean_earth_radius_km * std::cos(lat) * std::sin(lon),
            mean_earth_radius_km * std::sin(lat), static_cast<double>(one.first.value),
            static_cast<double>(one.last.value)};
}

}  // namespace

Sites sites_of(std::span<const Event> events, std::vector<std::int32_t> chosen) {
    Sites out;
    const auto of = [&](std::int32_t number) -> const Event& { return events[static_cast<std::size_t>(number)]; };
    std::sort(chosen.begin(), chosen.end(), [&](std::int32_t x, std::int32_t y) {
        return std::tuple_cat(content(of(x)), std::tuple(x)) < std::tuple_cat(content(of(y)), std::tuple(y));
    });
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const Event& one = of(chosen[i]);
        if (i > 0 && content(of(chosen[i - 1])) == content(one)) continue;
        out.first.push_back(static_cast<std::int32_t>(i));
        out.sites.push_back({spot_of(one), one.kind, chosen[i]});
    }
    out.first.push_back(static_cast<std::int32_t>(chosen.size()));
    out.members = std::move(chosen);
    return out;
}

}  // namespace icosa::methods::matching
