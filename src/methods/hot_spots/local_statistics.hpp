/// Gi, Gi* and local Moran of each place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/number.hpp"
#include "methods/hot_spots/neighbours.hpp"

namespace icosa::methods::hot_spots {

enum class Statistic : std::uint8_t { Gi, GiStar, Moran };

struct LocalStatistic {
    double value = nan_value;     ///< Gi, Gi*: the sum about the place;  Moran: I
    double expected = nan_value;  ///< of it, when nothing is going on
    double z = nan_value;         ///< (value - expected) / standard deviation; NaN = not computed
    double own = nan_value;       ///< the place's value less the mean
    double around = nan_value;    ///< the mean of its neighbours less the mean of all
    double lean = nan_value;      ///< the mean of its neighbours less the mean of all others
    int neighbours = 0;           ///< observed ones
};

/// Weights are 1 for each neighbour, 0 else (z is the same where they are scaled to sum to 1).
///
///     n observed places, k observed neighbours of i, m mean, s^2 = sum of (x - m)^2 / n; sums over j neighbours of i
///     Gi     value = sum x[j];          expected = k m(i);      variance = s^2(i) k (n - 1 - k) / (n - 2),  where m(i)
///            and s^2(i) are those of the n - 1 others
///     Gi*    value = sum x[j] + x[i];   expected = (k + 1) m;   variance = s^2 (k + 1) (n - 1 - k) / (n - 1)
///     Moran  value = (x[i] - m) / s^2  sum (x[j] - m) / k;      expected = -(x[i] - m)^2 / (s^2 (n - 1))
///            variance = ((x[i] - m) / s^2)^2  n / (n - 2)  (1 / k - 1 / (n - 1))  (s^2 - (x[i] - m)^2 / (n - 1))
///
/// in    values[places], NaN = not observed
/// out   z 0 where the variance is 0: all others alike, all others neighbours, or (Moran) the place at the mean; NaN
///       without an observed value, an observed neighbour, or with fewer than 3 places observed
/// src   [ord1995] eq. 3 and 4 with binary weights, [getis1992]; [anselin1995] eq. 12; moments of Moran given the
///       place's own value, as [sokal1998], which R spdep takes too
/// dif   where R spdep 1.2 gives NaN for a variance of 0, z is 0 here: chance gives the same sum every time
/// cost  O(places + neighbours)
/// seen  tests/unit/methods/hot_spots/: R spdep 1.2-7, z equal to 1e-9
[[nodiscard]] std::vector<LocalStatistic> local_statistics(std::span<const double> values, const Neighbours& neighbours,
                                                           Statistic statistic);

}  // namespace icosa::methods::hot_spots
