/// Recorded votes of the General Assembly, all sessions: known likenesses, known sides, known turns.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "methods/relations/dyads.hpp"
#include "methods/relations/ideal_points.hpp"
#include "methods/relations/repeated_questions.hpp"
#include "table/votes.hpp"

namespace icosa {
namespace {

namespace fs = std::filesystem;

fs::path data() {
    const char* given = std::getenv("ICOSA_DATA");
    return given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data";
}

class RealVotes : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        const auto folder = data() / "un-votes";
        if (!fs::exists(folder / "un_votes.csv")) return;
        auto calls = table::read_roll_calls((folder / "un_roll_calls.csv").string());
        ASSERT_TRUE(calls) << render(calls.error());
        auto table = table::read_ballots((folder / "un_votes.csv").string(), "country_code", *calls);
        ASSERT_TRUE(table) << render(table.error());
        calls_ = *calls;
        table_ = *table;
        cast_.assign(table_.voters.size() * calls_.ids.size(), -1);
        for (const auto& ballot : table_.ballots)
            cast_[static_cast<std::size_t>(ballot.voter) * calls_.ids.size()
                  + static_cast<std::size_t>(ballot.roll_call)] = static_cast<std::int8_t>(ballot.choice);
        const auto asked = methods::repeated_questions(calls_.sessions, calls_.titles);
        std::vector<methods::HeldRollCall> held;
        for (std::size_t i = 0; i < calls_.ids.size(); ++i) held.push_back({calls_.sessions[i], asked.question[i]});
        methods::IdealPointOptions options;
        options.positive_voter = voter("US");
        auto fit = methods::ideal_points(static_cast<int>(table_.voters.size()), asked.questions, held, table_.ballots,
                                         options);
        ASSERT_TRUE(fit) << render(fit.error());
        EXPECT_TRUE(fit->converged);
        for (const auto& point : fit->points)
            points_[{table_.voters[static_cast<std::size_t>(point.voter)], point.session}] = point;
        repeated_ = asked.repeated;
    }
    void SetUp() override {
        if (table_.voters.empty()) GTEST_SKIP() << "no un_votes.csv under " << data();
    }
    static int voter(const std::string& code) {
        return static_cast<int>(std::lower_bound(table_.voters.begin(), table_.voters.end(), code)
                                - table_.voters.begin());
    }
    static double point(const std::string& code, int session) { return points_.at({code, session}).value; }
    static methods::CrossedBallots crossed(const std::string& a, const std::string& b, int session) {
        const auto first = static_cast<std::size_t>(voter(a)) * calls_.ids.size(),
                   second = static_cast<std::size_t>(voter(b)) * calls_.ids.size();
        methods::CrossedBallots out;
        for (std::size_t call = 0; call < calls_.ids.size(); ++call) {
            const int one = cast_[first + call], other = cast_[second + call];
            if (calls_.sessions[call] == session && one >= 0 && other >= 0)
                ++out.counts[static_cast<std::size_t>(one)][static_cast<std::size_t>(other)];
        }
        return out;
    }

    static inline table::RollCallTable calls_;
    static inline table::BallotTable table_;
    static inline std::map<std::pair<std::string, int>, methods::IdealPoint> points_;
    static inline std::vector<std::int8_t> cast_;  ///< [voters][roll calls], -1 = none
    static inline int repeated_ = 0;
};

TEST_F(RealVotes, EveryBallotIsReadAndTheSessionOfOneRollCallLeftOut) {
    EXPECT_EQ(table_.rows, 869937);
    EXPECT_EQ(table_.ballots.size(), 869937U);
    EXPECT_EQ(table_.voters.size(), 200U);
    EXPECT_GT(repeated_, 1000);
    EXPECT_EQ(points_.size(), 10471U);
    EXPECT_FALSE(points_.contains({"US", 19}));
    EXPECT_TRUE(points_.contains({"Yemen Arab Republic", 30})) << "without a code the name stands";
}

TEST_F(RealVotes, LikenessOfTwoPairs) {
    const auto close = crossed("US", "IL", 74);
    EXPECT_EQ(close.common(), 88);
    EXPECT_GT(methods::s_score(close), 0.85);
    EXPECT_GT(methods::weighted_kappa(close), 0.8);
    const auto far = crossed("US", "CU", 74);
    EXPECT_LT(methods::s_score(far), -0.5);
    EXPECT_LT(methods::weighted_kappa(far), 0.05);
}

/// The line is that on which the western states were one end from the first session to the last.
TEST_F(RealVotes, SidesOfTheLine) {
    for (int session = 1; session <= 74; ++session) {
        if (session == 19) continue;
        EXPECT_GT(point("US", session), 0.5) << session;
        EXPECT_GT(point("GB", session), 0.5) << session;
        if (session <= 43) {
            EXPECT_LT(point("RU", session), -0.5) << session;
        }
        if (session >= 26) {
            EXPECT_LT(point("CN", session), 0.5) << session;
        }
    }
}

/// Turns that every study of these votes reports.
TEST_F(RealVotes, KnownTurns) {
    EXPECT_GT(point("CU", 13) - point("CU", 16), 2) << "Cuba, 1958 to 1961";
    EXPECT_GT(point("BG", 47) - point("BG", 42), 1.5) << "Bulgaria, 1987 to 1992";
    EXPECT_GT(point("PL", 46) - point("PL", 43), 1.2) << "Poland, 1988 to 1991";
    EXPECT_LT(point("EG", 20), point("EG", 3)) << "Egypt, 1948 to 1965";
}

/// Within a session the points order the states as their agreement with the United States does.
TEST_F(RealVotes, PointsAndAgreementWithOneEnd) {
    for (const int session : {5, 15, 30, 45, 60, 74}) {
        std::vector<std::pair<double, double>> pairs;
        for (const std::string& code : table_.voters) {
            if (code == "US" || !points_.contains({code, session})) continue;
            const auto table = crossed("US", code, session);
            if (table.common() >= 10) pairs.emplace_back(point(code, session), methods::s_score(table));
        }
        double n = static_cast<double>(pairs.size()), x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        for (const auto& [a, b] : pairs) {
            x += a / n;
            y += b / n;
        }
        for (const auto& [a, b] : pairs) {
            xx += (a - x) * (a - x);
            yy += (b - y) * (b - y);
            xy += (a - x) * (b - y);
        }
        EXPECT_GT(xy / std::sqrt(xx * yy), 0.8) << "session " << session;
    }
}

TEST_F(RealVotes, IntervalsHoldTheirPointAndAreNarrowerWhereMoreIsVoted) {
    double few = 0, many = 0;
    for (const auto& [key, one] : points_) {
        EXPECT_LT(one.low, one.value);
        EXPECT_GT(one.high, one.value);
        if (key.second == 6) few += (one.high - one.low) / 60;     // 25 roll calls
        if (key.second == 37) many += (one.high - one.low) / 157;  // 160
    }
    EXPECT_GT(few, 1.3 * many);
}

}  // namespace
}  // namespace icosa
