/// Units of a user's table as places: the system of codes that knows nearly all of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pack/places.hpp"

namespace icosa::app {

struct CodedUnits {
    std::string system;               ///< of codes, "gw", "iso3", "name"; "id" = ids of places
    std::vector<std::string> places;  ///< of each unit; "" where it is none
};

/// A system that the column's name holds ("gwcode": gw) goes before one that knows more of the units. Nothing where
/// none knows nine in ten, or fewer than ten units, nor where two fit equally and mean other places.
[[nodiscard]] std::optional<CodedUnits> coded_units(const pack::PlaceBook& book, const std::vector<std::string>& units,
                                                    std::string_view column);

}  // namespace icosa::app
