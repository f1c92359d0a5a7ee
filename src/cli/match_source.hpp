/// A source to be matched: a file that a card reads, or a user's own table of events, as events at points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "methods/matching/matching.hpp"
#include "table/columns.hpp"

namespace icosa::cli {

struct MatchFile {
    std::string path;
    const pack::SourceCard* card = nullptr;  ///< nullptr: a table of the user's own

    [[nodiscard]] std::string source() const;  ///< the card's id, or the file's name
};

/// err   those of recognise but unknown-source: such a file is a table of one's own
[[nodiscard]] Result<MatchFile> match_file(const std::string& path, const app::Packs& packs);

/// What the rows of a file became.
struct MatchRows {
    std::int64_t read = 0;
    std::int64_t refused = 0;     ///< by the card
    std::int64_t unplaced = 0;    ///< no position
    std::int64_t undated = 0;     ///< no day, or a month or year only
    std::int64_t area = 0;        ///< a position that stands for a whole area
    std::int64_t other_kind = 0;  ///< of a kind that the taxonomy does not have
    std::int64_t at_origin = 0;   ///< kept, at latitude 0 and longitude 0
};

struct MatchSource {
    MatchFile file;
    std::vector<methods::matching::Event> events;  ///< kind: number in `kinds`
    std::vector<std::int64_t> lines;               ///< of each event: the first physical one of its record
    std::vector<std::string> kinds;                ///< as told apart, sorted
    MatchRows rows;
};

/// By the coding, where there is one, to categories of its taxonomy; else kinds as they are written.
///
/// err   those of FileReader and read_point_events; no-events: the card gives other records
[[nodiscard]] Result<MatchSource> read_match_source(const MatchFile& file, const pack::Coding* coding,
                                                    const table::Reading& reading);

}  // namespace icosa::cli
