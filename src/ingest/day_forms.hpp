/// In which of several ways a file writes its days: the column as a whole says it, before rows are read.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "ingest/chunker.hpp"
#include "ingest/plan.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// Decides the parse of every operation with several forms, and notes in the plan what was not the card's first.
/// Columns with the same forms are decided as one, since whoever saved the file anew changed all of them. A cell that
/// is in no form decides nothing: it will be a reject.
///
/// in    forced      one of the forms that the user names; nullopt = the file says it
/// err   ambiguous-days: several forms read all cells, and differently; names a cell
///       bad-date-form: no day of the card is written in a form of which `forced` is one
[[nodiscard]] Result<void> decide_day_forms(Plan& plan, const std::string& path, std::optional<pack::Parse> forced,
                                            ChunkOptions chunks, Level level);

/// The parse that --date-form names: dmy, mdy, ymd.
[[nodiscard]] std::optional<pack::Parse> parse_date_form(std::string_view name);

}  // namespace icosa::ingest
