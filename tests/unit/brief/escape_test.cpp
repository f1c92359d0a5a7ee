/// Outside text never becomes markup, and fits the columns it is given.
#include <gtest/gtest.h>

#include "brief/escape.hpp"

namespace icosa::brief {
namespace {

TEST(BriefEscape, Html) {
    EXPECT_EQ(html("<b a=\"1\" c='2'> & x"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt; &amp; x");
    EXPECT_EQ(html("two\nlines\x01"), "two lines ");
    EXPECT_EQ(html("海\xFF!"), "海\xEF\xBF\xBD!");
    EXPECT_EQ(html("a\xE2\x80\xAE"
                   "b"),
              "ab")
        << "a mark that turns the text's direction";
}

TEST(BriefEscape, BrokenUtf8IsReplacedByteByByte) {
    EXPECT_EQ(plain("\xE6\xB5"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(plain("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(plain("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(plain("\xF0\x9F\x8C\x8D"), "\xF0\x9F\x8C\x8D");
    EXPECT_EQ(plain("a\xF5z"), "a\xEF\xBF\xBDz");
}

TEST(BriefEscape, Markdown) {
    EXPECT_EQ(markdown("a|b *c* _d_ [e](f) <g> `h` #i $j$ !k"),
              "a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\<g\\> \\`h\\` \\#i \\$j\\$ \\!k");
    EXPECT_EQ(markdown("1. first"), "1\\. first");
    EXPECT_EQ(markdown("12) twelfth"), "12\\) twelfth");
    EXPECT_EQ(markdown("1.5 times"), "1\\.5 times");
    EXPECT_EQ(markdown("- dash\n+ plus"), "\\- dash + plus");
    EXPECT_EQ(markdown("a - b"), "a - b");
    EXPECT_EQ(markdown("AT&amp;T"), "AT\\&amp;T");
}

TEST(BriefEscape, MarkdownCode) {
    EXPECT_EQ(markdown_code("a.csv:12"), "`a.csv:12`");
    EXPECT_EQ(markdown_code("a`b|c"), "``a`b|c``");
    EXPECT_EQ(markdown_code("`x`"), "`` `x` ``");
    EXPECT_EQ(markdown_code(""), "");
}

TEST(BriefEscape, OnlyWebAddressesBecomeLinks) {
    EXPECT_TRUE(is_web_address("https://doi.org/10.1002/sim.3197"));
    EXPECT_FALSE(is_web_address("javascript:alert(1)"));
    EXPECT_FALSE(is_web_address("https://a\" onclick=\"x"));
    EXPECT_FALSE(is_web_address("fricker2008"));
}

TEST(BriefEscape, ColumnsCountWideCharactersTwice) {
    EXPECT_EQ(columns("abc"), 3);
    EXPECT_EQ(columns("海洋"), 4);
    EXPECT_EQ(columns("e\xCC\x81"), 1);
    EXPECT_EQ(cut("海洋与河流", 7), "海洋与…");
    EXPECT_EQ(columns(cut("海洋与河流", 6)), 5);
    EXPECT_EQ(padded("海", 4), "海  ");
    EXPECT_EQ(cut("short", 5), "short");
    EXPECT_EQ(cut("a sentence cut at a word", 20), "a sentence cut at a…");
    EXPECT_EQ(cut("abcdefghij", 4), "abc…");
}

}  // namespace
}  // namespace icosa::brief
