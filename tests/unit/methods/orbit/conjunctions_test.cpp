/// The search for close approaches against one by small steps alone, and the checker of what it dropped.
#include "methods/orbit/conjunctions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "made_up_objects.hpp"
#include "methods/orbit/conjunction_check.hpp"

using namespace icosa::methods::orbit;

namespace {

const Instant start{icosa::Day{20'030}, 43'200'000'000};

struct Minimum {
    std::size_t first, second;
    double seconds, miss_km;
};

/// Distances of all pairs each few seconds; each dip that a parabola could take under the limit is looked at again with
/// steps of a hundredth. Nothing but positions of the scalar propagator.
std::vector<Minimum> by_small_steps(const std::vector<Satellite>& satellites, double seconds, double within_km) {
    constexpr double step = 4;
    const auto count = static_cast<std::size_t>(seconds / step) + 3;
    std::vector<std::vector<State>> at(satellites.size(), std::vector<State>(count));
    const auto minutes = [](double s) { return s / 60; };
    for (std::size_t i = 0; i < satellites.size(); ++i) {
        const double offset = minutes_between(start, satellites[i].elements.epoch);
        for (std::size_t k = 0; k < count; ++k)
            at[i][k] = propagate(satellites[i], offset + minutes((static_cast<double>(k) - 1) * step));
    }
    std::vector<Minimum> out;
    for (std::size_t i = 0; i < satellites.size(); ++i)
        for (std::size_t j = i + 1; j < satellites.size(); ++j)
            for (std::size_t k = 1; k + 1 < count; ++k) {
                const auto distance = [&](std::size_t m) {
                    return length(minus(at[i][m].position_km, at[j][m].position_km));
                };
                const double here = distance(k);
                if (!(here < within_km + 16 * step) || here > distance(k - 1) || here >= distance(k + 1)) continue;
                const double oi = minutes_between(start, satellites[i].elements.epoch);
                const double oj = minutes_between(start, satellites[j].elements.epoch);
                double least = 1e9, when = 0, from = (static_cast<double>(k) - 2) * step, fine = step / 100;
                for (int round = 0; round < 3; ++round) {
                    for (int m = 0; m <= 200; ++m) {
                        const double s = from + m * fine;
                        const double d = length(minus(propagate(satellites[i], oi + minutes(s)).position_km,
                                                      propagate(satellites[j], oj + minutes(s)).position_km));
                        if (d < least) least = d, when = s;
                    }
                    from = when - fine;
                    fine /= 100;
                }
                if (least < within_km && when >= 0 && when <= seconds) out.push_back({i, j, when, least});
            }
    return out;
}

std::vector<Satellite> crowded(std::size_t count, std::uint64_t seed) {
    icosa::testing::MadeUpObjects made_up(seed);
    return made_up.satellites(count);
}

ConjunctionSearch search_of(double hours, double within_km) {
    ConjunctionSearch out;
    out.start = start;
    out.hours = hours;
    out.within_km = within_km;
    return out;
}

double seconds_of(const Conjunction& row) { return static_cast<double>(microseconds_between(row.at, start)) / 1e6; }

void expect_equal(const std::vector<Conjunction>& found, const std::vector<Minimum>& wanted) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k].first, wanted[k].first);
        EXPECT_EQ(found[k].second, wanted[k].second);
        EXPECT_NEAR(seconds_of(found[k]), wanted[k].seconds, 0.01);
        EXPECT_NEAR(found[k].miss_km, wanted[k].miss_km, 1e-5);
        EXPECT_NEAR(length(found[k].miss_rtn_km), found[k].miss_km, 1e-9);
    }
}

TEST(Conjunctions, EqualToSmallSteps) {
    for (const std::uint64_t seed : {21U, 22U, 23U}) {
        const auto satellites = crowded(320, seed);
        const auto wanted = by_small_steps(satellites, 2 * 3600, 40);
        EXPECT_GT(wanted.size(), 10U);
        expect_equal(find_conjunctions(satellites, search_of(2, 40)).approaches, wanted);
    }
}

TEST(Conjunctions, ThreadsWidthsAndStepsGiveTheSame) {
    const auto satellites = crowded(1500, 31);
    const ConjunctionAnswer one = find_conjunctions(satellites, search_of(3, 10));
    EXPECT_GT(one.approaches.size(), 20U);
    ConjunctionSearch other = search_of(3, 10);
    const auto expect_same = [&](double within_s) {
        const ConjunctionAnswer again = find_conjunctions(satellites, other);
        ASSERT_EQ(again.approaches.size(), one.approaches.size());
        for (std::size_t k = 0; k < one.approaches.size(); ++k) {
            EXPECT_EQ(again.approaches[k].first, one.approaches[k].first);
            EXPECT_EQ(again.approaches[k].second, one.approaches[k].second);
            EXPECT_NEAR(seconds_of(again.approaches[k]), seconds_of(one.approaches[k]), within_s);
        }
    };
    other.threads = 3;
    expect_same(0);
    other.threads = 1;
    other.width = Width::Two;
    expect_same(0);
    other.width = widest();
    for (const double step : {10.0, 45.0, 120.0}) {
        other.step_seconds = step;
        expect_same(0.01);
    }
}

