/// Eight at a time: the same as one by one, and the same bits at every width.
#include "methods/orbit/sgp4_batch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "made_up_objects.hpp"

using namespace icosa::methods::orbit;

namespace {

const Instant start{icosa::Day{20'030}, 43'200'000'000};

double apart_km(const State& a, const State& b) { return length(minus(a.position_km, b.position_km)); }

void expect_same(const State& one, const State& other, double within_km) {
    ASSERT_EQ(one.refusal, other.refusal);
    if (one.refusal != Refusal::None) return;
    EXPECT_LT(apart_km(one, other), within_km);
    EXPECT_LT(length(minus(one.velocity_km_s, other.velocity_km_s)), within_km / 100);
}

TEST(Batch, EqualsTheScalarPropagator) {
    icosa::testing::MadeUpObjects made_up(11);
    auto satellites = made_up.satellites(999);
    Elements refused = satellites[0].elements;
    refused.eccentricity = 1.5;
    satellites.push_back(initialise(refused));
    Elements eccentric = satellites[1].elements;
    eccentric.eccentricity = 0.96;
    eccentric.mean_motion_rad_min = 0.001;
    satellites.push_back(initialise(eccentric));
    const Batch batch(satellites, start, -10, 3000);
    States states;
    for (const double minutes : {-10.0, 0.0, 717.3, 3000.0}) {
        batch.propagate(minutes, states);
        ASSERT_EQ(states.size(), batch.slots());
        std::size_t told = 0;
        for (std::size_t slot = 0; slot < batch.slots(); ++slot) {
            const std::size_t k = batch.objects()[slot];
            if (k == Batch::padding) continue;
            ++told;
            const double since = minutes_between(start, satellites[k].elements.epoch) + minutes;
            expect_same(states.at(slot), propagate(satellites[k], since), 1e-7);
            ResonanceTrack track = batch.track(slot, minutes);
            expect_same(propagate(satellites[k], since, track), propagate(satellites[k], since), 1e-12);
        }
        EXPECT_EQ(told, satellites.size());
    }
}

TEST(Batch, EveryWidthGivesTheSameBits) {
    icosa::testing::MadeUpObjects made_up(12);
    const auto satellites = made_up.satellites(500);
    States two, other;
    Batch(satellites, start, 0, 1440, Width::Two).propagate(1000, two);
    for (const Width width : {Width::Four, Width::Eight}) {
        Batch(satellites, start, 0, 1440, width).propagate(1000, other);
        EXPECT_EQ(two.refusal, other.refusal);
        for (std::size_t k = 0; k < two.size(); ++k) {
            if (two.refusal[k] != 0) continue;
            EXPECT_EQ(two.x[k], other.x[k]);
            EXPECT_EQ(two.vz[k], other.vz[k]);
        }
    }
}

TEST(Batch, OneObjectAtManyTimes) {
    icosa::testing::MadeUpObjects made_up(13);
    std::vector<double> minutes;
    for (int k = -50; k < 51; ++k) minutes.push_back(k * 97.25);
    minutes.push_back(5e7);
    States states;
    for (const Satellite& s : made_up.satellites(60)) {
        propagate_times(s, minutes, states);
        ASSERT_EQ(states.size(), minutes.size());
        for (std::size_t k = 0; k < minutes.size(); ++k) expect_same(states.at(k), propagate(s, minutes[k]), 1e-7);
    }
    propagate_times(made_up.satellites(1)[0], {}, states);
    EXPECT_EQ(states.size(), 0U);
}

TEST(Batch, Nothing) {
    const Batch batch({}, start, 0, 1440);
    States states;
    batch.propagate(5, states);
    EXPECT_EQ(batch.slots(), 0U);
}

}  // namespace
