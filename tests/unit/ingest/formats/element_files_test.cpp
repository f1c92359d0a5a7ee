/// Element sets in fixed columns, keys and values, and XML: the same columns from all, a wrong set a broken row.
#include <algorithm>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "folder.hpp"
#include "tables.hpp"

namespace icosa::ingest {
namespace {

// Objects that do not exist.
constexpr std::string_view line_1 = "1 90001U 24001A   24306.50000000  .00001000  00000+0  10000-3 0  9991";
constexpr std::string_view line_2 = "2 90001  51.6000  10.0000 0001000  20.0000  30.0000 15.50000000    13";
constexpr std::string_view lettered_1 = "1 A0002U 24001B   24306.25000000  .00001000  00000+0 -12345-4 0  9991";
constexpr std::string_view lettered_2 = "2 A0002  97.5000 200.0000 0012345 100.0000 250.0000 14.20000000    18";
constexpr std::string_view old_1 = "1 90003U 61001C   61001.00000000  .00001000  00000+0  00000+0 0  9997";
constexpr std::string_view old_2 = "2 90003   0.0000   0.0000 0000000   0.0000   0.0000  1.00270000    15";

constexpr std::string_view header =
    "0|OBJECT_NAME|OBJECT_ID|EPOCH|MEAN_MOTION|ECCENTRICITY|INCLINATION|RA_OF_ASC_NODE|"
    "ARG_OF_PERICENTER|MEAN_ANOMALY|EPHEMERIS_TYPE|CLASSIFICATION_TYPE|NORAD_CAT_ID|"
    "ELEMENT_SET_NO|REV_AT_EPOCH|BSTAR|MEAN_MOTION_DOT|MEAN_MOTION_DDOT";

std::string lines(std::initializer_list<std::string_view> all, std::string_view end = "\n") {
    std::string out;
    for (const auto line : all) out += std::string(line) + std::string(end);
    return out;
}

TEST(TwoLineElements, NamesNumbersAndYears) {
    const Folder folder;
    const auto rows = rows_in(folder.put("a",
                                         lines({"# made up", "PROBE A                 ", line_1, line_2, "0 PROBE B",
                                                lettered_1, lettered_2, old_1, old_2},
                                               "\r\n")));
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0], header);
    EXPECT_EQ(rows[1],
              "3|PROBE A|2024-001A|2024-11-01T12:00:00.000000|15.50000000|0.0001000|51.6000|10.0000|20.0000|"
              "30.0000|0|U|90001|999|1|.10000E-3|.00001000|.00000E0");
    EXPECT_EQ(rows[2],
              "6|PROBE B|2024-001B|2024-11-01T06:00:00.000000|14.20000000|0.0012345|97.5000|200.0000|100.0000|"
              "250.0000|0|U|100002|999|1|-.12345E-4|.00001000|.00000E0");
    EXPECT_TRUE(rows[3].starts_with("8||1961-001C|1961-01-01T00:00:00.000000|1.00270000|")) << rows[3];
}

TEST(TwoLineElements, WhatIsWrongIsABrokenRowAtItsLine) {
    const Folder folder;
    std::string wrong_sum(line_1), no_number(line_1), other(line_2), cut(line_2), no_epoch(line_1);
    wrong_sum.back() = '2';
    no_number.replace(2, 5, "9O001");
    no_number.back() = '1';
    cut.resize(50);
    const auto told = [&](std::initializer_list<std::string_view> all) {
        auto rows = rows_in(folder.put("a", lines({old_1, old_2}) + lines(all)));
        rows.erase(rows.begin(), rows.begin() + 2);
        return join(rows, "; ");
    };
    EXPECT_EQ(told({wrong_sum, line_2}), "3|! line 1 of the set has the checksum 2, and its columns give 1");
    EXPECT_EQ(told({line_1, cut}), "3|! line 2 of the set has 50 columns, not 69");
    EXPECT_EQ(told({line_1, old_2}), "3|! the two lines are of two objects, 90001 and 90003");
    EXPECT_EQ(told({line_1, line_1, line_2}).substr(0, 42), "3|! line 1 of a set without its line 2; 4|");
    EXPECT_EQ(told({line_2}), "3|! line 2 of a set without its line 1");
    EXPECT_EQ(told({"A NAME"}), "3|! a name without element lines below it");
    EXPECT_EQ(told({line_1}), "3|! line 1 of a set without its line 2");
    EXPECT_EQ(told({no_number, line_2}).substr(0, 5), "3|! '") << "a letter O is none of alpha-5";
}

