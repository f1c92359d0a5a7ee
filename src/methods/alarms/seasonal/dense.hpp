/// The fit of one period on its dense design: for numbers near the ends of the range of doubles, where R's floor of the
/// mean decides.
#pragma once

#include <span>

#include "methods/alarms/seasonal_fit.hpp"

namespace icosa::methods::seasonal {

/// The same model as SeasonalFitter's, by fit_log_linear; levels without rows have no column.
///
/// in    counts[n], NaN = not observed;  middle as extent_of(plan) has it;  t >= plan.reach
/// out   not fitted where rows are no more than columns, the predicted level has none, or X'WX is singular
[[nodiscard]] SeasonalFit fit_dense(std::span<const double> counts, const SeasonPlan& plan, double middle, int t,
                                    const SeasonalFitOptions& options);

}  // namespace icosa::methods::seasonal
