/// Positions as packs write them.
#pragma once

#include <optional>
#include <string_view>

#include "pack/toml.hpp"

namespace icosa::pack {

struct Position {
    double longitude_deg = 0;
    double latitude_deg = 0;
};

/// "[longitude, latitude]" in degrees; a fault and nothing where it is none.   what: as a message names it
[[nodiscard]] std::optional<Position> parse_position(const Node& node, TableReader& reader, std::string_view what);

}  // namespace icosa::pack
