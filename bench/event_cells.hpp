/// Generated events of grid cells, shaped like georeferenced conflict events: rare, self-exciting in space and time,
/// heavy-tailed counts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace icosa::bench {

/// Blocks of the half-degree grid about as large and as placed as the continents: Africa with the Middle East first.
inline constexpr std::size_t africa_cells = 13'110;
inline constexpr std::size_t land_cells = 64'818;
[[nodiscard]] std::vector<int> land(std::size_t cells);  ///< the first so many, by gid

struct EventFile {
    std::size_t events = 0;
    std::size_t active_cells = 0;   ///< with an event
    std::size_t cell_months = 0;    ///< with an event
};

/// A branching process by months: new conflicts start at random, more often in some parts; each event is followed by
/// others in its cell, the cells around it and those around them, within about five months; deaths an event have a
/// power tail. Columns id,priogrid_gid,date_start,best; days within their month.
///
/// in    months from January 1989 on;  the same seed writes the same bytes
EventFile write_events(const std::string& path, const std::vector<int>& gids, int months, unsigned long long seed);

}  // namespace icosa::bench
