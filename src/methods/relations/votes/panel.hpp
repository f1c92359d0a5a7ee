/// Voters and sessions as a panel of points, tied by ballots to the questions that were asked: what is estimated, laid
/// out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "methods/relations/ideal_points.hpp"
#include "methods/relations/votes/ballot.hpp"

namespace icosa::methods::votes {

inline std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

/// A question; only the choices that were made have a place among its categories.
struct Question {
    double b = 0;                          ///< discrimination
    std::array<double, 2> g{};             ///< cuts
    double b_variance = 0;
    std::array<double, 2> b_g{};           ///< covariances of b with the cuts
    int categories = 0;
    std::array<int, 3> place{-1, -1, -1};  ///< of each Choice

    [[nodiscard]] bool contested() const { return categories > 1; }
    [[nodiscard]] double lower(int c) const { return c == 0 ? -infinity : g[static_cast<std::size_t>(c) - 1]; }
    [[nodiscard]] double upper(int c) const { return c == categories - 1 ? infinity : g[static_cast<std::size_t>(c)]; }
};

/// A voter in a session.
struct Point {
    int session = 0;  ///< index
    std::int32_t voter = 0;
    std::int32_t ballots = 0;
    bool is_first = false;
    double step_precision = 0;  ///< of the step from the voter's session before; first: of the point itself
    double x = 0;
    double variance = 0;
    double gradient = 0, curvature = 0, complete = 0;
};

struct Entry {
    std::int32_t other = 0;  ///< the point of a question's ballot; the question of a point's ballot
    std::int8_t place = 0;
};

struct Lists {
    std::vector<std::size_t> start{0};
    std::vector<Entry> entries;
    [[nodiscard]] std::span<const Entry> of(std::size_t i) const {
        return {entries.data() + start[i], start[i + 1] - start[i]};
    }
};

struct Panel {
    std::vector<Question> questions;
    std::vector<int> sessions;      ///< that have points, in order
    std::vector<Point> points;      ///< by voter, then session
    std::vector<std::size_t> path;  ///< [voters + 1]; points of voter v: [path[v], path[v + 1])
    Lists by_question, by_point;    ///< the ballots, twice

    [[nodiscard]] std::size_t voters() const { return path.size() - 1; }
};

/// The panel of all contested roll calls in sessions that have enough of them; every x, b and cut is 0.
///
/// The order of its lists, and so of every sum over them, does not depend on that of the ballots.
///
/// err   as ideal_points: OutOfRange, "twice"; "not-contested" where no point is left
[[nodiscard]] Result<Panel> lay_panel(int voters, int questions, std::span<const HeldRollCall> calls,
                                      std::span<const CastBallot> ballots, const IdealPointOptions& options);

/// Holds all points together to mean 0 and variance 1, their own uncertainty included. The cuts follow a shift, which
/// therefore changes no probability; nothing follows the scale.
void standardise(Panel& panel);

}  // namespace icosa::methods::votes
