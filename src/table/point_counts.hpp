/// A user's table of counts at points: where, when, how many, and perhaps among how many people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "table/columns.hpp"

namespace icosa::table {

/// Columns by name; "" = lat or latitude, lon or longitude, date (else time, month, day), count (else cases, events;
/// without one a row is one case), population, location.
struct PointColumns {
    std::string latitude, longitude, time, count, population, location;
};

enum class Population : std::uint8_t { Needed, IfThere, NotRead };

struct PointPlace {
    std::string name;  ///< of the column of locations; "" = the file has none
    double latitude_deg = 0, longitude_deg = 0;
};

/// Counts by place and period. Two rows of one place and period are summed.
struct PointCounts {
    std::vector<PointPlace> places;   ///< by name, then by position
    std::size_t periods = 0;
    std::vector<std::int32_t> counts;      ///< [places][periods]
    std::vector<double> population;   ///< [places][periods], NaN = not given; empty = not read
    std::vector<double> period_days;  ///< calendar months, quarters and years by their days; else the step
    std::vector<std::string> labels;  ///< of each period: "2019-04", "2019-04-03", "17"
    double days_of_period = 1;        ///< mean; 1 where times are numbers
    std::int64_t rows = 0;
    std::vector<std::string> notes;   ///< what was left out or is odd, with how many rows and cases
    std::string said;                 ///< the columns taken, how times were read
};

/// Rows without a position, or without a time, are left out and told with their cases. A location is one point: its
/// first row's; positions up to 0.0001 degrees off are the same.
///
/// err   with file:line:column: unknown-column, which-column, bad-latitude (beyond 90: tells where the two columns seem
///       to be swapped), bad-longitude (beyond 180), bad-position, moved-location, bad-count (negative, fractional),
///       bad-population, two-populations, many-periods (over 20,000), those of read_scale and visit_rows; no-rows
[[nodiscard]] Result<PointCounts> read_point_counts(const std::string& path, const PointColumns& columns,
                                                    Population population, const Reading& reading);

}  // namespace icosa::table
