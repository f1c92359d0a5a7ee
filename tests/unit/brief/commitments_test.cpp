/// Commitments in the renderings: only where a ledger stands, overdue first, in both languages, escaped.
#include "brief/commitments.hpp"

#include <gtest/gtest.h>

#include "brief/render.hpp"
#include "brief/terminal_front.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

Dossier with_commitments() {
    const fixture::World world = fixture::small_world();
    Dossier out = compose(fixture::small_material(world));
    out.commitments.has_ledger = true;
    out.commitments.head = "3:abc";
    out.commitments.open = 3;
    out.commitments.due = {
        {"c2", "Ministry", "share the <gauges>", "III.11", "adopted", "a.txt:1", day_of(2020, 11, 30), -31},
        {"c1", "Commission", "publish | the rule", "", "proposed", "", day_of(2021, 1, 10), 10}};
    return out;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(CommitmentSentence, SaysWhen) {
    CommitmentLine line{"c1", "Ministry", "share the gauges", "", "adopted", "", day_of(2026, 6, 30), -15};
    EXPECT_EQ(commitment_sentence(line).en, "Overdue since 30 June 2026 (15 days): share the gauges (Ministry)");
    EXPECT_EQ(commitment_sentence(line).zh, "2026年6月30日到期，已逾期15天：share the gauges（Ministry）");
    line.days_left = 0;
    EXPECT_EQ(commitment_sentence(line).en, "Due today: share the gauges (Ministry)");
    line.days_left = 1;
    EXPECT_EQ(commitment_sentence(line).en, "Due 30 June 2026, in 1 day: share the gauges (Ministry)");
}

TEST(Commitments, StandInEachRendering) {
    const Dossier dossier = with_commitments();
    const std::string json = render_json(dossier), page = render_html(dossier),
                      text = render_markdown(dossier, Detail::Full), table = terminal_front(dossier, 100);
    EXPECT_TRUE(has(json, "\"head\": \"3:abc\"")) << json;
    EXPECT_TRUE(has(json, "\"state\": \"overdue\""));
    EXPECT_TRUE(has(json, "\"state\": \"proposed\""));
    EXPECT_TRUE(has(page, "id=\"commitments\""));
    EXPECT_TRUE(has(page, "share the &lt;gauges&gt; (Ministry)"));
    EXPECT_FALSE(has(page, "<gauges>"));
    EXPECT_TRUE(has(text, "## Commitments (2)"));
    EXPECT_TRUE(has(text, "**Commitments**")) << "on the area's page too";
    EXPECT_TRUE(
        has(table, "Commitments (2)\n  · Overdue since 30 November 2020 (31 days): share the <gauges> (Ministry)"))
        << table;
}

TEST(Commitments, WithoutALedgerNothingIsSaid) {
    Dossier dossier = with_commitments();
    dossier.commitments = {};
    for (const std::string& text : {render_json(dossier), render_html(dossier), render_markdown(dossier, Detail::Full),
                                    terminal_front(dossier, 100)}) {
        EXPECT_FALSE(has(text, "ommitment"));
    }
}

}  // namespace
}  // namespace icosa::brief
