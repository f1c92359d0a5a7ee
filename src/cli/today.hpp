/// The day of today: the only reading of a clock for a day. Stages take it as an argument.
#pragma once

#include "base/date.hpp"

namespace icosa::cli {

[[nodiscard]] Day today();  ///< in UTC

}  // namespace icosa::cli
