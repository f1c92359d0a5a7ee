/// Controlled items: what multilateral lists name, each with its numbers, names and headings, and who takes part in the
/// instrument behind a list. packs/controlled-items/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/catalogue.hpp"
#include "pack/knowledge.hpp"
#include "pack/places.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Who takes part in a list's instrument, as the pack itself knows it: those named, or all of a set but those named.
struct ListParties {
    std::string among;  ///< a set; with it `named` are those outside
    std::vector<std::string> named;  ///< places
    Day from = no_day;  ///< since then they have been so; no_day = the pack says nothing
    Day known_through = no_day;
    std::string against;
};

struct ControlledList {
    std::string id;
    Title title;
    std::string short_title;
    std::string instrument;  ///< of packs/instruments; "" = none there
    ListParties parties;
    std::string note;
    Knowledge known;
    Where where;
};

struct ControlledItem {
    std::string id;
    std::string list;
    std::string schedule;  ///< its place in the list: "2.B.4", "ML3"
    Title title;
    std::vector<std::string> cas;  ///< registry numbers
    std::vector<std::string> names;  ///< the item itself
    std::vector<std::string> hints;  ///< the item where its parameters are met
    std::vector<std::string> words;  ///< of its category
    std::vector<std::string> codes;  ///< as written
    std::vector<std::string> family;  ///< patterns of names
    std::vector<std::string> exempt_cas, exempt_names;  ///< not of the family
    std::vector<std::string> hs_named;  ///< customs subheadings that name it
    std::vector<std::string> hs;  ///< headings under which it falls, beside much else
    std::string told;  ///< what a reader of a hit is told: thresholds
    std::string against;  ///< what this item was checked against, where that is not what its list was
    Where where;
};

struct ControlledItems {
    std::vector<ControlledList> lists;  ///< as they stand in their files
    std::vector<ControlledItem> items;

    [[nodiscard]] const ControlledList* list(std::string_view id) const;
    [[nodiscard]] const ControlledItem* item(std::string_view id) const;

    /// An item that names no list is of the one that its file declares.
    void read(const Node& file, Diagnostics& faults);

    /// Faults: an id twice, an unknown list, instrument, set or place; a registry number that fails its check digit or
    /// stands twice in one list; a name too short to be told from a word; a heading that is no digits; an item by which
    /// nothing can be found.
    void check(const Catalogue& catalogue, const PlaceBook& places, Diagnostics& faults) const;
};

}  // namespace icosa::pack
