/// Size of a finding against its own past, by the limits of packs/grades.toml. The grade is earned elsewhere: `record`.
#pragma once

#include "model/findings.hpp"
#include "pack/grades.hpp"

namespace icosa::engine {

/// Observed periods that make a long history.
[[nodiscard]] int long_history(const pack::Grades& grades, int season);

/// ratio: observed against expected the way the watch looks, each plus `pad` (half a count for counts, 0 for measured
/// values).
[[nodiscard]] model::Size size_of(double unusualness, double ratio, const pack::Grades& grades);
[[nodiscard]] double ratio_of(double observed, double expected, double pad);

}  // namespace icosa::engine
