/// What a pack expects of its watches: a series drawn as text with a caret where a signal must stand, or a finding on a day.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "model/findings.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// The 0-based periods of `values` that the watch's method, direction, form and minimum would signal, each looked at when it was the newest.
[[nodiscard]] Result<std::vector<int>> signals_of(const pack::Watch& watch, const std::vector<double>& values);

/// Does the strip come out as drawn? Else the fault shows strip, wanted and found carets. `expect` must be a strip.
[[nodiscard]] Result<void> run_strip(const pack::Watch& watch, const pack::Expect& expect);

/// Is the finding as expected: each of `signals` there ("subject/period", or "subject" for any period), none of `silent`, and the `state`?
/// A subject of parts ("cwc|europe") is also meant by its last part alone. The fault says all that differs. `expect` must not be a strip.
[[nodiscard]] Result<void> check_expect(const model::WatchFinding& finding, const pack::Expect& expect);

}  // namespace icosa::detect
