/// What a point is in: an area whose status is not determined, a country, a sea; and how far the coast is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/outlines.hpp"
#include "atlas/shapes.hpp"
#include "base/date.hpp"
#include "methods/space/great_circle.hpp"
#include "methods/space/land_lines.hpp"
#include "pack/places.hpp"

namespace icosa::atlas {

enum class Ground : std::uint8_t {
    Land,
    Water,
    NotKnown,  ///< no outlines of countries in this build: not the same as water
};

/// A place id each; "" = none.
struct Whereabouts {
    int gid = 0;  ///< PRIO-GRID
    Ground ground = Ground::NotKnown;
    std::string country;  ///< on land, unless an area is; "" there too where the outline was of no known place that day
    std::string disputed;  ///< an area of packs/places/disputed.toml: then no country, and no nearest one
    std::string sea;  ///< on water: of packs/places/seas.toml
    std::string nearest_country;  ///< on water: whose coast is nearest; an area where the coast lies in one
    double coast_km = 0;  ///< NaN where the ground is not known
    std::string without_outline;  ///< on water: a place within 50 km that has no outline at this scale
};

/// As far as a territorial sea may reach, twelve nautical miles: so far off its coast a point still counts to a country
/// where a source tells no place. This says nothing of law.
inline constexpr double offshore_km = 22.224;

/// Boundaries are those of Natural Earth 1:50m with what docs/space.md says; they imply no opinion. Lakes are land, but
/// for the Caspian Sea; islands of less than some kilometres are wanting, and a coast may lie some kilometres off.
class Atlas {
public:
    /// places must outlive the atlas.
    explicit Atlas(const pack::PlaceBook& places);

    [[nodiscard]] static bool has_countries();
    [[nodiscard]] const Outlines& outlines() const { return outlines_; }

    /// in    latitude +-90, longitude +-180 degrees
    [[nodiscard]] Whereabouts at(methods::GlobePoint point, Day day) const;

    /// For a record that names no place: the country, off the coast up to offshore_km that of the nearest (an area,
    /// where the coast lies in one); "" where it is farther out, or not known. Areas that the point itself lies in go
    /// before and are not asked here.
    [[nodiscard]] std::string country_at(methods::GlobePoint point, Day day) const;

    /// The box about the outline that a place had on a day; nothing where that is not known.
    [[nodiscard]] std::optional<methods::Box> box_of(std::string_view place, Day day) const;

private:
    [[nodiscard]] std::string place_of_coast(const methods::NearestLine& coast, Day day) const;
    [[nodiscard]] std::string without_outline_near(methods::GlobePoint point, Day day) const;

    struct Unoutlined {
        const pack::PlaceFacts* place;
        methods::GlobePoint at;
    };
    Outlines outlines_;
    Shapes disputed_, seas_;
    std::vector<Unoutlined> unoutlined_;
};

/// How far places are from points; lines of a country are prepared when it is first asked for, so not for two threads
/// at once.
class Distances {
public:
    explicit Distances(const Atlas& atlas) : atlas_(atlas) {}

    /// 0 within the place's outline of the day (else of today); nothing where it has none.
    [[nodiscard]] std::optional<double> km_to(std::string_view place, methods::GlobePoint point, Day day);

private:
    const Atlas& atlas_;
    std::map<std::uint8_t, methods::LandLines> lines_;
};

}  // namespace icosa::atlas
