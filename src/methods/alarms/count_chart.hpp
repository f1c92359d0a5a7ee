/// Control charts for counts: has the level left its in-control mean, slowly or at once?
#pragma once

#include <span>
#include <vector>

#include "methods/alarms/alarm.hpp"

namespace icosa::methods {

struct RossiOptions {
    int baseline_until = 24;  ///< the first so many periods give the in-control mean
    double k = 1.04;          ///< reference value, in standard deviations
    double h = 2.26;          ///< decision limit
    int first = 0;            ///< periods before this one are charted but not judged
};

/// Rossi's CUSUM of standardised Poisson counts.
///
///     s[t] = (y - 3 m + 2 sqrt(y m)) / (2 sqrt m);   C[t] = max(0, C[t-1] + s[t] - k), from 0 after the baseline;
///     alarm where C[t] >= h U    = 2 a sqrt m + 5 m - 2 sqrt(4 m^2 + 2 m^1.5 a),  a = h + k - C[t-1]: the count that
///     would make C = h; at least 0 unusualness = 1 - exp(-2 k C)
///
/// in    counts[n]  per period, oldest first, NaN = not observed;  baseline_until >= 1;  k, h > 0
/// out   expected m, threshold U; NaN in the baseline, and everywhere where the baseline has no case. A period not
/// observed leaves C as it is.
///       No restart after an alarm: it stays while C >= h. unusualness: C 2 k is a likelihood-ratio CUSUM for a normal
///       shift of 2 k, so that P(C >= c) <= exp(-2 k c) as far as s is normal; p_value is that bound
/// src   [rossi1999]; k and h as R surveillance 1.20 cusum, trans "rossi"; the bound on P: [lorden1971]
/// dif   equals R to 1e-6; R gives bound 0 where m = 0
/// cost  O(1) a period
/// seen  methods/count_chart_test.cpp; tests/reference/alarms: R's numbers
[[nodiscard]] std::vector<Alarm> cusum_rossi(std::span<const double> counts, const RossiOptions& options);

struct LikelihoodRatioOptions {
    int baseline_until = 24;  ///< the first so many periods give the in-control mean
    double limit = 5;         ///< alarm above it
    double theta = 0.5;       ///< log of the ratio of means to detect, > 0
    double size_inverse = 0;  ///< over-dispersion: variance = mean + size_inverse mean^2; 0 is Poisson
    int first = 0;            ///< periods before this one are charted but not judged
};

/// Likelihood-ratio CUSUM for a known rise of the mean by the factor exp(theta).
///
///     Poisson            z = theta y + (1 - e^theta) m
///     negative binomial  z = theta y + (y + 1 / alpha) q,  q = log((1 + alpha m) / (1 + alpha m e^theta)),  alpha =
///     size_inverse L[t] = max(0, L[t-1] + z[t]);  alarm where L > limit, then L starts again at 0 U    = (limit -
///     L[t-1] + m (e^theta - 1)) / theta;  (limit - L[t-1] - q / alpha) / (theta + q);  at least 0 unusualness = 1 -
///     exp(-L)
///
/// in    counts[n]  per period, oldest first, NaN = not observed;  baseline_until >= 1;  limit, theta > 0; size_inverse
/// >= 0 out   expected m, threshold U: a real number of cases; NaN in the baseline and where it was not observed at
/// all. A period not observed
///       leaves L as it is. P(L >= x) <= exp(-x) while the mean is m, whatever m: unusualness and p_value come from it
/// src   [hohle2008] eq. (4) for the recursion; U as R surveillance 1.20 glrpois, glrnb with theta given and ret
/// "cases"; [lorden1971] for exp(-x) cost  O(1) a period seen  methods/count_chart_test.cpp; tests/reference/alarms:
/// R's numbers
[[nodiscard]] std::vector<Alarm> likelihood_ratio_cusum(std::span<const double> counts,
                                                        const LikelihoodRatioOptions& options);

struct GeneralisedOptions {
    int baseline_until = 24;  ///< the first so many periods give the in-control mean
    double limit = 5;  ///< alarm at or above it
    int window = 0;  ///< a change is looked for at most so many periods back; 0: since the last alarm
    int least = 1;  ///< periods that a change must have lasted
    Side side = Side::Upper;
    double size_inverse = 0;  ///< over-dispersion: variance = mean + size_inverse mean^2; 0 is Poisson
    int first = 0;  ///< periods before this one are charted but not judged
};

/// Generalised likelihood-ratio chart: a change of the mean by an unknown factor at an unknown period.
///
///     G[t] = max over s = max(start, t - window) .. t - least + 1 of  sup over theta > 0 (Lower: < 0) of
///            sum over i = s .. t of log f(y[i]; m e^theta) / f(y[i]; m);      alarm where G >= limit, then the chart
///            starts again
///     e^theta = mean of y over s .. t, by m, where that is a rise
///     unusualness = 1 - min(1, w exp(-G)), w the number of s looked at
///
/// in    counts[n]  per period, oldest first, NaN = not observed;  baseline_until >= 1;  limit > 0;  window >= 0; least
/// >= 1;  size_inverse >= 0 out   expected m; threshold: the smallest count that alarms (Lower: the largest; NaN where
/// none does), so that the count that equals it
///       alarms. NaN in the baseline, where it has no case, and where fewer than `least` periods have passed since the
///       last alarm. p_value is the bound w exp(-G): each one-sided supremum is Chernoff's exponent of its sum
/// src   [hohle2008] sec. 2.2; threshold as R surveillance 1.20 glrpois and glrnb with theta absent and ret "cases"
/// dif   R's Poisson chart with a window looks at least + 1 periods at least, and without a window at one even where
/// Mtilde is larger. R's
///       negative-binomial chart finds theta by Newton's steps from 0.5, which run away for counts far above a small
///       mean: it then reports 0; here theta has its closed form. R's falling Poisson chart passes over stretches
///       without any case; here they count
/// cost  O(periods since the last alarm, or window) a period
/// seen  methods/count_chart_test.cpp: equal to a search over s and theta; tests/reference/alarms: R's numbers
[[nodiscard]] std::vector<Alarm> generalised_likelihood_ratio(std::span<const double> counts,
                                                              const GeneralisedOptions& options);

/// The statistics L and G themselves, one a period, NaN where there is none; before the restart at an alarm.
[[nodiscard]] std::vector<double> likelihood_ratio_values(std::span<const double> counts,
                                                          const LikelihoodRatioOptions& options);
[[nodiscard]] std::vector<double> generalised_values(std::span<const double> counts, const GeneralisedOptions& options);

/// How often a generalised likelihood-ratio chart without window alarms while nothing changes, a period.
///
///     1 / ARL,  ARL = 2 sqrt(2 pi) exp(b^2 / 2) / (b I),  b = sqrt(2 limit),  I = integral over x = 0 .. b of x
///     nu(x)^2,  nu(x) = exp(-0.583 x)
///
/// src   [siegmund1995] for the normal law, one side
[[nodiscard]] double generalised_alarm_rate(double limit);

}  // namespace icosa::methods
