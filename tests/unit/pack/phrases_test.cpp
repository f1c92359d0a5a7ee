/// Patterns in two languages: what is read, and which faults are found.
#include "pack/phrases.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

Phrases read(const std::string& text, Diagnostics& faults) {
    const auto node = parse_toml(text, "phrases.toml");
    EXPECT_TRUE(node.has_value());
    return parse_phrases(*node, faults);
}

TEST(PackPhrases, PatternsAndTermsAreFoundByKeyAndWord) {
    Diagnostics faults;
    const Phrases phrases = read(R"(
[[phrase]]
key = "mandate.ends"
en = "{mission}: ends on {day}[, in {left} days]."
zh = "{mission}：将于{day}到期[，还有{left}天]。"
[[term]]
en = "Measles"
zh = "麻疹"
)",
                                 faults);
    EXPECT_TRUE(faults.empty());
    ASSERT_NE(phrases.find("mandate.ends"), nullptr);
    EXPECT_EQ(phrases.find("nothing"), nullptr);
    EXPECT_EQ(phrases.chinese_of("Measles"), "麻疹");
    EXPECT_EQ(phrases.chinese_of("Mumps"), "Mumps");
}

TEST(PackPhrases, LanguagesMustNameTheSameSlotsAndBracketsMustClose) {
    Diagnostics faults;
    (void)read(R"(
[[phrase]]
key = "a"
en = "{n} people"
zh = "{m}人"
[[phrase]]
key = "b"
en = "[{n} people"
zh = "{n}人"
[[phrase]]
key = "a"
en = "{n}"
zh = "{n}"
[[phrase]]
key = "c"
en = "{n}"
)",
               faults);
    std::vector<std::string> codes;
    for (const Error& fault : faults) codes.push_back(fault.code);
    EXPECT_EQ(codes.size(), 5U);  // a phrase without its second language lacks the key and its slots
    EXPECT_EQ(codes[0], "unlike-slots");
    EXPECT_EQ(codes[1], "open-bracket");
    EXPECT_EQ(codes[2], "duplicate-id");
}

}  // namespace
}  // namespace icosa::pack
