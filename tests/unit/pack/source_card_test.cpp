/// Source cards: what they say, and every fault with its place.
#include "pack/source_card.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::pack {
namespace {

const std::string head = "[source]\nid = \"asam\"\ntitle = \"T\"\npublisher = \"P\"\nlicence = \"public domain\"\n";

struct Read {
    SourceCard card;
    std::vector<std::string> faults;
};

Read read(const std::string& text) {
    Read out;
    const auto file = parse_toml(text, "asam.toml");
    if (!file) {
        out.faults.push_back(render(file.error()));
        return out;
    }
    Diagnostics faults;
    out.card = parse_source_card(*file, faults);
    for (const Error& fault : faults) out.faults.push_back(render(fault));
    return out;
}

/// The faults of a card of events with these keys more in [source], and these tables.
std::vector<std::string> faults_of(
    const std::string& source,
    const std::string& rest = "[map]\nday = { column = \"d\" }\nkind = { value = \"k\" }\n") {
    return read(head + "record = \"event\"\n" + source + "\n" + rest).faults;
}

bool has(const std::vector<std::string>& faults, const std::string& part) {
    return std::any_of(faults.begin(), faults.end(),
                       [&](const std::string& fault) { return fault.find(part) != std::string::npos; });
}

TEST(SourceCard, TheExampleOfTheDocument) {
    const auto [card, faults] = read(head + R"(exportable = true
record = "event"
header = ["reference", "date", "position"]
minimum_columns = 8
skip_rows_with = "#"
nulls = ["NA"]
identity = ["reference"]
publication_lag_days = 7
stale_after_days = 60
locate = "seas"
[coverage]
complete = true
places = "world"
days = ["1989-01-01", "2020-12-31"]
whole = "month"
complete_from_rows = 10000
[map]
day = { column = "date" }
at = { column = "position" }
kind = { column = "x", lookup = "hostility" }
code = { column = "subreg", system = "asam-subregion" }
[lookup.hostility]
"1" = "armed-robbery"
"*" = "other"
"2" = "armed-robbery"
"3" = ""
[assert]
rows = [1000, 100000]
rejects_share = 0.02
)");
    EXPECT_EQ(faults, std::vector<std::string>{});
    EXPECT_EQ(card.id, "asam");
    EXPECT_TRUE(card.exportable);
    EXPECT_EQ(card.map.at("day").parse, Parse::Date);
    EXPECT_FALSE(card.map.at("day").optional);
    EXPECT_EQ(card.map.at("at").parse, Parse::DegreeMinute);
    EXPECT_EQ(card.map.at("kind").system, "kind");
    EXPECT_EQ(card.map.at("code").system, "asam-subregion");
    EXPECT_TRUE(card.map.at("code").optional);
    EXPECT_TRUE(card.coverage.complete);
    EXPECT_TRUE(card.coverage.places.empty());
    EXPECT_FALSE(card.coverage.days_from_file);
    EXPECT_TRUE(card.coverage.whole == PeriodKind::Month);
    EXPECT_EQ(card.assert_rows_max, 100000);
    EXPECT_EQ(card.assert_rejects_share, 0.02);
    EXPECT_EQ(kinds_of(card), (std::vector<std::string>{"armed-robbery", "other"}));
}

TEST(SourceCard, KindsThatACardCanGive) {
    EXPECT_EQ(kinds_of(read(head
                            + "record = \"event\"\nheader = [\"a\"]\n[map]\nday = { column = \"d\" }\nkind = { value = "
                              "\"piracy\" }\n")
                           .card),
              std::vector<std::string>{"piracy"});
    EXPECT_TRUE(
        kinds_of(
            read(head
                 + "record = \"event\"\nheader = [\"a\"]\n[map]\nday = { column = \"d\" }\nkind = { column = \"k\" }\n")
                .card)
            .empty());
}

TEST(SourceCard, LookUpFindsATextWithin) {
    const std::map<std::string, std::string> table = {
        {"*imported*", "imported"}, {"*2 local, 4 imported*", "both"}, {"*", "local"}};
    EXPECT_EQ(*look_up(table, "Case imported from Uganda"), "imported");
    EXPECT_EQ(*look_up(table, "Zika|2 local, 4 imported"), "both");
    EXPECT_EQ(*look_up(table, "Cholera"), "local");
    EXPECT_EQ(look_up(table, ""), nullptr);
}

TEST(SourceCard, LookUpPrefersTheExactThenTheLongestBeginning) {
    const std::map<std::string, std::string> table = {
        {"0813", "retreat"}, {"08*", "concede"}, {"084*", "yield"}, {"*", "other"}};
    EXPECT_EQ(*look_up(table, "0813"), "retreat");
    EXPECT_EQ(*look_up(table, "0841"), "yield");
    EXPECT_EQ(*look_up(table, "08"), "concede");
    EXPECT_EQ(*look_up(table, "x"), "other");
    EXPECT_EQ(look_up(table, ""), nullptr);
    EXPECT_EQ(look_up({{"a", "b"}}, "x"), nullptr);
    EXPECT_EQ(*look_up({{"", "none"}}, ""), "none");
}

TEST(SourceCard, UnknownKeysNameTheNearest) {
    const auto faults = faults_of("header = [\"a\"]\nfile_nam = \"x\"");
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0],
              "asam.toml:8:1: error[unknown-key]: source 'asam' has no key 'file_nam' (did you mean 'file_name'?)");
    EXPECT_TRUE(has(faults_of("header = [\"a\"]", "[map]\nday = { colum = \"d\" }\nkind = { value = \"k\" }\n"),
                    "did you mean 'column'?"));
    EXPECT_TRUE(
        has(faults_of("header = [\"a\"]",
                      "[map]\nday = { column = \"d\" }\nkind = { value = \"k\" }\nactor = { column = \"x\" }\n"),
            "[map] of source 'asam' has no key 'actor' (did you mean 'actor1'?)"));
}

