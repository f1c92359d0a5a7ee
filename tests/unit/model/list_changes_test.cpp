/// Entries put together, and two editions of a made-up list compared.
#include "model/list_changes.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "model/designees.hpp"

namespace icosa::model {
namespace {

Detail detail(DetailField field, std::int32_t number, std::string text, std::uint8_t part = 0) {
    return {7, number, field, part, std::move(text)};
}

ListEntry made(const std::string& reference, std::vector<Detail> details) {
    std::sort(details.begin(), details.end());
    ListEntry out;
    out.list = "made-up-list";
    out.regime = "north";
    out.type = "Individual";
    out.reference = reference;
    out.details = std::move(details);
    out.file = "a.xml";
    out.line = 7;
    return out;
}

TEST(Designee, IsMadeOfItsDetails) {
    const ListEntry one =
        made("A.1",
             {detail(DetailField::Name, 0, "Ada", 1), detail(DetailField::Name, 0, "Example", 2),
              detail(DetailField::Alias, 0, "EXAMPLE, Addie"), detail(DetailField::Alias, 1, "EXAMPLE, Addie"),
              detail(DetailField::AliasWeak, 0, "the Sample"), detail(DetailField::NameFormer, 0, "Sample Ada"),
              detail(DetailField::BirthYear, 0, "1801"), detail(DetailField::BirthYear, 1, "1880"),
              detail(DetailField::BirthKind, 1, "APPROXIMATELY"), detail(DetailField::BirthYearFrom, 2, "1871"),
              detail(DetailField::BirthYearTo, 2, "1873"), detail(DetailField::DocumentType, 4, "Passport"),
              detail(DetailField::DocumentNumber, 4, "X 12"), detail(DetailField::DocumentIssuer, 4, "Nowhere"),
              detail(DetailField::DocumentType, 5, "Passport"), detail(DetailField::Updated, 0, "2011-02-03"),
              detail(DetailField::Updated, 1, "2012-02-03"), detail(DetailField::Comment, 0, "Made up.")});
    const Designee out = designee_of(one);
    EXPECT_EQ(out.kind, DesigneeKind::Individual);
    ASSERT_EQ(out.names.size(), 4u);
    EXPECT_EQ(out.names[0].text, "Ada Example");
    EXPECT_EQ(out.names[0].parts, (std::vector<std::string>{"Ada", "Example"}));
    EXPECT_EQ(out.names[1].text, "Sample Ada");
    EXPECT_EQ(out.names[1].quality, NameQuality::Former);
    EXPECT_EQ(out.names[2].parts, (std::vector<std::string>{"EXAMPLE", "Addie"}));
    EXPECT_EQ(out.names[3].quality, NameQuality::Weak);
    ASSERT_EQ(out.births.size(), 2u) << "1801 is no year of birth of this world";
    EXPECT_TRUE(out.births[0].is_approximate);
    EXPECT_EQ(iso(out.births[1].last), "1873-12-31");
    ASSERT_EQ(out.documents.size(), 1u) << "a kind without a number is none";
    EXPECT_EQ(out.documents[0].type + out.documents[0].number + out.documents[0].issuer, "PassportX 12Nowhere");
    EXPECT_EQ(iso(out.updated), "2012-02-03");
    EXPECT_EQ(out.comment, "Made up.");
}

TEST(Designee, ABodysNameKeepsItsCommas) {
    ListEntry one = made("A.2", {detail(DetailField::Name, 0, "EXAMPLE TRADE, LTD.")});
    one.type = "Entity";
    EXPECT_TRUE(designee_of(one).names[0].parts.empty());
}

std::string told(const ListChanges& changes) {
    std::string out;
    for (const auto& one : changes.changes) {
        out += std::string(change_kind_names[static_cast<std::size_t>(one.kind)]) + " " + one.reference;
        for (const auto& field : one.fields) {
            out += " " + field.field;
            for (const auto& text : field.before) out += " -" + text;
            for (const auto& text : field.after) out += " +" + text;
        }
        out += "\n";
    }
    return out;
}

TEST(ListChanges, SayWhoWasAddedRemovedAmendedAndWhere) {
    const std::vector<ListEntry> before = {
        made("A.1",
             {detail(DetailField::Name, 0, "Ada"), detail(DetailField::DocumentType, 0, "Passport"),
              detail(DetailField::DocumentNumber, 0, "1")}),
        made("A.2", {detail(DetailField::Name, 0, "Bea")}), made("A.3", {detail(DetailField::Name, 0, "Cleo")})};
    const std::vector<ListEntry> after = {
        made("A.4", {}), made("A.3", {detail(DetailField::Name, 0, "Cleo")}),
        made("A.1",
             {detail(DetailField::Name, 0, "Ada"), detail(DetailField::Alias, 0, "Addie"),
              detail(DetailField::DocumentType, 0, "Passport"), detail(DetailField::DocumentNumber, 0, "2")})};
    const auto changes = changes_between(before, after);
    EXPECT_EQ(told(changes), "amended A.1 alias +Addie document -Passport 1 +Passport 2\nremoved A.2\nadded A.4\n");
    EXPECT_EQ(changes.before, 3u);
    EXPECT_TRUE(changes.repeated.empty());
}

TEST(ListChanges, AnotherOrderIsNone) {
    const std::vector<ListEntry> before = {
        made("A.1", {detail(DetailField::Alias, 0, "Addie"), detail(DetailField::Alias, 1, "Adda")})};
    const std::vector<ListEntry> after = {
        made("A.1", {detail(DetailField::Alias, 0, "Adda"), detail(DetailField::Alias, 1, "Addie")})};
    const auto changes = changes_between(before, after);
    EXPECT_EQ(told(changes), "");
    EXPECT_EQ(changes.reordered, std::vector<std::string>{"A.1"});
}

TEST(ListChanges, AReferenceThatStandsTwiceIsOneEntry) {
    const std::vector<ListEntry> before = {made("A.1", {detail(DetailField::Alias, 0, "Addie")})};
    const std::vector<ListEntry> after = {made("A.1", {detail(DetailField::Alias, 0, "Addie")}),
                                          made("A.1", {detail(DetailField::Alias, 0, "Adda")})};
    const auto changes = changes_between(before, after);
    EXPECT_EQ(told(changes), "amended A.1 alias +Adda\n");
    EXPECT_EQ(changes.repeated, std::vector<std::string>{"A.1"});
    EXPECT_EQ(changes.after, 1u);
}

TEST(ListChanges, OfNothingAreNone) { EXPECT_TRUE(changes_between({}, {}).changes.empty()); }

}  // namespace
}  // namespace icosa::model
