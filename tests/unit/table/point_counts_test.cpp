/// Counts at points out of a user's table: columns, places, times, what is left out and what is refused.
#include "table/point_counts.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::table {
namespace {

class PointTables : public ::testing::Test {
protected:
    [[nodiscard]] Result<PointCounts> read(const std::string& text, const PointColumns& columns = {},
                                           Population population = Population::NotRead) const {
        return read_point_counts(folder_.put("p.csv", text), columns, population, {});
    }
    /// "code line:column cure's first word", or "" where it is read.
    [[nodiscard]] std::string fault(const std::string& text, Population population = Population::NotRead) const {
        const auto table = read(text, {}, population);
        if (table) return "";
        const auto& where = table.error().where;
        return fmt::format("{} {}:{}", table.error().code, where.line, where.column);
    }

private:
    Folder folder_;
};

TEST_F(PointTables, PlacesAndMonths) {
    const auto table = read(
        "lat,lon,location,time,count\n"
        "1.5,30,A,2019-11,2\n1.5,30,A,2020-02,1\n-2,31.25,B,2020-01,4\n");
    ASSERT_TRUE(table) << table.error().what;
    ASSERT_EQ(table->places.size(), 2U);
    EXPECT_EQ(table->places[1].name, "B");
    EXPECT_EQ(table->places[1].longitude_deg, 31.25);
    EXPECT_EQ(table->labels, (std::vector<std::string>{"2019-11", "2019-12", "2020-01", "2020-02"}));
    EXPECT_EQ(table->period_days, (std::vector<double>{30, 31, 31, 29}));
    EXPECT_EQ(table->counts, (std::vector<std::int32_t>{2, 0, 0, 1, 0, 0, 4, 0}));
    EXPECT_TRUE(table->notes.empty());
    EXPECT_TRUE(table->population.empty());
}

TEST_F(PointTables, FirstDaysOfMonthsAreMonths) {
    const auto table =
        read("latitude,longitude,date,cases\n0.5,1,2019-01-01,1\n0.5,1,2019-02-01,1\n0.5,1,2019-03-01,0\n");
    ASSERT_TRUE(table) << table.error().what;
    EXPECT_EQ(table->labels, (std::vector<std::string>{"2019-01", "2019-02", "2019-03"}));
}

TEST_F(PointTables, WithoutACountARowIsACase) {
    const auto table = read("lat,lon,time\n1,1,3\n1,1,3\n1,2,5\n1,2,4\n");
    ASSERT_TRUE(table) << table.error().what;
    EXPECT_EQ(table->places.size(), 2U) << "positions are places";
    EXPECT_EQ(table->counts, (std::vector<std::int32_t>{2, 0, 0, 0, 1, 1}));
    EXPECT_EQ(table->labels, (std::vector<std::string>{"3", "4", "5"}));
    ASSERT_EQ(table->notes.size(), 1U);
    EXPECT_NE(table->notes[0].find("added up"), std::string::npos) << table->notes[0];
}

TEST_F(PointTables, WhatIsLeftOutIsToldWithItsCases) {
    const auto table = read("lat,lon,time,count\n,1,1,5\n1,1,,2\n1,1,2,NA\n0,0,1,3\n1,1,1,4\n");
    ASSERT_TRUE(table) << table.error().what;
    EXPECT_EQ(table->rows, 5);
    ASSERT_EQ(table->notes.size(), 4U);
    EXPECT_EQ(table->notes[0], "1 row without a position left out (the first in line 2; 5 cases)");
    EXPECT_EQ(table->notes[1], "1 row without a time left out (the first in line 3; 2 cases)");
    EXPECT_EQ(table->notes[2], "1 row without a count left out: absent is not 0 (the first in line 4; 0 cases)");
    EXPECT_NE(table->notes[3].find("latitude 0, longitude 0 kept"), std::string::npos);
}

TEST_F(PointTables, Population) {
    const auto table =
        read("lat,lon,time,count,population\n1,1,1,2,100\n1,1,2,3,\n1,2,1,0,50\n", {}, Population::Needed);
    ASSERT_TRUE(table) << table.error().what;
    ASSERT_EQ(table->population.size(), 4U);
    EXPECT_EQ(table->population[0], 100);
    EXPECT_TRUE(std::isnan(table->population[1]));
    EXPECT_EQ(fault("lat,lon,time,count\n1,1,1,2\n", Population::Needed), "unknown-column 1:0");
    EXPECT_EQ(fault("lat,lon,time,count,population\n1,1,1,2,-5\n1,1,2,2,5\n", Population::Needed),
              "bad-population 2:5");
    EXPECT_EQ(fault("lat,lon,time,count,population\n1,1,1,2,5\n1,1,1,2,6\n1,1,2,2,6\n", Population::Needed),
              "two-populations 3:5");
}

TEST_F(PointTables, FaultsHaveTheirPlace) {
    EXPECT_EQ(fault("lat,lon,time,count\n91,1,1,2\n1,1,2,2\n"), "bad-latitude 2:1");
    EXPECT_EQ(fault("lat,lon,time,count\n1,1,1,2\n1,181,2,2\n"), "bad-longitude 3:2");
    EXPECT_EQ(fault("lat,lon,time,count\n1,1,1,2.5\n1,1,2,2\n"), "bad-count 2:4");
    EXPECT_EQ(fault("lat,lon,time,count\n1,1,1,-2\n1,1,2,2\n"), "bad-count 2:4");
    EXPECT_EQ(fault("lat,lon,time,count,count\n1,1,1,2,3\n"), "doubled-column 1:4");
    std::string many = "lat,lon,time,count\n";
    for (int i = 0; i < 22; ++i) many += "1,1,1,100000000\n";
    EXPECT_EQ(fault(many), "bad-count 23:4") << "a sum past 32 bits";
    EXPECT_EQ(fault("lat,lon,location,time\n1,1,A,1\n1,2,A,2\n"), "moved-location 3:1");
    EXPECT_EQ(fault("a,b,time\n1,1,1\n"), "unknown-column 1:0");
    EXPECT_EQ(fault("lat,lon,time\n"), "no-rows 1:0");
    EXPECT_EQ(fault("lat,lon,time\n,1,1\n"), "no-rows 1:0");
}

TEST_F(PointTables, SwappedColumnsAreSaid) {
    const auto table = read("lat,lon,time,count\n-106.4,36.7,1,2\n-105,37,2,2\n");
    ASSERT_FALSE(table);
    EXPECT_NE(table.error().cure.find("swapped"), std::string::npos) << table.error().cure;
    EXPECT_TRUE(read("a,b,time,count\n-106.4,36.7,1,2\n", {"b", "a", "", "", "", ""}));
}

}  // namespace
}  // namespace icosa::table
