/// Numbers that are none.
#pragma once

#include <limits>

namespace icosa {

inline constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

}  // namespace icosa
