/// The half-degree grid: numbers as GED gives them, wrapping, rings, distances.
#include "base/prio_grid.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace icosa {
namespace {

TEST(PrioGrid, NumbersAsGedGivesThem) {
    EXPECT_EQ(gid_of(35'763'369, 36'558'974), 181154);
    EXPECT_EQ(gid_of(34'802'462, 36'707'602), 179714);
    EXPECT_EQ(gid_of(-90'000'000, -180'000'000), 1);
    EXPECT_EQ(gid_of(90'000'000, 180'000'000), 259200) << "the poles and 180 E belong to the last row and column";
    EXPECT_TRUE(is_gid(1) && is_gid(259200));
    EXPECT_FALSE(is_gid(0) || is_gid(259201) || is_gid(-5));
}

TEST(PrioGrid, RowAndColumnMakeTheNumberAgain) {
    for (int gid = 1; gid <= grid_cells; gid += 37) {
        EXPECT_EQ(gid_at(grid_row(gid), grid_column(gid)), gid);
        const auto latitude = static_cast<std::int32_t>(centre_latitude_deg(grid_row(gid)) * 1e6),
                   longitude = static_cast<std::int32_t>(centre_longitude_deg(grid_column(gid)) * 1e6);
        EXPECT_EQ(gid_of(latitude, longitude), gid) << "its centre lies in it";
    }
}

TEST(PrioGrid, RingsWrapAtTheDateLineAndEndAtThePoles) {
    EXPECT_EQ(ring(181154, 0), std::vector<int>{181154});
    EXPECT_EQ(ring(181154, 1), (std::vector<int>{180433, 180434, 180435, 181153, 181155, 181873, 181874, 181875}));
    EXPECT_EQ(ring(181154, 2).size(), 16U);
    const int western = gid_at(180, 0);
    const auto around = ring(western, 1);
    EXPECT_EQ(around.size(), 8U);
    EXPECT_NE(std::find(around.begin(), around.end(), gid_at(180, 719)), around.end());
    EXPECT_EQ(ring(gid_at(0, 100), 1).size(), 5U) << "no row south of the southernmost";
    const auto wide = ring(gid_at(200, 719), 5);
    EXPECT_EQ(std::set<int>(wide.begin(), wide.end()).size(), 40U);
}

TEST(PrioGrid, Distances) {
    EXPECT_EQ(distance_km(5000, 5000), 0);
    EXPECT_NEAR(distance_km(gid_at(179, 300), gid_at(180, 300)), 55.597, 0.001) << "half a degree of a meridian";
    EXPECT_NEAR(distance_km(gid_at(299, 300), gid_at(299, 301)), 55.597 * 0.5037, 0.1)
        << "near 60 N a column is half as wide";
    EXPECT_NEAR(distance_km(gid_at(180, 0), gid_at(180, 719)), distance_km(gid_at(180, 0), gid_at(180, 1)), 1e-9)
        << "the date line parts nothing";
    EXPECT_NEAR(distance_km(1, grid_cells), 6371.0088 * 3.1416, 100) << "to the other end of the earth";
}

}  // namespace
}  // namespace icosa
