/// Lines of shipments against made-up lists: rows, parties of both ends, remarks.
#include "screen/items/item_screen.hpp"

#include <gtest/gtest.h>

#include "engine/item_index.hpp"

namespace icosa::screen {
namespace {

pack::Node toml(std::string_view text) {
    auto node = pack::parse_toml(text, "test.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    return node ? std::move(*node) : pack::Node{};
}

constexpr std::string_view places_toml = R"(
place = [
  { id = "aaa", kind = "state", name = "Aland", codes = [{ system = "iso2", code = "AA" }, { system = "name", code = "Aland" }] },
  { id = "bbb", kind = "state", name = "Bland", codes = [{ system = "iso2", code = "BB" }] },
  { id = "ccc", kind = "territory", name = "Cland" },
]
[[set]]
id = "states"
name = "States"
kind = "list"
members = [ { place = "aaa" }, { place = "bbb" } ]
source = "test"
)";
constexpr std::string_view items_toml = R"(
[[controlled_list]]
id = "all-but"
title = "All but B"
source = "test"
among = "states"
outside = ["bbb"]
parties_from = "2000-01-01"
parties_known_through = "2020-12-31"
parties_against = "test"
[[controlled_list]]
id = "club"
title = "Club of A"
source = "test"
participants = ["aaa"]
parties_from = "2000-01-01"
parties_known_through = "2020-12-31"
[[controlled_list]]
id = "bare"
title = "Nobody told"
source = "test"
[[controlled_item]]
id = "a.1"
list = "all-but"
schedule = "1"
title = "Thiodiglycol"
cas = ["111-48-8"]
names = ["thiodiglycol"]
told = "declared from 1 t a year"
[[controlled_item]]
id = "c.1"
list = "club"
schedule = "1"
title = "Thiodiglycol"
cas = ["111-48-8"]
[[controlled_item]]
id = "b.1"
list = "bare"
schedule = "1"
title = "Words"
words = ["precursor"]
)";

struct ItemWorld : testing::Test {
    ItemWorld() {
        places.read(toml(places_toml), faults);
        places.check(faults);
        items.read(toml(items_toml), faults);
        items.check({}, places, faults);
        for (const Error& one : faults) ADD_FAILURE() << render(one);
        index = *engine::item_index(items);
    }
    std::vector<ItemRow> rows(const ShipmentLine& line, Day as_of = day_of(2020, 6, 1),
                              std::vector<std::string> lists = {}) {
        return screen_shipment({items, places, index, acts, as_of, std::move(lists)}, line);
    }
    Diagnostics faults;
    pack::PlaceBook places;
    pack::ControlledItems items;
    methods::ItemIndex index;
    PartiesByInstrument acts;
};

TEST_F(ItemWorld, ARowAHitWithBothEnds) {
    const auto found = rows({7, "Thiodiglycol", "111-48-8", "", "900 kg", "AA", "bbb"});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].line, 7);
    EXPECT_EQ(found[0].item->id, "a.1");
    EXPECT_EQ(found[0].strength_name(), "listed item");
    EXPECT_EQ(found[0].instrument(), "all-but");
    EXPECT_EQ(found[0].origin_party, "party");
    EXPECT_EQ(found[0].destination_party, "not a party");
    EXPECT_NE(found[0].reason.find("quantity given: 900 kg, declared from 1 t a year"), std::string::npos);
    EXPECT_EQ(found[1].item->id, "c.1");
    EXPECT_EQ(found[1].destination_party, "not a party");
}

TEST_F(ItemWorld, AbsenceIsSaidOnlyAsFarAsItIsKnown) {
    const auto found = rows({1, "thiodiglycol", "", "", "", "Aland", "BB"}, day_of(2021, 6, 1));
    EXPECT_EQ(found[0].origin_party, "party");
    EXPECT_EQ(found[0].destination_party, "not known");
    EXPECT_EQ(rows({1, "thiodiglycol", "", "", "", "AA", ""}, day_of(1999, 1, 1))[0].origin_party, "not known");
    const auto odd = rows({1, "thiodiglycol", "", "", "", "", "Nowhere at all"});
    EXPECT_EQ(odd[0].origin_party, "no place said");
    EXPECT_EQ(odd[0].destination_party, "no such place");
    EXPECT_EQ(rows({1, "thiodiglycol", "", "", "", "ccc", ""})[0].origin_party, "not known") << "not of the set";
    EXPECT_EQ(rows({1, "precursor", "", "", "", "aaa", ""})[0].origin_party, "not known")
        << "nobody told who takes part";
}

TEST_F(ItemWorld, ActsOfAnInstrumentWhereTheListKnowsNothing) {
    items.lists[2].instrument = "treaty";
    acts["treaty"] = {{"aaa"}, true};
    const auto found = rows({1, "precursor", "", "", "", "aaa", "bbb"});
    EXPECT_EQ(found[0].instrument(), "treaty");
    EXPECT_EQ(found[0].origin_party, "party");
    EXPECT_EQ(found[0].destination_party, "not a party");
    acts["treaty"].tells_absence = false;
    EXPECT_EQ(rows({1, "precursor", "", "", "", "", "bbb"})[0].destination_party, "not known");
}

TEST_F(ItemWorld, ALineWithoutAHitHasOneRow) {
    const auto apples = rows({3, "apples", "", "", "", "AA", "BB"});
    ASSERT_EQ(apples.size(), 1U);
    EXPECT_EQ(apples[0].strength_name(), "none");
    EXPECT_EQ(apples[0].reason, "nothing of the lists was found");
    EXPECT_EQ(rows({3, " ", "", "", "5", "", ""})[0].reason, "nothing was given to screen");
    EXPECT_EQ(rows({3, "x", "50-00-1", "", "", "", ""})[0].reason,
              "nothing of the lists was found; 50-00-1 is not a CAS number: its check digit should be 0");
    EXPECT_EQ(rows({3, "thiodiglycol", "", "", "", "", ""}, day_of(2020, 1, 1), {"bare"})[0].strength_name(), "none");
}

}  // namespace
}  // namespace icosa::screen
