/// One table as CSV, JSON, XML and workbook: the same card, the same records, rejects at the row's own place.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "../cards.hpp"
#include "folder.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/recognise.hpp"
#include "ingest/row_texts.hpp"
#include "zip_writer.hpp"

namespace icosa::ingest {
namespace {

pack::SourceCard incident_card(const std::string& more = "") {
    return card_of("incidents",
                   "record = \"event\"\nheader = [\"id\", \"day\", \"place\", \"dead\"]\nidentity = [\"id\"]\n" + more,
                   R"(
[map]
day = { column = "day", parse = "date", optional = false }
kind = { value = "piracy" }
place = { column = "place", system = "iso3" }
best = { column = "dead" }
[assert]
rejects_share = 0.5
)");
}

/// "2026-02-21 MLI 3 ..., rejected: LINE:COLUMN FIELD 'text'"; or the error.
std::string told(const std::string& path, const pack::SourceCard& card) {
    const std::vector<pack::SourceCard> cards{card};
    const auto layout = recognise(path, cards);
    if (!layout) return render(layout.error());
    model::TermTable terms;
    auto reader = FileReader::open(path, **layout, terms);
    if (!reader) return render(reader.error());
    std::string out;
    for (model::Batch batch;;) {
        const auto more = (*reader)->next(batch);
        if (!more) return render(more.error());
        if (!*more) break;
        for (const auto& event : batch.events)
            out += fmt::format("{} {} {} @{}; ", iso(event.first_day), terms.at(event.place).text,
                               event.fatalities_best, event.line);
    }
    const auto closing = (*reader)->close();
    if (!closing) return render(closing.error());
    EXPECT_EQ(closing->digest.size(), 32U);
    for (const model::Reject& reject : closing->rejects)
        out += fmt::format("rejected {}:{} {} '{}'", reject.line, reject.column, reject.field, reject.text);
    return out;
}

constexpr std::string_view records = "2026-02-21 MLI 3 @{}; 2026-02-22 NER 0 @{}; rejected {}:4 dead 'many'";
std::string at_lines(int first, int second, int third) {
    return fmt::format(fmt::runtime(records), first, second, third);
}

TEST(Formats, OneCardReadsAll) {
    const Folder folder;
    const pack::SourceCard card = incident_card();
    EXPECT_EQ(
        told(folder.put("a.csv", "id,day,place,dead\n1,2026-02-21,MLI,3\n2,2026-02-22,NER,0\n3,2026-02-23,NER,many\n"),
             card),
        at_lines(2, 3, 4));
    EXPECT_EQ(told(folder.put("b", R"({"n": 3, "data": [{"id": 1, "day": "2026-02-21", "place": "MLI", "dead": 3},
        {"id": 2, "day": "2026-02-22", "place": "NER", "dead": 0, "more": null}, {"dead": "many", "id": 3,
        "day": "2026-02-23", "place": "NER"}]})"),
                   card),
              at_lines(1, 2, 3));
    EXPECT_EQ(told(folder.put("c.jsonl",
                              "{\"id\":1,\"day\":\"2026-02-21\",\"place\":\"MLI\",\"dead\":3}\n\n"
                              "{\"id\":2,\"day\":\"2026-02-22\",\"place\":\"NER\",\"dead\":0}\n"
                              "{\"id\":3,\"day\":\"2026-02-23\",\"place\":\"NER\",\"dead\":\"many\"}\n"),
                   card),
              at_lines(1, 3, 4));
    EXPECT_EQ(told(folder.put("d.xml",
                              "<r><e><id>1</id><day>2026-02-21</day><place>MLI</place><dead>3</dead></e>"
                              "<e><id>2</id><day>2026-02-22</day><place>NER</place><dead>0</dead></e>"
                              "<e><id>3</id><day>2026-02-23</day><place>NER</place><dead>many</dead></e></r>"),
                   card),
              at_lines(1, 2, 3));
    const auto row = [](int line, const std::string& id, const std::string& day, const std::string& place,
                        const std::string& dead) {
        const auto text = [](const std::string& one) { return "<c t=\"inlineStr\"><is><t>" + one + "</t></is></c>"; };
        return fmt::format("<row r=\"{}\">{}<c s=\"1\"><v>{}</v></c>{}{}</row>", line, text(id), day, text(place),
                           text(dead));
    };
    const std::string header =
        "<row r=\"1\"><c t=\"inlineStr\"><is><t>A report</t></is></c></row><row r=\"3\">"
        "<c t=\"inlineStr\"><is><t>ID</t></is></c><c t=\"inlineStr\"><is><t>day</t></is></c>"
        "<c t=\"inlineStr\"><is><t>place</t></is></c><c t=\"inlineStr\"><is><t>dead</t></is></c>"
        "<c t=\"inlineStr\"><is><t>note</t></is></c></row>";
    const std::string data = row(4, "1", "46074", "MLI", "3") + row(6, "2", "46075", "NER", "0")
        + row(7, "3", "46076", "NER", "many")
        + "<row r=\"9\"><c r=\"H9\" t=\"inlineStr\"><is><t>a note beside</t></is></c></row>";
    const BookText book{{{"Cover", "<row r=\"1\"><c><v>1</v></c></row>"}, {"Data", header + data}}};
    const std::string path = folder.put("e.xlsx", workbook_bytes(book));
    EXPECT_EQ(told(path, card), at_lines(4, 6, 7)) << "below titles, in the second sheet, with days that are numbers";
    EXPECT_EQ(told(path, incident_card("header_row = 3\nsheet = \"data\"\n")), at_lines(4, 6, 7));
    EXPECT_NE(told(path, incident_card("header_row = 4\n")).find("unknown-source"), std::string::npos);
    EXPECT_NE(told(path, incident_card("sheet = \"Cover\"\n")).find("unknown-source"), std::string::npos);

