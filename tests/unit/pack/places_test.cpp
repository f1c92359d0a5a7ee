/// Places, sets and the catalogue: codes by date, membership by date, faults all at once with the nearest known key.
#include "pack/places.hpp"
#include "pack/participants.hpp"

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

TEST(Places, NamesOfAFileOfTheirOwnBelongToTheirPlacesByDay) {
    Diagnostics faults;
    PlaceBook book;
    book.read(parse_toml(R"(
[[names]]
place = "north"
names = [ "Nord", "Север" ]
dated = [ { name = "The Land", last = "1990-12-31" } ]
[[names]]
place = "whole"
names = [ "Pays uni" ]
dated = [ { name = "The Land", first = "1991-01-01" } ]
)",
                         "names.toml")
                  .value(),
              faults);
    book.read(parse_toml(R"(
[[place]]
id = "north"
name = "North"
codes = [ { system = "name", code = "North" } ]
[[place]]
id = "whole"
name = "Whole"
)",
                         "places.toml")
                  .value(),
              faults);
    book.check(faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(book.place_of("name", "north", day_of(2000, 1, 1)), "north");
    EXPECT_EQ(book.place_of("name", "NORD", day_of(2000, 1, 1)), "north");
    EXPECT_EQ(book.place_of("name", "Север", day_of(2000, 1, 1)), "north");
    EXPECT_EQ(book.place_of("name", "pays-uni", day_of(2000, 1, 1)), "whole");
    EXPECT_EQ(book.place_of("name", "the land", day_of(1990, 12, 31)), "north");
    EXPECT_EQ(book.place_of("name", "the land", day_of(1991, 1, 1)), "whole");
}

TEST(Places, FaultsOfNames) {
    Diagnostics faults;
    book_of(R"(
[[place]]
id = "abc"
name = "A"
codes = [ { system = "name", code = "Alpha" } ]
[[names]]
place = "abc"
names = [ "Alpha", "ete", 7, "--", "ete" ]
dated = [ { name = "Beta", first = "1990-01-01", last = "1980-01-01" } ]
[[names]]
place = "abd"
names = "Gamma"
)",
            faults);
    std::vector<std::string> texts;
    for (const auto& fault : faults) texts.push_back(render(fault));
    EXPECT_EQ(
        texts,
        (std::vector<std::string>{
            "places.toml:8:27: error[wrong-type]: a name of place 'abc' is not a text (a name with days stands in "
            "'dated')",
            "places.toml:9:11: error[bad-days]: name 'Beta' of place 'abc' ends before it begins (check first and "
            "last)",
            "places.toml:8:30: error[empty-name]: name '--' of place 'abc' has no letter (drop it)",
            "places.toml:8:36: error[duplicate-name]: name 'ete' of place 'abc' stands twice in this file (keep one)",
            "places.toml:12:9: error[wrong-type]: 'names' of place 'abd' is not an array (write [\"Chad\", "
            "\"Tchad\"])",
            "places.toml:10:1: error[unknown-place]: names are given to place 'abd', which no file of packs/places "
            "declares (did you mean 'abc'?)",
        }));
}

TEST(Places, ANameClashesWithTheLongestOfThoseBefore) {
    Diagnostics faults;
    book_of(R"(
[[place]]
id = "abc"
name = "A"
[[place]]
id = "xyz"
name = "X"
[[names]]
place = "abc"
names = [ "Land" ]
dated = [ { name = "The Land", first = "1900-01-01" }, { name = "Land", first = "1900-01-01", last = "1950-12-31" } ]
[[names]]
place = "xyz"
dated = [ { name = "Land", first = "1960-01-01" } ]
)",
            faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(
        render(faults[0]),
        "places.toml:14:11: error[code-clash]: code name:Land means both 'abc' and 'xyz' from 1960-01-01 (give them "
        "days that do not overlap)");
}

