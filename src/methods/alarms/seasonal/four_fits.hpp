/// Both fits of four neighbouring periods: the plain one, and the one that weighs high rows down.
#pragma once

#include <cmath>

#include "methods/alarms/seasonal/iteration.hpp"
#include "methods/alarms/seasonal/residuals.hpp"
#include "methods/alarms/seasonal_fit.hpp"

namespace icosa::methods::seasonal {

/// The parts in their order: gather the rows, iterate, measure what is left over, weigh down, iterate again.
///
/// The caller sets the arrays of the parts, estimate.count = plan.levels and rows.t, then runs; what one run leaves is
/// overwritten by the next.
struct FourFits {
    Rows rows;
    Sums sums{};
    Scratch scratch{};
    Estimate estimate{};
    Lanes squares{}, slips{}, spread{};  ///< of the last fit
    Lanes first_dispersion{};
    Mask first_converged{};

    ICOSA_INLINE void run(const SeasonalFitOptions& options) {
        estimate.trend = options.trend != 0;
        estimate.odd = Mask{};
        rows.gamma = Lanes{} + 1.0;
        sums.gather(rows);
        Iteration(rows, sums, scratch, estimate).run();
        first_converged = estimate.converged;
        sum_squares(rows, estimate, scratch, squares);
        first_dispersion = squares / estimate.degrees;
        if (std::isfinite(options.weights_threshold)) {
            weigh_down(estimate, squares, options.weights_threshold, scratch, rows, sums);
            Iteration(rows, sums, scratch, estimate).run();
            sum_squares(rows, estimate, scratch, squares);
        }
        slip_squares(rows, estimate, scratch, slips);
        estimate.spread_of_times(spread);
    }

    /// Whether the lane's sums overflowed: its fit is then that of the dense design.
    [[nodiscard]] bool is_odd(int lane) const { return estimate.odd[lane] != 0; }

    /// The fit of one lane after a run; not fitted where its level has no rows or no degree of freedom is left.
    [[nodiscard]] SeasonalFit at(int lane) const {
        SeasonalFit fit;
        fit.rows = static_cast<int>(sums.count[lane]);
        fit.largest = sums.largest[lane];
        fit.degrees = estimate.degrees[lane];
        const int predicted = rows.plan.predicted;
        if (predicted < 0 || !(sums.levels[predicted].n[lane] > 0) || !(fit.degrees > 0)) return fit;
        const Estimate::Level& level = estimate.levels[predicted];
        const double middle = rows.extent.middle, gamma = rows.gamma[lane];
        fit.fitted = true;
        fit.converged = first_converged[lane] != 0;
        fit.slope = estimate.trend ? estimate.b[lane] : 0;
        fit.eta = level.a[lane] + fit.slope * middle;
        const double off = middle - level.w1[lane];
        fit.unscaled = (1 / level.w0[lane] + (estimate.trend ? off * off / spread[lane] : 0)) / gamma;
        fit.slope_unscaled = estimate.trend ? 1 / (spread[lane] * gamma) : 0;
        fit.dispersion = squares[lane] * gamma / fit.degrees;
        fit.first_dispersion = first_dispersion[lane];
        fit.slip = slips[lane] * gamma / fit.degrees;
        return fit;
    }
};

}  // namespace icosa::methods::seasonal