TEST(SourceCard, WhatMustBeThere) {
    EXPECT_TRUE(has(read("[map]\n").faults, "a source card has no [source]"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]", "[map]\nkind = { value = \"k\" }\n"),
                    "maps no 'day', which every event needs"));
    EXPECT_TRUE(has(faults_of(""), "neither 'header' nor 'columns'"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]\ncolumns = [\"d\"]"), "both 'header' and 'columns'"));
    EXPECT_TRUE(has(faults_of("columns = [\"d\"]"), "has 'columns' and no 'first_row'"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]\ncompanion = \"b.csv\""), "no 'companion_key'"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]\ncontent = [\"x\"]"), "has 'content' and no 'identity'"));
    EXPECT_TRUE(has(read(head + "record = \"observation\"\nheader = [\"a\"]\n[map]\nday = { column = \"d\" }\n").faults,
                    "has no [[measure]]"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]",
                              "[map]\nday = { column = \"d\", parse = \"epoch-week\" }\nkind = { value = \"k\" }\n"),
                    "has no 'epoch'"));
    EXPECT_TRUE(has(read(head
                         + "record = \"treaty-action\"\nheader = [\"a\"]\n[map]\ninstrument = { value = \"i\" "
                           "}\nparticipant = { column = \"p\" }\nact = { column = \"a\" }\n")
                        .faults,
                    "maps an act and no 'day'"));
}

