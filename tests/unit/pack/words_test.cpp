/// Which kind a text is of, by the words of a table.
#include "pack/words.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

ListedGroup entry(const char* id, std::vector<std::string> words) {
    return {"kinds", id, std::move(words), {}, {}, no_day, {}, {}};
}

std::string_view kind_of(const WordTable& table, std::vector<std::string_view> texts) { return table.entry_of(texts); }

TEST(Words, WholeWordsBeginningsAndSeveralInARow) {
    const WordTable table({entry("fire", {"fire", "burn*"}), entry("flood", {"high water"})});
    EXPECT_EQ(kind_of(table, {"A FIRE!"}), "kinds:fire");
    EXPECT_EQ(kind_of(table, {"Firefighters in the firehouse"}), "");
    EXPECT_EQ(kind_of(table, {"three houses burnt"}), "kinds:fire");
    EXPECT_EQ(kind_of(table, {"sunburn"}), "");
    EXPECT_EQ(kind_of(table, {"High-\n water, again"}), "kinds:flood");
    EXPECT_EQ(kind_of(table, {"high sea, water"}), "");
    const char* quoted =
        "city\xE2\x80\x99s \xE2\x80\x9C"
        "fire\xE2\x80\x9D";
    EXPECT_EQ(kind_of(table, {quoted}), "kinds:fire") << "quotes part words";
    EXPECT_EQ(kind_of(table, {"fire\xC3\xA9"}), "") << "a letter beyond ASCII is one";
}

TEST(Words, TheFirstTextThenTheFirstEntry) {
    const WordTable table({entry("fire", {"fire"}), entry("flood", {"flood"}), entry("other", {"*"})});
    EXPECT_EQ(kind_of(table, {"flood", "fire"}), "kinds:flood");
    EXPECT_EQ(kind_of(table, {"flood and fire"}), "kinds:fire");
    EXPECT_EQ(kind_of(table, {"", "flood"}), "kinds:flood");
    EXPECT_EQ(kind_of(table, {"", "drought"}), "kinds:other");
}

TEST(Words, AnEntryMayStandTwice) {
    const WordTable table({entry("other", {"drill"}), entry("fire", {"fire"}), entry("other", {"*"})});
    EXPECT_EQ(kind_of(table, {"fire drill"}), "kinds:other");
    EXPECT_EQ(table.codes(), (std::vector<std::string>{"kinds:other", "kinds:fire"}));
    EXPECT_TRUE(WordTable().empty());
}

}  // namespace
}  // namespace icosa::pack
