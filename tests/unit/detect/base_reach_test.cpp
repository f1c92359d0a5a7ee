/// base-reach on a host that has the outline of Chad, by degrees from 10 north, 13 east, with one base within.
#include "atlas/atlas.hpp"
#include "world.hpp"

namespace icosa::detect {
namespace {

constexpr const char* outline_toml = R"(
[[place]]
id = "chad"
kind = "state"
name = { en = "Chad" }
codes = [ { system = "m49", code = "148" } ]
[[extent]]
place = "bbb"
outlines = ["chad"]
first_day = "2000-01-01"
source = "test"
)";
constexpr const char* mission_toml = R"toml(
[[mission]]
id = "keeper"
short = "KEEPER"
name = "Keeper"
host = ["bbb"]
chapter = "VII"
consent = "given"
known_through = "2020-08-31"
against = "test"
act = [{ resolution = "S/RES/3 (2017)", adopted = "2017-06-01", expires_on = "2020-12-31", source = "test" }]
[[mission]]
id = "other"
short = "OTHER"
name = "Other"
host = ["ccc"]
chapter = "VII"
consent = "given"
known_through = "2020-08-31"
against = "test"
act = [{ resolution = "S/RES/4 (2017)", adopted = "2017-06-01", expires_on = "2020-12-31", source = "test" }]
)toml";
constexpr const char* reach_watch = R"(
engine = "base-reach"
from = ["alpha"]
kind = ["violence"]
value = "best"
unit = "place-position"
period = "year"
bases = { from = ["beta"], kind = ["base"] }
method = { name = "beyond" }
severity_unit = "deaths"
)";

std::string at(const std::string& who, double latitude_deg, double longitude_deg) {
    const auto micro = [](double degrees) { return std::llround(degrees * 1e6); };
    return who + "|"
        + std::to_string((micro(latitude_deg + 10) + 90'000'000) * 1'000'000'000LL + micro(longitude_deg + 13)
                         + 180'000'000);
}

struct ReachWorld : World {
    ReachWorld() {
        Diagnostics here;
        places.read(toml(outline_toml), here);
        places.check(here);
        catalogue.read(toml(mission_toml), here);
        catalogue.check(places, here);
        for (const Error& fault : here) ADD_FAILURE() << render(fault);
        sources["alpha"].stale_after_days = sources["beta"].stale_after_days = 500;
    }
};

const Day reach_day = day_of(2020, 6, 30);

class BaseReach : public testing::Test {
protected:
    void SetUp() override {
        if (!atlas::Atlas::has_countries()) GTEST_SKIP() << "no outlines of countries in this build";
    }
};

TEST_F(BaseReach, CountsWithinTheOutlineBesideTheYearBefore) {
    ReachWorld world;
    const auto watch = world.watch(reach_watch);
    // by position; by the place that the source names, wherever it lies; a neighbour; outside the ring
    world.put(watch, reach_day, 0, "alpha", "2019",
              {{at("", 5.1, 5.1), {20, 30}},
               {at("", 9, 9), {20, 70}},
               {at("bbb", 1, 1), {0, 40}},
               {at("ccc", 2, 2), {3, 500}},
               {at("", 15, 5), {0, 900}}});
    world.put(watch, reach_day, 1, "beta", "2019",
              {{at("KEEPER", 5, 5), {1, 1}}, {at("KEEPER", 5.2, 5), {1, nan_value}}});
    const auto found = world.run(watch, reach_day);
    ASSERT_EQ(found.signals.size(), 1U) << found.reading;
    EXPECT_EQ(found.signals[0].id, "w.x/bbb|KEEPER/2019");
    EXPECT_EQ(found.signals[0].observed, 110);
    EXPECT_EQ(found.signals[0].threshold, 100);
    EXPECT_EQ(found.signals[0].expected, 70);  // half of 140, as the year before
    EXPECT_EQ(found.signals[0].behind, (std::vector<std::string>{at("", 9, 9), at("bbb", 1, 1)}));
    EXPECT_NE(found.reading.find("KEEPER 110 of 140 (bases: 1)"), std::string::npos) << found.reading;
    EXPECT_NE(found.reading.find("OTHER (no base told of)"), std::string::npos) << found.reading;
    const auto number = [&](const std::string& name) {
        for (const auto& slot : found.signals[0].phrase.slots)
            if (slot.name == name) return slot.number;
        return nan_value;
    };
    EXPECT_EQ(number("near_total"), 640);
    EXPECT_EQ(number("beyond_before"), 20);
    EXPECT_EQ(number("fell_from"), 2);  // one base of two, while deaths rose
}

TEST_F(BaseReach, WhatIsNotToldIsNotKnownAndNeverZero) {
    ReachWorld world;
    const auto watch = world.watch(reach_watch);
    world.put(watch, reach_day, 0, "alpha", "2019", {{at("", 5.1, 5.1), {20, 30}}});
    world.put(watch, reach_day, 1, "beta", "2019", {{at("KEEPER", 5, 5), {1, nan_value}}, {at("ELSE", 5, 5), {1, 1}}});
    const auto found = world.run(watch, reach_day);
    EXPECT_TRUE(found.signals.empty() && found.told.empty());
    EXPECT_NE(found.reading.find("KEEPER (no base told of)"), std::string::npos) << found.reading;
    EXPECT_EQ(found.state, model::State::NoData);
}

TEST_F(BaseReach, QuietTellsBothYearsAndStaleTellsNone) {
    ReachWorld world;
    const auto watch = world.watch(reach_watch);
    world.put(watch, reach_day, 0, "alpha", "2019", {{at("", 5.1, 5.1), {20, 30}}, {at("", 9, 9), {20, 30}}});
    world.put(watch, reach_day, 1, "beta", "2019", {{at("KEEPER", 5, 5), {1, 1}}});
    const auto found = world.run(watch, reach_day);
    EXPECT_EQ(found.state, model::State::Quiet);
    ASSERT_EQ(found.told.size(), 1U);
    EXPECT_EQ(found.told[0].phrase.key, "reach.beyond");
}

}  // namespace
}  // namespace icosa::detect
