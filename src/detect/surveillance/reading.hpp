/// The reading of a watch over series, one sentence with its numbers, and the strips drawn beside it.
#pragma once

#include <string>
#include <vector>

#include "detect/surveillance/sighting.hpp"
#include "model/findings.hpp"

namespace icosa::detect {

/// Of the unit that had most in the newest period, dated: "2014-06: Mali, 12 fatalities".
[[nodiscard]] std::string last_seen(const Watched& watched);

/// Past its limit: says only what was last seen, of the unit that had most.
[[nodiscard]] std::string stale_reading(const Watched& watched);

/// The first signal, or what came nearest to one; `highest` as Sightings::by_unusualness.
[[nodiscard]] std::string reading_of(const Watched& watched, const std::vector<Sighting>& highest,
                                     const model::WatchFinding& finding);

/// The newest 36 periods of the units that signal, at most six; of a quiet watch its nearest three.
/// err   as judge_series
[[nodiscard]] Result<std::vector<model::Strip>> strips_of(const Watched& watched, const std::vector<Sighting>& highest,
                                                          const std::vector<model::Signal>& signals);

}  // namespace icosa::detect
