/// Two numbers, longitude first.
#include "pack/position.hpp"

#include <cmath>

#include <fmt/format.h>

namespace icosa::pack {

std::optional<Position> parse_position(const Node& node, TableReader& reader, std::string_view what) {
    const auto number = [](const Node& n) { return n.kind == Node::Kind::Integer || n.kind == Node::Kind::Number; };
    if (node.kind != Node::Kind::Array || node.items.size() != 2 || !number(node.items[0]) || !number(node.items[1])) {
        reader.fault(node.where, "bad-position", fmt::format("{} is not a position", what),
                     "write [longitude, latitude] in degrees");
        return std::nullopt;
    }
    const Position at{node.items[0].number, node.items[1].number};
    if (!(std::abs(at.longitude_deg) <= 180 && std::abs(at.latitude_deg) <= 90)) {  // nan is nowhere
        reader.fault(node.where, "bad-position", fmt::format("{} lies outside -180..180, -90..90", what),
                     "longitude comes first");
        return std::nullopt;
    }
    return at;
}

}  // namespace icosa::pack
