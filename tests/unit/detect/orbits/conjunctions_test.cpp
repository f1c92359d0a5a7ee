/// The engine conjunctions on made-up objects: what passes a station, what flies with it, catalogues too old.
#include "../world.hpp"

namespace icosa::detect {
namespace {

model::ElementSet object(int number, const char* name, const char* epoch_day, double inclination_deg) {
    model::ElementSet out;
    out.object = number;
    out.name = name;
    out.epoch_day = *parse_iso_day(epoch_day);
    out.epoch_us = std::int64_t{23} * 3'600'000'000;
    out.mean_motion_rev_per_day = 15.5;
    out.eccentricity = 0.0001;
    out.inclination_deg = inclination_deg;
    out.ascending_node_deg = 10;
    out.perigee_argument_deg = 20;
    out.mean_anomaly_deg = 340;  // at the node, where all orbits of one node meet
    out.file = "made-up";
    out.line = number;
    return out;
}

class ConjunctionWatches : public ::testing::Test {
protected:
    /// Two that meet at the node each half turn, one that flies with the first, one that stays away.
    ConjunctionWatches() {
        auto& sets = world_.evidence.elements["alpha"];
        sets = {object(1, "STATION", "2024-11-01", 51.6), object(2, "MODULE", "2024-11-01", 51.6),
                object(3, "CROSSER", "2024-11-01", 60), object(4, "FAR", "2024-11-01", 80)};
        sets[3].mean_motion_rev_per_day = 14;
        sets[3].mean_anomaly_deg = 100;
    }
    model::WatchFinding told(const std::string& method, Day as_of) {
        return world_.run(world_.watch("engine = \"conjunctions\"\nfrom = [\"alpha\"]\nclauses = [\"III.1.a\"]\n"
                                       "severity_unit = \"km\"\nunit = \"world\"\nmethod = { "
                                       + method + " }"),
                          as_of);
    }

    World world_;
};

constexpr auto stations = "name = \"stations\", objects = \"1 The Station; 9 Another\", hours = 24, within_km = 50";

TEST_F(ConjunctionWatches, WhatPassesAStation) {
    const auto finding = told(stations, day_of(2024, 11, 1));
    ASSERT_EQ(finding.state, model::State::Signal) << finding.reading;
    ASSERT_EQ(finding.signals.size(), 1U) << "the closest of a pair and day; no module, nothing far";
    const auto& signal = finding.signals[0];
    EXPECT_EQ(signal.subject, "1|3");
    EXPECT_EQ(signal.period, "2024-11-02");
    EXPECT_EQ(signal.phrase.key, "told.approach");
    EXPECT_LT(signal.observed, 50);
    EXPECT_EQ(signal.threshold, 50);
    EXPECT_NE(signal.reason.find("The Station (1) and CROSSER (3) pass at"), std::string::npos) << signal.reason;
    EXPECT_NE(signal.reason.find("for hard bodies of 60 m together and a covariance of 3 to 1"), std::string::npos);
    EXPECT_EQ(signal.lineage.files.size(), 2U);
    EXPECT_NE(finding.reading.find("not in the catalogue: Another"), std::string::npos) << finding.reading;
    EXPECT_NE(finding.reading.find("4 objects, newest elements of 2024-11-01"), std::string::npos) << finding.reading;
}

TEST_F(ConjunctionWatches, AllAgainstAllTellsADockedGroupOnce) {
    const auto finding = told("name = \"catalogue\", within_km = 50", day_of(2024, 11, 1));
    ASSERT_EQ(finding.signals.size(), 1U) << finding.reading;
    EXPECT_EQ(finding.signals[0].subject, "1|3") << "the module's are the station's";
}

TEST_F(ConjunctionWatches, OldCataloguesAreStale) {
    EXPECT_NE(told(stations, day_of(2024, 11, 4)).state, model::State::Stale);
    const auto stale = told(stations, day_of(2024, 11, 5));
    EXPECT_EQ(stale.state, model::State::Stale);
    EXPECT_EQ(stale.reading, "the newest elements are of 2024-11-01, 4 days before: too old to carry forward");
    world_.evidence.elements.clear();
    EXPECT_EQ(told(stations, day_of(2024, 11, 1)).state, model::State::NoData);
}

TEST_F(ConjunctionWatches, ElementsTooOldToSay) {
    constexpr auto old = "name = \"old-elements\", old_days = 14, at_least = 0.2";
    EXPECT_EQ(told(old, day_of(2024, 11, 1)).state, model::State::Quiet);
    world_.evidence.elements["alpha"][3].epoch_day = day_of(2024, 9, 1);
    const auto finding = told(old, day_of(2024, 11, 1));
    EXPECT_EQ(finding.state, model::State::Signal);
    EXPECT_EQ(finding.reading, "1 of 4 objects (25 %) have elements older than 14 days; newest of 2024-11-01");
}

TEST_F(ConjunctionWatches, StationsMustBeNumbers) {
    Diagnostics faults;
    check_watch(world_.watch("engine = \"conjunctions\"\nfrom = [\"alpha\"]\nclauses = [\"III.1.a\"]\nunit = "
                             "\"world\"\nmethod = { name = "
                             "\"stations\", objects = \"The Station\" }"),
                world_.setting(day_of(2024, 11, 1)), faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "bad-objects");
}

}  // namespace
}  // namespace icosa::detect
