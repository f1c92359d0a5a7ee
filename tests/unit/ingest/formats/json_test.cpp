/// JSON documents and JSON lines: where records are found, what becomes of nested values, what is told of broken ones.
#include "ingest/formats/json_file.hpp"

#include <gtest/gtest.h>

#include "folder.hpp"
#include "ingest/formats/json_fault.hpp"
#include "tables.hpp"

namespace icosa::ingest {
namespace {

TEST(Json, RecordsAreTheLongestListOfObjects) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", R"([{"a": 1, "b": "x"}, {"b": "y", "c": true}])")),
              (Rows{"0|a|b|c", "1|1|x|", "2||y|true"}));
    EXPECT_EQ(
        rows_in(folder.put("b", R"({"title": "t", "tags": [{"x": 1}], "data": {"items": [{"v": 1}, {"v": 2}]}})")),
        (Rows{"0|v", "1|1", "2|2"}));
    EXPECT_EQ(rows_in(folder.put("c", R"([{"page": 1, "pages": 1}, [{"v": 7.5}, {"v": null}, {"v": -3}]])")),
              (Rows{"0|v", "1|7.5", "2|", "3|-3"}))
        << "a page's numbers, then its records";
    EXPECT_EQ(rows_in(folder.put("d", R"({"v": 1, "w": {"x": 2}})")), (Rows{"0|v|w.x", "1|1|2"})) << "one record";
    EXPECT_EQ(rows_in(folder.put("e", "\xEF\xBB\xBF [{\"v\": 1}]\n\n")), (Rows{"0|v", "1|1"}));
}

TEST(Json, ACardSaysWhereRecordsAre) {
    const Folder folder;
    const std::string path = folder.put("a", R"({"many": [{"x": 1}, {"x": 2}, {"x": 3}], "few": [{"y": 4}], "none": [],
                            "by": {"AFG": {"phase": 3}, "BFA": {"phase": 2}}})");
    EXPECT_EQ(rows_in(path, {"few", "", ""}), (Rows{"0|y", "1|4"}));
    EXPECT_EQ(rows_in(path, {"many.1", "", ""}), (Rows{"0|x", "1|2"}));
    EXPECT_EQ(rows_in(path, {"by.*", "", ""}), (Rows{"0|@|phase", "1|AFG|3", "2|BFA|2"})) << "@ is a record's own name";
    EXPECT_EQ(rows_in(path, {"none", "", ""}), Rows{}) << "no record today is no error";
    EXPECT_EQ(rows_in(path, {"vulnerabilities", "", ""}),
              Rows{"no-records:0:0: there are no records at 'vulnerabilities'; of lists of objects it has 'many' (3), "
                   "'few' (1)"});
    EXPECT_EQ(rows_in(folder.put("b", R"([{"v": 1}, {"v": 2}])"), {"[]", "", ""}), (Rows{"0|v", "1|1", "2|2"}));
}

TEST(Json, WhatIsNestedBecomesColumns) {
    const Folder folder;
    const std::string path = folder.put(
        "a",
        R"([{"when": {"day": "2026-01-02"}, "cwes": ["CWE-1", "CWE-2"], "at": [{"iso": "MLI"}, {"iso": "NER"}]}])");
    EXPECT_EQ(rows_in(path),
              (Rows{"0|when.day|cwes.0|cwes.1|cwes|at.0.iso|at.1.iso",
                    R"(1|2026-01-02|CWE-1|CWE-2|["CWE-1","CWE-2"]|MLI|NER)"}));
    EXPECT_EQ(rows_in(path, {"", "at", ""}),
              (Rows{"0|when.day|cwes.0|cwes.1|cwes|at.iso", R"(1|2026-01-02|CWE-1|CWE-2|["CWE-1","CWE-2"]|MLI)",
                    R"(2|2026-01-02|CWE-1|CWE-2|["CWE-1","CWE-2"]|NER)"}))
        << "a row an entry";
    EXPECT_EQ(rows_in(folder.put("b", R"([{"id": 1, "k": ["a", "b"]}, {"id": 2, "k": []}, {"id": 3}])"), {"", "k", ""}),
              (Rows{"0|id|k", "1|1|a", "2|1|b", "3|2|", "4|3|"}))
        << "an empty list leaves its record";
}

TEST(Json, ListsAreRowsOfASheet) {
    const Folder folder;
    EXPECT_EQ(
        rows_in(folder.put("a", R"([["time", "Kp"], ["2026-02-02 00:00:00", "2.33"], ["2026-02-02 03:00:00", 3]])")),
        (Rows{"1|time|Kp", "2|2026-02-02 00:00:00|2.33", "3|2026-02-02 03:00:00|3"}));
}

TEST(Json, TextsAndNumbersAsTheyAre) {
    const Folder folder;
    EXPECT_EQ(
        rows_in(folder.put(
            "a", R"([{"a": "C\u00f4te \"x\"\nd\\", "b": 1e3, "c": 0.1, "d": 12345678901, "e": 34.385399999999997}])")),
        (Rows{"0|a|b|c|d|e", "1|Côte \"x\"\nd\\|1000|0.1|12345678901|34.3854"}));
}

