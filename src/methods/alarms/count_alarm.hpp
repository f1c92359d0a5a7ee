/// Count alarms: is the count of this period more than its own past explains?
#pragma once

#include <span>
#include <vector>

#include "methods/alarms/alarm.hpp"

namespace icosa::methods {

struct EarsOptions {
    int baseline = 7;        ///< periods
    int guard = 2;           ///< periods between the baseline and the current one: 2 is C2, 0 is C1
    double alpha = 0.001;
    double minimum_sigma = 0;
    double floor = 0;        ///< > 0: a Poisson bound beside the normal one, with mean at least this
    int minimum_reference = 0;  ///< observed periods of the baseline; 0 = all of them
    Side side = Side::Upper;
    int first = 0;           ///< periods before this one are not judged
};

/// Upper bound of the count after EARS C1 and C2: the mean of a short baseline plus z standard deviations.
///
///     U = mean(y[t - guard - baseline .. t - guard - 1]) + z(1 - alpha) max(sd, minimum_sigma)
///     with floor > 0:  U = max(U, Poisson quantile(1 - alpha; max(mean, floor)))
///
/// in    counts[n]   per period, oldest first, NaN = not observed; baseline 2 to 400; guard 0 to 400; alpha (0, 0.5]
/// out   a bound, in counts; NaN where fewer than minimum_reference periods of the baseline are observed or the
/// baseline is not whole yet src   [hutwagner2003], [fricker2008] C1 (guard 0) and C2 (guard 2); defaults as R
/// surveillance 1.20 earsC, method "C2" dif   seven values give sd a wide error: with alpha 0.01 the true rate of false
/// alarms on normal data is P(t6 > 2.18) = 3.6 %, with 0.001
///       it is 1.4 %; p_value is that of Student's t for a new value, not the bound's, and NaN (no test) where sd and
///       floor are 0. With sd 0 any count above the mean alarms (R too): 0 0 0 0 0 0 0 then 1. The Poisson bound (floor
///       > 0), ours, keeps quiet there; it is off by default so that the numbers are R's, and on in watches
/// cost  O(baseline) a period
/// seen  methods/count_alarm_test.cpp by hand; tests/real and tests/reference/alarms: R's numbers of four families of
/// series to 1e-6
[[nodiscard]] std::vector<Alarm> ears(std::span<const double> counts, const EarsOptions& options);

/// Whose C3.
enum class C3 { Published, Surveillance };

/// EARS C3: the excess over one standard deviation of this period and the two before, added up, against a normal
/// quantile.
///
///     C2[t] = (y[t] - mean[t]) / max(sd[t], minimum_sigma)              mean and sd of the baseline as for C2
///     C3[t] = sum over s = t - 2 .. t of max(0, C2[s] - 1)              alarm where C3[t] > z(1 - alpha) and y[t] > 0
///     U[t]  = mean[t] + sd[t] (1 + z - excess of t - 1 and t - 2);      0 where the two alone pass z
///
/// in    as ears; side Upper only; options.alpha 0.025 is the published limit of 2, nearly
/// out   the bound U that the count must pass; NaN as ears, for each of the three periods where an earlier one lacks
/// its baseline
///       or was not observed, its excess is 0. A baseline without spread: any count above its mean has infinite excess,
///       equality none
/// src   [hutwagner2003] and [fricker2008] C3
/// dif   C3::Surveillance is R surveillance 1.20 earsC method "C3": U = max(0, y + sd (z - excess of t - 1 and t - 2)),
/// with the count
///       itself where its manual has the mean, so that the current count cannot raise the alarm; and NaN where 0 / 0
///       enters. A period without cases never alarms here, whatever came before
/// cost  O(baseline) a period
/// seen  methods/count_alarm_test.cpp by hand; Surveillance: tests/reference/alarms
[[nodiscard]] std::vector<Alarm> ears_c3(std::span<const double> counts, const EarsOptions& options, C3 variant);

struct FirstReportOptions {
    int quiet = 120;  ///< periods that must have been empty
    double observed_share = 0.8;  ///< of them that must have been observed
    int first = 0;
};

/// A report after a long silence: a count above 0 where each of the `quiet` periods before had none.
///
///     unusualness = 1 - 1 / (n + 2),  n observed empty periods: the rule of succession
///
/// in    counts[n], NaN = not observed; quiet 1 to 10000
/// out   expected and threshold 0 where enough of the `quiet` periods exist and are observed, else NaN
/// src   [laplace1814] rule of succession
/// seen  methods/count_alarm_test.cpp
[[nodiscard]] std::vector<Alarm> first_report(std::span<const double> counts, const FirstReportOptions& options);

}  // namespace icosa::methods
