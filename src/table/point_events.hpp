/// A user's table of events at points: a row each, where, when, and perhaps of what kind.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "table/columns.hpp"

namespace icosa::table {

struct PointEvent {
    std::int64_t line = 0;
    double latitude_deg = 0, longitude_deg = 0;
    Day first = no_day, last = no_day;
    std::string kind;  ///< "" = none said
};

struct PointEvents {
    std::vector<PointEvent> events;
    bool has_kinds = false;      ///< a column of kinds was found
    std::int64_t rows = 0;
    std::int64_t unplaced = 0, undated = 0;  ///< rows left out: of those that lack both, unplaced
    std::string said;            ///< the columns taken, how days were read
};

/// Columns lat or latitude, lon or longitude, time (else date, day), and where there are such end (else end_date,
/// date_end, last_day) and kind (else type, event_type, category). Days, in one form for both columns; with --date-form
/// number whole ones.
///
/// err   with file:line:column: unknown-column, bad-latitude (beyond 90: tells where the two seem to be swapped),
///       bad-longitude (beyond 180), bad-time, not-days (months or years), bad-end (before its beginning), those of
///       TimeColumn::form and visit_rows; no-rows
[[nodiscard]] Result<PointEvents> read_point_events(const std::string& path, const Reading& reading);

}  // namespace icosa::table
