/// From a sighting to a signal: its figures, grade, confidence, and the sentence of reason.
#pragma once

#include <string>
#include <vector>

#include "detect/surveillance/sighting.hpp"
#include "model/findings.hpp"

namespace icosa::detect {

/// span: periods that the figure sums; caveats: those of the finding, which every signal carries.
/// err   as judge_series, of another source's series
[[nodiscard]] Result<model::Signal> signal_of(const Watched& watched, const Sighting& sighting, int span,
                                              const std::vector<std::string>& caveats);

}  // namespace icosa::detect
