/// The table of countries: what it holds, that its rings close, and what a window shows of it.
#include "methods/space/land.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "methods/space/land_window.hpp"

namespace icosa::methods {
namespace {

class LandTable : public testing::Test {
protected:
    void SetUp() override {
        if (land().empty()) GTEST_SKIP() << "no outlines of countries in this build (scripts/setup fetches them)";
    }
};

TEST_F(LandTable, HasEveryCountryOnceAndArcsOnTheSheet) {
    std::map<std::string_view, int> seen;
    for (const LandCountry& country : land().countries) ++seen[country.number.empty() ? country.name : country.number];
    for (const auto& [number, times] : seen) EXPECT_EQ(times, 1) << number;
    for (const auto* number : {"004", "254", "412", "426", "336", "706", "744", "804", "010"})
        EXPECT_TRUE(seen.contains(number)) << number;
    EXPECT_FALSE(seen.contains("Somaliland"));
    for (const LandArc& arc : land().arcs) {
        ASSERT_LT(arc.one, arc.other);
        ASSERT_LE(arc.other, land().countries.size());
        const auto points = land().points_of(arc);
        ASSERT_GE(points.size(), 2U);
        for (std::size_t i = 0; i < points.size(); ++i) {
            ASSERT_LE(std::abs(points[i].longitude_microdeg), 180'000'000);
            ASSERT_LE(std::abs(points[i].latitude_microdeg), 90'000'000);
            if (i == 0 || arc.kind == LandLine::Cut) continue;
            ASSERT_LT(std::abs(points[i].longitude_microdeg - points[i - 1].longitude_microdeg), 180'000'000);
        }
    }
}

TEST_F(LandTable, EveryCountryIsClosed) {
    std::map<std::tuple<int, int, int>, int> ends;
    for (const LandArc& arc : land().arcs) {
        for (const int side : {arc.one, arc.other}) {
            const auto points = land().points_of(arc);
            for (const LandPoint& end : {points.front(), points.back()})
                if (side != 0) ++ends[{side, end.longitude_microdeg, end.latitude_microdeg}];
        }
    }
    for (const auto& [end, times] : ends) EXPECT_EQ(times % 2, 0) << std::get<1>(end) << ' ' << std::get<2>(end);
}

std::map<LandLine, int> kinds_between(std::string_view one, std::string_view other) {
    std::map<LandLine, int> out;
    for (const LandArc& arc : land().arcs) {
        if (arc.one == 0) continue;
        const auto a = land().country(arc.one).number, b = land().country(arc.other).number;
        if ((a == one && b == other) || (a == other && b == one)) ++out[arc.kind];
    }
    return out;
}

TEST_F(LandTable, UndeterminedBordersAreToldApart) {
    const auto only = [](const std::map<LandLine, int>& kinds, LandLine kind) {
        return kinds.size() == 1 && kinds.contains(kind);
    };
    EXPECT_TRUE(only(kinds_between("250", "276"), LandLine::Border));
    EXPECT_TRUE(only(kinds_between("729", "728"), LandLine::UndeterminedBorder));
    EXPECT_TRUE(only(kinds_between("504", "732"), LandLine::UndeterminedBorder));
    EXPECT_TRUE(only(kinds_between("412", "688"), LandLine::UndeterminedBorder));
    EXPECT_EQ(kinds_between("356", "586").size(), 2U);  // agreed in the south, a line of control in the north
    EXPECT_TRUE(only(kinds_between("643", "804"), LandLine::Border));
}

double area_deg2(const std::vector<LandPath>& rings) {
    double out = 0;  // of separate rings: absolute areas added
    for (const LandPath& ring : rings) {
        double twice = 0;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const GlobePoint &a = ring[i], &b = ring[(i + 1) % ring.size()];
            twice += a.longitude_deg * b.latitude_deg - b.longitude_deg * a.latitude_deg;
        }
        out += std::abs(twice) / 2;
    }
    return out;
}

TEST_F(LandTable, AWindowWithinALandIsAllLand) {
    const LandInWindow chad = land_within({17, 11, 19, 13});
    ASSERT_EQ(chad.land.size(), 1U);
    EXPECT_NEAR(area_deg2(chad.land), 4, 1e-9);
    EXPECT_TRUE(chad.coasts.empty());
    EXPECT_TRUE(chad.borders.empty());
}

TEST_F(LandTable, AWindowAtSeaIsEmpty) {
    const LandInWindow atlantic = land_within({-40, 20, -35, 25});
    EXPECT_TRUE(atlantic.empty());
    EXPECT_TRUE(atlantic.coasts.empty());
}

TEST_F(LandTable, LinesStayWithinTheWindow) {
    const LandWindow window{30, 25, 45, 38};
    const LandInWindow levant = land_within(window);
    EXPECT_FALSE(levant.coasts.empty());
    EXPECT_FALSE(levant.borders.empty());
    EXPECT_FALSE(levant.undetermined_borders.empty());
    for (const auto* paths : {&levant.land, &levant.coasts, &levant.borders, &levant.undetermined_borders}) {
        for (const LandPath& path : *paths) {
            EXPECT_GE(path.size(), 2U);
            for (const GlobePoint& at : path) {
                EXPECT_GE(at.longitude_deg, window.west_deg - 1e-9);
                EXPECT_LE(at.longitude_deg, window.east_deg + 1e-9);
                EXPECT_GE(at.latitude_deg, window.south_deg - 1e-9);
                EXPECT_LE(at.latitude_deg, window.north_deg + 1e-9);
            }
        }
    }
}

TEST_F(LandTable, AWindowAcrossTheDateLineRunsOn) {
    const LandInWindow fiji = land_within({176, -20, -178, -15});
    ASSERT_FALSE(fiji.land.empty());
    double west = 400, east = -400;
    for (const LandPath& ring : fiji.land) {
        for (const GlobePoint& at : ring) {
            west = std::min(west, at.longitude_deg);
            east = std::max(east, at.longitude_deg);
        }
    }
    EXPECT_NEAR(west, 177.2, 0.1);  // the Yasawa islands
    EXPECT_GT(east, 180);
    EXPECT_LE(east, 182);
    for (const LandPath& path : fiji.coasts) {  // no coast along the meridian
        for (std::size_t i = 1; i < path.size(); ++i)
            EXPECT_FALSE(path[i - 1].longitude_deg == 180 && path[i].longitude_deg == 180);
    }
}

TEST_F(LandTable, AThinnedWindowHasFewerPointsAndTheSameLand) {
    const LandWindow window{-20, -36, 52, 38};
    const LandInWindow fine = land_within(window), rough = land_within(window, 0.25);
    const auto points = [](const std::vector<LandPath>& paths) {
        std::size_t out = 0;
        for (const LandPath& path : paths) out += path.size();
        return out;
    };
    EXPECT_LT(3 * points(rough.land), points(fine.land) * 2);
    EXPECT_NEAR(area_deg2(rough.land), area_deg2(fine.land), area_deg2(fine.land) / 100);
}

}  // namespace
}  // namespace icosa::methods
