/// From ballots to the panel: categories, sessions, points, and the lists of both sides.
#include "methods/relations/votes/panel.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace icosa::methods::votes {
namespace {

/// Every index within its range, and one ballot a voter and roll call.
Result<void> check(std::size_t voters, std::size_t questions, std::span<const HeldRollCall> calls,
                   std::span<const CastBallot> ballots) {
    const auto beyond = [](std::string_view what, std::int64_t index, std::size_t size) {
        return fail(Fault::Data, "out-of-range", {},
                    fmt::format("{} {} does not exist; there are {}", what, index, size), "indices run from 0");
    };
    for (const HeldRollCall& call : calls) {
        if (call.question < 0 || at(call.question) >= questions) return beyond("question", call.question, questions);
    }
    std::vector<std::uint64_t> keys;
    keys.reserve(ballots.size());
    for (const CastBallot& ballot : ballots) {
        if (ballot.voter < 0 || at(ballot.voter) >= voters) return beyond("voter", ballot.voter, voters);
        if (ballot.roll_call < 0 || at(ballot.roll_call) >= calls.size())
            return beyond("roll call", ballot.roll_call, calls.size());
        keys.push_back(static_cast<std::uint64_t>(ballot.roll_call) << 32U | static_cast<std::uint32_t>(ballot.voter));
    }
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice != keys.end()) {
        const int voter = static_cast<int>(*twice & 0xFFFFFFFFU), call = static_cast<int>(*twice >> 32U);
        return fail(Fault::Data, "twice", {{}, voter, call},
                    fmt::format("voter {} cast two ballots in roll call {}", voter, call),
                    "give one ballot a voter and roll call");
    }
    return {};
}

void find_categories(std::span<const HeldRollCall> calls, std::span<const CastBallot> ballots,
                     std::vector<Question>& questions) {
    std::vector<std::array<bool, 3>> made(questions.size());
    for (const CastBallot& ballot : ballots)
        made[at(calls[at(ballot.roll_call)].question)][static_cast<std::size_t>(ballot.choice)] = true;
    for (std::size_t q = 0; q < questions.size(); ++q) {
        for (std::size_t c = 0; c < 3; ++c) {
            if (made[q][c]) questions[q].place[c] = questions[q].categories++;
        }
    }
}

/// The sessions with enough contested roll calls, in order; of each call the index of its session, -1 = left out.
std::vector<int> find_sessions(std::span<const HeldRollCall> calls, int minimum_roll_calls, Panel& panel) {
    const auto contested = [&](const HeldRollCall& call) { return panel.questions[at(call.question)].contested(); };
    std::map<int, int> calls_of;
    for (const HeldRollCall& call : calls) calls_of[call.session] += contested(call) ? 1 : 0;
    std::map<int, int> index;
    for (const auto& [session, n] : calls_of) {
        if (n < std::max(minimum_roll_calls, 1)) continue;
        index[session] = static_cast<int>(panel.sessions.size());
        panel.sessions.push_back(session);
    }
    std::vector<int> out;
    for (const HeldRollCall& call : calls) {
        const auto found = index.find(call.session);
        out.push_back(found == index.end() || !contested(call) ? -1 : found->second);
    }
    return out;
}

/// One point for each voter and session with ballots that count; their indices as [voters][sessions], -1 = none.
std::vector<std::int32_t> lay_points(std::size_t voters, const std::vector<int>& session_of_call,
                                     std::span<const CastBallot> ballots, const IdealPointOptions& options,
                                     Panel& panel) {
    const std::size_t s = panel.sessions.size();
    std::vector<std::int32_t> count(voters * s, 0), point_of(voters * s, -1);
    for (const CastBallot& ballot : ballots) {
        if (const int session = session_of_call[at(ballot.roll_call)]; session >= 0)
            ++count[at(ballot.voter) * s + at(session)];
    }
    panel.path.assign(1, 0);
    for (std::size_t v = 0; v < voters; ++v) {
        for (std::size_t t = 0; t < s; ++t) {
            const std::int32_t n = count[v * s + t];
            if (n == 0) continue;
            Point point{.session = static_cast<int>(t), .voter = static_cast<std::int32_t>(v), .ballots = n};
            point.is_first = panel.points.size() == panel.path.back();
            if (point.is_first) {
                point.step_precision = 1 / options.first_variance;
            } else {
                const Point& last = panel.points.back();
                const double steps = panel.sessions[t] - panel.sessions[at(last.session)];
                point.step_precision = static_cast<double>(n + last.ballots) / (n * options.innovation * steps);
            }
            point_of[v * s + t] = static_cast<std::int32_t>(panel.points.size());
            panel.points.push_back(point);
        }
        panel.path.push_back(panel.points.size());
    }
    return point_of;
}

