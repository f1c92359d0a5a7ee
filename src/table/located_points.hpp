/// A user's table of points: where, perhaps when, and perhaps in which country.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "table/columns.hpp"

namespace icosa::table {

/// Columns by name; "" = lat, latitude or y; lon, longitude, lng, long or x; date, event_date, date_start, day, time,
/// month or year; iso3, iso2, country, country_name, gwno, ccode and the like.
struct LocatedColumns {
    std::string latitude, longitude, time, country;
};

enum class Dated : std::uint8_t { IfThere, NotRead };

struct LocatedPoint {
    int line = 0;
    double latitude_deg = 0, longitude_deg = 0;  ///< NaN = not given, both
    Day day = no_day;     ///< the last of the time told
    std::string country;  ///< as written
};

struct LocatedPoints {
    std::vector<LocatedPoint> points;  ///< every row, in its order
    std::string time_column, country_column;  ///< "" = none
    std::string said;                  ///< the columns taken
};

/// err   with file:line:column: unknown-column, bad-latitude (beyond 90: tells where the two seem to be swapped),
///       bad-longitude (beyond 180), bad-time, those of TimeColumn::form and visit_rows; no-rows
[[nodiscard]] Result<LocatedPoints> read_located_points(const std::string& path, const LocatedColumns& said,
                                                        Dated dated, const Reading& reading);

}  // namespace icosa::table
