/// icosa trigger search: a grid of rules chosen on half of the years, told on the other half.
#pragma once

#include <string>

#include "base/result.hpp"
#include "cli/command.hpp"
#include "cli/trigger_told.hpp"

namespace icosa::cli {

/// Prints the front and, where costs are stated, the cheapest rule; writes a row a rule of the front to `out` ("" =
/// none).
///
/// err   Data: "one-year" (no second half to tell on), "nothing-to-choose" (no rule catches anything)
[[nodiscard]] Result<int> search_triggers(const Common& common, const TriggerStory& story, const std::string& out);

}  // namespace icosa::cli