TEST(Json, BrokenDocumentsAreToldWithTheirPlace) {
    const Folder folder;
    const auto only = [&](std::string_view text) { return rows_in(folder.put("x", text)).at(0); };
    EXPECT_EQ(only("[{\"a\": 1},\n {\"a\": 2"),
              "cut-off:2:9: this is no whole JSON document: the file ends within the document");
    EXPECT_EQ(only("{\n\"a\": [1, 2,, 3]}"),
              "not-well-formed:2:12: this is no whole JSON document: this is no value (text stands in quotes)");
    EXPECT_EQ(only("[{\"a\": NaN}]"),
              "not-well-formed:1:8: this is no whole JSON document: this is no value (text stands in quotes)");
    EXPECT_EQ(only("[{\"a\" 1}]"), "not-well-formed:1:7: this is no whole JSON document: a colon is missing here");
    EXPECT_EQ(only("[{\"a\": 1}] x"),
              "not-well-formed:1:12: this is no whole JSON document: something stands behind the end of the document");
    EXPECT_EQ(only("[\"\xFF\"]"),
              "not-well-formed:1:3: this is no whole JSON document: this byte is not UTF-8, the encoding of JSON");
    EXPECT_EQ(only(std::string(5000, '[')).substr(0, 8), "cut-off:");
}

TEST(Json, FaultsAreFoundWhereTheyStand) {
    for (const char* good :
         {"1", "[]", "{}", R"({"a": [1, -2.5e+3, "x\"y", {"b": null}], "c": [[], {}]})", " [true , false] "})
        EXPECT_EQ(find_json_fault(good).what, "") << good;
    EXPECT_EQ(find_json_fault(R"({"a": 1,})").offset, 8U);
    EXPECT_EQ(find_json_fault("[1 2]").offset, 3U);
    EXPECT_EQ(find_json_fault("[01.]").offset, 4U);
}

TEST(Json, WhatWouldBeLostIsTold) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", R"({"items": [{"v": 1}], "n": 1, "items": [{"v": 2}]})"))[0],
              "duplicate-key:0:0: 'items' stands twice in one object, and only one of them would be read");
    EXPECT_EQ(rows_in(folder.put("b", R"([{"v": 1, "w": 2}, {"v": 3, "w": 4, "v": 5}])")),
              (Rows{"0|v|w", "1|1|2", "2|! has 'v' twice, and only one of them would be read"}));
    const std::string large = R"([{"id": 123456789012345678901234, "t": "1 \" 99999999999999999999"}, {"id": -7}])";
    EXPECT_EQ(rows_in(folder.put("c", large)),
              (Rows{"0|id|t", "1|123456789012345678901234|1 \" 99999999999999999999", "2|-7|"}))
        << "whole numbers beyond 64 bits, digit by digit";
    EXPECT_EQ(rows_in(folder.put("d", "{\"a\": 1}\n{\"a\": 99999999999999999999}\n")),
              (Rows{"0|a", "1|1", "2|99999999999999999999"}));
}

std::string utf16(std::string_view text) {
    std::string out = "\xFF\xFE";
    for (const char c : text) out += std::string{c, '\0'};
    return out;
}

TEST(Json, Utf16) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", utf16("[{\"v\": 1}, {\"v\": 2}]"))), (Rows{"0|v", "1|1", "2|2"}));
    EXPECT_EQ(rows_in(folder.put("b", utf16("{\"v\": 1}\n{\"v\": 2}\n"))), (Rows{"0|v", "1|1", "2|2"}));
}

TEST(JsonLines, TheFirstMayBeLong) {
    const Folder folder;
    const std::string text(200'000, 'x');
    EXPECT_EQ(rows_in(folder.put("a", "{\"a\": \"" + text + "\", \"b\": 1}\n{\"b\": 2}\n")).back(), "2||2");
    EXPECT_EQ(rows_in(folder.put("b", "{\"rows\": [{\"b\": 1, \"a\": \"" + text + "\"}]}\n"))[1].substr(0, 4), "1|1|");
}

TEST(JsonLines, ALineIsARecord) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", "{\"a\": 1}\n\n{\"a\": 2, \"b\": {\"c\": \"x\"}}\r\n{\"a\": 3}")),
              (Rows{"0|a|b.c", "1|1|", "3|2|x", "4|3|"}));
    EXPECT_EQ(rows_in(folder.put("b", "{\"a\": 1}\n{\"a\": }\n{\"a\": 3}\n")),
              (Rows{"0|a", "1|1", "2|! is no JSON: this is no value (text stands in quotes) (byte 7)", "3|3"}))
        << "a broken line is a broken row";
    std::string many;
    for (int i = 0; i < 50'000; ++i) many += fmt::format("{{\"n\": {}, \"text\": \"{}\"}}\n", i, std::string(60, 'x'));
    const auto rows = rows_in(folder.put("c", many));
    ASSERT_EQ(rows.size(), 50'001U) << "over the ends of blocks";
    EXPECT_EQ(rows[50'000].substr(0, 12), "50000|49999|");
}

TEST(Format, IsToldByContent) {
    EXPECT_EQ(format_of("{\"a\": 1}"), Format::Json);
    EXPECT_EQ(format_of("[\n  {"), Format::Json);
    EXPECT_EQ(format_of("{\"a\": 1}\n{\"a\": 2}\n"), Format::JsonLines);
    EXPECT_EQ(format_of("<?xml version=\"1.0\"?>"), Format::Xml);
    EXPECT_EQ(format_of("<ndm a=\"b\">\n <omm>"), Format::OmmXml);
    EXPECT_EQ(format_of("<ndm a=\"b\">\n <other>"), Format::Xml);
    EXPECT_EQ(format_of("<DATE>,<CLOSE>\n2020,1\n"), Format::Text);
    EXPECT_EQ(format_of("[day],[n]\n"), Format::Text);
    EXPECT_EQ(format_of("a,b\n1,2\n"), Format::Text);
    EXPECT_EQ(format_of(std::string_view("PK\x03\x04", 4)), Format::Workbook);
    EXPECT_EQ(format_of("\xD0\xCF\x11\xE0"), Format::OldWorkbook);
}

}  // namespace
}  // namespace icosa::ingest
