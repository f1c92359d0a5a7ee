/// Which country a point is in: against crossings of a ray over all edges, and by places anyone can look up.
#include "methods/space/land_grid.hpp"

#include <map>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

/// A ray to the west over every edge, each country for itself; products below 2^63 are exact in a long double.
std::set<int> by_ray(const Land& land, LandPoint at) {
    std::map<int, int> crossings;
    for (const LandArc& arc : land.arcs) {
        const auto points = land.points_of(arc);
        for (std::size_t i = 1; i < points.size(); ++i) {
            const LandPoint &a = points[i - 1], &b = points[i];
            const auto [low, high] = a.latitude_microdeg <= b.latitude_microdeg ? std::pair(a, b) : std::pair(b, a);
            if (at.latitude_microdeg < low.latitude_microdeg || at.latitude_microdeg >= high.latitude_microdeg)
                continue;
            const long double dx = static_cast<long double>(high.longitude_microdeg) - low.longitude_microdeg;
            const long double dy = static_cast<long double>(high.latitude_microdeg) - low.latitude_microdeg;
            // the edge's longitude less the point's, times dy: at the point's latitude, a little north of it for ties
            const long double left = low.longitude_microdeg * dy + dx * (at.latitude_microdeg - low.latitude_microdeg)
                - at.longitude_microdeg * dy;
            if (left < 0 || (left == 0 && dx <= 0)) {
                ++crossings[arc.one];
                ++crossings[arc.other];
            }
        }
    }
    std::set<int> out;
    for (const auto& [side, times] : crossings)
        if (side != 0 && times % 2 == 1) out.insert(side);
    return out;
}

std::set<int> as_set(std::uint8_t country) { return country == 0 ? std::set<int>{} : std::set<int>{country}; }

/// Two squares with a shared side, a hole in the first that the third fills, water in a hole of the second.
Land squares() {
    static const LandCountry countries[] = {{"001", "A"}, {"002", "B"}, {"003", "C"}};
    Land out;
    out.countries = countries;
    const auto add = [&](std::uint8_t one, std::uint8_t other, std::vector<LandPoint> points) {
        for (LandPoint& at : points) at = {at.longitude_microdeg * 1'000'000, at.latitude_microdeg * 1'000'000};
        out.arcs.push_back({one, other, one == 0 ? LandLine::Coast : LandLine::Border,
                            static_cast<std::uint32_t>(out.points.size()), static_cast<std::uint32_t>(points.size())});
        out.points.insert(out.points.end(), points.begin(), points.end());
    };
    add(0, 1, {{10, 10}, {0, 10}, {0, 0}, {10, 0}});
    add(1, 2, {{10, 0}, {10, 10}});
    add(0, 2, {{10, 10}, {20, 10}, {20, 0}, {10, 0}});
    add(1, 3, {{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}});
    add(0, 2, {{14, 4}, {16, 4}, {15, 6}, {14, 4}});
    return out;
}

TEST(LandGrid, TellsHolesEnclavesAndNeighboursApart) {
    const Land land = squares();
    const LandGrid grid(land);
    const auto at = [&](double longitude, double latitude) {
        return grid.country_at({static_cast<std::int32_t>(longitude * 1e6), static_cast<std::int32_t>(latitude * 1e6)});
    };
    EXPECT_EQ(at(2, 2), 1);
    EXPECT_EQ(at(12, 2), 2);
    EXPECT_EQ(at(5, 5), 3);
    EXPECT_EQ(at(15, 5), 0);
    EXPECT_EQ(at(-1, 5), 0);
    EXPECT_EQ(at(21, 5), 0);
}

TEST(LandGrid, APointOfALineLiesInOneOfItsSides) {
    const Land land = squares();
    const LandGrid grid(land);
    EXPECT_EQ(grid.country_at({10'000'000, 5'000'000}), 2);  // the shared side: to the east
    EXPECT_EQ(grid.country_at({0, 5'000'000}), 1);
    EXPECT_EQ(grid.country_at({20'000'000, 5'000'000}), 0);
    EXPECT_EQ(grid.country_at({5'000'000, 0}), 1);  // the south side: to the north
    EXPECT_EQ(grid.country_at({5'000'000, 10'000'000}), 0);
    for (int longitude = -1; longitude <= 21; ++longitude) {
        for (int latitude = -1; latitude <= 11; ++latitude) {
            const LandPoint at{longitude * 1'000'000, latitude * 1'000'000};
            EXPECT_EQ(as_set(grid.country_at(at)), by_ray(land, at)) << longitude << ' ' << latitude;
        }
    }
}

