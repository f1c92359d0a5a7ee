/// What each period of a series brings to the sums of a fit, computed once for all the fits that it has a part in.
#pragma once

#include <span>
#include <vector>

namespace icosa::methods::seasonal {

/// Columns by period, 0 where the period was not observed.
///
/// R's glm.fit starts from the mean y + 0.1, which is also the weight of its first solve.
struct Series {
    /// counts[n], NaN = not observed; the columns have `padding` more periods, not observed, for the last lanes.
    Series(std::span<const double> counts, int padding);

    std::vector<double> y;
    std::vector<double> seen;            ///< 1 where observed
    std::vector<double> start;           ///< y + 0.1
    std::vector<double> start_z;         ///< times the working response there
    std::vector<double> start_deviance;  ///< there
    std::vector<double> y_log_y;
    std::vector<double> y_two_thirds;    ///< y^(2/3), of Anscombe's residual
};

}  // namespace icosa::methods::seasonal
