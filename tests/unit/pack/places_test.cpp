/// Places, sets and the catalogue: codes by date, membership by date, faults all at once with the nearest known key.
#include "pack/places.hpp"

#include <gtest/gtest.h>

#include "pack/catalogue.hpp"
#include "pack/framework.hpp"

namespace icosa::pack {
namespace {

PlaceBook book_of(std::string_view text, Diagnostics& faults) {
    PlaceBook book;
    book.read(parse_toml(text, "places.toml").value(), faults);
    book.check(faults);
    return book;
}

TEST(Places, MembersAreThoseOfTheDay) {
    Diagnostics faults;
    const auto book = book_of(R"(
[[place]]
id = "a"
name = { en = "A", zh = "甲" }
[[place]]
id = "b"
name = "B"
[[set]]
id = "club"
name = "Club"
members = [ { place = "a", first = "1990-01-01", last = "1999-12-31" }, "b" ]
)",
                              faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(book.members("club", day_of(1995, 1, 1)), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(book.members("club", day_of(2000, 1, 1)), std::vector<std::string>{"b"});
    EXPECT_EQ(book.members("a", day_of(2000, 1, 1)), std::vector<std::string>{"a"});
    EXPECT_EQ(book.members("nobody", day_of(2000, 1, 1)), std::nullopt);
    EXPECT_EQ(book.title_of("a|b"), "A – B");
}

TEST(Places, EveryFaultIsReportedAtOnceWithItsPlace) {
    Diagnostics faults;
    book_of(R"(
[[place]]
id = "a"
nmae = "A"
codes = [ { system = "gw", code = "678", last = "1990-05-21" } ]
[[place]]
id = "b"
name = "B"
codes = [ { system = "gw", code = "678", first = "1990-01-01" } ]
[[set]]
id = "club"
name = "Club"
members = [ "c" ]
)",
            faults);
    std::vector<std::string> texts;
    for (const auto& fault : faults) texts.push_back(render(fault));
    EXPECT_EQ(texts,
              (std::vector<std::string>{
                  "places.toml:2:1: error[missing-key]: place 'a' has no 'name' (add name = ...)",
                  "places.toml:4:1: error[unknown-key]: place 'a' has no key 'nmae' (did you mean 'name'?)",
                  "places.toml:10:1: error[unknown-place]: set 'club' names place 'c', which no file of packs/places "
                  "declares (did you mean 'a'?)",
                  "places.toml:9:11: error[code-clash]: code gw:678 means both 'a' and 'b' from 1990-01-01 (give them "
                  "days that do not overlap)"}));
}

TEST(Places, NeighboursAreThoseOfTheDay) {
    Diagnostics faults;
    const auto book = book_of(R"(
[[place]]
id = "a"
name = "A"
[[place]]
id = "b"
name = "B"
first_day = "1990-01-01"
[[place]]
id = "c"
name = "C"
[[borders]]
kind = "land"
source = "own"
pairs = [ ["a", "b"], { places = ["a", "c"], last = "1999-12-31" } ]
[[borders]]
kind = "sea"
source = "own"
pairs = [ ["b", "c"] ]
)",
                              faults);
    EXPECT_TRUE(faults.empty());
    using List = std::vector<std::string>;
    EXPECT_EQ(book.neighbours("a", day_of(1989, 12, 31)), List{"c"});
    EXPECT_EQ(book.neighbours("a", day_of(1995, 1, 1)), (List{"b", "c"}));
    EXPECT_EQ(book.neighbours("a", day_of(2000, 1, 1)), List{"b"});
    EXPECT_EQ(book.neighbours("c", day_of(2000, 1, 1)), List{});
    EXPECT_EQ(book.neighbours("c", day_of(2000, 1, 1), Borders::LandAndNarrowSea), List{"b"});
    EXPECT_EQ(book.neighbours("nobody", day_of(2000, 1, 1)), List{});
}

TEST(Places, FaultsOfBorders) {
    Diagnostics faults;
    book_of(R"(
[[place]]
id = "abc"
name = "A"
[[place]]
id = "bcd"
name = "B"
[[borders]]
kind = "river"
source = "own"
pairs = [ ["abc", "bcd"], ["bcd", "abc"], ["abc", "abc"], ["abc", "bce"], ["abc"], { places = ["abc", "bcd"], first = "1999-01-01" } ]
[[borders]]
kind = "land"
pair = []
)",
            faults);
    std::vector<std::string> texts;
    for (const auto& fault : faults) texts.push_back(render(fault));
    EXPECT_EQ(
        texts,
        (std::vector<std::string>{
            "places.toml:9:8: error[not-allowed]: 'kind' of this list of borders is 'river', allowed are land, sea "
            "(choose one of these)",
            "places.toml:11:27: error[bad-pair]: the pair 'bcd', 'abc' is not in alphabetical order (write each pair "
            "once, the earlier id first)",
            "places.toml:11:43: error[bad-pair]: 'abc' is told to border on itself (drop it)",
            "places.toml:11:75: error[bad-pair]: a border is not a pair of ids (write [\"bol\", \"per\"])",
            "places.toml:12:1: error[missing-key]: this list of borders has no 'source' (add source = ...)",
            "places.toml:12:1: error[missing-key]: this list of borders has no array 'pairs' (write pairs = [ "
            "[\"bol\", \"per\"] ])",
            "places.toml:14:1: error[unknown-key]: this list of borders has no key 'pair' (did you mean 'pairs'?)",
            "places.toml:11:59: error[unknown-place]: a border names place 'bce', which no file of packs/places "
            "declares (did you mean 'bcd'?)",
            "places.toml:11:95: error[duplicate-border]: the border of 'abc' and 'bcd' is told twice (keep one, or "
            "give them days that do not overlap)",
        }));
}

TEST(Catalogue, ReadsAnInstrumentAndRefusesAnUnknownAct) {
    Diagnostics faults;
    Catalogue catalogue;
    catalogue.read(parse_toml(R"(
[[instrument]]
id = "t"
title = { en = "Treaty", zh = "条约" }
entry_into_force = { ratifications = 3, days_after = 90 }
participants = [ { place = "a", act = "ratificaton", day = "2001-02-03" } ]
source = "own"
reviewed = "2026-01-01"
)",
                              "i.toml")
                       .value(),
                   faults);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].code, "unknown-act");
    ASSERT_EQ(catalogue.instruments.size(), 1u);
    EXPECT_EQ(catalogue.instruments[0].entry.ratifications, 3);
    EXPECT_EQ(catalogue.instruments[0].participants[0].day, day_of(2001, 2, 3));
    EXPECT_TRUE(makes_participant("accession"));
    EXPECT_FALSE(makes_participant("signature"));
}

TEST(Framework, AClauseSaysWhyItIsNotMeasured) {
    Diagnostics faults;
    (void)parse_framework(parse_toml(R"(
[framework]
id = "f"
title = "F"
source = "own"
[[section]]
id = "1"
slug = "one"
title = "One"
[[section.clause]]
id = "1.a"
asks = "?"
status = "not-measurable"
)",
                                     "f.toml")
                              .value(),
                          faults);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].what, "clause '1.a' is not measurable without a reason");
}

}  // namespace
}  // namespace icosa::pack
