/// Points into places, periods into steps: counts conserved, populations joined by lines, the order of the file of no
/// account.
#include "table/place_steps.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/number.hpp"

namespace icosa::table {
namespace {

/// Three points, two of them in one cell, over five periods.
PointCounts made() {
    PointCounts out;
    out.places = {{"north", 10.4, 20.1}, {"south", -3.2, 20.1}, {"near", 10.1, 20.4}};
    out.periods = 5;
    out.counts = {1, 2, 3, 4, 5, 10, 0, 0, 0, 10, 7, 7, 7, 7, 7};
    out.labels = {"2020", "2021", "2022", "2023", "2024"};
    out.period_days = {366, 365, 365, 365, 366};
    return out;
}

TEST(PlaceSteps, AllPeriodsAsOneStep) {
    const auto found = place_steps(made(), PlacesBy::Points, 0);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->places.size(), 3U);
    EXPECT_EQ(found->places[0].name, "south") << "from the south-west";
    EXPECT_EQ(found->places[1].name, "near");
    EXPECT_EQ(found->counts, (std::vector<std::int64_t>{20, 35, 15}));
    EXPECT_EQ(found->first[0] + " " + found->last[0], "2020 2024");
    EXPECT_EQ(found->values(), (std::vector<double>{20, 35, 15}));
}

TEST(PlaceSteps, StepsAreCountedFromTheEnd) {
    const auto found = place_steps(made(), PlacesBy::Points, 2);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->steps, 2U);
    EXPECT_EQ(found->first, (std::vector<std::string>{"2020", "2023"}));
    EXPECT_EQ(found->last, (std::vector<std::string>{"2022", "2024"}));
    EXPECT_EQ(found->counts, (std::vector<std::int64_t>{10, 10, 21, 14, 6, 9}));
    EXPECT_FALSE(place_steps(made(), PlacesBy::Points, 6));
}

TEST(PlaceSteps, Cells) {
    const auto rows = place_steps(made(), PlacesBy::CellsOfRows, 0);
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->gids, (std::vector<int>{173 * 720 + 401, 200 * 720 + 401}));
    EXPECT_EQ(rows->counts, (std::vector<std::int64_t>{20, 50}));
    EXPECT_EQ(rows->places[1].latitude_deg, 10.25);
    const auto box = place_steps(made(), PlacesBy::CellsOfBox, 1);
    ASSERT_TRUE(box);
    EXPECT_EQ(box->places.size(), 28U);
    EXPECT_EQ(std::accumulate(box->counts.begin(), box->counts.end(), std::int64_t{0}), 70);
}

TEST(PlaceSteps, TheEndsOfTheGrid) {
    PointCounts ends = made();
    ends.places = {{"", 90, 180}, {"", -90, -180}, {"", 0, 0}};
    const auto found = place_steps(ends, PlacesBy::CellsOfRows, 0);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->gids, (std::vector<int>{1, 180 * 720 + 361, 259200}));
    ends.periods = 500;
    ends.labels.resize(500, "x");
    EXPECT_EQ(place_steps(ends, PlacesBy::CellsOfBox, 0).error().code, "many-cells");
}

TEST(PlaceSteps, PopulationsLieOnALine) {
    PointCounts points = made();
    const double absent = nan_value;
    points.population = {absent, 100, absent, 300, absent, 0, 0, 0, 0, 0, absent, absent, absent, absent, absent};
    const auto each = place_steps(points, PlacesBy::Points, 1);
    ASSERT_TRUE(each);
    const std::vector<double> north(each->population.begin() + 10, each->population.end());
    EXPECT_EQ(north, (std::vector<double>{100, 100, 200, 300, 300}));
    EXPECT_EQ(each->values()[12], 3.0 / 200);
    EXPECT_TRUE(std::isnan(each->values()[0])) << "nobody lives there";
    EXPECT_TRUE(std::isnan(each->values()[5])) << "not known";
    ASSERT_EQ(each->notes.size(), 1U);
    EXPECT_TRUE(each->notes[0].starts_with("2 places without a population"));
    const auto cells = place_steps(points, PlacesBy::CellsOfRows, 0);
    ASSERT_TRUE(cells);
    EXPECT_TRUE(std::isnan(cells->population[1])) << "one of its points is not known";
    EXPECT_EQ(cells->counts[1], 50);
}

}  // namespace
}  // namespace icosa::table
