/// Meetings that a user enters: announced ones, of a body of the packs or of one's own.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "ledger/ledger.hpp"

namespace icosa::ledger {

struct Meeting {
    std::string id;  ///< "m1"
    std::string title;
    std::string mechanism;  ///< id of a mechanism of the catalogue; as the next "" = none
    std::string area, venue, source;
    Day first = no_day, last = no_day;  ///< the same where it is one day
    bool is_cancelled = false;
    std::string digest;  ///< of its row
};

/// As known on a day, in order of the ledger. err   Data: "bad-meeting", at the row's line
[[nodiscard]] Result<std::vector<Meeting>> meetings_of(const Ledger& ledger, Day as_of = last_possible_day);

/// Adds it under the next free id; id, digest and is_cancelled are not read. That mechanism and area are known is the
/// caller's to check.
///
/// in    day   on which it is entered
/// err   Usage: "no-title", "bad-day", "known-already"; as append
[[nodiscard]] Result<Meeting> enter_meeting(const std::string& path, const std::string& at, const Meeting& said,
                                            Day day);
/// Calls it off, by a row of its own. err   Usage: "unknown-meeting", "cancelled-already"; as append
[[nodiscard]] Result<Meeting> cancel_meeting(const std::string& path, const std::string& at, const std::string& id,
                                             Day day);

}  // namespace icosa::ledger
