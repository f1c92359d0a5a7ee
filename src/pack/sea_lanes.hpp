/// Sea lanes: named points of the sea, and rough lines between them and the chokepoints. packs/places/sea-legs.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pack/position.hpp"

namespace icosa::pack {

/// A named point of the sea.
struct SeaNode {
    std::string id;
    Title name;
    Position at;
    Where where;
};

/// A line between two points, sailed both ways.
struct SeaLeg {
    std::string a, b;  ///< sea nodes, or places with a position
    std::vector<Position> via;  ///< from a to b
    Where where;
};

struct SeaLanes {
    std::vector<SeaNode> nodes;
    std::vector<SeaLeg> legs;

    [[nodiscard]] const SeaNode* find_node(std::string_view id) const;
};

/// `[[sea_node]]`, `[[sea_leg]]` and `[sea_lanes]` of a file, added to the lanes. Faults: a node without a position or
/// declared twice; a leg that is not between two; no source or reviewed.
void read_sea_lanes(TableReader& file, SeaLanes& into, Diagnostics& faults);

}  // namespace icosa::pack
