/// The maxima of replications, by any number of threads.
#pragma once

#include <functional>

#include "methods/scan/scan.hpp"

namespace icosa::methods::scan {

/// The greatest statistic of a replication if it is at least `from`, else 0; counts up the windows looked at.
using GreatestOf = std::function<double(int replication, double from, double& judged)>;

/// Replications 0, 1, ... until there are enough: into out.maxima, out.windows_judged and out.stopped_early. A
/// replication knows nothing of the others but a level that its maximum is likely to pass, and is swept again from
/// lower down where it does not; windows are counted of the last sweep of each.
///
/// in    statistic: of the data, 0 = none;  for_a_thread: gives what works by itself in one thread
void replicate(const Options& options, double statistic, const std::function<GreatestOf()>& for_a_thread,
               const std::function<void(int)>& progress, Scan& out);

}  // namespace icosa::methods::scan
