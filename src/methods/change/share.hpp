/// Shares: has a part of all grown against its own share before?
#pragma once

#include <span>
#include <vector>

#include "methods/alarms/alarm.hpp"

namespace icosa::methods {

struct ShareRiseOptions {
    int window = 12;  ///< newest periods, taken together
    int before = 24;  ///< periods before them, taken together
    double alpha = 0.01;
    double ratio = 1.25;  ///< the share now is at least this many times the one before
    double at_least = 10;  ///< counted in the newest periods
    int first = 0;
};

struct ShareRise {
    Alarm alarm;  ///< expected and threshold are shares
    double count = 0;  ///< in the newest periods, of `of`
    double of = 0;
    double count_before = 0;
    double of_before = 0;
    [[nodiscard]] double share() const { return of > 0 ? count / of : nan_value; }
};

/// Of the newest periods k of n, of those before them m of N: is k more than chance gives, were the share the same in
/// both? Fisher's exact test on one side: the volume, n and N, falls out.
///
///     p = P(X >= k),  X hypergeometric: of n + N, k + m are of the kind, n are drawn
///     alarm where p <= alpha, k / n >= ratio m / N and k >= at_least
///
/// in    counts[t] of[t], whole, NaN = not observed, counts[t] <= of[t];  alpha (0, 0.5];  window, before >= 1
/// out   expected = m / N; threshold = the least share that alarms; NaN where less than half of either span's periods
///       has anything to be a share of, or where no share could alarm
/// src   [fisher1934]
/// cost  O(n) a period
/// seen  methods/change/share_test.cpp
[[nodiscard]] std::vector<ShareRise> share_rise(std::span<const double> counts, std::span<const double> of,
                                                const ShareRiseOptions& options);

}  // namespace icosa::methods
