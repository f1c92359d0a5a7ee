/// Element sets as their publishers write them: each format read whole, the same object the same from three of them.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "table/elements.hpp"

namespace icosa::table {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
    const char* given = std::getenv("ICOSA_DATA");
    return given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data";
}

struct Wanted {
    const char* file;
    std::int64_t rows;
};

TEST(RealElements, EveryFormatIsReadWhole) {
    constexpr Wanted files[] = {
        {"space/celestrak_on_orbit_20241101.csv", 26834},
        {"space/active_2021-08.txt", 4602},
        {"space/SGP4-VER.TLE", 33},
        {"fresh/technology/celestrak_2026-04-10_gp_stations.json", 31},
        {"fresh/technology/celestrak_2026-04-30_gp_last-30-days.json", 293},
        {"fresh/technology/celestrak_2026-05-30_military.tle", 23},
        {"fresh/technology/celestrak_2026-05-30_stations.tle", 25},
        {"fresh/technology/omm1_celestrak.kvn", 1},
    };
    for (const Wanted& one : files) {
        const fs::path path = data_folder() / one.file;
        if (!fs::exists(path)) GTEST_SKIP() << "no real data: " << path;
        const auto read = read_elements(path.string());
        ASSERT_TRUE(read) << render(read.error());
        EXPECT_EQ(read->rows, one.rows) << one.file;
        EXPECT_EQ(static_cast<std::int64_t>(read->sets.size()), one.rows) << one.file;
    }
}

TEST(RealElements, OneObjectInThreeFormats) {
    std::vector<model::ElementSet> sets;
    for (const char* file : {"omm1_spacetrack.kvn", "omm1_spacetrack.json", "omm1_spacetrack.xml"}) {
        const fs::path path = data_folder() / "fresh/technology" / file;
        if (!fs::exists(path)) GTEST_SKIP() << "no real data: " << path;
        const auto read = read_elements(path.string());
        ASSERT_TRUE(read) << render(read.error());
        sets.push_back(read->sets.at(0));
    }
    for (const auto& set : sets) {
        EXPECT_EQ(set.object, sets[0].object);
        EXPECT_EQ(set.epoch_us, sets[0].epoch_us);
        EXPECT_EQ(set.mean_motion_rev_per_day, sets[0].mean_motion_rev_per_day);
        EXPECT_EQ(set.drag_per_er, sets[0].drag_per_er);
    }
}

TEST(RealElements, WhatIsNoCatalogueSaysSo) {
    for (const auto& [file, code] :
         {std::pair("celestrak_2026-04-30_gp_noaa_error.json", "error-answer"),
          std::pair("omm_combined.xml", "undeclared-prefix"), std::pair("cdm_example_section4.kvn", "no-elements")}) {
        const fs::path path = data_folder() / "fresh/technology" / file;
        if (!fs::exists(path)) GTEST_SKIP() << "no real data: " << path;
        const auto read = read_elements(path.string());
        ASSERT_FALSE(read) << file;
        EXPECT_EQ(read.error().code, code) << read.error().what;
    }
}

}  // namespace
}  // namespace icosa::table
