/// Tables of events at points: columns by name, days in one form, what is left out and what is refused.
#include "table/point_events.hpp"

#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::table {
namespace {

Result<PointEvents> read(const std::string& text, const Reading& reading = {}) {
    const Folder folder;
    return read_point_events(folder.put("events.csv", text), reading);
}

TEST(PointEvents, RowsWithLineDaysAndKind) {
    const auto found = read(
        "id,Latitude,Longitude,date_start,date_end,type\n1,10.5,-20,3/11/2020,14/11/2020,raid\n"
        "2,\"11\",21,5/11/2020,,\"a\nb\"\n3,,1,5/11/2020,,x\n4,1,1,,,x\n5,0,0,6/11/2020,,x\n");
    ASSERT_TRUE(found) << render(found.error());
    ASSERT_EQ(found->events.size(), 3U);
    EXPECT_EQ(found->events[0].first, day_of(2020, 11, 3));
    EXPECT_EQ(found->events[0].last, day_of(2020, 11, 14));
    EXPECT_EQ(found->events[0].latitude_deg, 10.5);
    EXPECT_EQ(found->events[0].kind, "raid");
    EXPECT_EQ(found->events[1].last, day_of(2020, 11, 5));
    EXPECT_EQ(found->events[2].line, 7) << "a cell above holds a line end";
    EXPECT_EQ(found->rows, 5);
    EXPECT_EQ(found->unplaced, 1);
    EXPECT_EQ(found->undated, 1);
    EXPECT_TRUE(found->has_kinds);
}

TEST(PointEvents, DaysThatLieMonthsApartAreDays) {
    const auto found = read("lat,lon,time\n1,1,2020-01-01\n1,1,2020-02-01\n1,1,2020-03-01\n");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->events[1].first, day_of(2020, 2, 1));
    EXPECT_FALSE(found->has_kinds);
    Reading numbers;
    numbers.date_form = "number";
    EXPECT_EQ(read("lat,lon,time\n1,1,17\n", numbers)->events[0].first, Day{17});
}

TEST(PointEvents, RefusedWithTheirPlace) {
    const auto code = [](const std::string& text) {
        const auto found = read(text);
        return found ? std::string("read") : found.error().code + ":" + std::to_string(found.error().where.line);
    };
    EXPECT_EQ(code("lat,lon,time\n1,1,2020-01-01\n-90.1,1,2020-01-01\n"), "bad-latitude:3");
    EXPECT_EQ(code("lat,lon,time\n1,180.5,2020-01-01\n"), "bad-longitude:2");
    EXPECT_EQ(code("lat,lon,time\n1,1,2020-01\n"), "not-days:2");
    EXPECT_EQ(code("lat,lon,time\n1,1,2020-01-01\n1,1,soon\n"), "bad-time:3");
    EXPECT_EQ(code("lat,lon,time,end\n1,1,2020-01-02,2020-01-01\n"), "bad-end:2");
    EXPECT_EQ(code("lat,lon,place\n1,1,x\n"), "unknown-column:1");
    EXPECT_EQ(code("lat,lon,time,lat\n1,1,2020-01-01,2\n"), "doubled-column:1");
    EXPECT_EQ(code("lat,lon,time\n,,\n"), "no-rows:1");
    EXPECT_EQ(code("lat,lon,time\nnorth,1,2020-01-01\n"), "bad-value:2");
}

}  // namespace
}  // namespace icosa::table
