/// Values found in JSON text, and what is no JSON.
#include "base/json_slice.hpp"

#include <gtest/gtest.h>

namespace icosa {
namespace {

constexpr std::string_view answer =
    R"( {"meta":{"pages": 3,"next":"https:\/\/a.org\/?p=2","none":null},"data":[{"a":1},{"a":"x,]"}],"n":-1.5e3} )";

TEST(JsonSlice, Finds) {
    EXPECT_EQ(json_text_at(answer, "meta.pages"), "3");
    EXPECT_EQ(json_text_at(answer, "meta.next"), "https://a.org/?p=2");
    EXPECT_EQ(json_text_at(answer, "meta.none"), std::nullopt);
    EXPECT_EQ(json_text_at(answer, "data.1.a"), "x,]");
    EXPECT_EQ(json_text_at(answer, "data.2.a"), std::nullopt);
    EXPECT_EQ(json_text_at(R"(["\u00e9\n"])", "0"), "é\n");
    EXPECT_EQ(json_text_at(R"(["\ud83d\ude00 \u4e2d"])", "0"), "😀 中") << "a pair is one letter";
    EXPECT_EQ(json_text_at(R"(["\ud83d!"])", "0"), "\xEF\xBF\xBD!") << "half of one is none";
    EXPECT_EQ(json_count(*json_at(answer, "data")), 2);
    EXPECT_EQ(json_count(*json_at(answer, "")), 3);
    EXPECT_EQ(json_count("[ ]"), 0);
    EXPECT_EQ(json_count("7"), std::nullopt);
}

TEST(JsonSlice, Refuses) {
    EXPECT_TRUE(is_json(answer));
    EXPECT_TRUE(is_json("\xEF\xBB\xBF[]"));
    for (const std::string_view text :
         {"", "<html>", "{\"a\":1", "[1,]", "[1] 2", "{\"a\" 1}", "nul", "\"open", "{1:2}"})
        EXPECT_FALSE(is_json(text)) << text;
    EXPECT_FALSE(is_json(std::string(100'000, '['))) << "no stack is ended by brackets";
}

}  // namespace
}  // namespace icosa
