/// Triggers that fire, into the ledger: each new episode once, and what was agreed as a commitment of its owner.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "brief/fired_trigger.hpp"

namespace icosa::cli {

/// Writes a row `trigger-fired` for each unit of a trigger with an owner whose episode stands in no earlier row, and
/// one commitment for all of a trigger's new units: its owner, its action, adopted on the day, due at its deadline.
/// What became of it is reported by `icosa commit report`.
///
/// in    path    of the ledger (ledger::ledger_file);  at   the caller's clock
/// out   a line to tell for each commitment: "c3 in my.duckdb.ledger.jsonl: Regional desk, until 2009-05-11"
/// err   those of ledger::undertake and ledger::append
[[nodiscard]] Result<std::vector<std::string>> keep_fired(const std::string& path, const std::string& at,
                                                          const std::vector<brief::FiredTrigger>& triggers, Day day);

}  // namespace icosa::cli