TEST(SourceCard, WhatCannotBe) {
    EXPECT_TRUE(has(faults_of("header = [\"a\"]\nfile_name = \"(\""), "is not a regular expression"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]\nfile_name = \"x\"\nidentity = [\"file.1\"]"),
                    "takes 'file.1', and 'file_name' has 0 group(s)"));
    EXPECT_TRUE(has(faults_of("columns = [\"d\", \"e\"]\nfirst_row = [\"x\"]\nminimum_columns = 3"),
                    "more than its 2 columns"));
    EXPECT_TRUE(has(faults_of("columns = [\"day\", \"e\"]\nfirst_row = [\"x\"]",
                              "[map]\nday = { column = \"dya\" }\nkind = { value = \"k\" }\n"),
                    "takes column 'dya', which is not among its 'columns' (did you mean 'day'?)"));
    EXPECT_TRUE(
        has(faults_of("header = [\"a\"]\nvintage_from = \"2020\""), "neither a day nor a part of the file's name"));
    EXPECT_TRUE(has(faults_of("header = [\"a\"]\ndelimiter = \"::\""), "allowed are comma, semicolon, tab and bar"));
    const auto map = [&](const std::string& field) {
        return faults_of("header = [\"a\"]",
                         "[map]\nday = { column = \"d\" }\nkind = { value = \"k\" }\n" + field + "\n");
    };
    EXPECT_TRUE(has(map("best = { column = \"b\", parse = \"date\" }"),
                    "'parse' of field 'best' of source 'asam' is 'date', allowed are whole, number, year, "
                    "days-between, yes-no, list-length"));
    EXPECT_TRUE(has(map("best = { columns = [\"b\", \"c\", \"d\"], parse = \"days-between\" }"),
                    "has 3 column(s), 'days-between' takes 2 or 6"));
    EXPECT_TRUE(has(map("best = {}"), "neither 'column' nor 'value'"));
    EXPECT_TRUE(has(map("best = { column = \"*\" }"), "takes all columns, which only 'untc-action' can"));
    EXPECT_TRUE(
        has(map("code = { column = \"c\", lookup = \"x\" }"), "names lookup 'x', which the card does not have"));
    EXPECT_TRUE(has(map("[lookup.x]\n\"1\" = \"a\""), "lookup 'x' of source 'asam' is used by no field"));
    EXPECT_TRUE(has(map("[coverage]\ndays = [\"2020-01-02\", \"2020-01-01\"]"), "end before they begin"));
    EXPECT_TRUE(has(map("[assert]\nrows = [5, 2]"), "has a maximum below its minimum"));
    EXPECT_TRUE(
        has(read(head
                 + "record = \"vote\"\nheader = [\"a\"]\n[map]\nroll_call = { column = \"r\" }\nvoter = { column = "
                   "\"v\" }\nballot = { column = \"b\", lookup = \"b\" }\n[lookup.b]\n\"1\" = \"aye\"\n")
                .faults,
            "gives the ballot 'aye'"));
    EXPECT_TRUE(
        has(read(head
                 + "record = \"observation\"\nheader = [\"a\"]\n[map]\nday = { column = \"d\" }\n[[measure]]\nid = "
                   "\"m\"\ntitle = \"M\"\nunit = \"u\"\ncolumn = \"c\"\nlookup = \"l\"\n[lookup.l]\n\"x\" = \"high\"\n")
                .faults,
            "gives 'high', which is not a number"));
}

TEST(SourceCard, AFolderOfCards) {
    const Folder folder;
    const auto put =
        [&](const std::string& name, const std::string& id) {
            std::ofstream(folder.file(name))
                << "[source]\nid = \"" << id
                << "\"\ntitle = \"T\"\npublisher = \"P\"\nlicence = \"L\"\nrecord = \"event\"\nheader = "
                   "[\"a\"]\n[map]\nday = { column = \"d\" }\nkind = { value = \"k\" }\n";
        };
    put("b.toml", "b");
    put("c.toml", "a");
    put("a.toml", "a");
    Diagnostics faults;
    const auto cards = load_source_cards(folder.path(), faults);
    ASSERT_EQ(cards.size(), 3u);
    EXPECT_EQ(cards[2].id, "b");
    std::vector<std::string> codes;
    for (const Error& fault : faults) codes.push_back(fault.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"bad-id", "duplicate-id"}));
}

TEST(SourceCard, ShippedCardsAreClean) {
    Diagnostics faults;
    const auto cards = load_source_cards(ICOSA_ROOT "/packs/sources", faults);
    for (const Error& fault : faults) ADD_FAILURE() << render(fault);
    EXPECT_GE(cards.size(), 30u);
}

const std::string layouts = "header = [\"d\", \"x\"]\nidentity = [\"d\"]\n";
const std::string layout_map =
    "[map]\nday = { column = \"d\" }\nkind = { column = \"x\", lookup = \"kind\" "
    "}\n[lookup.kind]\n\"1\" = \"k\"\n";

