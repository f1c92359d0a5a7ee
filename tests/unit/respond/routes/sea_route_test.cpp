/// Routes over made-up lanes and by waypoints.
#include "respond/routes/sea_route.hpp"

#include <gtest/gtest.h>

#include "made_up_sea.hpp"

namespace icosa::respond {
namespace {

TEST(SeaRoute, TheShortestWayInItsDirection) {
    const auto book = made_up_sea();
    const auto there = lane_route(book, {"west-cape", "off East Cape"});
    ASSERT_TRUE(there) << render(there.error());
    ASSERT_EQ(there->legs(), 2U) << "through the narrows, not round the south";
    EXPECT_EQ(there->stops[1].id, "narrows");
    EXPECT_EQ(there->leg_of, (std::vector<std::size_t>{0, 1, 1}));
    EXPECT_EQ(there->line.waypoints()[2].longitude_deg, 15) << "a leg sailed the other way";
    EXPECT_NEAR(there->leg_km(0), 1111.95, 0.1);
    EXPECT_NEAR(there->leg_km(1), 1111.95, 0.1);
    const auto back = lane_route(book, {"east-cape", "west-cape"});
    ASSERT_TRUE(back);
    EXPECT_EQ(back->stops.front().id, "east-cape");
    EXPECT_NEAR(back->line.length_km(), there->line.length_km(), 1e-6);
}

TEST(SeaRoute, ViaAPlaceTwiceOver) {
    const auto book = made_up_sea();
    const auto found = lane_route(book, {"west-cape", "narrows", "west-cape"});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->legs(), 2U);
}

TEST(SeaRoute, NamesInAnyLanguage) {
    const auto book = made_up_sea();
    EXPECT_EQ(*sea_stop(book, "narrows"), "narrows");
    EXPECT_EQ(*sea_stop(book, "narrows"), *sea_stop(book, "the narrows"));
    EXPECT_EQ(*sea_stop(book, "窄峡"), "narrows");
    const auto unknown = sea_stop(book, "narows");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "unknown-place");
    EXPECT_NE(unknown.error().cure.find("narrows"), std::string::npos);
    EXPECT_NE(sea_stop(book, "east cape").error().cure.find("east-cape"), std::string::npos);
}

TEST(SeaRoute, NoWayAndOnePlace) {
    const auto book = made_up_sea();
    EXPECT_EQ(lane_route(book, {"west-cape", "far-strait"}).error().code, "no-way");
    EXPECT_EQ(lane_route(book, {"west-cape", "off West Cape"}).error().code, "same-place");
    EXPECT_EQ(lane_route(book, {"west-cape", "nowhere"}).error().code, "unknown-place");
}

TEST(SeaRoute, Waypoints) {
    const auto found = waypoint_route({{"", "a", {0, 170}}, {"", "b", {0, -170}}, {"", "c", {10, -170}}}, "way.csv");
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->is_own);
    EXPECT_NEAR(found->leg_km(0), 2223.9, 0.1) << "over the date line";
    EXPECT_EQ(waypoint_route({{"", "a", {0, 0}}}, "way.csv").error().code, "one-waypoint");
    EXPECT_EQ(waypoint_route({}, "way.csv").error().code, "one-waypoint");
    EXPECT_EQ(waypoint_route({{"", "a", {1, 2}}, {"", "b", {1, 2}}}, "way.csv").error().code, "same-waypoint");
    EXPECT_EQ(waypoint_route({{"", "a", {0, 180}}, {"", "b", {0, -180}}}, "way.csv").error().code, "same-waypoint");
    EXPECT_EQ(waypoint_route({{"", "a", {10, 20}}, {"", "b", {-10, -160}}}, "way.csv").error().code,
              "opposite-waypoints");
}

}  // namespace
}  // namespace icosa::respond
