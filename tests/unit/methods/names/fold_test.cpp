/// Names of many scripts and spellings as tokens. All persons are made up, or long dead.
#include "methods/names/fold.hpp"

#include <gtest/gtest.h>

#include "methods/names/letters.hpp"

namespace icosa::methods::names {
namespace {

std::string folded(std::string_view name, Bearer bearer = Bearer::Person) {
    static constexpr std::string_view marks[] = {"",      "/patronymic", "/particle", "/title",
                                                 "/form", "/generic",    "/number",   "/initial"};
    std::string out;
    for (const auto& token : fold_name(name, bearer).tokens) {
        out += (out.empty() ? "" : " ") + token.text;
        out += marks[static_cast<std::size_t>(token.kind)];
    }
    return out;
}

TEST(Fold, ReadsScriptsAsLatinLetters) {
    const std::pair<const char*, const char*> read[] = {
        {"Пётр Чайковский", "petr chaykovskiy"},
        {"Ιπποκράτης", "ippokrates"},
        {"김구", "kim ku"},
        {"孔子", "kong zi"},
        {"たろう", "tarou"},
        {"François Müller", "francois muller"},
        {"رشيد", "rshyd"},
        {"محمد بن رشيد", "muhammad bin/particle rshyd"},
        {"משה", "mshh"},
        {"Jos\xC3\x83\xC2\xA9", "jose"},      // UTF-8 read as Latin-1 and written again
        {"Jos\xE9", "jose"},                  // Latin-1
        {"\xE2\x80\x8F"
         "Ada\xE2\x80\x8E",
         "ada"},  // marks of direction
    };
    for (const auto& [name, want] : read) EXPECT_EQ(folded(name), want) << name;
}

TEST(Fold, TakesArabicNamesApart) {
    EXPECT_EQ(folded("'Abd al-Karim"), "abd/particle al/particle karim");
    EXPECT_EQ(folded("Abdelkarim"), "abd/particle karim");
    EXPECT_EQ(folded("Abdullah"), "abdullah") << "a name of its own";
    EXPECT_EQ(folded("Nur al-Din"), "nuruddin");
    EXPECT_EQ(folded("Nureddin ar-Rumi"), "nureddin al/particle rumi") << "the article before a letter of the sun";
    EXPECT_EQ(folded("Saif Ullah"), "saifullah");
    EXPECT_EQ(folded("Ibn Sina"), "bin/particle sina");
    EXPECT_EQ(folded("Haji Mullah Omar"), "haji/title mullah/title omar");
    EXPECT_EQ(folded("Haji"), "haji") << "weak words alone are the name";
}

TEST(Fold, KnowsPatronymicsAndInitials) {
    EXPECT_EQ(folded("Pyotr Ilyich Tchaikovsky"), "pyotr ilyich tchaikovsky");
    EXPECT_EQ(folded("Anna Petrovna Example"), "anna petrovna/patronymic example");
    EXPECT_EQ(folded("J.-P. Example"), "j/initial p/initial example");
}

TEST(Fold, KnowsFormsAndNumbersOfOrganisations) {
    EXPECT_EQ(folded("Example G.m.b.H.", Bearer::Organisation), "example ltd/form");
    EXPECT_EQ(folded("OOO Primer", Bearer::Organisation), "ltd/form primer");
    EXPECT_EQ(folded("Open Joint Stock Company Primer", Bearer::Organisation), "plc/form primer");
    EXPECT_EQ(folded("Brigade Forty-Four", Bearer::Organisation), "brigade 44/number");
    EXPECT_EQ(folded("Example & Sons 007", Bearer::Organisation), "example and/particle sons 7/number");
    EXPECT_EQ(folded("Int'l Bank", Bearer::Organisation), "international/generic bank/generic");
}

TEST(Fold, ReadsDigitsAmongLettersAsLetters) { EXPECT_EQ(folded("I9or"), "igor"); }

TEST(Fold, IsBoundedByAnyBytes) {
    EXPECT_TRUE(fold_name("", Bearer::Unknown).tokens.empty());
    EXPECT_TRUE(fold_name("\xFF\xFE\x00", Bearer::Unknown).tokens.size() <= 1);
    EXPECT_TRUE(fold_name("...---'''", Bearer::Unknown).tokens.empty());
    const auto long_one = fold_name(std::string(10'000, 'a'), Bearer::Unknown);
    EXPECT_TRUE(long_one.is_cut);
    ASSERT_EQ(long_one.tokens.size(), 1U);
    EXPECT_EQ(long_one.tokens[0].text.size(), most_letters);
    std::string words;
    for (int i = 0; i < 3'000; ++i) words += "ab ";
    const auto many = fold_name(words, Bearer::Unknown);
    EXPECT_TRUE(many.is_cut);
    EXPECT_EQ(many.tokens.size(), most_words);
}

}  // namespace
}  // namespace icosa::methods::names
