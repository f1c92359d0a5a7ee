/// Ideal points: where voters stand on the one line that best explains their recorded votes, session by session.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace icosa::methods {

enum class Choice : std::uint8_t { Yes, Abstain, No };

/// When a roll call was held, and what it asked: roll calls of one question share its parameters, whatever their
/// sessions.
struct HeldRollCall {
    int session = 0;
    int question = 0;  ///< 0-based
};

struct CastBallot {
    std::int32_t voter = 0;      ///< 0-based
    std::int32_t roll_call = 0;  ///< index into the roll calls
    Choice choice = Choice::Yes;
};

struct IdealPointOptions {
    double innovation =
        0.5;  ///< variance of a step between sessions before its share, in squared standard deviations of all points
    double first_variance = 4;  ///< of a voter's first point, about 0
    double cut_variance = 25;  ///< of a question's cuts, about 0
    double level = 0.9;  ///< of the intervals
    int minimum_roll_calls = 2;  ///< contested ones: a session with fewer gives no points
    int positive_voter = -1;  ///< this voter's mean point is positive; -1 = that of the voter farthest from 0
    double tolerance = 1e-3;  ///< largest change of a point in the last sweep
    int most_sweeps = 400;
    int threads = 2;  ///< the answer is the same for any number
};

struct IdealPoint {
    int session = 0;
    std::int32_t voter = 0;
    std::int32_t ballots = 0;  ///< cast in contested roll calls of the session
    double value = 0;
    double low = 0;  ///< of the interval of `level`
    double high = 0;
};

/// What a question divides: P(at most category c) = Phi(cuts[c] - discrimination * point), in the order of the choices
/// that were made.
struct QuestionFit {
    double discrimination = 0;
    double cuts[2] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    int categories = 0;  ///< different choices made; a question with fewer than two says nothing and is left out
};

struct IdealPointFit {
    std::vector<IdealPoint> points;  ///< by session, then voter
    std::vector<QuestionFit> questions;  ///< [questions]
    int sweeps = 0;
    bool converged = false;
};

/// One-dimensional dynamic ideal points of ordered ballots.
///
///     y in {yes, abstain, no},  P(y <= c) = Phi(g_qc - b_q x_it),  b_q ~ N(0, 1)
///     x_it ~ N(x_is, innovation (t - s) n_it / (n_it + n_is)),  s = the voter's last session before t,  n = ballots
///     all x_it together have mean 0 and variance 1
///
/// So a voter with few ballots is tied closely to its session before: its interval is no wider for it.
///
/// in    ballots in any order, at most one a voter and roll call; absences are not given
/// out   approximate posterior means: by turns, Newton steps of each question and of each voter's path, where each sees
/// the other's variance
///       through the curvature of the likelihood. Intervals are normal, from the last turn
/// err   OutOfRange an index beyond its range; Data "twice" two ballots of one voter in one roll call (the voter in
/// Where::line, the roll call in
///       Where::column); Data "not-contested" nobody disagrees about anything
/// src   [bailey2017] the model; [martin2002] the random walk. Priors, shares of the steps and the standardisation as
/// in the authors' published
///       code of April 2020. [imai2016] turns of this kind instead of sampling
/// dif   (1) No sampling. (2) Their sampler divides its draws by their standard deviation and leaves the questions
/// alone, which pulls points to 0 by a
///       share of their complete information (sum of b^2 and the step's precision); here that share is found so that
///       the variance is 1. (3) A path is smoothed both ways and a gap of k sessions has k steps; theirs looks back
///       only. (4) Cuts have the prior N(0, cut_variance), theirs end at 7
/// cost  O(sweeps ballots): 870,000 ballots of 73 sessions in some 50 sweeps
/// seen  methods/ideal_points_test.cpp: recovery and coverage of simulated votes; real/votes_test.cpp
[[nodiscard]] Result<IdealPointFit> ideal_points(int voters, int questions, std::span<const HeldRollCall> roll_calls,
                                                 std::span<const CastBallot> ballots,
                                                 const IdealPointOptions& options = {},
                                                 const std::function<void(int sweep)>& progress = {});

}  // namespace icosa::methods