TEST(TwoLineElements, MinutesBehindASetAndNoChecksumThen) {
    const Folder folder;
    std::string wrong_sum(line_1);
    wrong_sum.back() = '2';
    const auto rows =
        rows_in(folder.put("a", lines({wrong_sum, std::string(line_2) + "      0.0      1440.0    60.00"})));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(rows[0].ends_with("|START_MINUTES|STOP_MINUTES|STEP_MINUTES"));
    EXPECT_TRUE(rows[1].ends_with("|0.0|1440.0|60.00")) << rows[1];
}

TEST(TwoLineElements, OtherTextsAreNone) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20\n2 3 4\n")), Rows{"text"});
    EXPECT_EQ(rows_in(folder.put("b", "id,name\n1,2\n2,3\n")), Rows{"text"});
    EXPECT_EQ(rows_in(folder.put("c", lines({line_1}))), Rows{"text"}) << "half a set";
}

constexpr std::string_view message =
    "CCSDS_OMM_VERS = 2.0\nCOMMENT made up\nCREATION_DATE =\nORIGINATOR = \n\n"
    "OBJECT_NAME = PROBE A\nOBJECT_ID = 2024-001A\nEPOCH = 2024-11-01T12:00:00\n"
    "MEAN_MOTION = 15.5 [rev/day]\nUSER_DEFINED_SITE = NOWHERE\n";

TEST(KeysAndValues, AMessageIsARow) {
    const Folder folder;
    const auto rows = rows_in(folder.put("a", std::string(message) + "\r\n" + std::string(message)));
    EXPECT_EQ(rows,
              (Rows{"0|CREATION_DATE|ORIGINATOR|OBJECT_NAME|OBJECT_ID|EPOCH|MEAN_MOTION|SITE",
                    "1|||PROBE A|2024-001A|2024-11-01T12:00:00|15.5|NOWHERE",
                    "12|||PROBE A|2024-001A|2024-11-01T12:00:00|15.5|NOWHERE"}));
}

TEST(KeysAndValues, WhatIsWrongBreaksItsRow) {
    const Folder folder;
    const auto told = [&](std::string_view more) {
        return rows_in(folder.put("a", std::string(message) + std::string(more))).back();
    };
    EXPECT_EQ(told("no key here\n"), "1|! line 11 is no KEY = value: 'no key here'");
    EXPECT_EQ(told("EPOCH = 2024-11-02\n"), "1|! line 11 gives 'EPOCH' a second time");
    EXPECT_EQ(told("OBJECT_NAME = B\n"), "11|||B||||") << "another object under the same header";
}

constexpr std::string_view omm =
    "<omm id='CCSDS_OMM_VERS' version='2.0'><header><ORIGINATOR>X</ORIGINATOR></header><body>"
    "<segment><metadata><OBJECT_NAME>PROBE A</OBJECT_NAME></metadata><data><meanElements>"
    "<EPOCH>2024-11-01T12:00:00</EPOCH></meanElements><tleParameters><NORAD_CAT_ID>"
    "123456789</NORAD_CAT_ID></tleParameters></data></segment></body></omm>";

TEST(MessagesInXml, ColumnsHaveTheNamesOfTheirElements) {
    const Folder folder;
    const Rows wanted = {"0|@id|@version|ORIGINATOR|OBJECT_NAME|EPOCH|NORAD_CAT_ID",
                         "1|CCSDS_OMM_VERS|2.0|X|PROBE A|2024-11-01T12:00:00|123456789"};
    EXPECT_EQ(rows_in(folder.put("a", fmt::format("<?xml version='1.0'?>\n<ndm>{}</ndm>", omm))), wanted);
    EXPECT_EQ(rows_in(folder.put("b", fmt::format("<?xml version='1.0'?>\n{}", omm))), wanted);
    EXPECT_EQ(rows_in(folder.put("c", fmt::format("<ndm>{}{}</ndm>", omm, omm))).size(), 3U);
    EXPECT_EQ(rows_in(folder.put("d", fmt::format("<ndm xsi:noNamespaceSchemaLocation='u'>\n{}</ndm>", omm))),
              Rows{"undeclared-prefix:1:6: the root uses the prefix 'xsi' and does not declare it: this is no "
                   "well-formed message"});
}

TEST(ElementFiles, WordsOfAServiceAreNoData) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a", "Invalid query: \"GROUP=none&FORMAT=json\" (GROUP=none not found)")),
              Rows{"error-answer:1:0: this is a service's answer in words, no data: 'Invalid query: "
                   "\"GROUP=none&FORMAT=json\" (GROUP=none not foun...'"});
    EXPECT_TRUE(rows_in(folder.put("b", "No GP data found"))[0].starts_with("error-answer"));
}

}  // namespace
}  // namespace icosa::ingest
