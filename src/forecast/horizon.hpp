/// The months that a forecast is asked for, against those that the data have.
#pragma once

#include "base/result.hpp"

namespace icosa::forecast {

inline constexpr int benchmark_months = 12;  ///< the simple rule: the last so many months as they were
inline constexpr int shortest_past = 12;     ///< months behind a situation that may serve as an analogue or a lesson

/// All are months from 1970-01.
struct Horizon {
    int origin = 0;     ///< the last month that is used
    int first = 0;      ///< the first month forecast
    int last = 0;
    int data_from = 0;  ///< the first month of the data
    int data_end = 0;   ///< the month after their last
};

inline constexpr int most_steps = 60;

/// err   Usage, bad-horizon: not origin < first <= last, or more than 60 months ahead;
///       Data, after-the-data, before-the-data: the origin is outside the data
[[nodiscard]] Result<void> check_horizon(const Horizon& horizon);

}  // namespace icosa::forecast
