/// Files of ballots and of roll calls, as a user gives them to `icosa apply`.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "methods/relations/ideal_points.hpp"

namespace icosa::table {

struct RollCallTable {
    std::vector<std::string> ids;
    std::vector<int> sessions;
    std::vector<std::string> titles;  ///< "" where the file has none
};

/// Columns: rcid and session; for the title descr, or short where descr is a document's number and agenda item, each
/// optional. err   Data, with line and column: unknown-column, wrong-columns, bad-session, two-rows-one-roll-call,
/// no-rows
[[nodiscard]] Result<RollCallTable> read_roll_calls(const std::string& path);

struct BallotTable {
    std::vector<std::string> voters;                ///< sorted
    std::vector<methods::CastBallot> ballots;
    std::int64_t rows = 0;
    std::int64_t absent = 0;                        ///< absent or not a member: left out
    std::int64_t without_roll_call = 0;             ///< their rcid is in no row of the other file: left out
    std::string first_without;                      ///< the first of these, "" = none
};

/// Columns: rcid, vote, and `voter_column`; where that cell is empty the column country names the voter. Votes: yes,
/// abstain, no, absent, not member, or 1, 2, 3, 8, 9 as in the codebook of the Voeten data. err   Data, with line and
/// column: unknown-column, wrong-columns, unknown-vote, no-voter, two-ballots, no-rows
[[nodiscard]] Result<BallotTable> read_ballots(const std::string& path, const std::string& voter_column,
                                               const RollCallTable& calls);

}  // namespace icosa::table
