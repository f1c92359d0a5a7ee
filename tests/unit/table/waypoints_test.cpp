/// Tables of waypoints: columns by name, order kept, what is refused.
#include "table/waypoints.hpp"

#include <gtest/gtest.h>

#include "folder.hpp"

namespace icosa::table {
namespace {

Result<std::vector<Waypoint>> read(const std::string& text) {
    const Folder folder;
    return read_waypoints(folder.put("waypoints.csv", text), {});
}

TEST(Waypoints, InTheOrderOfTheFile) {
    const auto found = read("Name,Longitude,Latitude\nharbour,10.5,-20\n,\"11\",21\n");
    ASSERT_TRUE(found) << render(found.error());
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ((*found)[0].name, "harbour");
    EXPECT_EQ((*found)[0].latitude_deg, -20);
    EXPECT_EQ((*found)[0].longitude_deg, 10.5);
    EXPECT_EQ((*found)[1].name, "");
    EXPECT_EQ((*found)[1].latitude_deg, 21);
}

TEST(Waypoints, DecimalCommas) {
    const auto found = read("lat;lon\n10,5;20,25\n11,5;21,75\n");
    ASSERT_TRUE(found) << render(found.error());
    EXPECT_EQ((*found)[1].longitude_deg, 21.75);
}

TEST(Waypoints, Refused) {
    const std::pair<std::string, std::string> cases[] = {
        {"lat,name\n1,a\n", "unknown-column"},       {"lat,lon\n", "no-rows"},
        {"lat,lon\n1,2\n,3\n", "no-position"},       {"lat,lon\n1,2\n95,3\n", "bad-latitude"},
        {"lat,lon\n1,2\n9,-181\n", "bad-longitude"}, {"lat,lon\n1,2\nx,3\n", "bad-value"},
    };
    for (const auto& [text, code] : cases) {
        const auto found = read(text);
        ASSERT_FALSE(found) << text;
        EXPECT_EQ(found.error().code, code) << text << render(found.error());
    }
}

TEST(Waypoints, SwappedColumnsAreTold) {
    const auto found = read("lat,lon\n56.4,26.5\n103.9,1.2\n");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().where.line, 3);
    EXPECT_NE(found.error().cure.find("swapped"), std::string::npos);
}

}  // namespace
}  // namespace icosa::table
