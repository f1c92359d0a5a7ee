/// The day of today: the only reading of a clock for a day. Stages take it as an argument.
#pragma once

#include <string>

#include "base/date.hpp"

namespace icosa::cli {

[[nodiscard]] Day today();        ///< in UTC
[[nodiscard]] std::string now();  ///< in UTC, to the second: "2026-11-30T12:00:00Z"

}  // namespace icosa::cli
