/// What screening found, as a table, as JSON, and in words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ingest/lists.hpp"
#include "pack/source_card.hpp"
#include "screen/screening.hpp"

namespace icosa::cli {

/// name,list_id,matched_name,score,verdict,reason: a row for each entry found, one row where none was. list_id is the
/// list's own reference number, and stands with the source before it where several lists are screened against and two
/// have the same number.
[[nodiscard]] std::string screened_csv(const screen::Screening& screening, std::span<const screen::Asked> asked,
                                       std::span<const screen::Answer> answers);
[[nodiscard]] std::string screened_json(const screen::Screening& screening, std::span<const screen::Asked> asked,
                                        std::span<const screen::Answer> answers,
                                        std::span<const ingest::ListRead> lists,
                                        std::span<const pack::SourceCard> cards);
/// One name for a terminal: what differs first, then what agrees, which word met which, the channel for who is listed
/// wrongly.
[[nodiscard]] std::string screened_text(const screen::Screening& screening, const screen::Asked& asked,
                                        const screen::Answer& answer, std::span<const ingest::ListRead> lists,
                                        std::span<const pack::SourceCard> cards);

/// How many answers have it; and the false ones to expect among matches, by their own scores: sum of 1 - score.
struct ScreenedCounts {
    std::size_t matches = 0, unsure = 0;
    double expected_false = 0;
};
[[nodiscard]] ScreenedCounts screened_counts(std::span<const screen::Answer> answers);

}  // namespace icosa::cli
