#include "methods/relations/ideal_points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

double uniform(std::mt19937_64& random) { return (static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53; }
double normal(std::mt19937_64& random) { return normal_quantile(uniform(random)); }

struct World {
    int voters = 0, sessions = 0, questions = 0;
    std::vector<double> points;  ///< [voters][sessions], mean 0, variance 1
    std::vector<HeldRollCall> calls;
    std::vector<CastBallot> ballots;
    [[nodiscard]] double point(int voter, int session) const {
        return points[static_cast<std::size_t>(voter * sessions + session - 1)];
    }
};

/// Votes of the model itself: walks, discriminations of both signs, a tenth of all ballots missing; every third
/// question returns in the next session.
World simulated(int voters, int sessions, int calls, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    World out;
    out.voters = voters;
    out.sessions = sessions;
    for (int v = 0; v < voters; ++v) {
        double x = normal(random);
        for (int t = 0; t < sessions; ++t, x += 0.2 * normal(random)) out.points.push_back(x);
    }
    double mean = 0, squares = 0;
    for (const double x : out.points) mean += x / static_cast<double>(out.points.size());
    for (const double x : out.points) squares += (x - mean) * (x - mean) / static_cast<double>(out.points.size());
    for (double& x : out.points) x = (x - mean) / std::sqrt(squares);
    struct Item {
        double b, cut, width;
    };
    std::vector<Item> items;
    std::vector<int> returning;
    for (int t = 1; t <= sessions; ++t) {
        std::vector<int> next;
        for (int k = 0; k < calls; ++k) {
            int q = static_cast<int>(items.size());
            if (k < static_cast<int>(returning.size())) q = returning[static_cast<std::size_t>(k)];
            else items.push_back({1.3 * normal(random), normal(random), 0.2 + 0.8 * uniform(random)});
            if (k % 3 == 0) next.push_back(q);
            const auto call = static_cast<std::int32_t>(out.calls.size());
            out.calls.push_back({t, q});
            for (int v = 0; v < voters; ++v) {
                const Item& item = items[static_cast<std::size_t>(q)];
                const double z = item.b * out.point(v, t) + normal(random);
                if (uniform(random) < 0.1) continue;
                out.ballots.push_back({v, call,
                                       z < item.cut                    ? Choice::Yes
                                           : z < item.cut + item.width ? Choice::Abstain
                                                                       : Choice::No});
            }
        }
        returning = next;
    }
    out.questions = static_cast<int>(items.size());
    return out;
}

IdealPointFit fitted(const World& world, const IdealPointOptions& options = {}) {
    auto fit = ideal_points(world.voters, world.questions, world.calls, world.ballots, options);
    EXPECT_TRUE(fit) << (fit ? "" : render(fit.error()));
    return fit ? *fit : IdealPointFit{};
}

/// A voter who lies on the positive side.
int some_positive(const World& world) {
    int best = 0;
    for (int v = 1; v < world.voters; ++v) {
        if (world.point(v, 1) > world.point(best, 1)) best = v;
    }
    return best;
}

TEST(IdealPoints, RecoverTheSimulatedPointsAndCoverThem) {
    const World world = simulated(100, 12, 40, 17);
    const auto fit = fitted(world, {.innovation = 0.08, .positive_voter = some_positive(world), .threads = 1});
    EXPECT_TRUE(fit.converged);
    ASSERT_EQ(fit.points.size(), 1200U);
    double xy = 0, xx = 0, yy = 0;
    int inside = 0;
    for (const IdealPoint& point : fit.points) {
        const double truth = world.point(point.voter, point.session);
        xy += truth * point.value;
        xx += truth * truth;
        yy += point.value * point.value;
        inside += point.low <= truth && truth <= point.high ? 1 : 0;
    }
    EXPECT_GT(xy / std::sqrt(xx * yy), 0.98);
    EXPECT_GT(inside / 1200.0, 0.84);  // of intervals of 90 %
    EXPECT_LT(inside / 1200.0, 0.96);
}

TEST(IdealPoints, MeanNoughtVarianceOne) {
    const auto fit = fitted(simulated(60, 6, 30, 3));
    double mean = 0, squares = 0;
    for (const IdealPoint& point : fit.points) {
        const double sd = (point.high - point.low) / 2 / normal_quantile(0.95);
        mean += point.value;
        squares += point.value * point.value + sd * sd;
    }
    EXPECT_NEAR(mean / static_cast<double>(fit.points.size()), 0, 1e-9);
    EXPECT_NEAR(squares / static_cast<double>(fit.points.size()), 1, 0.02);
}

TEST(IdealPoints, AnyOrderAndAnyThreadsGiveTheSameBytes) {
    World world = simulated(50, 5, 20, 5);
    const auto one = fitted(world, {.threads = 1});
    std::mt19937_64 random(1);
    std::shuffle(world.ballots.begin(), world.ballots.end(), random);
    for (const int threads : {1, 2, 5}) {
        const auto other = fitted(world, {.threads = threads});
        ASSERT_EQ(other.points.size(), one.points.size());
        for (std::size_t i = 0; i < one.points.size(); ++i) {
            EXPECT_EQ(one.points[i].value, other.points[i].value);
            EXPECT_EQ(one.points[i].low, other.points[i].low);
        }
    }
}

TEST(IdealPoints, RelabelledVotersGetRelabelledPoints) {
    const World world = simulated(50, 5, 25, 7);
    World relabelled = world;
    for (CastBallot& ballot : relabelled.ballots) ballot.voter = 49 - ballot.voter;
    const IdealPointOptions options{.positive_voter = 0, .tolerance = 1e-8, .most_sweeps = 2000};
    IdealPointOptions mirrored = options;
    mirrored.positive_voter = 49;
    std::map<std::pair<int, int>, double> points;
    for (const auto& point : fitted(world, options).points) points[{point.session, point.voter}] = point.value;
    for (const auto& point : fitted(relabelled, mirrored).points)
        EXPECT_NEAR(point.value, (points[{point.session, 49 - point.voter}]), 1e-5);
}

TEST(IdealPoints, TheNamedVoterIsOnThePositiveSide) {
    const World world = simulated(40, 3, 30, 9);
    const auto one = fitted(world, {.positive_voter = 3});
    double sum = 0;
    for (const auto& point : one.points) sum += point.voter == 3 ? point.value : 0;
    EXPECT_GT(sum, 0);
    const auto other = fitted(world, {.positive_voter = 4});
    for (std::size_t i = 0; i < one.points.size(); ++i)
        EXPECT_EQ(std::fabs(one.points[i].value), std::fabs(other.points[i].value));
}

TEST(IdealPoints, UnanimousRollCallsSayNothing) {
    World world = simulated(40, 4, 20, 11);
    const auto one = fitted(world);
    const auto call = static_cast<std::int32_t>(world.calls.size());
    world.calls.push_back({2, world.questions});
    world.calls.push_back({9, world.questions});  // a session of nothing else gives no points
    ++world.questions;
    for (int v = 0; v < 40; ++v) {
        world.ballots.push_back({v, call, Choice::Yes});
        world.ballots.push_back({v, call + 1, Choice::Yes});
    }
    const auto other = fitted(world);
    ASSERT_EQ(one.points.size(), other.points.size());
    for (std::size_t i = 0; i < one.points.size(); ++i) EXPECT_EQ(one.points[i].value, other.points[i].value);
    EXPECT_EQ(other.questions.back().categories, 1);
}

TEST(IdealPoints, AGapInAVotersSessionsWidensTheStep) {
    World world = simulated(60, 8, 30, 13);
    std::erase_if(world.ballots, [&](const CastBallot& ballot) {
        const int session = world.calls[static_cast<std::size_t>(ballot.roll_call)].session;
        return ballot.voter == 7 && session >= 3 && session <= 6;
    });
    int sessions = 0;
    for (const auto& point : fitted(world).points) sessions += point.voter == 7 ? 1 : 0;
    EXPECT_EQ(sessions, 4);
}

TEST(IdealPoints, FewBallotsKeepTheVoterNearItsSessionBefore) {
    World world = simulated(60, 4, 40, 19);
    int seen = 0;
    std::erase_if(world.ballots, [&](const CastBallot& ballot) {
        return ballot.voter == 5 && world.calls[static_cast<std::size_t>(ballot.roll_call)].session == 4 && ++seen > 2;
    });
    double third = 0, fourth = 0;
    for (const auto& point : fitted(world).points) {
        if (point.voter != 5) continue;
        if (point.session == 3) third = point.value;
        if (point.session != 4) continue;
        fourth = point.value;
        EXPECT_EQ(point.ballots, 2);
    }
    EXPECT_NEAR(third, fourth, 0.15);
}

TEST(IdealPoints, FaultyInput) {
    const std::vector<HeldRollCall> calls{{1, 0}, {1, 1}};
    const auto code = [&](std::vector<CastBallot> ballots) {
        const auto fit = ideal_points(2, 2, calls, ballots, {});
        return fit ? std::string("none") : fit.error().code;
    };
    EXPECT_EQ(code({{0, 0, Choice::Yes}, {0, 0, Choice::No}}), "twice");
    EXPECT_EQ(code({{2, 0, Choice::Yes}}), "out-of-range");
    EXPECT_EQ(code({{0, 2, Choice::Yes}}), "out-of-range");
    EXPECT_EQ(code({{0, 0, Choice::Yes}, {1, 0, Choice::Yes}}), "not-contested");
    EXPECT_EQ(code({}), "not-contested");
    const std::vector<HeldRollCall> wrong{{1, 5}};
    EXPECT_EQ(ideal_points(2, 2, wrong, {}, {}).error().code, "out-of-range");
}

}  // namespace
}  // namespace icosa::methods
