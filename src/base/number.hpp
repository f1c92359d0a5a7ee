/// Numbers that are none, and the one beyond all.
#pragma once

#include <limits>

namespace icosa {

inline constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace icosa