TEST(Places, AggregatesAreNoPlacesAndSetsAreAggregates) {
    Diagnostics faults;
    const auto book = book_of(R"(
[[place]]
id = "a"
name = "A"
codes = [ { system = "iso3", code = "AAA" }, { system = "name", code = "Islands" } ]
[[set]]
id = "club"
name = { en = "The Club", zh = "会" }
members = [ "a" ]
[[set]]
id = "islands"
name = "Islands"
members = [ "a" ]
[[aggregate]]
system = ["iso3", "own"]
title = "Groups"
source = "own"
codes = [ { code = "WLD", title = "World" }, "XXX" ]
[[aggregate]]
system = "name"
title = "Totals"
source = "own"
codes = [ "World" ]
)",
                              faults);
    EXPECT_TRUE(faults.empty());
    ASSERT_NE(book.find_aggregate("own", "WLD"), nullptr);
    EXPECT_EQ(book.find_aggregate("iso3", "WLD")->title, "World");
    EXPECT_EQ(book.find_aggregate("iso3", "XXX")->title, "Groups");
    ASSERT_NE(book.find_aggregate("name", "WORLD"), nullptr);
    EXPECT_EQ(book.find_aggregate("name", "WORLD")->title, "Totals");
    ASSERT_NE(book.find_aggregate("name", "the club"), nullptr);
    EXPECT_EQ(book.find_aggregate("name", "会")->title, "The Club");
    EXPECT_EQ(book.find_aggregate("name", "Islands"), nullptr);  // in a table of countries the place
    EXPECT_EQ(book.find_aggregate("iso3", "AAA"), nullptr);
    EXPECT_EQ(book.aggregates().size(), 7U);
}

TEST(Places, FaultsOfAggregates) {
    Diagnostics faults;
    book_of(R"(
[[place]]
id = "a"
name = "A"
codes = [ { system = "iso3", code = "AAA" } ]
[[aggregate]]
title = "Groups"
source = "own"
codes = "WLD"
[[aggregate]]
system = "iso3"
title = "Groups"
source = "own"
codes = [ "WLD", "AAA", "WLD", { code = "EAS" } ]
)",
            faults);
    std::vector<std::string> texts;
    for (const auto& fault : faults) texts.push_back(render(fault));
    EXPECT_EQ(texts,
              (std::vector<std::string>{
                  "places.toml:6:1: error[missing-key]: this aggregate has no 'system' (write system = \"iso3\")",
                  "places.toml:9:9: error[missing-key]: this aggregate has no array 'codes' (write codes = [\"WLD\"] "
                  "or [ { code = \"WLD\", title = \"World\" } ])",
                  "places.toml:14:32: error[missing-key]: a code of this aggregate has no 'title' (add title = ...)",
                  "places.toml:14:18: error[code-clash]: aggregate iso3:AAA is also a code of place 'a' (a code is "
                  "either a place or a sum over places)",
                  "places.toml:14:25: error[duplicate-code]: aggregate iso3:WLD is told twice (keep one)",
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

TEST(Places, ExtentsOfEarlierDays) {
    Diagnostics faults;
    const std::string places = "[[place]]\nid = \"a\"\nname = \"A\"\n[[place]]\nid = \"b\"\nname = \"B\"\n";
    const std::string whole =
        "[[extent]]\nplace = \"a\"\noutlines = [\"a\", \"b\"]\nlast_day = \"1999-12-31\"\nsource = \"test\"\n";
    const auto book = book_of(places + whole, faults);
    EXPECT_TRUE(faults.empty());
    ASSERT_EQ(book.extents().size(), 1U);
    EXPECT_EQ(book.extents()[0].outlines, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(book.extents()[0].last, day_of(1999, 12, 31));
    book_of(places + whole
                + "[[extent]]\nplace = \"b\"\noutlines = [\"b\"]\nfirst_day = \"1999-01-01\"\nsource = \"test\"\n"
                + "[[extent]]\nplace = \"c\"\noutlines = []\nfirst_day = \"2001-01-01\"\nlast_day = "
                  "\"2000-01-01\"\nsource = \"test\"\n",
            faults);
    std::vector<std::string> codes;
    for (const Error& fault : faults) codes.push_back(fault.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"bad-days", "missing-key", "unknown-place", "extent-clash"}));
}

}  // namespace
}  // namespace icosa::pack
