/// Baseline: the simple figure that a reader would hold beside a method's expectation.
#pragma once

#include <span>
#include <string>

#include "detect/judges/method_table.hpp"
#include "model/findings.hpp"

namespace icosa::detect {

/// values[0 .. period] of a series, NaN = not observed, season periods a year.
///
///     counts, season > 1, two years of history:  mean of the same period of past years
///     counts else:                               95 % quantile of the last twelve observed periods before
///     measured values:                           the value a year before; annual series: the one before
///
/// out   value NaN where the past does not suffice; `what` says in words which of them it is
[[nodiscard]] model::Baseline baseline_of(std::span<const double> values, int season, Demand demand);

}  // namespace icosa::detect
