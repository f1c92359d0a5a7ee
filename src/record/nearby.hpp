/// Nearby: events by position counted about the middle of each half-degree cell, so that what came of a cluster can be
/// judged like what came of a place.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/evidence.hpp"

namespace icosa::record {

struct Nearby {
    model::Panel panel;  ///< by month; units "cell:GID" of cells that have an event at any time, sorted
    std::vector<std::vector<std::string>> places;  ///< of each unit: the places of its events, sorted
};

/// Events of each month within km of a cell's middle, distances taken between middles of cells. A month is observed
/// where it is for any position.
///
/// in    positions: units "PLACE|POSITION" (model/position_key.hpp), others are left out
/// cost  O(cells^2 + pairs of near cells x months)
[[nodiscard]] Nearby nearby(const model::Panel& positions, double within_km);

/// Of "cell:123456"; nothing where it is no such unit.
[[nodiscard]] std::optional<int> cell_of(std::string_view unit);

}  // namespace icosa::record
