/// Wilson's interval.
#include "methods/statistics/proportion.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods {

Proportion wilson_interval(int followed, int of) {
    if (of <= 0) return {};
    constexpr double z = 1.6448536269514722;
    const double n = of, p = followed / n;
    const double middle = p + z * z / (2 * n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double below = 1 + z * z / n;
    return {p, std::max(0.0, (middle - half) / below), std::min(1.0, (middle + half) / below)};
}

}  // namespace icosa::methods
