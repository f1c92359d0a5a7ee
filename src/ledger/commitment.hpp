/// Commitments: who undertook what, until when, and what became of it, as rows of the ledger tell it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "ledger/ledger.hpp"

namespace icosa::ledger {

/// Overdue is none of them: it is computed as of a day, never stored.
enum class CommitmentState { Proposed, Adopted, Reported, Verified, Withdrawn };

[[nodiscard]] std::string_view state_name(CommitmentState state);                     ///< "adopted"
[[nodiscard]] std::optional<CommitmentState> parse_state(std::string_view name);
inline constexpr std::string_view state_names = "proposed, adopted, reported, verified, withdrawn";

/// One act in the course of a commitment.
struct CommitmentStep {
    std::int64_t row = 0;
    Day day = no_day;  ///< of the act
    CommitmentState state = CommitmentState::Proposed;
    std::string by;        ///< who says so; "" = not said
    std::string evidence;  ///< an address, or FILE:LINE
    bool is_undone = false;
};

struct Commitment {
    std::string id;  ///< "c1"
    std::string owner, what;
    std::string area;        ///< id of a section of the framework, as all that follows "" = none
    std::string instrument;  ///< id of an instrument or mechanism of the catalogue
    std::string meeting;     ///< where it was undertaken
    Day due = no_day;
    CommitmentState state = CommitmentState::Proposed;  ///< of the newest step that was not undone
    std::vector<CommitmentStep> history;                ///< in order of rows, the first is the undertaking
    std::string digest;                                 ///< of its first row
};

/// Proposed or adopted, and its due day is over.
[[nodiscard]] bool is_overdue(const Commitment& commitment, Day as_of);
/// Proposed or adopted: nothing was reported, and it was not withdrawn.
[[nodiscard]] bool is_open(const Commitment& commitment);
/// "overdue", or the name of its state.
[[nodiscard]] std::string_view standing_name(const Commitment& commitment, Day as_of);
/// The newest evidence of steps that were not undone; "" = none.
[[nodiscard]] std::string evidence_of(const Commitment& commitment);

/// All commitments as they stood on a day, in order of the ledger; acts of later days are left out.
///
/// err   Data: "bad-commitment", at the row's line, where a row of these kinds lacks what it needs
[[nodiscard]] Result<std::vector<Commitment>> commitments_of(const Ledger& ledger, Day as_of = last_possible_day);

struct Reminder {
    Commitment commitment;
    int days_left = 0;  ///< below 0: overdue for so long
};
/// What is overdue, and what is due within so many days, by due day.
[[nodiscard]] std::vector<Reminder> reminders(const std::vector<Commitment>& commitments, Day as_of,
                                              int within_days = 30);

/// What a new commitment says; adopted at once or proposed first.
struct Undertaking {
    std::string owner, what, area, instrument, meeting, by, evidence;
    Day due = no_day;
    Day day = no_day;  ///< of the undertaking
    CommitmentState state = CommitmentState::Proposed;
};
/// Adds it under the next free id ("c3"). That area and instrument are known is the caller's to check.
///
/// err   Usage: "no-owner", "no-text", "no-due-day", "bad-state", "known-already"; as append
[[nodiscard]] Result<Commitment> undertake(const std::string& path, const std::string& at, const Undertaking& said);

struct StateChange {
    std::string id;
    CommitmentState state = CommitmentState::Reported;
    std::string by, evidence;
    Day day = no_day;
};
/// Adds a step. From proposed one comes to adopted; from adopted to reported; from reported to verified, to reported
/// again, or back to adopted where the report did not hold; from each of them to withdrawn.
///
/// err   Usage: "unknown-commitment", "bad-state" (a change that makes no sense), "bad-day" (before the last step);
///       as append
[[nodiscard]] Result<Commitment> report(const std::string& path, const std::string& at, const StateChange& said);

/// Takes the newest step back, by a row of its own. err   Usage: "unknown-commitment", "nothing-to-undo"; as append
[[nodiscard]] Result<Commitment> undo(const std::string& path, const std::string& at, const std::string& id, Day day);

void write_commitment(JsonWriter& json, const Commitment& commitment, Day as_of);

}  // namespace icosa::ledger
