/// Records as sentences, and a page of headings and lines.
#include "brief/record_sentence.hpp"

#include <gtest/gtest.h>

#include "brief/page.hpp"

namespace icosa::brief {
namespace {

TEST(RecordSentence, SaysSinceWhenOrThatThereIsNone) {
    const pack::PlaceBook places;
    const pack::Catalogue catalogue;
    const pack::Phrases phrases;
    const NameBooks books{places, catalogue, phrases};
    model::Record record;
    record.why_none = "it has not been judged on past days";
    EXPECT_EQ(record_sentence(record, model::Grade::Watch, books, {}).en,
              "no record: it has not been judged on past days");
    record.outcome = "worse-by-half";
    record.first_year = 1995;
    record.months_ahead = 6;
    record.signals = 283;
    record.followed = 74;
    record.base_rate = 0.03;
    EXPECT_EQ(record_sentence(record, model::Grade::Watch, books, {}).en,
              "Since 1995 this watch said “watch” 283 times; 74 followed within 6 months: worse-by-half (3 in 100 "
              "otherwise).");
}

TEST(Page, IsEscapedInBoth) {
    const Page page{.title = "A <b> *c*", .intro = {"1 < 2"}, .blocks = {{"Sources", {"a & b"}}}, .foot = {"End."}};
    EXPECT_EQ(page_markdown(page), "# A \\<b\\> \\*c\\*\n\n1 \\< 2\n\n## Sources\n\n- a \\& b\n\n---\n\nEnd.\n");
    const std::string html = page_html(page);
    EXPECT_NE(html.find("<h1>A &lt;b&gt; *c*</h1>"), std::string::npos);
    EXPECT_NE(html.find("<li>a &amp; b</li>"), std::string::npos);
    EXPECT_EQ(html.find("<script"), std::string::npos);
}

}  // namespace
}  // namespace icosa::brief
