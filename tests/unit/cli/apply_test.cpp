/// icosa apply on small files: real values by a deflator, days that stand for months, what is refused and what is only
/// told.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "cli/command_table.hpp"
#include "folder.hpp"

namespace icosa::cli {
namespace {

class Apply : public testing::Test {
protected:
    /// Six years of months: a price that doubles in the last year, an index that doubles with it.
    [[nodiscard]] static std::string monthly() {
        std::string out = "date,price,cpi\n";
        for (int i = 0; i < 72; ++i) {
            const int level = 100 + (i * 37) % 11 + (i % 12 < 6 ? 5 : 0);
            const bool dear = i >= 60;
            out += fmt::format("{}-{:02}-15,{},{}\n", 2018 + i / 12, 1 + i % 12, dear ? 2 * level : level,
                               dear ? 200 : 100);
        }
        return out;
    }
    /// The lines that `icosa apply WORDS` writes for a file of this text.
    Result<std::vector<std::string>> apply_to(const std::string& text, std::vector<std::string> words) {
        const std::string in = folder.put("in.csv", text), out = folder.file("out.csv");
        std::filesystem::remove(out);
        words.insert(words.begin() + 1, in);
        words.insert(words.begin(), "apply");
        words.insert(words.end(), {"--out", out});
        TRY(call(words));
        std::vector<std::string> lines;
        std::ifstream written(out);
        for (std::string line; std::getline(written, line);) lines.push_back(line);
        return lines;
    }
    Folder folder;
};

std::vector<std::string> asked(const char* method, const char* value, const char* deflator = "") {
    std::vector<std::string> out = {method, "--value", value};
    if (*deflator) out.insert(out.end(), {"--deflator", deflator});
    return out;
}

std::string cell(const std::string& line, std::size_t column) { return std::string(split(line, ',').at(column)); }

TEST_F(Apply, DaysThatStandForMonthsAndTheDeflator) {
    const auto nominal = apply_to(monthly(), asked("ipa", "price"));
    ASSERT_TRUE(nominal) << render(nominal.error());
    ASSERT_EQ(nominal->size(), 73u);
    EXPECT_EQ(nominal->front(), "time,observed,expected,threshold,alarm,score,side,ipa,phase");
    EXPECT_EQ(cell((*nominal)[61], 6), "rise");
    EXPECT_EQ(cell((*nominal)[61], 8), "abnormally high");
    EXPECT_EQ(cell((*nominal)[61], 0), "2023-01-15");
    EXPECT_EQ(cell((*nominal)[61], 4), "1");  // doubled
    const auto real = apply_to(monthly(), asked("ipa", "price", "cpi"));
    ASSERT_TRUE(real) << render(real.error());
    EXPECT_EQ(cell((*real)[61], 4), "0");     // and the index with it
    EXPECT_EQ(parse_number(cell((*nominal)[61], 1)).value(), 2 * parse_number(cell((*real)[61], 1)).value());
    EXPECT_EQ(cell((*real)[10], 4), "");      // not computed in the first years
}

TEST_F(Apply, RefusesAnIndexThatIsNone) {
    const auto refused =
        apply_to("month,price,cpi\n2020-01,5,100\n2020-02,6,0\n", asked("mann-kendall", "price", "cpi"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "bad-deflator");
    EXPECT_EQ(refused.error().where.line, 3);
    EXPECT_EQ(refused.error().where.column, 3);
    EXPECT_EQ(
        apply_to("month,price,cpi\n2020-01,5,100\n2020-02,6,x\n", asked("mann-kendall", "price", "cpi")).error().code,
        "bad-value");
    EXPECT_EQ(apply_to("month,price\n2020-01,5\n2020-02,6\n", asked("mann-kendall", "price", "cpi")).error().code,
              "unknown-column");
}

TEST_F(Apply, APriceThatIsNoneHasItsLine) {
    const auto refused = apply_to("month,price\n2020-01,5\n2020-02,-1\n", asked("ipa", "price"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "not-a-price");
    EXPECT_EQ(refused.error().where.line, 3);
    const auto yearly = apply_to("year,price\n2019,5\n2020,6\n", asked("ipa", "price"));
    EXPECT_EQ(yearly.error().code, "not-monthly");
}

TEST_F(Apply, TooShortIsToldNotGuessed) {
    testing::internal::CaptureStderr();
    const auto lines = apply_to("month,price\n2020-01,5\n2020-02,6\n2020-03,7\n", asked("ipa", "price"));
    const std::string told = testing::internal::GetCapturedStderr();
    ASSERT_TRUE(lines);
    EXPECT_EQ((*lines)[3], "2020-03,7,,,,,,,");
    EXPECT_NE(told.find("'ipa' could judge no row: its 3 observed values in 3 periods are fewer than it needs"),
              std::string::npos)
        << told;
}

TEST_F(Apply, WhyNothingIsJudgedIsTrue) {
    std::string quiet = "week,n\n", alike = "week,n\n";
    for (int i = 0; i < 400; ++i) {
        quiet += fmt::format("{},{}\n", i + 1, i % 40 == 0 ? 1 : 0);
        alike += fmt::format("{}-{:02},3\n", 1980 + i / 12, 1 + i % 12);
    }
    const auto note = [&](const std::string& text, const char* method) {
        testing::internal::CaptureStderr();
        const auto lines = apply_to(text, {method, "--value", "n"});
        const std::string told = testing::internal::GetCapturedStderr();
        return lines ? told : render(lines.error());
    };
    EXPECT_NE(note(quiet, "farrington-flexible").find("limit54"), std::string::npos)
        << note(quiet, "farrington-flexible");
    EXPECT_NE(note(alike, "ipa").find("are all alike"), std::string::npos) << note(alike, "ipa");
}

TEST_F(Apply, ThePhaseOfAPriceHasItsName) {
    const auto lines = apply_to(monthly(), asked("alps", "price"));
    ASSERT_TRUE(lines) << render(lines.error());
    EXPECT_EQ(lines->front(), "time,observed,expected,threshold,alarm,score,side,alps,phase");
    EXPECT_EQ(cell((*lines)[61], 8), "crisis");
    EXPECT_EQ(cell((*lines)[10], 8), "");
}

TEST_F(Apply, UnitsAndTheirFalseDiscoveries) {
    std::string text = "week,region,n\n";
    for (int i = 0; i < 30; ++i) {
        text += fmt::format("{},a,{}\n{},b,{}\n", i + 1, 5 + i * 7 % 5, i + 1, i == 29 ? 90 : 5 + i * 3 % 5);
    }
    const auto lines =
        apply_to(text, {"ears-c1", "--value", "n", "--unit", "region", "--alpha", "0.05", "--false-discovery", "0.05"});
    ASSERT_TRUE(lines) << render(lines.error());
    EXPECT_EQ(lines->front(), "time,unit,observed,expected,threshold,alarm,score,side,adjusted_p");
    EXPECT_EQ(cell(lines->back(), 1), "b");
    EXPECT_EQ(cell(lines->back(), 5), "1");
    EXPECT_EQ(cell(lines->back(), 7), "rise");
    int alarms = 0;
    for (const auto& line : *lines) alarms += cell(line, 5) == "1" ? 1 : 0;
    EXPECT_EQ(alarms, 1);
    EXPECT_EQ(
        apply_to(text, {"threshold", "--value", "n", "--unit", "region", "--at-least", "3", "--false-discovery", "0.1"})
            .error()
            .code,
        "no-p-values");
}

TEST_F(Apply, OptionsThatWouldBeIgnoredAreRefused) {
    const std::string text = "month,n\n2020-01,5\n2020-02,6\n";
    EXPECT_EQ(apply_to(text, {"ears-c1", "--roll-calls", "x.csv"}).error().code, "unused-option");
    EXPECT_EQ(apply_to(text, {"ears-c1", "--alpha", "0.1", "--alpha", "0.2"}).error().code, "doubled-option");
    EXPECT_EQ(apply_to(text, {"kappa", "--roll-calls", "x.csv", "--season", "12"}).error().code, "unused-option");
    EXPECT_EQ(apply_to(text, {"ears-c1", "--date-form", "dym"}).error().code, "bad-date-form");
}

TEST_F(Apply, TwoDaysOfOneMonthAreNoMonths) {
    const auto refused =
        apply_to("date,price\n2020-01-01,5\n2020-01-30,6\n2020-03-01,7\n", asked("mann-kendall", "price"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "uneven-times");
}

}  // namespace
}  // namespace icosa::cli