class LandGridOfTheWorld : public testing::Test {
protected:
    void SetUp() override {
        if (land().empty()) GTEST_SKIP() << "no outlines of countries in this build (scripts/setup fetches them)";
    }

    static std::string number_at(double latitude_deg, double longitude_deg) {
        const auto country = land_grid().country_at(
            {static_cast<std::int32_t>(longitude_deg * 1e6), static_cast<std::int32_t>(latitude_deg * 1e6)});
        return country == 0 ? "" : std::string(land().country(country).number);
    }
};

TEST_F(LandGridOfTheWorld, KnowsCapitalsAndFarParts) {
    const std::tuple<double, double, const char*> known[] = {
        {48.857, 2.352, "250"},  // Paris
        {-1.286, 36.817, "404"},  // Nairobi
        {-35.283, 149.128, "036"},  // Canberra
        {55.755, 37.617, "643"},  // Moscow
        {4.711, -74.072, "170"},  // Bogota
        {-29.314, 27.484, "426"},  // Maseru, within South Africa
        {43.94, 12.46, "674"},  // San Marino, within Italy
        {54.71, 20.51, "643"},  // Kaliningrad
        {-5.3, 12.3, "024"},  // Cabinda
        {64.84, -147.72, "840"},  // Fairbanks
        {19.6, -155.5, "840"},  // Hawaii
        {-17.8, 178.0, "242"},  // Viti Levu
        {-16.8, -179.97, "242"},  // Taveuni, beyond the date line
        {67.0, 179.9, "643"},      {67.0, -179.9, "643"}, {67.0, 180.0, "643"},  {67.0, -180.0, "643"},
        {-80.0, 0.0, "010"},       {-90.0, 0.0, "010"},   {-85.0, 180.0, "010"}, {4.93, -52.3, "254"},  // Cayenne
        {78.3, 16.0, "744"},  // Spitsbergen
        {45.05, 34.1, "804"},  // Simferopol, A/RES/68/262
        {9.56, 44.06, "706"},  // Hargeisa
        {35.25, 33.6, "196"},  // Cyprus, north of the buffer zone
        {25.0, 121.4, "158"},  // as M49 numbers go in the source
        {90.0, 0.0, ""},           {0.0, 0.0, ""},        {30.0, -40.0, ""},     {41.7, 50.5, ""},  // the Caspian Sea
    };
    for (const auto& [latitude, longitude, number] : known)
        EXPECT_EQ(number_at(latitude, longitude), number) << latitude << ' ' << longitude;
}

TEST_F(LandGridOfTheWorld, ATinyEnclaveHasAnInside) {
    std::map<std::string_view, std::pair<double, double>> middles = {{"336", {0, 0}}, {"492", {0, 0}}};
    for (auto& [number, middle] : middles) {
        double points = 0;
        for (const LandArc& arc : land().arcs) {
            const bool is_own = (arc.one != 0 && land().country(arc.one).number == number)
                || land().country(arc.other).number == number;
            for (const LandPoint& at : land().points_of(arc)) {
                if (!is_own) continue;
                middle.first += at.latitude_microdeg / 1e6;
                middle.second += at.longitude_microdeg / 1e6;
                ++points;
            }
        }
        ASSERT_GT(points, 0);
        EXPECT_EQ(number_at(middle.first / points, middle.second / points), number);
    }
}

TEST_F(LandGridOfTheWorld, EqualsARayOverAllEdges) {
    std::mt19937_64 bits(50);
    std::uniform_real_distribution<double> even(-1, 1);
    std::vector<LandPoint> points;
    for (int i = 0; i < 150; ++i)
        points.push_back({static_cast<std::int32_t>(even(bits) * 180e6), static_cast<std::int32_t>(even(bits) * 90e6)});
    for (int i = 0; i < 150; ++i) {  // on the ends of edges, and close to them
        LandPoint at = land().points[bits() % land().points.size()];
        if (i % 2 == 0 && std::abs(at.longitude_microdeg) < 179'000'000 && std::abs(at.latitude_microdeg) < 89'000'000)
            at = {at.longitude_microdeg + static_cast<std::int32_t>(bits() % 2001) - 1000,
                  at.latitude_microdeg + static_cast<std::int32_t>(bits() % 2001) - 1000};
        if (at.longitude_microdeg < 180'000'000) points.push_back(at);
    }
    for (const LandPoint& at : points)
        EXPECT_EQ(as_set(land_grid().country_at(at)), by_ray(land(), at))
            << at.latitude_microdeg << ' ' << at.longitude_microdeg;
}

}  // namespace
}  // namespace icosa::methods
