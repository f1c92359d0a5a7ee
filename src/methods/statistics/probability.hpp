/// Distributions and order statistics: the plain numbers that every other method stands on.
#pragma once

#include <span>

namespace icosa::methods {

/// Distribution functions and their inverses. Relative error of a cdf below 1e-12 (1e-10 for means beyond 1e8).
///
/// in    probability  (0, 1); mean >= 0; size > 0 (variance = mean + mean^2 / size); degrees > 0; count >= 0, whole
/// out   cdf: P(X <= x); a quantile of a discrete law is the smallest whole count whose cdf reaches the probability
/// (within 64 machine
///       epsilons, as R does; for means beyond 1e10 within a part in 1e10); probability 0 or 1 gives the end of the
///       support; an argument outside its range gives NaN
/// src   [wichura1988] normal quantile PPND16; [loader2000] Poisson and binomial probabilities by saddle point;
/// incomplete gamma and beta
///       by series and Lentz's continued fraction
/// seen  methods/probability_test.cpp: values of R 4.2 and of published tables
[[nodiscard]] double normal_cdf(double x);
[[nodiscard]] double normal_quantile(double probability);
[[nodiscard]] double student_t_cdf(double x, double degrees);
[[nodiscard]] double student_t_quantile(double probability, double degrees);
[[nodiscard]] double poisson_pmf(double count, double mean);
[[nodiscard]] double poisson_cdf(double count, double mean);
[[nodiscard]] double poisson_quantile(double probability, double mean);
[[nodiscard]] double negative_binomial_pmf(double count, double mean, double size);
[[nodiscard]] double negative_binomial_cdf(double count, double mean, double size);
[[nodiscard]] double negative_binomial_quantile(double probability, double mean, double size);

/// P(X <= count) for the number of marked among `drawn` of a population; all arguments whole and consistent, else NaN.
[[nodiscard]] double hypergeometric_cdf(int count, int population, int marked, int drawn);

/// Regularised incomplete gamma P(a, x) and beta I_x(a, b).
[[nodiscard]] double gamma_p(double a, double x);
[[nodiscard]] double gamma_q(double a, double x);
[[nodiscard]] double beta_i(double a, double b, double x);
/// The x of (0, 1) with I_x(a, b) = probability, by bisection to within 1e-12; a, b > 0; 0 and 1 give the ends.
[[nodiscard]] double beta_quantile(double probability, double a, double b);

/// log Gamma(x), x > 0, as the C library has it, safe on several threads.
[[nodiscard]] double log_gamma(double x);

/// First and second derivative of log Gamma(x), x > 0; relative error below 1e-13 but near the zero of the first,
/// at 1.46.
///
/// src   [abramowitz1964] 6.3.5, 6.3.18, 6.4.6, 6.4.12: recurrence up to 10, then the asymptotic series
[[nodiscard]] double digamma(double x);
[[nodiscard]] double trigamma(double x);

/// Order statistics of the values that are not NaN; NaN when there are none.
///
///     quantile type 7:  h = (n - 1) p;  x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])
///
/// src   [hyndman1996] definition 7, R's default
[[nodiscard]] double median(std::span<const double> values);
[[nodiscard]] double quantile(std::span<const double> values, double probability);
/// Median of the absolute distances to the median, not scaled (times 1.4826 it estimates a normal standard deviation).
[[nodiscard]] double median_absolute_deviation(std::span<const double> values);

}  // namespace icosa::methods
