/// Text: numbers, folding, nearest words, UTF-8, JSON.
#include "base/text.hpp"

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

namespace icosa {
namespace {

TEST(Text, FoldsNamesAsSourcesWriteThem) {
    EXPECT_EQ(fold("Côte d'Ivoire"), "cote d ivoire");
    EXPECT_EQ(fold("Côte d’Ivoire"), "cote d ivoire");
    EXPECT_EQ(fold("  São Tomé & Príncipe "), "sao tome principe");
    EXPECT_EQ(fold("Türkiye"), "turkiye");
    EXPECT_EQ(fold("Łódź"), "lodz");
    EXPECT_EQ(fold("Guinea-Bis\u00ADsau"), "guinea bissau");
    EXPECT_EQ(fold("\uFEFFBur\u200Bkina\u00A0Faso"), "burkina faso");
    EXPECT_EQ(fold("Curaçao"), "curacao");
    EXPECT_EQ(fold("Cura\xC3\xA7"
                   "ao"),
              "curacao");
    EXPECT_EQ(fold("Micronesia (Federated States of)"), "micronesia federated states of");
    EXPECT_EQ(fold("中国"), "中国");
}

TEST(Text, NearestWordIsMeantOrNot) {
    const std::vector<std::string> keys = {"half_window", "alpha", "baseline"};
    EXPECT_EQ(nearest("half_windw", keys), "half_window");
    EXPECT_EQ(nearest("alhpa", keys), "alpha") << "neighbours swapped are one edit";
    EXPECT_EQ(nearest("aphla", keys), std::nullopt) << "two edits in five letters are too many";
    EXPECT_EQ(nearest("alpa", keys), "alpha");
    EXPECT_EQ(nearest("zzzzzz", keys), std::nullopt);
}

TEST(Text, NumbersAreWholeTexts) {
    EXPECT_EQ(parse_integer("42"), 42);
    EXPECT_FALSE(parse_integer("42 "));
    EXPECT_FALSE(parse_integer("9223372036854775808"));
    EXPECT_EQ(parse_number("1e3"), 1000.0);
    EXPECT_FALSE(parse_number("nan"));
    EXPECT_FALSE(parse_number("1,5"));
    EXPECT_EQ(number_text(0.1), "0.1");
    EXPECT_EQ(number_text(1200.0, 2), "1200");
    EXPECT_EQ(number_text(-0.001, 2), "0");
}

TEST(Text, ANumberHasOneSign) {
    for (const char* text : {"+-5", "++5", "--5", "-+5"}) {
        EXPECT_FALSE(parse_integer(text)) << text;
        EXPECT_FALSE(parse_number(text)) << text;
    }
    EXPECT_EQ(parse_integer("+5"), 5);
    EXPECT_EQ(parse_number("+5.5"), 5.5);
}

TEST(Text, FindsTheFirstByteThatIsNotUtf8) {
    EXPECT_EQ(first_invalid_utf8("caf\xC3\xA9"), std::nullopt);
    EXPECT_EQ(first_invalid_utf8("caf\xE9 au lait"), 3u);
    EXPECT_EQ(first_invalid_utf8("\xED\xA0\x80"), 0u);  // a surrogate
    EXPECT_EQ(latin1_to_utf8("caf\xE9"), "caf\xC3\xA9");
    EXPECT_EQ(excerpt(std::string("a\0b\xFF", 4)), "a\\x00b\\xff");
}

TEST(Json, EscapesAndNests) {
    JsonWriter json;
    json.begin_object()
        .field("a", "q\"\n\x01")
        .key("b")
        .begin_array()
        .value(1.5)
        .value(std::int64_t{2})
        .value(true)
        .null()
        .end_array()
        .end_object();
    EXPECT_EQ(json.text(), "{\"a\":\"q\\\"\\n\\u0001\",\"b\":[1.5,2,true,null]}");
    JsonWriter indented(2);
    indented.begin_object().field("x", 1).key("y").begin_array().end_array().end_object();
    EXPECT_EQ(indented.text(), "{\n  \"x\": 1,\n  \"y\": []\n}");
}

TEST(Error, ReadsPlaceFirst) {
    EXPECT_EQ(render({Fault::Pack,
                      "unknown-key",
                      {"packs/a.toml", 41, 9},
                      "no option 'half_windw'",
                      "did you mean 'half_window'?"}),
              "packs/a.toml:41:9: error[unknown-key]: no option 'half_windw' (did you mean 'half_window'?)");
    EXPECT_EQ(render({Fault::Usage, "x", {}, "y", ""}), "error[x]: y");
}

TEST(Digest, IsTheSameInAnyBlocks) {
    Digest whole, parts;
    whole.add("hello world");
    parts.add("hello ");
    parts.add("world");
    EXPECT_EQ(whole.hexadecimal(), parts.hexadecimal());
    EXPECT_EQ(Digest().hexadecimal(), "99aa06d3014798d86001c324468d497f");  // XXH3-128 of nothing
}

TEST(Text, Base64) {
    using namespace std::string_view_literals;
    for (const auto& [bytes, text] : {std::pair{""sv, ""sv},
                                      {"f"sv, "Zg=="sv},
                                      {"fo"sv, "Zm8="sv},
                                      {"foo"sv, "Zm9v"sv},
                                      {"foobar"sv, "Zm9vYmFy"sv},
                                      {"\x00\xE8\x07"sv, "AOgH"sv}}) {
        EXPECT_EQ(base64(bytes), text);
        EXPECT_EQ(parse_base64(text), bytes);
    }
    for (const auto text : {"Zg="sv, "Zg"sv, "Z==="sv, "Zm9*"sv, "Zh=="sv, "Zg==Zg=="sv, "===="sv})
        EXPECT_FALSE(parse_base64(text)) << text;
}

}  // namespace
}  // namespace icosa
