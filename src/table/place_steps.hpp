/// Counts at points put together for local statistics: by place or grid cell, by step of time, as counts or rates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "table/point_counts.hpp"

namespace icosa::table {

/// What a place is: a point of the file; a PRIO-GRID cell with a row in the file; or any cell of the smallest box of
/// rows and columns about those, sea too.
enum class PlacesBy : std::uint8_t { Points, CellsOfRows, CellsOfBox };

/// Places by latitude, longitude and name (cells by number), so that the order of the file decides nothing.
struct PlaceSteps {
    std::vector<PointPlace> places;         ///< a cell at its middle, without a name
    std::vector<int> gids;                  ///< of the places; empty for points
    std::size_t steps = 0;
    std::vector<std::int64_t> counts;       ///< [places][steps]
    std::vector<double> population;  ///< [places][steps], summed over the step's periods; NaN = not known; empty
                                     ///< where the file has none
    std::vector<std::string> first, last;  ///< labels of each step's periods
    std::vector<std::string> notes;

    /// Counts, or counts for each person and period; NaN where the population is 0 or not known.
    [[nodiscard]] std::vector<double> values() const;
};

/// A place and period without a row counts as 0: the file is taken as complete within its periods and places.
///
/// in    interval  periods a step, counted back from the end, what is left joins the first; 0 = all as one step
/// out   populations between those given lie on a line, beyond them they stay; a cell's is the sum of its points', not
///       known where one of them has none
/// err   Usage out-of-range (an interval longer than the periods), Data many-cells (box over 100 million numbers)
[[nodiscard]] Result<PlaceSteps> place_steps(const PointCounts& points, PlacesBy by, int interval);

}  // namespace icosa::table
