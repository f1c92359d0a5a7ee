/// Old binary workbooks, made here record by record.
#include "ingest/formats/old_workbook.hpp"

#include <cstring>

#include <gtest/gtest.h>

#include "folder.hpp"
#include "tables.hpp"

namespace icosa::ingest {
namespace {

std::string little(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
}

std::string record(int number, const std::string& body) {
    return little(static_cast<std::uint64_t>(number), 2) + little(body.size(), 2) + body;
}

std::string number_at(int row, int column, int style, double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return record(0x0203,
                  little(static_cast<std::uint64_t>(row), 2) + little(static_cast<std::uint64_t>(column), 2)
                      + little(static_cast<std::uint64_t>(style), 2) + little(bits, 8));
}

std::string text_at(int row, int column, int shared) {
    return record(0x00FD,
                  little(static_cast<std::uint64_t>(row), 2) + little(static_cast<std::uint64_t>(column), 2)
                      + little(0, 2) + little(static_cast<std::uint64_t>(shared), 4));
}

/// A sheet 'Data': day, n / 2026-02-21, 3.5; styles: 0 a number, 1 a day.
std::string old_workbook(const std::string& name = "Workbook") {
    const std::string globals =
        record(0x0809, little(0x0600, 2) + little(0x0005, 2) + little(0x07CC2DBB, 4) + little(0, 8))
        + record(0x0042, little(0x04B0, 2)) + record(0x0022, little(0, 2))
        + record(0x00E0, little(0, 2) + little(0, 2) + little(0, 16))
        + record(0x00E0, little(0, 2) + little(14, 2) + little(0, 16));
    const std::string shared = record(
        0x00FC, little(2, 4) + little(2, 4) + little(3, 2) + little(0, 1) + "day" + little(1, 2) + little(0, 1) + "n");
    const std::size_t sheet_at = globals.size() + 4 + 8 + 4 + shared.size() + 4;
    std::string stream = globals
        + record(0x0085, little(sheet_at, 4) + little(0, 2) + little(4, 1) + little(0, 1) + "Data") + shared
        + record(0x000A, "");
    stream += record(0x0809, little(0x0600, 2) + little(0x0010, 2) + little(0x07CC2DBB, 4) + little(0, 8));
    stream += record(0x0200, little(0, 4) + little(2, 4) + little(0, 2) + little(2, 2) + little(0, 2));
    stream +=
        text_at(0, 0, 0) + text_at(0, 1, 1) + number_at(1, 0, 1, 46074) + number_at(1, 1, 0, 3.5) + record(0x000A, "");
    constexpr std::size_t sector = 512;
    stream.resize(std::max<std::size_t>(4096, (stream.size() + sector - 1) / sector * sector), '\0');
    const std::size_t sectors = stream.size() / sector;

    std::string head = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + little(0, 16) + little(0x3E, 2) + little(3, 2)
        + little(0xFFFE, 2) + little(9, 2) + little(6, 2) + little(0, 10) + little(1, 4) + little(1, 4) + little(0, 4)
        + little(4096, 4) + little(0xFFFFFFFE, 4) + little(0, 4) + little(0xFFFFFFFE, 4) + little(0, 4) + little(0, 4);
    while (head.size() < sector) head += little(0xFFFFFFFF, 4);
    std::string table = little(0xFFFFFFFD, 4) + little(0xFFFFFFFE, 4);
    for (std::size_t i = 0; i < sectors; ++i) table += little(i + 1 == sectors ? 0xFFFFFFFE : i + 3, 4);
    while (table.size() < sector) table += little(0xFFFFFFFF, 4);
    const auto entry = [](const std::string& stream_name, int type, std::uint64_t child, std::uint64_t start,
                          std::uint64_t size) {
        std::string wide;
        for (const char c : stream_name) wide += std::string{c, '\0'};
        const std::size_t length = stream_name.empty() ? 0 : wide.size() + 2;
        wide.resize(64, '\0');
        return wide + little(length, 2) + little(static_cast<std::uint64_t>(type), 1) + little(1, 1)
            + little(0xFFFFFFFF, 4) + little(0xFFFFFFFF, 4) + little(child, 4) + little(0, 36) + little(start, 4)
            + little(size, 8);
    };
    const std::string directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry(name, 2, 0xFFFFFFFF, 2, stream.size()) + entry("", 0, 0xFFFFFFFF, 0, 0)
        + entry("", 0, 0xFFFFFFFF, 0, 0);
    return head + table + directory + stream;
}

TEST(OldWorkbook, SheetsAndDays) {
    const Folder folder;
    const std::string path = folder.put("a.xls", old_workbook());
    const Rows wanted{"1|day|n", "2|2026-02-21|3.5"};
    EXPECT_EQ(rows_in(path), wanted);
    EXPECT_EQ(rows_in(path, {"", "", "data"}), wanted);
    EXPECT_EQ(rows_in(path, {"", "", "2"}), Rows{"no-sheet:0:0: there is no sheet '2'"});
}

TEST(OldWorkbook, OthersAreTold) {
    const Folder folder;
    EXPECT_EQ(rows_in(folder.put("a.xlsx", old_workbook("EncryptedPackage"))),
              Rows{"encrypted:0:0: the workbook is encrypted with a password"});
    EXPECT_EQ(rows_in(folder.put("a.doc", old_workbook("WordDocument"))).at(0).substr(0, 14), "other-workbook");
}

TEST(OldWorkbook, CutOffOnesAreTold) {
    const Folder folder;
    const std::string whole = old_workbook();
    for (const std::size_t size : {std::size_t{20}, std::size_t{600}, std::size_t{1100}, whole.size() / 2}) {
        const std::string told = rows_in(folder.put("a.xls", whole.substr(0, size))).back();
        EXPECT_EQ(told.substr(0, told.find(':')), "damaged-workbook") << size;
    }
}

}  // namespace
}  // namespace icosa::ingest
