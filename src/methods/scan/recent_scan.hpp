/// A permutation scan of the windows that reach the end.
#pragma once

#include "methods/scan/replicated.hpp"
#include "methods/scan/sweep.hpp"

namespace icosa::methods::scan {

/// Windows of the data that stand apart in space, best first, with the circles about their centres (others have none).
struct RecentFound {
    std::vector<Window> windows;
    Circles circles;
};

/// in    counts[places][expected.intervals], two cases at least;  windows.to_end;  limits.most above 0
/// out   found: none that every replication reaches; out's replications, windows and probes are filled in
[[nodiscard]] RecentFound recent_scan(const Data& data, const Options& options, std::span<const std::int32_t> counts,
                                      const Windows& windows, const CircleLimits& limits, double all,
                                      const std::function<void(int)>& progress, Scan& out);

}  // namespace icosa::methods::scan
