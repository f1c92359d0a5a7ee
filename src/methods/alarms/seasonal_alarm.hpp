/// Seasonal count alarms: is the count of this period more than the same season of its own past explains?
#pragma once

#include <span>
#include <vector>

#include "methods/alarms/alarm.hpp"

namespace icosa::methods {

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

/// Upper bound of the count against its own season and trend: over-dispersed Poisson regression on everything before
/// the guard.
///
///     log mu[s] = a + b s + sum over k of (c_k cos(2 pi k s / season) + d_k sin(2 pi k s / season)),   Var y = phi mu
///     tau = phi + Var(mu0) / mu0                                  phi at least 1: spread of the count, and error of
///     its mean U = negative-binomial quantile(1 - alpha; mean mu0, variance tau mu0);  Poisson where tau = 1
///
/// in    counts[n]    per period, oldest first, NaN = not observed; season 1 to 366; years 2 to 100; guard 0 to 100;
/// harmonics 0 to 6 out   a bound, in counts, from the periods before t - guard only; NaN where fewer than max(8,
/// min(season, 12)) of them are observed.
///       Harmonics need two whole seasons of observed periods. The trend stays only where three seasons (annual series:
///       eight years) are observed, its two-sided t test is below trend_level, and the mean it leads to is at most the
///       largest count of the past. A fit that fails is repeated without trend, then without harmonics, last as the
///       plain mean
/// src   [serfling1963] season and trend; [hohle2010] and [noufaily2013] over-dispersion, negative-binomial quantile,
/// when to drop a trend;
///       [farrington1996] eq. for tau: the error of the mean enters the bound
/// dif   all past periods with harmonics in place of Farrington's windows; past outbreaks are not down-weighted, so a
/// series with many of
///       them has a wide bound. Where the variance grows with the square of the mean, the high season alarms more often
///       than alpha (negative binomial of size 30, mean 90: 7 % in place of 5 %)
/// cost  O(years season p^2) a fit, three fits a period at most
/// seen  methods/count_alarm_test.cpp: null series give alpha false alarms within binomial error
[[nodiscard]] std::vector<Alarm> season_trend(std::span<const double> counts, const SeasonTrendOptions& options);

/// On which scale a count is nearly normal: the power of the delta method's bound.
enum class PowerTransform { TwoThirds, Half, None };

/// Are past outbreaks weighted down?
enum class Reweight { Once, Never };

/// How the flexible method makes its bound.
enum class Threshold {
    Delta,  ///< normal on the transformed scale, with the error of the mean
    NbPlugin,  ///< negative binomial with the estimated mean
    Muan,  ///< negative binomial with the (1 - alpha) quantile of the estimated mean
};

/// Which dispersion the standard errors of the flexible method are made with.
enum class Dispersion {
    Pearson,  ///< that of the model
    Surveillance,  ///< R's: see farrington_noufaily
};

struct FarringtonOptions {
    int season = 52;  ///< periods a year, at least 2
    int years = 5;  ///< of the past
    int half_window = 3;  ///< periods either side of the same time of a past year
    double alpha = 0.05;  ///< two-sided: the upper bound has half of it
    Trend trend = Trend::WhereSignificant;
    Reweight reweight = Reweight::Once;
    PowerTransform power = PowerTransform::TwoThirds;
    double limit_cases = 5;  ///< fewer cases than this in the newest limit_periods: nothing is said; 0 = off
    int limit_periods = 4;
    int first = 0;  ///< periods before this one are not judged
};

/// Upper bound of the count after Farrington et al.: over-dispersed Poisson regression on the same weeks of past years.
///
///     log mu[s] = a + b s,  Var y = phi mu / omega;  tau = phi + Var(mu0) / mu0
///     U = (mu0^(2/3) + z(1 - alpha / 2) sqrt(4/9 mu0^(1/3) tau))^(3/2)
///
/// in    counts[n]  per period, oldest first, NaN = not observed;  years 1 to 20;  half_window >= 0, 2 half_window + 1
/// <= season out   a bound, in counts; NaN before period years season + half_window (0-based), where it is not observed
/// that the fit has degrees of
///       freedom, or where numbers overflow. Rows not observed have no part. Fewer than limit_cases: bound 0 and no
///       alarm, as R. The trend stays only with years >= 3, p < 0.05 (t test, two-sided) and mu0 at most the largest
///       count of the rows
/// src   [farrington1996]; weights from Anscombe residuals above 1, one round; defaults as R surveillance 1.20
/// farrington dif   equals R to 1e-6. R also judges periods whose oldest windows are cut off, with a warning; here they
/// have no bound cost  O(years) a step of the fit (SeasonalFitter) seen  methods/seasonal_alarm_test.cpp;
/// tests/reference/alarms: R's numbers
[[nodiscard]] std::vector<Alarm> farrington(std::span<const double> counts, const FarringtonOptions& options);

struct NoufailyOptions {
    int season = 52;  ///< periods a year, at least 2
    int years = 5;  ///< of the past
    int half_window = 3;  ///< periods either side of the same time of a past year
    int periods = 1;  ///< season levels; 1: only the windows are used; 10 is Noufaily's
    int excluded = -1;  ///< newest periods before the current one left out; -1: half_window; Noufaily: 26
    double weights_threshold = 2.58;  ///< Anscombe residuals above it are weighted down
    double trend_level = 0.05;  ///< of the trend's two-sided t test; 1: always passed
    Trend trend = Trend::WhereSignificant;
    Reweight reweight = Reweight::Once;
    Threshold threshold = Threshold::Delta;
    PowerTransform power = PowerTransform::TwoThirds;  ///< Delta only
    Dispersion dispersion = Dispersion::Pearson;
    double alpha = 0.05;  ///< one-sided
    double limit_cases = 5;  ///< fewer cases than this in the newest limit_periods: nothing is said; 0 = off
    int limit_periods = 4;
    int first = 0;  ///< periods before this one are not judged
};

/// Upper bound of the count after Noufaily et al.: as farrington, on the whole past in season levels, past outbreaks
/// weighted down less eagerly.
///
///     log mu[s] = level(s) + b s,  Var y = phi mu / omega                 phi = max(Pearson dispersion, 1)
///     delta      U = (mu0^(2/3) + z(1 - alpha) sqrt(4/9 mu0^(1/3) tau))^(3/2),  tau = phi + Var(mu0) / mu0
///     nb-plugin  U = negative-binomial quantile(1 - alpha; mean mu0, variance phi mu0)
///     muan       the same with mean exp(eta0 + z(1 - alpha) se(eta0))
///
/// in    counts[n]  per period, oldest first, NaN = not observed;  periods - 1 <= season - 2 half_window - 1;  else as
/// farrington out   a bound, in counts; NaN before period years season + half_window (0-based), with fewer than
/// limit_cases, where a fit does not
///       converge with nor without trend, or where numbers overflow. `expected` is mu0, also for muan
/// src   [noufaily2013] sec. 3; defaults, start and stopping of the fit as R surveillance 1.20 farringtonFlexible
/// dif   R overwrites the working weights of the model by omega before it asks for standard errors, so that its
/// dispersion there is
///       D = sum omega ((y - mu) / mu)^2 / degrees, smaller by about mu for large counts: delta and muan bounds too
///       low, nearly every trend kept. Dispersion::Surveillance does the same and equals R to 1e-6. It also says
///       nothing, as R, where one of the newest limit_periods is not observed, and does not alarm where phi is so large
///       that the bound lies below log mu0; Pearson goes by the periods observed, and by the bound. Null series of
///       negative-binomial counts, ten levels, alpha 0.01: nb-plugin alarms 1.2 to 1.3 % of weeks without weights, 1.4
///       to 1.8 % with threshold 2.58 (the weights take from phi what belongs to it), muan 0.3 to 0.5 %; delta 1 %
///       where counts are Poisson, 1.3 to 2.3 % where phi is 2.5 to 6
/// cost  O(years periods) a step of the fit (SeasonalFitter)
/// seen  methods/seasonal_alarm_test.cpp: null series, Noufaily's scenarios; tests/reference/alarms: R's numbers
[[nodiscard]] std::vector<Alarm> farrington_noufaily(std::span<const double> counts, const NoufailyOptions& options);

}  // namespace icosa::methods
