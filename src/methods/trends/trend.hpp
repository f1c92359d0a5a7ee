/// Trend: does a series rise or fall throughout, and how steeply?
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "methods/alarms/count_alarm.hpp"

namespace icosa::methods {

// All of these: values[n] per period, oldest first, NaN = not observed; the index is the time, so a gap keeps its
// length.

/// What is done about serial correlation.
enum class Serial { None, HamedRao, YueWang };

/// The Mann-Kendall test of one series.
struct MannKendall {
    int n = 0;               ///< observed values
    double s = 0;            ///< Kendall's S: later values above earlier ones less those below
    double tau = 0;          ///< Kendall's tau-b, -1 to 1; NaN where all values are equal
    double variance = 0;     ///< of S when nothing is going on, with ties and serial correlation
    double inflation = 1;    ///< of the variance by serial correlation, n / n* in the papers
    double rise =
        0.5;  ///< P(S <= s) + P(S = s) / 2 in the normal limit, without the step of one: 0 to 1, high where it rises
    double p_rise = 1;  ///< P(S >= s), with the step of one; p_fall is P(S <= s)
    double p_fall = 1;
};

/// Mann-Kendall test of a monotone trend, with ties and serial correlation in its variance.
///
///     S = sum over i < j of sign(x[j] - x[i])
///     Var S = (n (n - 1) (2 n + 5) - sum over ties of t (t - 1) (2 t + 5)) / 18  times the inflation c
///     p_rise = 1 - Phi((S - 1) / sqrt(Var S)),  p_fall = Phi((S + 1) / sqrt(Var S))
///     HamedRao:  c = 1 + 2 / (n (n - 1) (n - 2)) sum over k of (n - k) (n - k - 1) (n - k - 2) r[k],  r of the ranks
///     of the values less the
///                Theil-Sen line; lags beyond 1.96 / sqrt(n) only
///     YueWang:   c = 1 + 2 sum over k of (1 - k / n) r[1]^k,  r[1] of the values less the Theil-Sen line, as (n r + 2)
///     / (n - 4), 0 to 0.99: an AR(1) process
///
/// in    n at least 4 observed values (fewer: rise 0.5, p 1)
/// out   c at least 1: the correction never makes a trend more significant; all values equal: S 0, p 1
/// src   [mann1945], [kendall1975] ties; [knight1966] S in O(n log n); [hamed1998]; [yue2004]; the mended r of
/// [hamed2009] dif   a negative serial correlation would make c less than 1: held at 1, for r of a short series is
/// mostly error. Over gaps, r is taken over
///       the observed pairs that far apart. HamedRao is here for its users: on AR(1) noise it alarms two to three times
///       as often as it should (0.5: 12 % for 5 %), YueWang with the mended r keeps 5 % up to 0.7 from 40 values on and
///       near it from 20 on, so it is the default
/// cost  O(n log n); with a correction O(n^2)
/// seen  methods/trend_test.cpp: R's cor.test (ties), R code of the two corrections, rates of false alarms on white and
/// AR(1) noise
[[nodiscard]] MannKendall mann_kendall(std::span<const double> values, Serial serial);

/// Are the seasons' trends taken for independent?
enum class Seasons { Independent, Dependent };

/// Seasonal Mann-Kendall test: each season against its own past only, so that the season itself is no trend.
///
///     S = sum over seasons of S[g];   Var S = sum of Var S[g]  +  (Dependent) 2 sum over g < h of cov(S[g], S[h])
///     cov(S[g], S[h]) = (K[gh] + 4 sum over years of R[ig] R[ih] - n (n[g] + 1) (n[h] + 1)) / 3
///     K[gh] = sum over years i < j of sign((x[jg] - x[ig]) (x[jh] - x[ih])),  R = mid-ranks within the season, n years
///
/// in    season 2 to 366 periods a year, two observed years at least
/// out   as mann_kendall; tau = S over its largest value
/// src   [hirsch1982] the sum; [hirsch1984] the covariance, after [dietz1981]: serial correlation between the seasons
/// of a year dif   a year with a missing season has that season's mean rank, as in [hirsch1984]. The covariances serve
/// for about ten years and more cost  O(season^2 years^2) seen  methods/trend_test.cpp
[[nodiscard]] MannKendall seasonal_mann_kendall(std::span<const double> values, int season, Seasons seasons);

/// A line through the medians.
struct SenLine {
    double slope = std::numeric_limits<double>::quiet_NaN();  ///< a period
    double low = std::numeric_limits<double>::quiet_NaN();  ///< limits of the slope's interval; infinite where the
                                                            ///< history is too short for one
    double high = std::numeric_limits<double>::quiet_NaN();
    double intercept = std::numeric_limits<double>::quiet_NaN();  ///< the line's level at index 0
};

/// Theil-Sen line: the median of all pairwise slopes, with Sen's interval.
///
///     slope = median over i < j of (x[j] - x[i]) / (j - i);   intercept = median(x[i] - slope i)
///     N pairs, C = z sqrt(Var S):  low = slope of rank floor((N - C) / 2),  high = of rank ceil((N + C) / 2) + 1
///
/// in    z            the normal quantile of the interval: 1.96 for 95 % on both sides
///       variance     of Kendall's S, from mann_kendall (with its corrections) or seasonal_mann_kendall
/// out   NaN with fewer than two observed values; equal to the median of all slopes whatever n
/// src   [theil1950], [sen1968]; interval as [gilbert1987] sec. 16.5
/// dif   where a rank is no whole number the interval is widened to the next slope
/// cost  O(n^2) time; memory n^2 / 2 doubles up to 2,000 values, beyond that a few million (10,000 values: a second)
/// seen  methods/trend_test.cpp: all slopes sorted; shift, scale and added lines
[[nodiscard]] SenLine theil_sen(std::span<const double> values, double z, double variance);

/// The line's level at an index.
[[nodiscard]] inline double level_at(const SenLine& line, double index) { return line.intercept + line.slope * index; }

struct TrendOptions {
    int window = 60;  ///< the newest periods that are tested, the current one among them
    int minimum_reference = 8;  ///< observed periods
    double alpha = 0.01;
    Serial serial = Serial::YueWang;
    int season = 1;  ///< above 1: the seasonal test with so many periods a year (then `serial` is not used)
    Seasons seasons = Seasons::Dependent;
    Side side = Side::Upper;
    int first = 0;
};

/// What the test says at one period of what it has seen until then.
struct TrendJudgement {
    Alarm alarm;  ///< expected = the level without a trend; threshold = the level that the line must pass at this
                  ///< period; p_value of the test
    MannKendall test;
    SenLine line;  ///< index 0 = the first value of the series
    int from = 0;  ///< first period of the window
};

/// Is there a trend in the newest periods, as of each period?
///
///     expected = median of the window;   threshold = expected + (slope - low) (t - middle),  low: the one-sided limit
///     1 - alpha of the slope alarm where p_value < alpha (the Theil-Sen line passes the threshold at t, but for the
///     step of one in S) and x[t] itself lies beyond expected: a trend that has broken off is none now
///
/// in    window 4 to 2000;  minimum_reference 4 to window;  alpha (0, 0.5]
/// out   NaN where fewer than minimum_reference periods of the window are observed, or so few that no slope could pass;
/// unusualness = the
///       test's `rise` (Lower: 1 - that). It looks back over the window: an alarm says that the level moved within it,
///       not that it moves now
/// src   [mann1945], [sen1968] and mann_kendall's
/// cost  O(window^2) a period: 10,000 periods take half a second with windows of 60, minutes with windows of 1,000
/// seen  methods/trend_test.cpp: rates of false alarms, no look-ahead
[[nodiscard]] std::vector<TrendJudgement> trend_alarm(std::span<const double> values, const TrendOptions& options);

struct OffTrendOptions {
    int window = 20;  ///< periods before the current one that give the line
    int errors = 20;  ///< one-step errors that give the spread
    int minimum_reference = 8;  ///< observed periods of the window
    double alpha = 0.01;
    Side side = Side::Upper;
    int first = 0;
};

/// Does a value leave its own straight line? The Theil-Sen line of the window before, led on to the current period,
/// judged by the errors that the same rule made before.
///
///     expected[t] = line of x[t - window .. t - 1] at t;   e[t] = x[t] - expected[t];   bound by `robust_deviation` on
///     e
///
/// in    window 4 to 2000;  errors 6 to 1000;  alpha (0, 0.5]
/// out   NaN where the window has fewer than minimum_reference observed periods, or fewer than 6 errors are known
/// src   [sen1968], [rousseeuw1993]
/// cost  O(errors window^2) for one period, O(n window^2) for all
/// seen  methods/trend_test.cpp
[[nodiscard]] std::vector<Alarm> off_trend(std::span<const double> values, const OffTrendOptions& options);

}  // namespace icosa::methods