/// The ballots that count, listed by question and by point.
void list_ballots(std::span<const HeldRollCall> calls, std::span<const CastBallot> ballots,
                  const std::vector<int>& session_of_call, const std::vector<std::int32_t>& point_of, Panel& panel) {
    struct Flat {
        std::int32_t question, point;
        std::int8_t place;
    };
    std::vector<Flat> flat;
    flat.reserve(ballots.size());
    for (const CastBallot& ballot : ballots) {
        const int session = session_of_call[at(ballot.roll_call)];
        if (session < 0) continue;
        const int q = calls[at(ballot.roll_call)].question;
        flat.push_back(
            {q, point_of[at(ballot.voter) * panel.sessions.size() + at(session)],
             static_cast<std::int8_t>(panel.questions[at(q)].place[static_cast<std::size_t>(ballot.choice)])});
    }
    // one order for all sums, whatever that of the ballots
    std::sort(flat.begin(), flat.end(), [](const Flat& a, const Flat& b) {
        return std::tie(a.question, a.point, a.place) < std::tie(b.question, b.point, b.place);
    });
    panel.by_question.start.assign(panel.questions.size() + 1, 0);
    panel.by_point.start.assign(panel.points.size() + 1, 0);
    for (const Flat& one : flat) {
        ++panel.by_question.start[at(one.question) + 1];
        ++panel.by_point.start[at(one.point) + 1];
    }
    for (Lists* lists : {&panel.by_question, &panel.by_point}) {
        for (std::size_t i = 1; i < lists->start.size(); ++i) lists->start[i] += lists->start[i - 1];
        lists->entries.resize(flat.size());
    }
    std::vector<std::size_t> next(panel.by_point.start.begin(), panel.by_point.start.end() - 1);
    for (std::size_t i = 0; i < flat.size(); ++i) {
        panel.by_question.entries[i] = {flat[i].point, flat[i].place};
        panel.by_point.entries[next[at(flat[i].point)]++] = {flat[i].question, flat[i].place};
    }
}

}  // namespace

Result<Panel> lay_panel(int voters, int questions, std::span<const HeldRollCall> calls,
                        std::span<const CastBallot> ballots, const IdealPointOptions& options) {
    TRY(check(at(voters), at(questions), calls, ballots));
    Panel out;
    out.questions.resize(at(questions));
    find_categories(calls, ballots, out.questions);
    const auto session_of_call = find_sessions(calls, options.minimum_roll_calls, out);
    const auto point_of = lay_points(at(voters), session_of_call, ballots, options, out);
    list_ballots(calls, ballots, session_of_call, point_of, out);
    if (out.points.empty())
        return fail(Fault::Data, "not-contested", {}, "no session has roll calls on which voters differ",
                    "give recorded votes with yes, abstain and no");
    return out;
}

void standardise(Panel& panel) {
    const auto n = static_cast<double>(panel.points.size());
    double sum = 0, squares = 0;
    for (const Point& point : panel.points) sum += point.x;
    const double mean = sum / n;
    for (const Point& point : panel.points) squares += (point.x - mean) * (point.x - mean) + point.variance;
    const double scale = std::max(std::sqrt(squares / n), 1e-9);
    for (Point& point : panel.points) point.x = (point.x - mean) / scale;
    for (Question& question : panel.questions) {
        for (std::size_t k = 0; k < 2; ++k) {
            question.g[k] -= question.b * mean;
            question.b_g[k] -= question.b_variance * mean;
        }
    }
}

}  // namespace icosa::methods::votes
