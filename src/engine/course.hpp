/// Course: what a figure did in time, by the rule of its measure; one figure has one word, whoever asks.
#pragma once

#include <span>

#include "model/findings.hpp"
#include "pack/measures.hpp"
#include "pack/watch.hpp"

namespace icosa::engine {

/// values: single periods, oldest first, the last one of last_period; NaN = not observed. The words are those of
/// pack::CourseRule; besides:
///
///     new                 also where nothing was observed before
///     still high          neither risen nor fallen, and above the median of the spans before (five years at most)
///     back in its range   neither, and at that median or below it; of a watch that looks for falls: at it or above
///     falling             of a watch that looks for falls: also what neither rose nor is back in its range
///
/// rule: nullptr = no word (Change::None), the figures alone
[[nodiscard]] model::Course course_of(std::span<const double> values, int last_period, PeriodKind kind,
                                      const pack::CourseRule* rule, pack::Direction looks_for);

}  // namespace icosa::engine
