/// Registry numbers, names, families, codes and headings in lines of goods.
#include "methods/items/item_index.hpp"

#include <gtest/gtest.h>

#include "base/cas_number.hpp"

namespace icosa::methods {
namespace {

std::vector<ListedItem> items() {
    std::vector<ListedItem> out(9);
    for (auto& one : out) one.list = "a";
    out[0].cas = {"107-44-8"};
    out[0].names = {"sarin"};
    out[0].codes = {"GB"};
    out[0].family = {"[o]{alkyl10}[p]{alkyl3}phosphonofluoridate"};
    out[1].cas = {"756-79-6"};
    out[1].names = {"dimethyl methylphosphonate"};
    out[1].hs_named = {"293141"};
    out[1].family = {"{alkyl3}phosphon*"};
    out[1].exempt_cas = {"944-22-9"};
    out[1].exempt_names = {"fonofos"};
    out[2].cas = {"102-71-6"};
    out[2].names = {"triethanolamine", "三乙醇胺"};
    out[2].hs = {"2922"};
    out[3].cas = {"7664-39-3"};
    out[3].names = {"hydrogen fluoride"};
    out[4].cas = {"7789-29-9"};
    out[4].names = {"potassium hydrogen fluoride"};
    out[5].codes = {"POCl3"};
    out[5].cas = {"1313-82-2"};
    out[5].names = {"sodium sulfide"};
    out[6].hints = {"maraging steel", "carbon fibre"};
    out[7].words = {"nerve agent"};
    out[8].cas = {"96-80-0"};
    out[8].family = {"[2][n][n]{dialkyl3}amino[2](ethane2ol|ethanol)[hydrochloride]"};
    out[8].exempt_names = {"dimethylaminoethanol"};
    return out;
}

class Items : public testing::Test {
protected:
    GoodsScreened screened(const std::string& text, const std::string& cas = "", const std::string& hs = "") {
        return index.screen({text, cas, hs});
    }
    /// "0 listed item" of the first hit; "" = none.
    std::string first(const std::string& text, const std::string& cas = "", const std::string& hs = "") {
        const auto found = screened(text, cas, hs);
        if (found.hits.empty()) return "";
        return std::to_string(found.hits[0].item) + " "
            + std::string(item_strength_names[static_cast<std::size_t>(found.hits[0].strength)]);
    }
    ItemIndex index = *ItemIndex::of(items());
};

TEST(CasNumber, CheckDigitsAndForms) {
    EXPECT_EQ(cas_check_digit("107-44-8"), 8);
    EXPECT_TRUE(cas_checks("7732-18-5"));
    EXPECT_FALSE(cas_checks("7732-18-4"));
    const auto found = cas_numbers_in(
        "lot 12, CAS 0107-44-8 and 756\xE2\x80\x91"
        "79\xE2\x80\x93"
        "6; not 2026-11-30 nor 1-22-3");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].number, "107-44-8");
    EXPECT_EQ(found[1].number, "756-79-6");
    EXPECT_TRUE(found[1].checks);
    EXPECT_TRUE(cas_numbers_in("5-107-44-8, 107-44-8-1, 107-44-88, 12345678-44-8").empty());
    EXPECT_EQ(parse_cas(" 107448 "), "107-44-8");
    EXPECT_EQ(parse_cas("107-44-8"), "107-44-8");
    for (const char* none : {"", "n/a", "12", "1074x8", "00000000", "123456789012345678901234567890"})
        EXPECT_FALSE(parse_cas(none)) << none;
    EXPECT_TRUE(is_one_slip("107-44-8", "107-44-9"));
    EXPECT_TRUE(is_one_slip("170-44-8", "107-44-8"));
    EXPECT_FALSE(is_one_slip("107-44-8", "107-44-8"));
    EXPECT_FALSE(is_one_slip("107-44-8", "701-44-8"));
    EXPECT_FALSE(is_one_slip("107-44-8", "1107-44-8"));
}

TEST_F(Items, NumbersAreStrongest) {
    EXPECT_EQ(first("solvent", "107-44-8"), "0 listed item");
    EXPECT_EQ(first("solvent", "107448"), "0 listed item");
    EXPECT_EQ(first("solvent, CAS No. 107-44-8, 5 l"), "0 listed item");
    EXPECT_EQ(first("a salt", "50-00-0; 1313-82-2"), "5 listed item");
    EXPECT_EQ(first("water", "7732-18-5"), "");
    const auto near = screened("solvent", "107-44-9");
    ASSERT_EQ(near.hits.size(), 1U);
    EXPECT_EQ(near.hits[0].strength, ItemStrength::Possible);
    EXPECT_EQ(near.hits[0].reason, "107-44-9 is not a CAS number (check digit); one slip makes it 107-44-8");
    EXPECT_EQ(screened("solvent", "56-23-1").remarks[0], "56-23-1 is not a CAS number: its check digit should be 5");
    EXPECT_EQ(screened("", "56-23-1").remarks.size(), 1U);
    EXPECT_EQ(screened("", "a1234b").remarks[0], "'a1234b' is not written like a CAS number");
    EXPECT_TRUE(screened("", "n/a").remarks.empty());
    EXPECT_TRUE(screened("part 12-34-5, of 2026").remarks.empty()) << "a part number";
    EXPECT_EQ(screened("CAS 12-34-5").remarks.size(), 1U);
}

