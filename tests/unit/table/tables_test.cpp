/// Series and counts out of small tables: which columns, which times, which step, which unit.
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "folder.hpp"
#include "table/cell_keys.hpp"
#include "table/counts.hpp"
#include "table/series.hpp"

namespace icosa::table {
namespace {

class Tables : public ::testing::Test {
protected:
    [[nodiscard]] std::string put(const std::string& text) const { return folder_.put("t.csv", text); }
    /// A table of these times with the values 1, 2, 3 ..
    [[nodiscard]] static std::string timed(std::initializer_list<const char*> times, const char* name = "time") {
        std::string out = fmt::format("{};n\n", name);
        int value = 0;
        for (const char* time : times) out += fmt::format("{};{}\n", time, ++value);
        return out;
    }
    /// The season and the values, or the error's code and line.
    [[nodiscard]] std::string series(const std::string& text, const SeriesColumns& columns = {},
                                     const Reading& reading = {}) const {
        const auto table = read_series(put(text), columns, reading);
        if (!table) return fmt::format("{} {}", table.error().code, table.error().where.line);
        std::string out = std::to_string(table->season);
        for (const auto& one : table->series) {
            out += one.unit.empty() ? ":" : fmt::format(" {}:", one.unit);
            for (const double value : one.values) out += " " + number_text(value);
        }
        return out;
    }

private:
    Folder folder_;
};

TEST_F(Tables, TheStepBetweenTimesGivesTheSeason) {
    EXPECT_EQ(series(timed({"2019-01-01", "2019-04-01", "2019-07-01"})), "4: 1 2 3");
    EXPECT_EQ(series(timed({"2019-03-31", "2019-06-30", "2019-09-30"})), "4: 1 2 3");
    EXPECT_EQ(series(timed({"2018-12-31", "2019-12-31", "2020-12-31"})), "1: 1 2 3");
    EXPECT_EQ(series(timed({"2020-01-06", "2020-01-20", "2020-02-03"})), "26: 1 2 3");
    EXPECT_EQ(series(timed({"2020-01-06", "2020-01-13", "2020-01-27"})), "52: 1 2 nan 3");
    EXPECT_EQ(series(timed({"2020W52", "2020W53", "2021W01"})), "52: 1 2 3");
    EXPECT_EQ(series(timed({"2005Q1", "2005Q2"})), "4: 1 2");
    EXPECT_EQ(series(timed({"2005", "2006"})), "1: 1 2");
    EXPECT_EQ(series(timed({"43831", "43862", "43891"})), "12: 1 2 3");
    EXPECT_EQ(series(timed({"1", "2", "4"})), "52: 1 2 nan 3");
    EXPECT_EQ(series(timed({"2005", "2006"}), {"", "", "", "", 12}), "12: 1 2");
}

TEST_F(Tables, WhatACellLeavesOpenTheColumnDecides) {
    EXPECT_EQ(series(timed({"1/11/2014", "1/12/2014", "1/1/2015", "1/2/2015"})), "12: 1 2 3 4");
    EXPECT_EQ(series(timed({"1/5/2015", "2/5/2015"})), "ambiguous-time 2");
    EXPECT_EQ(series(timed({"1/5/2015", "2/5/2015"}), {}, {"dmy", {}}), "365: 1 2");
    EXPECT_EQ(series(timed({"202011", "202012", "202101"})), "12: 1 2 3");
    EXPECT_EQ(series(timed({"202005", "202006"})), "ambiguous-time 2");
    EXPECT_EQ(series(timed({"202005", "202006"}, "week")), "52: 1 2");
    EXPECT_EQ(series(timed({"202005", "202006"}, "Monat")), "12: 1 2");
    EXPECT_EQ(series(timed({"202052", "202053", "202101"})), "52: 1 2 3");
    EXPECT_EQ(series(timed({"20200101", "20200102"}), {}, {"number", {}}), "52: 1 2");
}

TEST_F(Tables, TheBadCellIsNamed) {
    EXPECT_EQ(series(timed({"2020-01", "2020-02", "", "2020-04"})), "bad-time 4");
    EXPECT_EQ(series(timed({"2020-01", "2020-02", "Total"})), "total-row 4");
    EXPECT_EQ(series(timed({"2020-01", "2020-02", "2020-13", "2020-04"})), "bad-time 4");
    EXPECT_EQ(series(timed({"x", "2020-02", "2020-03"})), "bad-time 2");
    EXPECT_EQ(series(timed({"1", "2", "x"})), "bad-time 4");
    EXPECT_EQ(series(timed({"2020-01-06", "2020-01-13", "2020-01-21", "2020-01-27", "2020-02-03"})), "uneven-times 4");
    EXPECT_EQ(series(timed({"2020-01-06", "0205-03-14"})), "bad-time 3");
    EXPECT_EQ(series("2020-01;5\n2020-02;6\n"), "no-header 1");
    EXPECT_EQ(series("time;n;ort\n2020-01;5;K\xF6ln\n", {"", "n", "ort", "", 0}), "wrong-encoding 2");
    EXPECT_EQ(series("2020-01;north;5\n2020-02;north;6\n"), "no-header 1");
    EXPECT_EQ(series("time;n;n\n2020-01;5;6\n", {"", "n", "", "", 0}), "two-columns 1");
    EXPECT_EQ(series("time;a;b\n2020-01;5;6\n"), "which-column 1");
}

TEST_F(Tables, UnitsHaveTheirOwnPast) {
    EXPECT_EQ(
        series("week,region,n\n2020-W01,b,1\n2020-W01,a,2\n2020-W02,b,3\n2020-W03,a,4\n", {"", "", "region", "", 0}),
        "52 b: 1 3 a: 2 nan 4");
    EXPECT_EQ(series("region,week,n\nb,2020-W01,1\nb,2020-W02,3\nTotal,2020-W02,3\n", {"", "", "region", "", 0}),
              "total-row 4");
    EXPECT_EQ(series("week,region,n\n2020-W01,b,1\n2020-W01,a,2\n", {"", "n", "", "", 0}), "two-rows-one-period 3");
}

TEST_F(Tables, YearAndWeekInTwoColumns) {
    EXPECT_EQ(series("year,week,n\n2020,52,1\n2020,53,2\n2021,1,3\n", {"year,week", "n", "", "", 0}), "52: 1 2 3");
    EXPECT_EQ(series("year,month,n\n2020,11,1\n2020,12,2\n2021,1,3\n", {"year,month", "n", "", "", 0}), "12: 1 2 3");
    EXPECT_EQ(series("year,week,n\n2021,52,1\n2021,53,2\n", {"year,week", "n", "", "", 0}), "bad-time 3");
}

TEST_F(Tables, CountsByMonth) {
    const auto first = [&](const std::string& text) {
        const auto panel = read_counts(put(text), {"u", "t", "n"});
        return panel
            ? fmt::format("{} {} {}", panel->series[0].unit, panel->series[0].first, panel->series[0].counts[0])
            : fmt::format("{} {}", panel.error().code, panel.error().where.line);
    };
    for (const char* time :
         {"2017-10", "201710", "2017M10", "Oct 2017", "2017-10-31 12:00", "20171031", "454", "454.0"})
        EXPECT_EQ(first(fmt::format("u,t,n\n7.0,{},1\n", time)), "7 573 1") << time;
    EXPECT_EQ(first("u,t,n\na,2017-10,1\na,Total,1\n"), "total-row 3");
    EXPECT_EQ(first("u,t,n\na,1/5/2015,1\n"), "ambiguous-time 2");
    EXPECT_EQ(first("u,t,n\na,2017-W05,1\n"), "bad-month 2");
    EXPECT_EQ(first("u;t;n\na;2017-10;1.234.567\n"), "a 573 1234567");
}

TEST_F(Tables, TheCountIsNotGuessed) {
    const auto value = [&](const std::string& text, SeveralValues several) {
        const auto columns = count_columns(put(text), {}, {}, several);
        return columns ? columns->time + " " + columns->unit + " " + columns->value : columns.error().what;
    };
    const char* two = "month,land,gwcode,deaths\n2013-01,Mali,432,13\n";
    EXPECT_EQ(value(two, SeveralValues::Refused), "several columns could hold the count: 'gwcode', 'deaths'");
    EXPECT_EQ(value(two, SeveralValues::Known), "month land deaths");
    EXPECT_EQ(value("month,land,name,n\n2013-01,Mali,x,13\n", SeveralValues::Refused), "month land n");
    EXPECT_EQ(value(",month_id,country_id,n\n0,454,1,13\n", SeveralValues::Known),
              "several columns could hold the count: '', 'n'");
}

TEST(TimeKeys, OnePeriodOneKey) {
    TimeKeys keys({});
    const std::vector<std::string> cells = {"2020-01", "2020-02"};
    const std::vector<int> lines = {2, 3};
    ASSERT_TRUE(keys.learn(cells, lines, {}));
    for (const char* time : {"2020-01", "202001", "2020M01", "481", "2020-01-31", "Jan 2020"})
        EXPECT_EQ(keys.of(time, {}).value(), "2020-01") << time;
    EXPECT_FALSE(keys.of("1/5/2015", {}));
    EXPECT_EQ(keys.of("later", {}).value(), "later");
    EXPECT_EQ(unit_key("0131464.0"), "131464");
    EXPECT_EQ(unit_key("a.0"), "a.0");
}

}  // namespace
}  // namespace icosa::table
