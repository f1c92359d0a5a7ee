/// Workbooks: cells of every kind, days of both systems, sheets; bombs, passwords and broken archives.
#include "ingest/formats/workbook.hpp"

#include <gtest/gtest.h>

#include "folder.hpp"
#include "ingest/formats/sheet_number.hpp"
#include "tables.hpp"
#include "zip_writer.hpp"

namespace icosa::ingest {
namespace {

TEST(Workbook, CellsOfEveryKind) {
    const Folder folder;
    BookText book{
        {{"Data",
          "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" "
          "t=\"inlineStr\"><is><r><t>in"
          "</t></r><r><t>line</t></r></is></c></row>"
          "<row r=\"4\"><c r=\"A4\" s=\"1\"><v>46074</v></c><c r=\"C4\"><v>34.385399999999997</v></c></row>"
          "<row r=\"5\"><c r=\"A5\" s=\"2\"><v>46074.5</v></c><c r=\"B5\" t=\"b\"><v>1</v></c><c r=\"C5\" "
          "t=\"e\"><v>#N/A"
          "</v></c></row>"
          "<row r=\"6\"><c r=\"A6\" t=\"d\"><v>2026-02-21T00:00:00</v></c><c r=\"B6\" "
          "t=\"str\"><f>A1</f><v>made</v></c>"
          "<c r=\"C6\" s=\"3\"><v>0.25</v></c></row>"
          "<row r=\"7\"><c r=\"B7\" s=\"1\"/></row>"}},
        "<si><t>day</t></si><si><r><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r><rPh sb=\"0\" eb=\"1\"><t>no"
        "</t></rPh></si>"};
    const Rows wanted{"2|day|two runs|inline", "4|2026-02-21||34.3854", "5|2026-02-21 12:00:00|TRUE|#N/A",
                      "6|2026-02-21|made|06:00:00"};
    EXPECT_EQ(rows_in(folder.put("a.xlsx", workbook_bytes(book))), wanted);
    book.strict = true;
    EXPECT_EQ(rows_in(folder.put("strict.xlsx", workbook_bytes(book))), wanted) << "Strict OOXML";
    book.from_1904 = true;
    EXPECT_EQ(rows_in(folder.put("b.xlsx", workbook_bytes(book)))[1], "4|2030-02-22||34.3854");
}

TEST(Workbook, SheetsByNameAndNumber) {
    const Folder folder;
    const std::string path = folder.put("a.xlsx",
                                        workbook_bytes({{{"Front page", "<row><c><v>1</v></c></row>"},
                                                         {"Data &amp; more", "<row><c><v>2</v></c></row>"}}}));
    EXPECT_EQ(rows_in(path), Rows{"1|1"});
    EXPECT_EQ(rows_in(path, {}, 1), Rows{"1|2"});
    EXPECT_EQ(rows_in(path, {"", "", "data & MORE"}), Rows{"1|2"});
    EXPECT_EQ(rows_in(path, {"", "", "2"}), Rows{"1|2"});
    EXPECT_EQ(rows_in(path, {"", "", "3"}), Rows{"no-sheet:0:0: there is no sheet '3'"});
    EXPECT_EQ(rows_in(path, {"vulnerabilities", "", ""}), Rows{"1|1"}) << "what is said of documents says nothing here";
}

TEST(Workbook, HiddenSheetsStandBehind) {
    const Folder folder;
    BookText book{{{"Old\" state=\"hidden", "<row><c><v>1</v></c></row>"}, {"Data", "<row><c><v>2</v></c></row>"}}};
    const std::string path = folder.put("a.xlsx", workbook_bytes(book));
    EXPECT_EQ(rows_in(path), Rows{"1|2"});
    EXPECT_EQ(rows_in(path, {}, 1), Rows{"1|1"});
    EXPECT_EQ(rows_in(path, {"", "", "1"}), Rows{"1|1"}) << "numbers count those too";
}

TEST(Workbook, CellsThatHoldNothingReadable) {
    const Folder folder;
    const BookText book{
        {{"S",
          "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
          "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c></row>"
          "<row r=\"3\"><c r=\"A3\" t=\"s\"></c><c r=\"B3\"><v>1</v></c></row>"
          "<row r=\"4\"><c r=\"A4\"><f>SUM(B1:B3)</f></c><c r=\"B4\" t=\"str\"><f>\"\"</f><v></v></c></row>"
          "<row r=\"5\"><c r=\"XFD5\"><v>5</v></c></row>"}},
        "<si><t>day</t></si>"};
    const auto rows = rows_in(folder.put("a.xlsx", workbook_bytes(book)));
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0], "1|day");
    EXPECT_EQ(rows[1], "2|! has a cell in column A that means the shared text 7, and there are 1");
    EXPECT_EQ(rows[2], "3|! has a cell in column A that means a shared text and does not say which");
    EXPECT_EQ(rows[3], "4|#not-computed");
    EXPECT_EQ(rows[4], "5|" + std::string(16'383, '|') + "5");
}

TEST(Workbook, BrokenOnesAreTold) {
    const Folder folder;
    const auto code = [&](const std::string& bytes) {
        const std::string told = rows_in(folder.put("x.xlsx", bytes)).back();
        return told.substr(0, told.find(':'));
    };
    const std::string good = workbook_bytes({{{"S", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"}}});
    EXPECT_EQ(code(good.substr(0, good.size() / 2)), "damaged-archive");
    EXPECT_EQ(code(workbook_bytes({{{"S", "<row r=\"5\"><c><v>1</v></c></row><row r=\"4\"><c><v>1</v></c></row>"}}})),
              "wrong-order");
    EXPECT_EQ(code(workbook_bytes({{{"S", "<row r=\"99999999\"><c><v>1</v></c></row>"}}})), "wrong-order");
    EXPECT_EQ(code(workbook_bytes({{{"S", "<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>"}}})), "wrong-order");
    EXPECT_EQ(code(workbook_bytes({{{"S", "<row r=\"1\"><c r=\"A1\"><v>1</c></row>"}}})), "not-well-formed");
    ZipWriter zip;
    zip.put("a.csv", "a,b\n1,2\n");
    EXPECT_EQ(code(zip.finish()), "compressed");
    ZipWriter other;
    other.put("xl/workbook.bin", "x");
    EXPECT_EQ(code(other.finish()), "other-workbook");
}

TEST(Workbook, BombsAndPasswordsAreRefused) {
    const Folder folder;
    const auto with_relations = [&](ZipWriter::Lie lie) {
        ZipWriter zip;
        zip.put("_rels/.rels", std::string(1000, ' '), lie);
        zip.put("xl/workbook.xml", "<workbook/>");
        return rows_in(folder.put("x.xlsx", zip.finish())).at(0);
    };
    EXPECT_EQ(with_relations({1u << 30, false}).substr(0, 14), "zip-bomb:0:0: ") << "a ratio of a million";
    EXPECT_EQ(with_relations({0, true}), "encrypted:0:0: the entry '_rels/.rels' is encrypted");
    EXPECT_EQ(rows_in(folder.put("z.xls", "\xD0\xCF\x11\xE0" + std::string(2000, 'x'))).at(0).substr(0, 16),
              "damaged-workbook");
}

TEST(SheetNumber, FormatsThatMakeDays) {
    for (const char* day :
         {"yyyy\\-mm\\-dd;@", "[$-409]d\\-mmm\\-yy;@", "mmm-yy", "dd/mm/yyyy hh:mm", "mmmm", "D.M.YYYY"})
        EXPECT_EQ(kind_of_format(day), NumberKind::Day) << day;
    for (const char* time : {"h:mm", "[h]:mm:ss", "mm:ss.0"}) EXPECT_EQ(kind_of_format(time), NumberKind::Time) << time;
    for (const char* plain : {"General", "0.00", "#,##0;[Red]-#,##0", "0\" days\"", "\\d0", "0.0%", "@", ""})
        EXPECT_EQ(kind_of_format(plain), NumberKind::Plain) << plain;
    EXPECT_EQ(kind_of_format(14), NumberKind::Day);
    EXPECT_EQ(kind_of_format(2), NumberKind::Plain);
}

TEST(SheetNumber, DaysOfBothSystems) {
    const auto day = [](std::string_view number, DateSystem system = DateSystem::From1900) {
        return number_cell(number, NumberKind::Day, system);
    };
    EXPECT_EQ(day("1"), "1900-01-01");
    EXPECT_EQ(day("59"), "1900-02-28");
    EXPECT_EQ(day("60"), "60") << "29 February 1900 never was";
    EXPECT_EQ(day("61"), "1900-03-01");
    EXPECT_EQ(day("46074"), "2026-02-21");
    EXPECT_EQ(day("46074.999999"), "2026-02-22") << "a second's rounding";
    EXPECT_EQ(day("2958465"), "9999-12-31");
    EXPECT_EQ(day("2958466"), "2958466");
    EXPECT_EQ(day("-1"), "-1");
    EXPECT_EQ(day("soon"), "soon");
    EXPECT_EQ(day("0", DateSystem::From1904), "1904-01-01");
    EXPECT_EQ(day("44612", DateSystem::From1904), "2026-02-21");
    EXPECT_EQ(number_cell("0.5", NumberKind::Time, DateSystem::From1900), "12:00:00");
    EXPECT_EQ(number_cell("1E-3", NumberKind::Plain, DateSystem::From1900), "0.001");
    EXPECT_EQ(number_cell("00123", NumberKind::Plain, DateSystem::From1900), "00123");
}

}  // namespace
}  // namespace icosa::ingest