    const auto texts = texts_of_rows(path, card, {6, 7});
    ASSERT_TRUE(texts);
    EXPECT_EQ(texts->at(6), "row 6: ID=2; day=2026-02-22; place=NER; dead=0;");
}

TEST(Formats, Utf16IsReadByItsMark) {
    const Folder folder;
    std::u16string wide = u"\uFEFFid,day,place,dead\n1,2026-02-21,MLI,3\n2,2026-02-22,NER,0\n3,2026-02-23,NER,many\n";
    std::string little, big;
    for (const char16_t unit : wide) {
        little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
        big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
    }
    EXPECT_EQ(told(folder.put("a.csv", little), incident_card()), at_lines(2, 3, 4));
    EXPECT_EQ(told(folder.put("b.csv", big), incident_card()), at_lines(2, 3, 4));
    EXPECT_EQ(told(folder.put("c.csv", little.substr(0, little.size() - 1)), incident_card()),
              folder.path() + "/c.csv:4: error[wrong-encoding]: here is half a character of UTF-16 (the file may be "
                              "cut off or damaged: fetch it again)");
}

TEST(Formats, ABrokenJsonLineIsAReject) {
    const Folder folder;
    EXPECT_EQ(told(folder.put("a",
                              "{\"id\":1,\"day\":\"2026-02-21\",\"place\":\"MLI\",\"dead\":3}\n{\"id\":2,\n"
                              "{\"id\":2,\"day\":\"2026-02-22\",\"place\":\"NER\",\"dead\":0}\n"),
                   incident_card()),
              "2026-02-21 MLI 3 @1; 2026-02-22 NER 0 @3; rejected 2:0 row ''");
}

TEST(Formats, UnknownOnesAreToldWithTheirColumns) {
    const Folder folder;
    const std::string path = folder.put("a.json", R"({"rows": [{"x": 1, "y": 2}]})");
    EXPECT_EQ(told(path, incident_card()),
              path
                  + ":1: error[unknown-source]: no source card fits, and none is near; records at 'rows', lines "
                    "count them, with 'x', 'y' (write a card (docs/source-cards.md), or name one with --source ID)");
}

}  // namespace
}  // namespace icosa::ingest
