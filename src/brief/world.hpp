/// The coasts and borders of the world as SVG paths in the units of projection.hpp; scripts/make-map makes them when
/// Icosa is built. Empty where the map was not there to be built in.
#pragma once

#include <string_view>

namespace icosa::brief {

extern const std::string_view world_land;
extern const std::string_view world_borders;
extern const std::string_view world_dashed;  ///< borders that are not determined

}  // namespace icosa::brief
