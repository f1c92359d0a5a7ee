/// Strips: a series drawn as text with a caret where a signal must stand; run against the watch that claims it.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// The 0-based periods of `values` that the watch's method, direction, form and minimum would signal, each looked at when it was the newest.
[[nodiscard]] Result<std::vector<int>> signals_of(const pack::Watch& watch, const std::vector<double>& values);

/// Does the strip come out as drawn? Else the fault shows strip, wanted and found carets. `expect` must be a strip.
[[nodiscard]] Result<void> run_strip(const pack::Watch& watch, const pack::Expect& expect);

}  // namespace icosa::detect