TEST(Conjunctions, AgainstSome) {
    const auto satellites = crowded(1500, 32);
    ConjunctionSearch search = search_of(3, 15);
    std::vector<Conjunction> all = find_conjunctions(satellites, search).approaches;
    search.against = {all.front().second, all.back().first, 700};
    std::erase_if(all, [&](const Conjunction& row) {
        return std::ranges::find(search.against, row.first) == search.against.end()
            && std::ranges::find(search.against, row.second) == search.against.end();
    });
    const auto some = find_conjunctions(satellites, search);
    ASSERT_EQ(some.approaches.size(), all.size());
    EXPECT_GE(all.size(), 2U);
    for (std::size_t k = 0; k < all.size(); ++k) EXPECT_EQ(some.approaches[k].at, all[k].at);
    EXPECT_EQ(some.pair_intervals, (3 * 1497 + 3) * some.intervals);
}

TEST(Conjunctions, DockedAreToldOnceAndMetByOthersAll) {
    auto satellites = crowded(1200, 33);
    const auto before = find_conjunctions(satellites, search_of(3, 15));
    ASSERT_FALSE(before.approaches.empty());
    const Conjunction row = before.approaches.front();
    satellites.push_back(satellites[row.first]);
    const auto after = find_conjunctions(satellites, search_of(3, 15));
    ASSERT_EQ(after.docked.size(), 1U);
    EXPECT_EQ(after.docked[0].members, (std::vector<std::size_t>{row.first, 1200}));
    const auto of_copy = std::ranges::count_if(after.approaches, [](const Conjunction& r) { return r.second == 1200; });
    const auto of_first = std::ranges::count_if(
        before.approaches, [&](const Conjunction& r) { return r.first == row.first || r.second == row.first; });
    EXPECT_EQ(of_copy, of_first);
    EXPECT_EQ(after.approaches.size(), before.approaches.size() + static_cast<std::size_t>(of_first));
}

TEST(Conjunctions, WhatDecaysIsLeftOutFromThen) {
    auto satellites = crowded(50, 34);
    Elements falling = satellites[0].elements;
    falling.mean_motion_rad_min = 0.0716;
    falling.eccentricity = 0.001;
    falling.drag_per_radius = 0.02;
    falling.epoch = start;
    satellites.push_back(initialise(falling));
    Elements never = falling;
    never.eccentricity = 2;
    satellites.push_back(initialise(never));
    const auto answer = find_conjunctions(satellites, search_of(48, 5));
    ASSERT_EQ(answer.left_out.size(), 2U);
    EXPECT_EQ(answer.left_out[0].object, 50U);
    const Instant last = later(answer.left_out[0].from, -1);
    EXPECT_EQ(propagate(satellites[50], last).refusal, Refusal::None);
    EXPECT_EQ(propagate(satellites[50], answer.left_out[0].from).refusal, answer.left_out[0].why);
    EXPECT_NE(answer.left_out[0].why, Refusal::None);
    EXPECT_EQ(answer.left_out[1].from, start);
    EXPECT_EQ(answer.left_out[1].why, Refusal::Eccentricity);
}

TEST(Conjunctions, NothingToSearch) {
    const auto none = find_conjunctions({}, search_of(1, 5));
    EXPECT_TRUE(none.approaches.empty());
    EXPECT_EQ(none.pair_intervals, 0);
    const auto one = find_conjunctions(crowded(1, 35), search_of(1, 5));
    EXPECT_TRUE(one.approaches.empty());
}

TEST(Certificate, WhatWasDroppedHoldsNoApproach) {
    const auto satellites = crowded(3000, 41);
    ConjunctionSearch search = search_of(4, 5);
    search.samples = 20'000;
    const auto answer = find_conjunctions(satellites, search);
    EXPECT_GT(answer.sample.size(), 19'000U);
    const DropCheck check = check_dropped(satellites, start, answer.step_seconds, search.within_km, answer.sample);
    EXPECT_EQ(check.checked, std::ssize(answer.sample));
    EXPECT_EQ(check.proven, check.checked);
    EXPECT_EQ(check.too_close, 0);
    EXPECT_EQ(check.bound_broken, 0);
    EXPECT_GT(check.tightest_km, 0);
    for (const auto of_rule : check.by_rule) EXPECT_GT(of_rule, 0);
    search.threads = 2;
    const auto again = find_conjunctions(satellites, search).sample;
    ASSERT_EQ(again.size(), answer.sample.size());
    for (std::size_t k = 0; k < again.size(); ++k) EXPECT_EQ(again[k].bound_km, answer.sample[k].bound_km);
}

TEST(Certificate, ALostApproachIsSeen) {
    const auto satellites = crowded(1500, 42);
    const auto answer = find_conjunctions(satellites, search_of(3, 10));
    ASSERT_GT(answer.approaches.size(), 5U);
    std::vector<DroppedPair> wrong;
    for (const Conjunction& row : answer.approaches)
        wrong.push_back({row.first, row.second, static_cast<std::int32_t>(seconds_of(row) / answer.step_seconds),
                         DropRule::Path, 10.0});
    const DropCheck check = check_dropped(satellites, start, answer.step_seconds, 10, wrong);
    EXPECT_EQ(check.too_close, std::ssize(wrong));
    EXPECT_EQ(check.proven, 0);
    EXPECT_LT(check.tightest_km, 0);

    // a bound that claims too much, of a pair that is far enough
    for (DroppedPair& one : wrong) one.bound_km = 600.0;
    EXPECT_EQ(check_dropped(satellites, start, answer.step_seconds, 0.0001, wrong).bound_broken, std::ssize(wrong));
}

}  // namespace
