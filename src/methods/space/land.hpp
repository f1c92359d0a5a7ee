/// Countries of the world as arcs that neighbours share: Natural Earth 1:50m, in whole microdegrees.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/space/land_table.hpp"

namespace icosa::methods {

struct LandPoint {
    std::int32_t longitude_microdeg = 0;
    std::int32_t latitude_microdeg = 0;

    friend bool operator==(const LandPoint&, const LandPoint&) = default;
};

/// Coast: of any water that the source cuts out, so of the Caspian Sea too, not of lakes. Cut: no line on the ground,
/// but where the sheet ends, along the meridian of 180 degrees and at the South Pole.
enum class LandLine : std::uint8_t { Coast, Border, UndeterminedBorder, Cut };

/// No country stands on a side = 0; a country is 1 + its index.
struct LandArc {
    std::uint8_t one = 0, other = 0;
    LandLine kind = LandLine::Coast;
    std::uint32_t first = 0, size = 0;  ///< of its points
};

struct Land {
    std::span<const LandCountry> countries;
    std::vector<LandPoint> points;
    std::vector<LandArc> arcs;  ///< of one kind each; together they close the ring of every country

    [[nodiscard]] bool empty() const { return arcs.empty(); }
    [[nodiscard]] std::span<const LandPoint> points_of(const LandArc& arc) const {
        return std::span(points).subspan(arc.first, arc.size);
    }
    [[nodiscard]] const LandCountry& country(std::uint8_t side) const { return countries[side - 1U]; }
};

/// As built in, unpacked at the first call; empty where the build had no outlines of countries, which is not "all sea".
[[nodiscard]] const Land& land();

}  // namespace icosa::methods
