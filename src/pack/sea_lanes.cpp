/// Reads sea lanes.
#include "pack/sea_lanes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

void read_node(const Node& node, SeaLanes& into, Diagnostics& faults) {
    const Node* id = node.find("id");
    const std::string what = fmt::format("sea node '{}'", id ? id->text : "?");
    TableReader reader(node, faults, what);
    SeaNode out;
    out.where = node.where;
    out.id = reader.id("id");
    out.name = reader.title("name");
    const Node* at = reader.node("at");
    if (!at)
        reader.fault(node.where, "missing-key", fmt::format("{} has no 'at'", what),
                     "write at = [longitude, latitude]");
    const auto position = at ? parse_position(*at, reader, "'at' of " + what) : std::nullopt;
    reader.finish();
    if (!position) return;
    out.at = *position;
    if (into.find_node(out.id))
        reader.fault(node.where, "duplicate-id", fmt::format("{} is declared twice", what), "keep one");
    else into.nodes.push_back(std::move(out));
}

void read_leg(const Node& node, SeaLanes& into, Diagnostics& faults) {
    TableReader reader(node, faults, "a sea leg");
    SeaLeg out;
    out.where = node.where;
    const std::vector<std::string> ends = reader.texts("between");
    if (const Node* via = reader.node("via")) {
        for (const Node& one : via->items) {
            if (const auto at = parse_position(one, reader, "a point of a sea leg")) out.via.push_back(*at);
        }
        if (via->kind != Node::Kind::Array)
            reader.fault(via->where, "wrong-type", "'via' of a sea leg is not an array", "write [[56.7, 26.4], ...]");
    }
    reader.finish();
    if (ends.size() != 2 || ends[0] == ends[1]) {
        reader.fault(node.where, "bad-leg", "a sea leg is not between two points", "write between = [\"a\", \"b\"]");
        return;
    }
    out.a = ends[0];
    out.b = ends[1];
    into.legs.push_back(std::move(out));
}

}  // namespace

const SeaNode* SeaLanes::find_node(std::string_view id) const {
    const auto found = std::ranges::find(nodes, id, &SeaNode::id);
    return found == nodes.end() ? nullptr : &*found;
}

void read_sea_lanes(TableReader& file, SeaLanes& into, Diagnostics& faults) {
    const auto nodes = file.tables("sea_node"), legs = file.tables("sea_leg");
    for (const Node* node : nodes) read_node(*node, into, faults);
    for (const Node* node : legs) read_leg(*node, into, faults);
    const Node* head = file.node("sea_lanes");
    if (head) {
        TableReader reader(*head, faults, "the sea lanes");
        (void)reader.text("source");
        if (reader.day_or("reviewed", no_day) == no_day)
            reader.fault(head->where, "missing-key", "the sea lanes have no 'reviewed'",
                         "say on which day they were held against a map");
        reader.finish();
    } else if (!nodes.empty() || !legs.empty()) {
        const Where& where = nodes.empty() ? legs.front()->where : nodes.front()->where;
        file.fault(where, "missing-key", "these sea lanes do not say where they come from",
                   "add [sea_lanes] with source and reviewed");
    }
}

}  // namespace icosa::pack
