/// What a method says of one period of a series: the shape that all of them answer in.
#pragma once

#include <cmath>

#include "base/number.hpp"

namespace icosa::methods {

/// Which excess is looked for.
enum class Side { Upper, Lower };

/// What a method says of one period. NaN where the past does not suffice; unusualness also where nothing was observed.
struct Alarm {
    double expected = 0;
    double threshold = 0;     ///< alarm where the count lies beyond it, strictly
    double unusualness = 0;  ///< 0 to 1: the null's cdf at the count; a discrete null's mid-point, P(Y < y) + P(Y = y)
                             ///< / 2. Lower: 1 - that
    int reference = 0;  ///< observed periods that the bound rests on
    bool alarm = false;
    double p_value = nan_value;  ///< P(a count at least this extreme) under the null,
                                 ///< the count itself included; NaN: no test
};

/// Where nothing was observed there is no unusualness; else beyond the threshold is an alarm.
inline void judge(Alarm& alarm, double count, Side side) {
    if (std::isnan(count)) {
        alarm.unusualness = nan_value;
        return;
    }
    alarm.alarm = side == Side::Upper ? count > alarm.threshold : count < alarm.threshold;
}

/// The answer where nothing can be said.
inline constexpr Alarm no_judgement{
    nan_value, nan_value, nan_value, 0, false, nan_value,
};

}  // namespace icosa::methods
