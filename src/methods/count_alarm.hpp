/// Count alarms: is the count of this period more than its own past explains?
#pragma once

#include <limits>
#include <span>
#include <vector>

namespace icosa::methods {

/// Which excess is looked for.
enum class Side { Upper, Lower };

/// What a method says of one period. NaN where the past does not suffice; unusualness also where nothing was observed.
struct Alarm {
    double expected = 0;
    double threshold = 0;     ///< alarm where the count lies beyond it, strictly
    double unusualness = 0;   ///< 0 to 1: the null's cdf at the count; a discrete null's mid-point, P(Y < y) + P(Y = y) / 2. Lower: 1 - that
    int reference = 0;        ///< observed periods that the bound rests on
    bool alarm = false;
    double p_value = std::numeric_limits<double>::quiet_NaN();  ///< P(a count at least this extreme) under the null, the count itself included; NaN: no test
};

struct EarsOptions {
    int baseline = 7;        ///< periods
    int guard = 2;           ///< periods between the baseline and the current one
    double alpha = 0.001;
    double minimum_sigma = 0;
    double floor = 0;        ///< > 0: a Poisson bound beside the normal one, with mean at least this
    int minimum_reference = 0;  ///< observed periods of the baseline; 0 = all of them
    Side side = Side::Upper;
    int first = 0;           ///< periods before this one are not judged
};

/// Upper bound of the count after EARS C2: the mean of a short baseline plus z standard deviations.
///
///     U = mean(y[t - guard - baseline .. t - guard - 1]) + z(1 - alpha) max(sd, minimum_sigma)
///     with floor > 0:  U = max(U, Poisson quantile(1 - alpha; max(mean, floor)))
///
/// in    counts[n]   per period, oldest first, NaN = not observed; baseline 2 to 400; guard 0 to 400; alpha (0, 0.5]
/// out   a bound, in counts; NaN where fewer than minimum_reference periods of the baseline are observed or the baseline is not whole yet
/// src   [hutwagner2003], [fricker2008] C2; defaults as R surveillance 1.20 earsC, method "C2"
/// dif   seven values give sd a wide error: with alpha 0.01 the true rate of false alarms on normal data is P(t6 > 2.18) = 3.6 %, with 0.001
///       it is 1.4 %; p_value is that of Student's t for a new value, not the bound's, and NaN (no test) where sd and floor are 0. With sd 0
///       any count above the mean alarms (R too): 0 0 0 0 0 0 0 then 1. The Poisson bound (floor > 0), ours, keeps quiet there; it is off by default so that the numbers are R's, and on in watches
/// cost  O(baseline) a period
/// seen  methods/count_alarm_test.cpp by hand; tests/real: R's numbers of four families of series to 1e-6
[[nodiscard]] std::vector<Alarm> ears_c2(std::span<const double> counts, const EarsOptions& options);

/// Is a trend in the model?
enum class Trend { WhereSignificant, Never };

struct SeasonTrendOptions {
    int season = 52;          ///< periods a year; 1: annual series
    double alpha = 0.01;
    int years = 10;           ///< the newest so many years are fitted; annual series: 30
    int guard = 2;            ///< newest periods left out of the fit; annual series: 0
    int harmonics = 1;
    Trend trend = Trend::WhereSignificant;
    double trend_level = 0.05;
    double floor = 0.1;       ///< the smallest mean, counts a period
    Side side = Side::Upper;
    int first = 0;            ///< periods before this one are not judged
};

/// Upper bound of the count against its own season and trend: over-dispersed Poisson regression on everything before the guard.
///
///     log mu[s] = a + b s + sum over k of (c_k cos(2 pi k s / season) + d_k sin(2 pi k s / season)),   Var y = phi mu
///     tau = phi + Var(mu0) / mu0                                  phi at least 1: spread of the count, and error of its mean
///     U = negative-binomial quantile(1 - alpha; mean mu0, variance tau mu0);  Poisson where tau = 1
///
/// in    counts[n]    per period, oldest first, NaN = not observed; season 1 to 366; years 2 to 100; guard 0 to 100; harmonics 0 to 6
/// out   a bound, in counts, from the periods before t - guard only; NaN where fewer than max(8, min(season, 12)) of them are observed.
///       Harmonics need two whole seasons of observed periods. The trend stays only where three seasons (annual series: eight years) are
///       observed, its two-sided t test is below trend_level, and the mean it leads to is at most the largest count of the past. A fit
///       that fails is repeated without trend, then without harmonics, last as the plain mean
/// src   [serfling1963] season and trend; [hohle2010] and [noufaily2013] over-dispersion, negative-binomial quantile, when to drop a trend;
///       [farrington1996] eq. for tau: the error of the mean enters the bound
/// dif   all past periods with harmonics in place of Farrington's windows; past outbreaks are not down-weighted, so a series with many of
///       them has a wide bound. Where the variance grows with the square of the mean, the high season alarms more often than alpha (negative
///       binomial of size 30, mean 90: 7 % in place of 5 %)
/// cost  O(years season p^2) a fit, three fits a period at most
/// seen  methods/count_alarm_test.cpp: null series give alpha false alarms within binomial error
[[nodiscard]] std::vector<Alarm> season_trend(std::span<const double> counts, const SeasonTrendOptions& options);

struct FirstReportOptions {
    int quiet = 120;              ///< periods that must have been empty
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