TEST_F(Items, NamesHoweverTheyAreWritten) {
    for (const char* text : {"Triethanolamine 99 %", "TRI-ETHANOLAMINE", "tri ethanol amine, drums", "三乙醇胺 工业级",
                             "triéthanolamine", "tri\nethanolamines"})
        EXPECT_EQ(first(text), "2 listed item") << text;
    EXPECT_EQ(first("Sodium sulphide flakes"), "5 listed item");
    EXPECT_EQ(first("sodium sulfides"), "5 listed item");
    EXPECT_EQ(first("subsarina and sarinex"), "");
    EXPECT_EQ(first("the SAR in the field"), "") << "a short name is not put together from pieces";
    EXPECT_EQ(first("carbon fibers, woven"), "6 possible");
    EXPECT_EQ(first("a nerve agents primer"), "7 category only");
}

TEST_F(Items, WhatIsNotTheItem) {
    EXPECT_EQ(first("sarin detector tubes"), "0 possible");
    EXPECT_EQ(first("sarin-free"), "0 possible");
    EXPECT_EQ(first("triethanolamine lauryl sulfate"), "2 possible");
    EXPECT_EQ(first("lauryl triethanolamine"), "2 possible");
    EXPECT_EQ(first("triethanolamine", "50-00-0"), "2 possible");
    EXPECT_EQ(first("triethanolamine", "102-71-6"), "2 listed item");
    const auto found = screened("potassium hydrogen fluoride");
    ASSERT_EQ(found.hits.size(), 1U) << "the shorter name within is no item of its own";
    EXPECT_EQ(found.hits[0].item, 4U);
}

TEST_F(Items, Families) {
    for (const char* text : {"O-cyclohexyl methylphosphonofluoridate", "isobutyl ethylphosphonofluoridate",
                             "O-(2-ethylhexyl) P-isopropylphosphonofluoridate", "n-decyl methyl phosphonofluoridates",
                             "1,2,2-trimethylpropyl methylphosphonofluoridate"})
        EXPECT_EQ(first(text), "0 listed item") << text;
    EXPECT_EQ(first("O-dodecyl methylphosphonofluoridate"), "1 possible") << "beyond ten carbons only the open family";
    EXPECT_EQ(first("O-ethyl butylphosphonofluoridate"), "") << "butyl is no alkyl of the family";
    EXPECT_EQ(first("diethyl ethylphosphonate"), "1 possible");
    EXPECT_EQ(first("methylphosphonic acid"), "1 possible");
    EXPECT_EQ(first("glyphosate, N-(phosphonomethyl)glycine"), "");
    EXPECT_EQ(first("aminomethylphosphonic acid"), "");
    EXPECT_EQ(first("dimethyl phosphonate"), "");
    EXPECT_EQ(first("fonofos (ethylphosphonothiolothionate)"), "");
    EXPECT_EQ(first("ethylphosphonothiolothionate", "944-22-9"), "");
    EXPECT_EQ(first("2-(diisopropylamino)ethanol"), "8 listed item");
    EXPECT_EQ(first("N-ethyl-N-methylaminoethanol"), "8 listed item");
    EXPECT_EQ(first("2-(dimethylamino)ethanol"), "") << "an exemption";
    EXPECT_EQ(first("2-(dibutylamino)ethanol"), "");
}

TEST_F(Items, CodesAndHeadings) {
    EXPECT_EQ(first("16 GB of memory"), "");
    EXPECT_EQ(first("agent GB"), "0 category only");
    EXPECT_EQ(first("POCl3, 5 drums"), "5 possible");
    EXPECT_EQ(first("pocl3"), "");
    EXPECT_EQ(first("agent gb"), "");
    EXPECT_EQ(first("amines", "", "2922.15.00"), "2 category only");
    EXPECT_EQ(first("amines", "", "29"), "");
    EXPECT_EQ(first("esters", "", "2931 41"), "1 possible");
    EXPECT_EQ(first("esters", "", "2931x41"), "");
    const auto found = screened("sarin, triethanolamine", "107-44-8", "2922");
    ASSERT_EQ(found.hits.size(), 2U);
    EXPECT_EQ(found.hits[0].item, 0U);
    EXPECT_EQ(found.hits[0].reason, "CAS 107-44-8 given; named in the text: 'sarin'");
    EXPECT_NE(found.hits[1].reason.find("HS 2922:"), std::string::npos);
}

TEST_F(Items, OddTexts) {
    EXPECT_TRUE(screened("").hits.empty());
    std::string longest;
    while (longest.size() < 10'000) longest += "ethyl methyl iso propyl 2 ";
    EXPECT_TRUE(screened(longest).hits.empty());
    EXPECT_EQ(first(longest + "sarin"), "0 listed item");
    EXPECT_EQ(screened(std::string(30'000, 'a')).remarks.size(), 1U);
    std::string wide;
    while (wide.size() < 30'000) wide += "三";
    EXPECT_EQ(screened(wide).remarks.size(), 1U);
    EXPECT_NO_FATAL_FAILURE((void)screened("\xFF\xFE sarin \xE4\xB8"));
}

TEST(NameFamily, PatternsThatCannotBeRead) {
    for (const char* bad : {"", "(a", "a)", "[a|b", "{alkyl}", "{alkyl0}", "{alkyl99}", "{aryl3}", "{alkyl3", "a*b",
                            "(a*)", "A", "a b", "((((((((((a))))))))))"}) {
        const auto read = NameFamily::of(bad);
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.error().code, "bad-family");
    }
    const auto family = NameFamily::of("(a|bc)[d]{alkylidene3}*");
    ASSERT_TRUE(family);
    EXPECT_TRUE(family->is_open());
    const auto spans = family->find(item_text("xx bc ethylidenes, a d propylidenefoo"));
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0], (WordSpan{1, 3}));
    EXPECT_EQ(spans[1], (WordSpan{3, 6}));
}

}  // namespace
}  // namespace icosa::methods
