/// The best windows of the data that stand apart from one another.
#pragma once

#include <vector>

#include "methods/scan/sweep.hpp"

namespace icosa::methods::scan {

/// The best window about each centre, best first; one that shares a place with a better kept one is dropped.
[[nodiscard]] std::vector<Window> best_windows(const Sweep& sweep, const Circles& circles, const Deviations& data,
                                               int threads);
[[nodiscard]] std::vector<Window> apart_in_space(const std::vector<Window>& best, const Circles& circles);

/// As above, and windows may share a place where an interval lies between them: so further windows about each centre
/// are looked for before and after its best, recursively, one interval away, with a statistic above 1.
[[nodiscard]] std::vector<Window> apart_in_space_or_time(const std::vector<Window>& best, const Circles& circles,
                                                         const Deviations& data, const Expected& expected,
                                                         const Windows& windows);

/// The Gumbel distribution fitted to the maxima by their mean and variance: the chance of one at least as great.
/// src   [abrams2010]
[[nodiscard]] double gumbel_tail(const std::vector<double>& maxima, double statistic);

}  // namespace icosa::methods::scan
