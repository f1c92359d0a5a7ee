/// Lines of shipments held against the controlled items of the packs: each possible item with its reason, the
/// instrument behind it and whether both ends take part. For review by a person: it decides nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "methods/items/item_index.hpp"
#include "pack/controlled_items.hpp"
#include "pack/places.hpp"
#include "screen/items/list_parties.hpp"

namespace icosa::screen {

/// Cells as they were given; "" = not said.
struct ShipmentLine {
    std::int64_t line = 0;
    std::string_view text, cas, hs, quantity, origin, destination;
};

/// One item that a line may be of; or the one row of a line without any, `item` null.
struct ItemRow {
    std::int64_t line = 0;
    const pack::ControlledItem* item = nullptr;
    const pack::ControlledList* list = nullptr;
    methods::ItemStrength strength = methods::ItemStrength::CategoryOnly;
    std::string reason;  ///< with what is wrong in the line's own cells
    std::string origin_party, destination_party;  ///< words of PartyStanding, or "no place said", "no such place"

    [[nodiscard]] std::string_view strength_name() const;  ///< "none" without an item
    [[nodiscard]] std::string_view instrument() const;     ///< its id, the list's where packs/instruments has none
};

/// What the screening rests on; outlives it.
struct ItemGround {
    const pack::ControlledItems& items;
    const pack::PlaceBook& places;
    const methods::ItemIndex& index;  ///< of the same items
    PartiesByInstrument acts;
    Day as_of = no_day;
    std::vector<std::string> lists = {};  ///< only these; empty = all
};

/// At least one row; the strongest first.
[[nodiscard]] std::vector<ItemRow> screen_shipment(const ItemGround& ground, const ShipmentLine& line);

/// The place that a cell names: an id, a code of ISO 3166 or a name; "" = none.
[[nodiscard]] std::string shipment_place(const pack::PlaceBook& places, std::string_view cell, Day day);

}  // namespace icosa::screen
