/// Packs that no person would write: what fuzz/packs_fuzz.cpp found, and what its seeds were made to find.
#include <string>

#include <gtest/gtest.h>

#include "pack/grades.hpp"
#include "pack/likelihood.hpp"
#include "pack/places.hpp"
#include "pack/source_card.hpp"
#include "pack/watch.hpp"

namespace icosa::pack {
namespace {

Diagnostics faults_of_watch(const std::string& keys) {
    Diagnostics faults;
    const std::string text = "[area]\nsection = \"I.1\"\n[[watch]]\nid = \"a\"\nengine = \"e\"\ntitle = \"T\"\n" + keys;
    const auto area = parse_area(parse_toml(text, "x.toml").value(), faults);
    EXPECT_EQ(area.watches.size(), 1u);
    return faults;
}

Diagnostics faults_of_card(const std::string& keys) {
    Diagnostics faults;
    const std::string text =
        "[source]\nid = \"a\"\ntitle = \"T\"\npublisher = \"P\"\nlicence = \"CC0-1.0\"\n"
        "record = \"event\"\nheader = [\"d\"]\n"
        + keys + "\n[map]\nday = { column = \"d\" }\nkind = { value = \"k\" }\n";
    (void)parse_source_card(parse_toml(text, "x.toml").value(), faults);
    return faults;
}

bool has(const Diagnostics& faults, const std::string& code, int line) {
    for (const auto& fault : faults) {
        if (fault.code == code && fault.where.line == line) return true;
    }
    return false;
}

TEST(OddPack, AFalseDiscoveryWithoutARate) {
    EXPECT_TRUE(has(faults_of_watch("false_discovery = { procedure = \"benjamini-yekutieli\" }"), "out-of-range", 7));
}

TEST(OddPack, AYearBeyondTheCalendar) {
    EXPECT_TRUE(has(faults_of_watch("first_year = 2000000000"), "out-of-range", 7));
    EXPECT_TRUE(has(faults_of_watch("first_year = -1"), "out-of-range", 7));
    EXPECT_TRUE(faults_of_watch("first_year = 2015").empty());
}

TEST(OddPack, AWholeNumberBeyondAnIntIsOutOfRange) {
    for (const char* key : {"over", "lag", "recent", "shown"})
        EXPECT_TRUE(has(faults_of_watch(std::string(key) + " = 4294967297"), "out-of-range", 7)) << key;
}

TEST(OddPack, NumbersAreFinite) {
    for (const char* key : {"minimum", "crossing"}) {
        EXPECT_TRUE(has(faults_of_watch(std::string(key) + " = nan"), "out-of-range", 7)) << key;
        EXPECT_TRUE(has(faults_of_watch(std::string(key) + " = inf"), "out-of-range", 7)) << key;
    }
    Diagnostics faults;
    (void)parse_likelihood(parse_toml("use = \"a\"\n[[scale]]\nid = \"a\"\ntitle = \"A\"\nsource = \"s\"\n"
                                      "reviewed = 2024-01-01\nword = [{ word = \"w\", from = nan, to = 1 }]\n",
                                      "x.toml")
                               .value(),
                           faults);
    EXPECT_TRUE(has(faults, "out-of-range", 7));
}

TEST(OddPack, APositionIsOnTheGlobe) {
    Diagnostics faults;
    PlaceBook book;
    book.read(parse_toml("[[place]]\nid = \"a\"\nname = \"A\"\nat = [nan, 0]\n", "x.toml").value(), faults);
    EXPECT_TRUE(has(faults, "bad-position", 4));
}

TEST(OddPack, BoundsOfRowsBeyondAllCounts) {
    EXPECT_TRUE(faults_of_card("[assert]\nrows = [0, 1e300]").empty());
    EXPECT_TRUE(has(faults_of_card("[assert]\nrows = [nan, 0]"), "out-of-range", 9));
}

TEST(OddPack, APatternThatWouldEndTheStack) {
    const std::string deep = std::string(100'000, '(') + std::string(100'000, ')');
    EXPECT_TRUE(has(faults_of_card("file_name = '" + deep + "'"), "bad-pattern", 8));
}

TEST(OddPack, ATimeThatTheLibraryTripsOver) {  // within its debugging build it ended the program
    const auto file = parse_toml("a = 1979-05-27T.9\nb = 07:.\n", "x.toml");
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, "syntax");
    EXPECT_FALSE(parse_toml("\xC7\xBC", "x.toml").has_value());  // a letter that its tables call unreachable
}

TEST(OddPack, AKeyThatWouldEndTheStack) {
    std::string key = "a";
    for (int i = 0; i < 100'000; ++i) key += ".a";
    const auto file = parse_toml("x = 1\n" + key + " = 1\n", "x.toml");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, "syntax");
    EXPECT_EQ(file.error().where.line, 2);
    EXPECT_TRUE(parse_toml("[a.b.c]\nd.e = 1.5\nring = [[0.5, 1.5], [2.5, 3.5]]\n", "x.toml"));
}

}  // namespace
}  // namespace icosa::pack
