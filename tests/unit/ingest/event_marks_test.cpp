/// What a source says of an event besides the event: how exact its position is, lead or aside, types of actors, the
/// minute it was added, and what the same event told again has in common.
#include <gtest/gtest.h>

#include "cards.hpp"
#include "folder.hpp"
#include "ingest/card_reader.hpp"

namespace icosa::ingest {
namespace {

constexpr const char* map = R"([map]
day = { column = "day", parse = "date" }
kind = { value = "protest" }
place = { column = "country", optional = true }
position_precision = { column = "exact", lookup = "exactness" }
root = { column = "root", parse = "yes-no" }
typed = { columns = ["type1", "type2"], parse = "given" }
known_minute = { column = "added", parse = "timestamp-minute" }
[lookup.exactness]
"1" = "exact"
"2" = "near"
"3" = "district"
"4" = "province"
"5" = "country"
"*" = "unknown"
)";
constexpr const char* source =
    "record = \"event\"\nheader = [\"id\", \"day\", \"country\", \"exact\", \"root\", \"type1\", \"type2\", "
    "\"added\"]\n"
    "identity = [\"id\"]\nlikeness = [\"day\", \"country\"]";
constexpr const char* header = "id,day,country,exact,root,type1,type2,added\n";

struct Read {
    std::vector<model::Event> events;
    Closing closing;
};

Read read(const std::string& path, const pack::SourceCard& card) {
    Read out;
    model::TermTable terms;
    auto reader = FileReader::open(path, card, terms);
    EXPECT_TRUE(reader) << (reader ? "" : render(reader.error()));
    for (model::Batch batch; reader && (*reader)->next(batch).value_or(false);)
        out.events.insert(out.events.end(), batch.events.begin(), batch.events.end());
    auto closing = (*reader)->close();
    EXPECT_TRUE(closing) << (closing ? "" : render(closing.error()));
    if (closing) out.closing = std::move(*closing);
    return out;
}

TEST(EventMarks, AreReadAndAbsentOnesStayUnsaid) {
    const Folder folder;
    const auto out = read(folder.put("e.csv",
                                     std::string(header)
                                         + "1,2020-01-01,Peru,1,1,GOV,,20200101143000\n"
                                           "2,2020-01-01,Peru,4,0,,,20200101235959\n"
                                           "3,2020-01-02,Peru,,,,MIL,\n"
                                           "4,2020-01-03,Peru,9,1,,,2.02E+13\n"),
                          card_of("e", source, map));
    ASSERT_EQ(out.events.size(), 4U);
    using enum model::PositionPrecision;
    EXPECT_EQ(out.events[0].position_precision, Exact);
    EXPECT_EQ(out.events[1].position_precision, Province);
    EXPECT_EQ(out.events[2].position_precision, Unknown);
    EXPECT_EQ(out.events[3].position_precision, Unknown);
    EXPECT_EQ(out.events[0].root, model::Flag::Yes);
    EXPECT_EQ(out.events[1].root, model::Flag::No);
    EXPECT_EQ(out.events[2].root, model::Flag::Unsaid);
    EXPECT_EQ(out.events[0].typed, model::Flag::Yes);
    EXPECT_EQ(out.events[1].typed, model::Flag::No);
    EXPECT_EQ(out.events[2].typed, model::Flag::Yes);
    EXPECT_EQ(out.events[0].known_minute, 870);
    EXPECT_EQ(out.events[1].known_minute, 1439);
    EXPECT_EQ(out.events[2].known_minute, model::no_int);
    EXPECT_EQ(out.events[3].known_minute, model::no_int) << "a damaged time loses the minute, not the row";
}

TEST(EventMarks, RowsAreAlikeByTheColumnsNamed) {
    const Folder folder;
    const auto out =
        read(folder.put("e.csv",
                        std::string(header)
                            + "1,2020-01-01,Peru,1,1,GOV,,\n2,2020-01-01,Peru,4,0,,,\n3,2020-01-02,Peru,,,,,\n"),
             card_of("e", source, map));
    ASSERT_EQ(out.events.size(), 3U);
    EXPECT_EQ(out.events[0].likeness, out.events[1].likeness);
    EXPECT_NE(out.events[0].likeness, out.events[2].likeness);
    EXPECT_NE(out.events[0].likeness, 0U);
    EXPECT_NE(out.events[0].identity, out.events[1].identity);
}

TEST(EventMarks, AFlagThatIsNoneRefusesItsRow) {
    const Folder folder;
    const auto out =
        read(folder.put("e.csv",
                        std::string(header)
                            + "1,2020-01-01,Peru,1,7,,,\n2,2020-01-01,Peru,1,1,,,\n3,2020-01-01,Peru,1,1,,,\n"),
             card_of("e", source, map));
    EXPECT_EQ(out.events.size(), 2U);
    ASSERT_EQ(out.closing.rejects.size(), 1U);
    EXPECT_EQ(out.closing.rejects[0].field, "root");
    EXPECT_EQ(out.closing.rejects[0].problem, "is neither yes nor no");
}

TEST(EventMarks, TheFirstNameThatIsFilledSaysHowExactAPositionIs) {
    const Folder folder;
    const auto out = read(
        folder.put("e.csv",
                   "id,day,city,district,province,country\n1,2020-01-01,Cusco,,Cusco,Peru\n"
                   "2,2020-01-01,,Calca,Cusco,Peru\n3,2020-01-01,,,Cusco,Peru\n4,2020-01-01,,,,Peru\n"
                   "5,2020-01-01,,,,\n"),
        card_of(
            "e", "record = \"event\"\nheader = [\"id\", \"day\", \"city\", \"district\"]\nidentity = [\"id\"]",
            "[map]\nday = { column = \"day\", parse = \"date\" }\nkind = { value = \"protest\" }\nplace = { column = "
            "\"country\", optional = true }\nposition_precision = { columns = [\"city\", \"district\", \"province\", "
            "\"country\"], parse = \"given\" }\n"));
    std::vector<model::PositionPrecision> found;
    for (const auto& event : out.events) found.push_back(event.position_precision);
    using enum model::PositionPrecision;
    EXPECT_EQ(found, (std::vector<model::PositionPrecision>{Near, District, Province, Country, Unknown}));
}

/// The first fault of a card.
std::string fault_of(const std::string& keys, const std::string& rest) {
    const std::string text =
        "[source]\nid = \"e\"\ntitle = \"T\"\npublisher = \"P\"\nlicence = \"CC0-1.0\"\n" + keys + "\n" + rest;
    const auto file = pack::parse_toml(text, "packs/sources/e.toml");
    EXPECT_TRUE(file);
    Diagnostics faults;
    (void)pack::parse_source_card(*file, faults);
    return faults.empty() ? "" : faults.front().code;
}

TEST(EventMarks, FaultsOfTheCard) {
    const std::string good = map;
    const auto changed = [&](const std::string& what, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(what), what.size(), to);
    };
    EXPECT_EQ(fault_of(source, good), "");
    EXPECT_EQ(fault_of(source, changed("\"5\" = \"country\"", "\"5\" = \"nation\"")), "not-allowed");
    EXPECT_EQ(fault_of(source,
                       changed("column = \"exact\", lookup = \"exactness\"",
                               "columns = [\"exact\", \"root\"], parse = \"given\"")),
              "bad-field");
    EXPECT_EQ(
        fault_of("record = \"event\"\nheader = [\"id\", \"day\", \"country\", \"exact\"]\nlikeness = [\"day\"]", good),
        "bad-field")
        << "likeness needs an identity to be another's";
}

}  // namespace
}  // namespace icosa::ingest
