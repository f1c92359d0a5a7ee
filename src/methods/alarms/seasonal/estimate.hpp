/// What four fits have come to: coefficients, and the weights of the solve that gave them.
#pragma once

#include "methods/alarms/seasonal/lanes.hpp"

namespace icosa::methods::seasonal {

/// log mu = a(level) + b time, time from the middle of the plan.
///
/// The information matrix is that of the last solve, as in R; it has an arrow's shape, so three numbers a level hold
/// it.
struct Estimate {
    struct Level {
        Lanes a, a_last;   ///< now, and at the last solve
        Lanes w0, w1, w2;  ///< the last solve's weights: their sum, their mean time, their spread about it
    };
    Level* levels = nullptr;  ///< [count]; the caller's memory
    int count = 0;
    bool trend = true;  ///< false: b stays 0
    Lanes b{}, b_last{};
    Lanes degrees{};  ///< of freedom
    Mask converged{};
    Mask odd{};  ///< overflows or is singular in lanes: the dense design decides

    /// Sum of the last weights times (time - mean time of the level)^2: the information about b. 1 without a trend.
    ICOSA_INLINE void spread_of_times(Lanes& out) const {
        out = Lanes{};
        for (int l = 0; l < count; ++l) out += levels[l].w2;
        if (!trend) out = Lanes{} + 1.0;
    }
};

}  // namespace icosa::methods::seasonal
