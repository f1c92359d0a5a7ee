/// What moved a forecast since last month: the change of its mean, split exactly among the parts of the stack.
#pragma once

#include <vector>

#include "forecast/forecast.hpp"

namespace icosa::forecast {

/// A unit's forecast of the same months, seen from its origin and from a month earlier.
struct Moved {
    double mean_before = 0;
    std::vector<Driver> drivers;
};

/// Compares the stack's means of all units at the origin with those of a month earlier, both mixed by the weights of
/// the origin, so that what moved is the data, not the fit.
///
///     mean = sum_k w_k m_k;   now - before = sum_k (w_k + w'_k)/2 (m_k - m'_k) + sum_k (w_k - w'_k) (m_k + m'_k)/2
///
/// in    stack and weights of request.origin
/// out   by unit of the panel; no drivers for a unit without 24 months a month earlier, or where nothing moved by a
/// hundredth of a count.
///       The first sum goes to the parts by name. The second is there where a month now counts by other weights: the
///       unit's class changed, or the month has come nearer
/// src   the midpoint (Shapley's, of two factors) [shapley1953]: exact, and in no order
[[nodiscard]] std::vector<Moved> what_moved(const CountPanel& panel, const Request& request, const Stack& stack,
                                            const Weights& weights);

}  // namespace icosa::forecast
