/// Areas first, then outlines, then seas.
#include "atlas/atlas.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/prio_grid.hpp"
#include "methods/space/land.hpp"
#include "methods/space/land_grid.hpp"

namespace icosa::atlas {
namespace {

constexpr double near_km = 50;  ///< of a place without an outline: told beside a point on water

methods::LandPoint in_microdegrees(methods::GlobePoint at) {
    return {static_cast<std::int32_t>(std::lround(at.longitude_deg * 1e6)),
            static_cast<std::int32_t>(std::lround(at.latitude_deg * 1e6))};
}

}  // namespace

Atlas::Atlas(const pack::PlaceBook& places)
    : outlines_(places), disputed_(places, ids_of_kind(places, "disputed")), seas_(places, ids_of_kind(places, "sea")) {
    for (const pack::PlaceFacts& place : places.places()) {
        if ((place.kind == "state" || place.kind == "territory") && place.at && !outlines_.has(place.id))
            unoutlined_.push_back({&place, {place.at->latitude_deg, place.at->longitude_deg}});
    }
}

bool Atlas::has_countries() { return !methods::land().empty(); }

Whereabouts Atlas::at(methods::GlobePoint point, Day day) const {
    Whereabouts out;
    const methods::LandPoint micro = in_microdegrees(point);
    out.gid = gid_of(micro.latitude_microdeg, micro.longitude_microdeg);
    out.disputed = disputed_.place_at(point);
    out.coast_km = std::numeric_limits<double>::quiet_NaN();
    if (!has_countries()) return out;
    const methods::NearestLine coast = methods::coast_lines().nearest(point);
    out.coast_km = coast.km;
    if (const std::uint8_t country = methods::land_grid().country_at(micro); country != 0) {
        out.ground = Ground::Land;
        if (out.disputed.empty()) out.country = outlines_.place_of(country, day);
        return out;
    }
    out.ground = Ground::Water;
    out.sea = seas_.place_at(point);
    if (out.disputed.empty()) out.nearest_country = place_of_coast(coast, day);
    out.without_outline = without_outline_near(point, day);
    return out;
}

std::string Atlas::country_at(methods::GlobePoint point, Day day) const {
    if (!has_countries()) return {};
    if (const std::uint8_t country = methods::land_grid().country_at(in_microdegrees(point)); country != 0)
        return std::string(outlines_.place_of(country, day));
    const methods::NearestLine coast = methods::coast_lines().nearest(point);
    return coast.km <= offshore_km ? place_of_coast(coast, day) : std::string();
}

std::optional<methods::Box> Atlas::box_of(std::string_view place, Day day) const {
    std::vector<methods::Point> corners;
    for (const std::uint8_t country : outlines_.countries_of(place, day)) {
        for (const methods::LandArc& arc : methods::land().arcs) {
            if (arc.one != country && arc.other != country) continue;
            for (const methods::LandPoint& at : methods::land().points_of(arc))
                corners.push_back({at.longitude_microdeg / 1e6, at.latitude_microdeg / 1e6});
        }
    }
    return corners.empty() ? std::nullopt : std::optional(methods::bounds(corners));
}

std::string Atlas::place_of_coast(const methods::NearestLine& coast, Day day) const {
    const std::string_view area = disputed_.place_at(coast.at);
    return std::string(area.empty() ? outlines_.place_of(coast.other, day) : area);
}

std::string Atlas::without_outline_near(methods::GlobePoint point, Day day) const {
    const Unoutlined* nearest = nullptr;
    double least = near_km;
    for (const Unoutlined& one : unoutlined_) {
        const double km = methods::great_circle_km(point, one.at);
        if (one.place->first > day || day > one.place->last || km >= least) continue;
        least = km;
        nearest = &one;
    }
    return nearest ? nearest->place->id : std::string();
}

std::optional<double> Distances::km_to(std::string_view place, methods::GlobePoint point, Day day) {
    if (!Atlas::has_countries()) return std::nullopt;
    const auto countries = atlas_.outlines().countries_of_any_day(place, day);
    if (countries.empty()) return std::nullopt;
    const std::uint8_t here = methods::land_grid().country_at(in_microdegrees(point));
    double out = std::numeric_limits<double>::infinity();
    for (const std::uint8_t country : countries) {
        if (country == here) return 0;
        auto found = lines_.find(country);
        if (found == lines_.end()) {
            const methods::Land& land = methods::land();
            found = lines_.try_emplace(country, land, methods::arcs_around(land, country)).first;
        }
        out = std::min(out, found->second.nearest(point).km);
    }
    return out;
}

}  // namespace icosa::atlas
