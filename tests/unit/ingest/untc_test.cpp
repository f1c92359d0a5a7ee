/// Headings as they stand in the tables.
#include "ingest/untc.hpp"

#include <gtest/gtest.h>

namespace icosa::ingest {
namespace {

std::string act(const ActHeading& heading, std::string_view letter) {
    if (letter.empty()) return heading.bare;
    for (const auto& [known, means] : heading.letters) {
        if (known == letter) return means;
    }
    return "unknown";
}

TEST(Untc, ALetterMeansWhatItsHeadingSays) {
    const auto heading = parse_act_heading("Ratification, Accession(a), Acceptance(A), Approval(AA), Succession(d)");
    EXPECT_EQ(act(heading, ""), "ratification");
    EXPECT_EQ(act(heading, "a"), "accession");
    EXPECT_EQ(act(heading, "A"), "acceptance");
    EXPECT_EQ(act(heading, "AA"), "approval");
    EXPECT_EQ(act(heading, "d"), "succession");
    EXPECT_EQ(act(heading, "s"), "unknown");
}

TEST(Untc, RareHeadings) {
    EXPECT_EQ(act(parse_act_heading("Signature, Succession to signature(d)"), "d"), "signature");
    EXPECT_EQ(act(parse_act_heading("Provisional application under article 23(n)"), "n"), "provisional-application");
    EXPECT_EQ(act(parse_act_heading("Consent to be bound(P), Succession(d)"), "P"), "consent-to-be-bound");
    EXPECT_EQ(act(parse_act_heading("Ratification, Acceptance(A), Participation under articles 3 (2) and (3)(P)"), "P"),
              "consent-to-be-bound");
    EXPECT_EQ(act(parse_act_heading("Simplified procedure(p), Formal confirmation(c), Definitive signature(s)"), "s"),
              "definitive-signature");
    EXPECT_EQ(act(parse_act_heading("Signature ad referendum (s)"), ""), "signature");
    EXPECT_EQ(act(parse_act_heading("Definitive signature(s), Confirmation of signature"), ""), "definitive-signature");
    EXPECT_EQ(act(parse_act_heading("Provisional application by virtue of signature, adoption of the Agreement or "
                                    "accession thereto, Provisional application by virtue of a notification (n)"),
                  "n"),
              "provisional-application");
    EXPECT_EQ(act(parse_act_heading("Definitive signature of the Protocol, Acceptance of the Protocol, Notification in "
                                    "respect of the Agreement as amended(d)"),
                  "d"),
              "succession");
}

TEST(Untc, SeveralBareActsOfParticipantsAreConsent) {
    EXPECT_EQ(act(parse_act_heading(
                      "Definitive signature of the Protocol, Acceptance of the Protocol, Succession to the Protocol"),
                  ""),
              "consent-to-be-bound");
    EXPECT_EQ(act(parse_act_heading("Signature, Ratification"), ""), "");
}

TEST(Untc, HeadingsWithoutAnAct) {
    for (const char* heading : {"UNTS Volume", "Registration Number", "Notification under article 21 (1)",
                                "Notification of non-provisional application under article 7 (1) (b)"}) {
        EXPECT_FALSE(parse_act_heading(heading).any) << heading;
    }
}

TEST(Untc, Cells) {
    ActCell cell;
    ASSERT_TRUE(parse_act_cell("24 Sep 2003 a", cell));
    EXPECT_EQ(iso(cell.day), "2003-09-24");
    EXPECT_EQ(cell.letter, "a");
    ASSERT_TRUE(parse_act_cell("[14 Dec 2000 ]", cell));
    EXPECT_EQ(iso(cell.day), "2000-12-14");
    EXPECT_EQ(cell.letter, "");
    ASSERT_TRUE(parse_act_cell("11 Dec 1986 AA", cell));
    EXPECT_EQ(cell.letter, "AA");
    EXPECT_FALSE(parse_act_cell("31 Feb 2003", cell));
    EXPECT_FALSE(parse_act_cell("yes", cell));
    EXPECT_FALSE(parse_act_cell("", cell));
}

}  // namespace
}  // namespace icosa::ingest
