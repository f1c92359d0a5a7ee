/// What a method says of one period of a series: the shape that all of them answer in.
#pragma once

#include <limits>

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
    double p_value = std::numeric_limits<double>::quiet_NaN();  ///< P(a count at least this extreme) under the null,
                                                                ///< the count itself included; NaN: no test
};

/// The answer where nothing can be said.
inline constexpr Alarm no_judgement{
    std::numeric_limits<double>::quiet_NaN(),
    std::numeric_limits<double>::quiet_NaN(),
    std::numeric_limits<double>::quiet_NaN(),
    0,
    false,
    std::numeric_limits<double>::quiet_NaN(),
};

}  // namespace icosa::methods