TEST(SourceCard, AVariantIsAWholeCardOfTheSameId) {
    const auto [card, faults] = read(head + "record = \"event\"\n" + layouts + layout_map
                                     + "[[variant]]\nheader = [\"d\", \"words\"]\ndelimiter = \";\"\n"
                                       "[variant.map]\nkind = "
                                       "{ column = \"words\", lookup = [\"word\", \"kind\"], letters = \"lower\" "
                                       "}\n[variant.lookup.word]\n\"one\" = \"1\"\n");
    EXPECT_EQ(faults, std::vector<std::string>{});
    ASSERT_EQ(card.variants.size(), 1u);
    const SourceCard& other = card.variants[0];
    EXPECT_EQ(other.id, "asam");
    EXPECT_EQ(other.delimiter, ';');
    EXPECT_EQ(other.map.at("day").columns, std::vector<std::string>{"d"});
    EXPECT_EQ(other.map.at("kind").then_lookup, "kind");
    EXPECT_EQ(columns_needed(other), (std::vector<std::string>{"d", "words"}));
    EXPECT_EQ(columns_needed(card), (std::vector<std::string>{"d", "x"}));
}

TEST(SourceCard, AFaultOfTheCardIsToldOnceThoughEachVariantHasIt) {
    const auto faults = faults_of(layouts + "colour = 1",
                                  layout_map + "[[variant]]\nheader = [\"d\"]\n"
                                               "[[variant]]\nheader = [\"d\"]\nsize = 2\n"
                                               "without = [\"nothing\"]\n");
    ASSERT_EQ(faults.size(), 3u);
    EXPECT_TRUE(has(faults, "has no key 'colour'"));
    EXPECT_TRUE(has(faults, "has no key 'size'"));
    EXPECT_TRUE(has(faults, "a variant of source 'asam' is without 'nothing', which the card does not have"));
}

TEST(SourceCard, FormsOfDaysListsAndRanges) {
    const auto of_map = [](const std::string& map) { return faults_of("header = [\"d\"]", "[map]\n" + map); };
    const std::string kind = "kind = { value = \"k\" }\n";
    const auto [card, none] = read(head + "record = \"event\"\nheader = [\"d\"]\nfirst_day = \"1978-01-01\"\nahead = "
                                          "730\n[map]\nday = { column = \"d\", parse = [\"date-mdy\", \"date\"] "
                                          "}\nplace = { column = \"p\", split = \",\", nulls = [\"NA\"] }\n"
                                   + kind);
    EXPECT_EQ(none, std::vector<std::string>{});
    EXPECT_EQ(card.map.at("day").forms, (std::vector<Parse>{Parse::DateMdy, Parse::Date}));
    EXPECT_EQ(card.map.at("day").parse, Parse::DateMdy);
    EXPECT_FALSE(card.map.at("place").optional) << "an empty place is a reject";
    EXPECT_EQ(card.ahead_days, 730);
    EXPECT_TRUE(has(of_map("day = { column = \"d\", parse = [\"date\", \"whole\"] }\n" + kind),
                    "'parse' of field 'day' of source 'asam' lists 'whole', allowed in a list are"));
    EXPECT_TRUE(has(of_map("day = { column = \"d\", split = \",\" }\n" + kind), "splits lists"));
    EXPECT_TRUE(has(of_map("day = { column = \"d\" }\nplace = { column = \"p\", split = \", \" }\n" + kind),
                    "which is not one character"));
    EXPECT_TRUE(has(faults_of("header = [\"d\"]\nwide = { columns = \"(\" }"), "is not a regular expression"));
    EXPECT_TRUE(has(read(head
                         + "record = \"observation\"\nheader = [\"d\"]\n[map]\nday = { column = \"d\" "
                           "}\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nunit = \"u\"\ncolumn = \"*\"\nplausible = "
                           "[5, 1]\n")
                        .faults,
                    "'plausible' of measure 'm' of source 'asam' is not a lower and an upper figure"));
}

}  // namespace
}  // namespace icosa::pack
