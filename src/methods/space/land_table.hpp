/// The packed table of countries and arcs that scripts/make-land makes when Icosa is built; `land` unpacks it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace icosa::methods {

struct LandCountry {
    std::string_view number;  ///< of the M49 list, three digits; "" where it has none
    std::string_view name;    ///< as Natural Earth writes it
};

extern const LandCountry land_countries[];
extern const std::size_t land_country_count;  ///< 0 = no outlines of countries in this build

/// Bytes, eight a word, the lowest first, of varints (seven bits a byte, the lowest first, the eighth = more follow):
///
///     arcs, then of each arc: a side, the other side (0 = none, else 1 + index of a country), kind, points,
///     then of each point x and y as differences to the point before (of all arcs in a row), zigzag
extern const std::uint64_t land_words[];
extern const std::size_t land_bytes;

/// x 0 to land_steps is -180 to 180 degrees; y 0 to land_steps is land_south to land_south + land_height.
extern const std::int64_t land_steps, land_south_microdeg, land_height_microdeg;

}  // namespace icosa::methods
