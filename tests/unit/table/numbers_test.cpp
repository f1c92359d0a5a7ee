/// How a column's numbers are written, and what is refused.
#include "table/numbers.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"

namespace icosa::table {
namespace {

/// The cells as numbers by one blank, "-" where nothing was observed; or the error's code and line.
std::string read(std::initializer_list<const char*> cells, CellsBy by = CellsBy::Comma,
                 const NumberOptions& options = {}) {
    NumberColumn column(options);
    int line = 2;
    for (const char* cell : cells) column.see(cell, line++);
    const auto numbers = column.numbers(by, {"a.csv", 0, 2}, "n");
    if (!numbers) return fmt::format("{} {}", numbers.error().code, numbers.error().where.line);
    std::vector<std::string> out;
    line = 2;
    for (const char* cell : cells) {
        const auto number = numbers->at(cell, {"a.csv", line, 2}, "n");
        if (!number) return fmt::format("{} {}", number.error().code, line);
        out.push_back(std::isnan(*number) ? "-" : number_text(*number));
        ++line;
    }
    return join(out, " ");
}

TEST(Numbers, TheColumnDecidesItsMark) {
    EXPECT_EQ(read({"1", "2.5", ".5", "1e3", "-3"}), "1 2.5 0.5 1000 -3");
    EXPECT_EQ(read({"3,66", "4"}, CellsBy::Semicolon), "3.66 4");
    EXPECT_EQ(read({"1.234.567", "6.540", "80"}, CellsBy::Semicolon), "1234567 6540 80");
    EXPECT_EQ(read({"1.234,5", "6.540"}, CellsBy::Semicolon), "1234.5 6540");
    EXPECT_EQ(read({"1,234.5", "6,540"}), "1234.5 6540");
    EXPECT_EQ(read({"12,34,567"}), "1234567");
    EXPECT_EQ(read({"240 000,00",
                    "1\xC2\xA0"
                    "500,5"},
                   CellsBy::Semicolon),
              "240000 1500.5");
    EXPECT_EQ(read({"1'234.50"}), "1234.5");
    EXPECT_EQ(read({"\xE2\x88\x92"
                    "5"}),
              "-5");
    EXPECT_EQ(read({"0.540", "6.540"}, CellsBy::Semicolon), "0.54 6.54");
    EXPECT_EQ(read({"6.540", "1234"}, CellsBy::Semicolon), "6.54 1234");
    EXPECT_EQ(read({"6.540", "7.123"}), "6.54 7.123");
    EXPECT_EQ(read({"6.543", "80"}, CellsBy::Types), "6.543 80");
}

TEST(Numbers, IsRefusedWhereItStaysOpen) {
    EXPECT_EQ(read({"6.540", "6.750", "80"}, CellsBy::Semicolon), "open-decimals 2");
    EXPECT_EQ(read({"80", "6.540"}), "open-decimals 3");
    EXPECT_EQ(read({"1,234", "2,345"}), "open-decimals 2");
    EXPECT_EQ(read({"3,66", "4.5"}), "mixed-decimals 3");
    EXPECT_EQ(read({"6.540", "80"}, CellsBy::Semicolon, {',', {}, Censored::Refused}), "6540 80");
    EXPECT_EQ(read({"6.540", "80"}, CellsBy::Semicolon, {'.', {}, Censored::Refused}), "6.54 80");
    EXPECT_EQ(read({"6.54"}, CellsBy::Semicolon, {',', {}, Censored::Refused}), "bad-value 2");
    EXPECT_EQ(read({"1", "1.2.3"}), "bad-value 3");
    EXPECT_EQ(read({"12 34"}), "bad-value 2");
    EXPECT_EQ(read({"\xD9\xA1"}), "bad-value 2");  // a digit of another script
}

TEST(Numbers, AbsentAndCensored) {
    EXPECT_EQ(read({"1", "", "NA", "NaN"}), "1 - - -");
    EXPECT_EQ(read({"1", "."}), "bad-value 3");
    EXPECT_EQ(read({"1", ".", "-9", "-9.0"}, CellsBy::Comma, {0, {".", "-9"}, Censored::Refused}), "1 - - -");
    EXPECT_EQ(read({"1", "<5"}), "censored 3");
    EXPECT_EQ(read({"1", "<5", "<= 5"}, CellsBy::Comma, {0, {}, Censored::Half}), "1 2 2");
    EXPECT_EQ(read({"1", "<5", "<= 5"}, CellsBy::Comma, {0, {}, Censored::High}), "1 4 5");
    EXPECT_EQ(read({"1", "<5"}, CellsBy::Comma, {0, {}, Censored::Low}), "1 0");
    EXPECT_EQ(read({"1", ">5"}, CellsBy::Comma, {0, {}, Censored::Low}), "censored 3");
}

TEST(Numbers, TotalsAndUnits) {
    EXPECT_TRUE(is_total("Grand Total"));
    EXPECT_TRUE(is_total("TOTAL:"));
    EXPECT_TRUE(is_total("Итого"));
    EXPECT_FALSE(is_total("Total war"));
    EXPECT_EQ(unit_text("131464.0"), "131464");
    EXPECT_EQ(unit_text("1.5"), "1.5");
    EXPECT_EQ(unit_text("St. Lucia"), "St. Lucia");
}

}  // namespace
}  // namespace icosa::table
