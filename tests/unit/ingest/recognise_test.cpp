/// Which card a file gets, and what is said where none or several fit.
#include "ingest/recognise.hpp"

#include <gtest/gtest.h>

#include "cards.hpp"
#include "folder.hpp"

namespace icosa::ingest {
namespace {

const std::string map =
    "[map]\nday = { column = \"Year\", parse = \"year\" }\n[[measure]]\nid = \"m\"\ntitle = \"M\"\nunit = "
    "\"u\"\ncolumn = \"Value\"\n";

std::vector<pack::SourceCard> cards() {
    std::vector<pack::SourceCard> out;
    out.push_back(card_of(
        "gdp", "record = \"observation\"\nheader = [\"Country\", \"Year\", \"Value\"]\nfile_name = \"gdp.*\\\\.csv\"",
        map));
    out.push_back(card_of(
        "people",
        "record = \"observation\"\nheader = [\"Country\", \"Year\", \"Value\"]\nfile_name = \"population.*\\\\.csv\"",
        map));
    out.push_back(card_of("richer", "record = \"observation\"\nheader = [\"Country\", \"Year\", \"Value\", \"Rank\"]",
                          map + "low = \"Rank\"\n"));
    out.push_back(
        card_of("plain",
                "record = \"observation\"\nheader = [\"Place\", \"Year\", \"Value\"]\nnot_header = [\"Secret\"]", map));
    out.push_back(card_of("twin", "record = \"observation\"\nheader = [\"Site\", \"Year\", \"Value\"]", map));
    out.push_back(card_of("twin-2", "record = \"observation\"\nheader = [\"Site\", \"Value\", \"Year\"]", map));
    out.push_back(card_of("bare",
                          "record = \"event\"\ndelimiter = \"\\t\"\nquoted = false\ncolumns = [\"id\", \"day\", "
                          "\"x\"]\nminimum_columns = 2\nfirst_row = [\"\\\\d+\", \"\\\\d{8}\"]",
                          "[map]\nday = { column = \"day\", parse = \"date-compact\" }\nkind = { value = \"k\" }\n"));
    return out;
}

std::string found(const std::string& name, std::string_view text) {
    const Folder folder;
    static const auto all = cards();
    const auto card = recognise(folder.put(name, text), all);
    if (card) return (*card)->id;
    Error error = card.error();
    error.where.file = name;
    return render(error);
}

TEST(Recognise, ByHeaderWithoutCaseAndOrder) {
    EXPECT_EQ(found("x.csv", "value, YEAR ,Place\n1,2,3\n"), "plain");
    EXPECT_EQ(found("x.csv", "\xEF\xBB\xBF\"Place\",\"Year\",\"Value\",\"More\"\n"), "plain");
}

TEST(Recognise, TheMostSpecificWins) { EXPECT_EQ(found("gdp.csv", "Country,Year,Value,Rank\n"), "richer"); }

TEST(Recognise, ByFileName) {
    EXPECT_EQ(found("gdp.csv", "Country,Year,Value\n"), "gdp");
    EXPECT_EQ(found("Population_2024.CSV", "Country,Year,Value\n"), "people");
    EXPECT_EQ(found("data.csv", "Country,Year,Value\n"),
              "data.csv:1: error[ambiguous-source]: its header fits 'gdp' (gdp.*\\.csv), 'people' "
              "(population.*\\.csv), its name does not (rename it, or say which: --source gdp or --source people)");
}

TEST(Recognise, ByFirstRow) {
    EXPECT_EQ(found("x", "12\t20200101\tz\n"), "bare");
    EXPECT_EQ(found("x", "12\t20200101\n"), "bare");
    EXPECT_EQ(found("x", "12\t20200101\tz\tz\n"),
              "x:1: error[unknown-source]: no source card fits, and none is near (write a card (docs/source-cards.md), "
              "or name one with --source ID)");
}

TEST(Recognise, ABrokenFirstRowDoesNotHideAFileWithoutHeader) {
    EXPECT_EQ(found("x", "junk\n12\t20200101\tz\n13\t20200102\tz\n"), "bare");
    EXPECT_EQ(found("x", "12\t20200101\tz\n13\tjunk\tz\njunk\n"), "bare") << "its rejects are told one by one";
    EXPECT_TRUE(found("x", "junk\nmore junk\n13\t20200102\tz\n").starts_with("x:1: error[unknown-source]"));
}

TEST(Recognise, OfCardsWithoutHeaderTheOneThatFitsMoreRows) {
    const std::string day = "[map]\nday = { column = \"day\", parse = \"date-compact\" }\nkind = { value = \"k\" }\n";
    const std::vector<pack::SourceCard> two = {
        card_of("short",
                "record = \"event\"\ndelimiter = \"\\t\"\nquoted = false\ncolumns = [\"id\", \"day\"]\nfirst_row = "
                "[\"\\\\d+\", \"\\\\d{8}\"]",
                day),
        card_of("long",
                "record = \"event\"\ndelimiter = \"\\t\"\nquoted = false\ncolumns = [\"id\", \"day\", "
                "\"x\"]\nfirst_row = [\"\\\\d+\", \"\\\\d{8}\"]",
                day)};
    const Folder folder;
    const auto card = recognise(folder.put("x", "1\t20200101\textra\n2\t20200101\n3\t20200102\n"), two);
    ASSERT_TRUE(card);
    EXPECT_EQ((*card)->id, "short");
}

TEST(Recognise, ATieNamesTheCandidates) {
    EXPECT_EQ(found("x.csv", "Site,Year,Value\n"),
              "x.csv:1: error[ambiguous-source]: more than one source card fits: twin or twin-2; they know the same "
              "columns (say which: --source "
              "twin or --source twin-2)");
}

TEST(Recognise, NoneNamesTheNearest) {
    EXPECT_EQ(found("x.csv", "Country,Year,Valeu,Rank\n"),
              "x.csv:1: error[unknown-source]: no source card fits; the nearest is 'richer', which also has 'Value', "
              "where this file has 'Valeu' (check the header, write a card (docs/source-cards.md), or force one with "
              "--source richer)");
    EXPECT_EQ(found("x.csv", "Place,Year,Value,Secret\n"),
              "x.csv:1: error[unknown-source]: no source card fits; the nearest is 'plain', but it has a column that "
              "the card excludes ('Secret') (check the header, write a card (docs/source-cards.md), or force one with "
              "--source plain)");
    EXPECT_EQ(found("x.xml", "<?xml version=\"1.0\"?>\n<a/>\n"),
              "x.xml:1: error[unknown-source]: no source card fits, and none is near; no element of this XML "
              "document repeats, so it has no records (write a card (docs/source-cards.md), or name one with --source "
              "ID)");
    EXPECT_EQ(
        found("x.csv", "\n<!DOCTYPE html>\n<html><body>wait</body></html>\n"),
        "x.csv: error[web-page]: this is a web page, not a file of data (the publisher may have asked for a person "
        "or a key: fetch it again, or by hand)");
}

TEST(Recognise, ADelimiterThatIsNotTheCards) {
    EXPECT_EQ(found("x.csv", "Place;Year;Value\n1;2;3\n"),
              "x.csv:1: error[wrong-delimiter]: the columns of 'plain' are parted by ';' here, the card says ',' (save "
              "the file with ',', or set delimiter = \";\" in a card of its own)");
    EXPECT_EQ(found("x", "12,20200101,z\n"),
              "x:1: error[wrong-delimiter]: the columns of 'bare' are parted by ',' here, the card says a tab (save "
              "the file with a tab, or set delimiter = \",\" in a card of its own)");
}

TEST(Recognise, AForcedCardIsChecked) {
    const Folder folder;
    const auto all = cards();
    const auto path = folder.put("x.csv", "a,b\n1,2\n");
    const auto fit = check_fit(all[3], read_head(path).value(), "x.csv");
    ASSERT_FALSE(fit);
    EXPECT_EQ(render(fit.error()),
              "x.csv:1: error[wrong-header]: the header has no 'Year', 'Value', 'Place', which source 'plain' needs "
              "(check the file, or name another card with --source ID)");
    const auto shape = check_fit(all[6], read_head(path).value(), "x.csv");
    ASSERT_FALSE(shape);
    EXPECT_EQ(render(shape.error()),
              "x.csv:1: error[wrong-header]: the first row has 1 column(s), source 'bare' has 2 to 3 (check the "
              "delimiter, or name another card with --source ID)");
}

TEST(Recognise, GroupsOfTheFileName) {
    const auto card = card_of(
        "t", "record = \"treaty-action\"\nheader = [\"Participant\"]\nfile_name = \"(\\\\d+)-(\\\\d+.*)\\\\.csv\"",
        "[map]\ninstrument = { column = \"file.1\" }\nparticipant = { column = \"Participant\" }\nact = { columns = "
        "[\"*\"], parse = \"untc-action\" }\n");
    EXPECT_EQ(file_groups(card, "some/where/26-3-a.csv"), (std::vector<std::string>{"26", "3-a"}));
    EXPECT_EQ(file_groups(card, "26.csv"), std::nullopt);
}

}  // namespace
}  // namespace icosa::ingest
