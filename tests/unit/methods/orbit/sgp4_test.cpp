/// The scalar propagator against an independent implementation, and what it refuses.
#include "methods/orbit/sgp4.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "made_up_objects.hpp"

using namespace icosa::methods::orbit;

namespace {

std::vector<std::vector<std::string>> reference_rows() {
    std::ifstream in(ICOSA_ROOT "/tests/reference/orbit/states.csv");
    std::vector<std::vector<std::string>> out;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream cells(line);
        out.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) out.back().push_back(cell);
    }
    return out;
}

Elements round_orbit() {
    Elements e;
    e.epoch = {icosa::Day{20'028}, 0};
    e.mean_motion_rad_min = 0.0667;
    e.eccentricity = 0.001;
    e.inclination_rad = 0.9;
    return e;
}

TEST(Sgp4, StatesOfAnIndependentImplementation) {
    const auto rows = reference_rows();
    ASSERT_GT(rows.size(), 200U);
    for (const auto& row : rows) {
        const auto number = [&row](std::size_t k) { return std::stod(row[k]); };
        Elements e;
        e.epoch = {icosa::Day{std::stoi(row[1])}, std::stoll(row[2])};
        e.mean_motion_rad_min = number(3), e.eccentricity = number(4), e.inclination_rad = number(5);
        e.node_rad = number(6), e.perigee_rad = number(7), e.mean_anomaly_rad = number(8);
        e.drag_per_radius = number(9);
        const State state = propagate(initialise(e, row[0] == "84" ? Gravity::Wgs84 : Gravity::Wgs72), number(10));
        ASSERT_EQ(static_cast<int>(state.refusal), std::stoi(row[11])) << row[3] << " at " << row[10];
        if (state.refusal != Refusal::None) continue;
        for (std::size_t k = 0; k < 3; ++k) {
            EXPECT_NEAR(state.position_km[k], number(12 + k), 1e-6) << row[3] << " at " << row[10];
            EXPECT_NEAR(state.velocity_km_s[k], number(15 + k), 1e-9) << row[3] << " at " << row[10];
        }
    }
}

TEST(Sgp4, AnswersDoNotDependOnWhatWasAskedBefore) {
    icosa::testing::MadeUpObjects made_up(7);
    for (const Satellite& s : made_up.satellites(200)) {
        ResonanceTrack track;
        for (const double minutes : {3000.0, 10.0, -5000.0, 721.0, 20000.0}) {
            const State by_track = propagate(s, minutes, track), fresh = propagate(s, minutes);
            EXPECT_EQ(by_track.refusal, fresh.refusal);
            if (fresh.refusal == Refusal::None) {
                EXPECT_EQ(by_track.position_km, fresh.position_km);
            }
        }
    }
}

TEST(Sgp4, WhatCanHaveNoState) {
    Elements e = round_orbit();
    e.eccentricity = 1.0;
    EXPECT_EQ(propagate(initialise(e), 0).refusal, Refusal::Eccentricity);
    e.eccentricity = -0.1;
    EXPECT_EQ(propagate(initialise(e), 0).refusal, Refusal::Eccentricity);
    e = round_orbit();
    e.mean_motion_rad_min = 0;
    const State none = propagate(initialise(e), 0);
    EXPECT_EQ(none.refusal, Refusal::MeanMotion);
    EXPECT_TRUE(std::isnan(none.position_km[0]));
    EXPECT_EQ(refusal_text(none.refusal), "mean motion not above 0");
    e = round_orbit();
    e.mean_motion_rad_min = 0.0765;  // below the ground
    const State under = propagate(initialise(e), 0);
    EXPECT_EQ(under.refusal, Refusal::Decayed);
    EXPECT_TRUE(std::isfinite(under.position_km[0]));
}

TEST(Sgp4, DragBringsDown) {
    Elements e = round_orbit();
    e.mean_motion_rad_min = 0.0709;
    e.drag_per_radius = 0.002;
    const Satellite s = initialise(e);
    EXPECT_EQ(propagate(s, 0).refusal, Refusal::None);
    EXPECT_NE(propagate(s, 30 * 1440).refusal, Refusal::None);
}

TEST(Instant, WholeMicroseconds) {
    const Instant at{icosa::Day{10}, microseconds_per_day - 1};
    EXPECT_EQ(later(at, 1), (Instant{icosa::Day{11}, 0}));
    EXPECT_EQ(later(Instant{icosa::Day{11}, 0}, -1), at);
    EXPECT_EQ(microseconds_between(later(at, 12'345), at), 12'345);
    EXPECT_DOUBLE_EQ(minutes_between(later(at, 90'000'000), at), 1.5);
}

}  // namespace
