/// Points of a user's table: columns, times, countries, rows without a position, degrees that cannot be.
#include "table/located_points.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::table {
namespace {

class LocatedTables : public ::testing::Test {
protected:
    [[nodiscard]] Result<LocatedPoints> read(const std::string& text, const LocatedColumns& columns = {},
                                             Dated dated = Dated::IfThere) const {
        return read_located_points(folder_.put("p.csv", text), columns, dated, {});
    }
    [[nodiscard]] std::string fault(const std::string& text) const {
        const auto table = read(text);
        if (table) return "";
        return fmt::format("{} {}:{} {}", table.error().code, table.error().where.line, table.error().where.column,
                           table.error().cure);
    }

private:
    Folder folder_;
};

TEST_F(LocatedTables, EveryRowInItsOrder) {
    const auto table = read("id,latitude,longitude,year,iso3\n1,1.5,30,2010,UGA\n2,,30,2011,\n3,-2,31.25,2012,RWA\n");
    ASSERT_TRUE(table) << table.error().what;
    ASSERT_EQ(table->points.size(), 3U);
    EXPECT_EQ(table->points[0].line, 2);
    EXPECT_EQ(table->points[0].day, day_of(2010, 12, 31));
    EXPECT_EQ(table->points[0].country, "UGA");
    EXPECT_TRUE(std::isnan(table->points[1].latitude_deg) && std::isnan(table->points[1].longitude_deg));
    EXPECT_EQ(table->points[1].country, "");
    EXPECT_EQ(table->points[2].longitude_deg, 31.25);
    EXPECT_EQ(table->country_column, "iso3");
}

TEST_F(LocatedTables, TimesAreLeftUnreadWhereADayIsGiven) {
    const std::string text = "lat,lon,date\n1,2,1/2/2020\n1,2,3/4/2020\n";
    EXPECT_FALSE(read(text));  // day or month first
    const auto table = read(text, {}, Dated::NotRead);
    ASSERT_TRUE(table) << table.error().what;
    EXPECT_EQ(table->points[0].day, no_day);
    EXPECT_EQ(table->time_column, "");
}

TEST_F(LocatedTables, NamedColumns) {
    const auto table = read("a;b;c\n1,5;30;Chad\n", {.latitude = "a", .longitude = "b", .time = "", .country = "c"});
    ASSERT_TRUE(table) << table.error().what;
    EXPECT_EQ(table->points[0].latitude_deg, 1.5);
    EXPECT_EQ(table->points[0].country, "Chad");
}

TEST_F(LocatedTables, DegreesThatCannotBe) {
    EXPECT_EQ(fault("lat,lon\n10,20\n91,20\n"),
              "bad-latitude 3:1 the columns of latitude and longitude may be swapped");
    EXPECT_EQ(fault("lat,lon\n10,181\n"), "bad-longitude 2:2 mend this cell");
    EXPECT_EQ(fault("lat,lon\n200,20\n"), "bad-latitude 2:1 mend this cell");
    EXPECT_EQ(fault("a,lon\n1,2\n"), "unknown-column 1:0 name it with --lat");
    EXPECT_EQ(fault("lat,lon\n"), "no-rows 1:0 give a header line and a row a point");
}

}  // namespace
}  // namespace icosa::table
