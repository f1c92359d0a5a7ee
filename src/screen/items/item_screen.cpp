/// Holds lines of shipments against the controlled items.
#include "screen/items/item_screen.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::screen {
namespace {

std::string standing_words(const ItemGround& ground, const pack::ControlledList& list, std::string_view cell) {
    if (trim(cell).empty()) return "no place said";
    const std::string place = shipment_place(ground.places, cell, ground.as_of);
    if (place.empty()) return "no such place";
    const auto standing = standing_of(list, ground.places, ground.acts, place, ground.as_of);
    return std::string(party_standing_names[static_cast<std::size_t>(standing)]);
}

std::string joined(std::string reason, const std::vector<std::string>& remarks) {
    for (const std::string& one : remarks) reason += (reason.empty() ? "" : "; ") + one;
    return reason;
}

}  // namespace

std::string_view ItemRow::strength_name() const {
    return item ? methods::item_strength_names[static_cast<std::size_t>(strength)] : "none";
}

std::string_view ItemRow::instrument() const {
    if (!list) return {};
    return list->instrument.empty() ? list->id : list->instrument;
}

std::string shipment_place(const pack::PlaceBook& places, std::string_view cell, Day day) {
    const std::string word(trim(cell));
    if (word.empty() || word.size() > 200) return {};
    const std::string id = lower(word);
    if (places.find_place(id)) return id;
    for (const std::string_view system : {"iso2", "iso3", "name"}) {
        std::string place = places.place_of(system, word, day);
        if (!place.empty()) return place;
    }
    return {};
}

std::vector<ItemRow> screen_shipment(const ItemGround& ground, const ShipmentLine& line) {
    auto screened = ground.index.screen({line.text, line.cas, line.hs});
    std::vector<ItemRow> out;
    for (methods::ItemHit& hit : screened.hits) {
        const pack::ControlledItem& item = ground.items.items[hit.item];
        const pack::ControlledList* list = ground.items.list(item.list);
        if (!list || (!ground.lists.empty() && std::ranges::find(ground.lists, item.list) == ground.lists.end()))
            continue;
        ItemRow& row = out.emplace_back();
        row.line = line.line;
        row.item = &item;
        row.list = list;
        row.strength = hit.strength;
        row.reason = joined(std::move(hit.reason), out.size() == 1 ? screened.remarks : std::vector<std::string>{});
        if (row.strength != methods::ItemStrength::CategoryOnly && !item.told.empty() && !trim(line.quantity).empty())
            row.reason += fmt::format("; quantity given: {}, {}", excerpt(trim(line.quantity)), item.told);
        row.origin_party = standing_words(ground, *list, line.origin);
        row.destination_party = standing_words(ground, *list, line.destination);
    }
    if (!out.empty()) return out;
    ItemRow& none = out.emplace_back();
    none.line = line.line;
    const bool is_empty = trim(line.text).empty() && trim(line.cas).empty() && trim(line.hs).empty();
    none.reason = joined(is_empty ? "nothing was given to screen" : "nothing of the lists was found", screened.remarks);
    return out;
}

}  // namespace icosa::screen
