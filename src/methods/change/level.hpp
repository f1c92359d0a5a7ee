/// Levels: does a measured value leave its own past, change sharply, or cross a line?
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "methods/alarms/count_alarm.hpp"

namespace icosa::methods {

// All of these: values[n] per period, oldest first, NaN = not observed; Alarm::threshold is the line, Alarm::alarm says
// beyond it. Side::Lower looks for falls.

enum class Score { Student, Normal };

struct RobustDeviationOptions {
    int window = 20;  ///< periods before the current one
    int guard = 0;  ///< newest periods left out of the window
    double alpha = 0.01;
    Score score = Score::Student;
    double minimum_scale = 0;  ///< in the values' unit
    double minimum_scale_share = 0;  ///< of the median's size
    int minimum_reference = 6;  ///< observed periods
    Side side = Side::Upper;
    int first = 0;
};

/// Line of a value against the window before it, by median and median absolute deviation, which a past outlier does not
/// move.
///
///     s = 1.4826 MAD b(n),  b(n) = n / (n - 0.8);   s at least minimum_scale and minimum_scale_share |median|
///     U = median + q(1 - alpha) s sqrt(1 + pi / (2 n)),  q of Student's t with 0.44 n degrees (Score::Normal: normal,
///     no root)
///
/// in    window 4 to 1000;  guard 0 to 100;  alpha (0, 0.5];  minimum_reference 3 to window
/// out   NaN where fewer than minimum_reference periods of the window are observed. Where more than half of the window
/// is one value, s comes
///       from the mean absolute deviation (times 1.2533); where all of it is, the line is that value, any departure
///       alarms, and the unusualness is that of a first report, 1 - 1 / (n + 2), and p_value NaN: without spread there
///       is no test
/// src   [rousseeuw1993] MAD; [croux1992] its small-sample factor for n above 9, used for all n here; pi / 2: the
/// variance of a median of normal values dif   the degrees of freedom are ours, fitted to simulated normal windows of 6
/// to 60 (alpha 0.001 to 0.05): the rate of false alarms is alpha
///       within a quarter of it. With n - 1 of them a window of ten gave twice alpha and more
/// cost  O(window) a period
/// seen  methods/level_test.cpp: rate of false alarms on normal data
[[nodiscard]] std::vector<Alarm> robust_deviation(std::span<const double> values,
                                                  const RobustDeviationOptions& options);

enum class ChangeKind { Share, Difference };

struct ChangeOptions {
    int lag = 1;  ///< periods
    ChangeKind kind = ChangeKind::Share;
    double by = 0.25;  ///< a share of the earlier value, or in its unit
    Side side = Side::Upper;
    int first = 0;
};

/// Has the value risen (fallen) by at least `by` against `lag` periods before?
///
///     line = x[t - lag] (1 +- by)   or   x[t - lag] +- by;   alarm at or beyond the line, where x[t] is not x[t - lag]
///     itself
///
/// in    lag 1 to 1000;  by >= 0; shares are for values >= 0: a negative earlier value gives NaN
/// out   expected = the earlier value; unusualness = the rank of this change among all earlier ones, (below + equal / 2
/// + 1/2) / (m + 1) seen  methods/level_test.cpp
[[nodiscard]] std::vector<Alarm> change(std::span<const double> values, const ChangeOptions& options);

/// When a line that is crossed alarms.
enum class Crossing { WhileBeyond, OnCrossing };

struct ThresholdOptions {
    double limit = 0;
    Crossing crossing = Crossing::WhileBeyond;
    Side side = Side::Upper;  ///< Upper: at least the limit; Lower: at most
    int first = 0;
};

/// Is the value at or beyond a given line?
///
/// out   expected = the last observed value before (NaN for the first); unusualness = the rank among the earlier
/// values, as `change`.
///       OnCrossing: only where the last observed value before was on the other side
/// seen  methods/level_test.cpp
[[nodiscard]] std::vector<Alarm> threshold(std::span<const double> values, const ThresholdOptions& options);

struct DrawdownOptions {
    int window = 12;  ///< periods, the current one among them
    double share = 0.8;
    double minimum_peak = 0;
    int first = 0;
};

/// Is the value at most a share of its own recent peak?
///
///     peak = max(x[t - window + 1 .. t]),  line = share peak;  alarm where peak >= minimum_peak and x[t] <= line
///
/// in    window 2 to 1000;  share (0, 1);  values >= 0
/// out   expected = the peak of what is observed of the window: a young series has a short one; NaN where nothing
/// before is observed;
///       unusualness = the rank of this value's share of its peak among the earlier ones
/// seen  methods/level_test.cpp
[[nodiscard]] std::vector<Alarm> drawdown(std::span<const double> values, const DrawdownOptions& options);

/// Does a value leave what was expected of it by more than the values before it did? `robust_deviation` on the errors.
///
///     e[t] = x[t] - expected[t];  0 where it is only rounding (a billionth of both), so that a series without spread
///     stays without
///
/// in    expected[n], NaN = none; options as of robust_deviation, its window being that of the errors
/// out   expected and threshold in the values' unit
/// seen  methods/trend_test.cpp, methods/decomposition_test.cpp
[[nodiscard]] std::vector<Alarm> off_expected(std::span<const double> values, std::span<const double> expected,
                                              const RobustDeviationOptions& options);

/// Sums of the newest `window` values, for each period; NaN where one of them is NaN or the window is not whole.
[[nodiscard]] std::vector<double> rolling_sums(std::span<const double> values, int window);

struct RollingRiseOptions {
    int lag = 12;  ///< periods
    double ratio = 1.5;
    double at_least = 0;
    int first = 0;
};

/// Has a rolling sum risen to a multiple of what it was `lag` periods before?
///
///     line = max(at_least, ratio sum[t - lag]);   alarm where sum[t] >= line and sum[t] > sum[t - lag]
///
/// in    sums[n] of rolling_sums, >= 0;  lag 1 to 1000;  ratio >= 0
/// out   expected = the earlier sum; unusualness = the rank of (sum[t] + 1) / (sum[t - lag] + 1) among the earlier
/// ones, as `change` seen  methods/level_test.cpp
[[nodiscard]] std::vector<Alarm> rolling_rise(std::span<const double> sums, const RollingRiseOptions& options);

}  // namespace icosa::methods
