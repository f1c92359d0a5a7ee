/// A share of so many, with its interval.
#pragma once

namespace icosa::methods {

struct Proportion {
    double share = 0;
    double low = 0;
    double high = 1;
};

/// Share k / n with the 90 % interval of Wilson; 0, 0 to 1 where n = 0.
///
///     (p + z^2 / 2n  -+  z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n),   z = 1.6449
///
/// src   [wilson1927]
[[nodiscard]] Proportion wilson_interval(int followed, int of);

}  // namespace icosa::methods
