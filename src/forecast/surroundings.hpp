/// What packs/places knows around the units of a panel: regions and neighbours.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "forecast/count_panel.hpp"
#include "pack/places.hpp"

namespace icosa::forecast {

/// Of each unit the smallest region that has it as a member on any day, "" where none has; empty where none has any.
[[nodiscard]] std::vector<std::string> smallest_regions(const std::vector<std::string>& places,
                                                        const pack::PlaceBook& book);
/// The largest: its continent.
[[nodiscard]] std::vector<std::string> largest_regions(const std::vector<std::string>& places,
                                                       const pack::PlaceBook& book);
/// Of each unit the positions of its neighbours by land on the day, sorted; empty where none has any.
[[nodiscard]] std::vector<std::vector<std::size_t>> neighbours_of(const std::vector<std::string>& places,
                                                                  const pack::PlaceBook& book, Day day);

/// The units of a panel whose units are places.
[[nodiscard]] std::vector<std::string> units_of(const CountPanel& panel);

}  // namespace icosa::forecast
