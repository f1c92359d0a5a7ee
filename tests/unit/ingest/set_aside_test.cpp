/// Rows that a card sets aside are kept, listed with their reason, and of no figure.
#include "ingest/set_aside.hpp"

#include <gtest/gtest.h>

#include "cards.hpp"
#include "folder.hpp"
#include "ingest/card_reader.hpp"

namespace icosa::ingest {
namespace {

constexpr const char* rule = R"(
[[set_aside]]
where = { roll_call = ["7", "10..12"], voter = ["Greece", "Grenada"] }
reason = "exchanged"
source = "the file itself"
reviewed = "2026-11-29"
first_day = "2010-10-26"
last_day = "2010-12-21"
places = ["grc", "grd"]
)";

pack::SourceCard votes() {
    return card_of("vo",
                   "record = \"vote\"\nheader = [\"rcid\", \"country\", \"vote\"]\nidentity = [\"rcid\", \"country\"]",
                   std::string("[map]\nroll_call = { column = \"rcid\" }\nvoter = { column = \"country\" }\nballot = { "
                               "column = \"vote\" }\n")
                       + rule);
}

struct Read {
    model::Batch records;
    Closing closing;
};

Read read(const std::string& path, const pack::SourceCard& card) {
    Read out;
    model::TermTable terms;
    auto reader = FileReader::open(path, card, terms);
    EXPECT_TRUE(reader) << (reader ? "" : render(reader.error()));
    for (model::Batch batch; reader && (*reader)->next(batch).value_or(false);) {
        out.records.votes.insert(out.records.votes.end(), batch.votes.begin(), batch.votes.end());
        out.records.observations.insert(out.records.observations.end(), batch.observations.begin(),
                                        batch.observations.end());
    }
    auto closing = (*reader)->close();
    EXPECT_TRUE(closing) << (closing ? "" : render(closing.error()));
    if (closing) out.closing = std::move(*closing);
    return out;
}

TEST(SetAside, TheseBallotsAreOfNoRollCallAndTheOthersStay) {
    const Folder folder;
    const auto out = read(folder.put("v.csv",
                                     "rcid,country,vote\n7,Greece,yes\n9,Greece,yes\n10,GRENADA,no\n12.0,Greece,no\n12,"
                                     "Cuba,yes\n13,Grenada,no\n"),
                          votes());
    ASSERT_EQ(out.records.votes.size(), 6U);
    std::vector<std::int32_t> calls;
    for (const auto& vote : out.records.votes) calls.push_back(vote.roll_call);
    const std::int32_t none = model::no_int;
    EXPECT_EQ(calls, (std::vector<std::int32_t>{none, 9, none, none, 12, 13}));
    EXPECT_EQ(out.closing.rows, 6);
    EXPECT_EQ(out.closing.rejected, 0);
    ASSERT_EQ(out.closing.rejects.size(), 3U);
    EXPECT_EQ(out.closing.rejects[0].line, 2);
    EXPECT_EQ(out.closing.rejects[0].field, "country");
    EXPECT_EQ(out.closing.rejects[0].text, "Greece");
    EXPECT_EQ(out.closing.rejects[0].problem, "is set aside, in no figure: exchanged");
    EXPECT_EQ(out.closing.rejects[0].cure, "the file itself, reviewed 2026-11-29");
}

TEST(SetAside, ObservationsKeepTheRowWithoutItsValue) {
    const Folder folder;
    const auto card =
        card_of("ob", "record = \"observation\"\nheader = [\"year\", \"iso\", \"n\"]\nidentity = [\"year\", \"iso\"]",
                R"([map]
day = { column = "year", parse = "year" }
place = { column = "iso", system = "iso3" }
[[measure]]
id = "m"
title = "M"
unit = "persons"
column = "n"
[[set_aside]]
where = { place = ["SYR"] }
reason = "counted twice"
source = "the publisher's errata"
reviewed = "2026-11-29"
first_day = "2019-01-01"
last_day = "2019-12-31"
)");
    const auto out = read(folder.put("o.csv", "year,iso,n\n2019,SYR,5\n2019,IRQ,6\n"), card);
    ASSERT_EQ(out.records.observations.size(), 2U);
    EXPECT_TRUE(std::isnan(out.records.observations[0].value));
    EXPECT_EQ(out.records.observations[1].value, 6);
    EXPECT_EQ(out.closing.rejects.size(), 1U);
}

}  // namespace
}  // namespace icosa::ingest
