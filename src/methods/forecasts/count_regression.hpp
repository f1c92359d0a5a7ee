/// Regressions of counts with many zeros: hurdle and zero-inflated negative binomial, and the logistic regression under
/// both.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "methods/forecasts/count_model.hpp"
#include "methods/statistics/regression.hpp"

namespace icosa::methods {

struct RidgeOptions {
    double ridge =
        0;  ///< lambda: the penalty is lambda / 2 times the sum of squares of all coefficients but each design's first
    int iterations = 100;
    double tolerance =
        1e-12;  ///< stop when a step promises to raise the penalised log-likelihood by less than this share of it
    std::vector<double> start =
        {};  ///< coefficients to start at, of the designs one after the other; of another number: a start of its own
};

/// Logistic regression with a ridge, by Newton's method.
///
///     logit P(y = 1) = x' beta;   maximise  sum_i w_i log P(y_i) - lambda/2 sum_(j > 0) beta_j^2
///
/// in    design  n x p, its first column 1 (scale the others: the ridge is in their units);  outcomes[n] 0 to 1 (a
/// share counts as so much
///       of either);  weights[n] >= 0, empty = 1.  A row with a NaN anywhere, or of weight 0, has no part
/// out   converged = false: not stopped within `iterations`, or no row; coefficients are then the best found. Without a
/// ridge, outcomes that
///       a plane separates have no maximum: coefficients grow until the promise falls below the tolerance
/// src   [lecessie1992] ridge in logistic regression; [marquardt1963] the raised diagonal where a step would lower the
/// likelihood cost  O(iterations n p^2) seen  methods/count_regression_test.cpp: R's glm
struct LogisticFit {
    bool converged = false;
    int iterations = 0;
    std::size_t rows = 0;  ///< that had a part
    std::vector<double> coefficients;
    double log_likelihood = 0;  ///< without the penalty
};
[[nodiscard]] LogisticFit fit_logistic(const Design& design, std::span<const double> outcomes,
                                       std::span<const double> weights = {}, const RidgeOptions& options = {});

/// 1 / (1 + exp(-x)), without overflow.
[[nodiscard]] double logistic(double x);

/// What each part of a model of counts depends on; rows are the same in all three, each first column is 1.
struct CountDesigns {
    const Design& zero;  ///< hurdle: passing it;  zero-inflated: being a certain zero
    const Design& mean;
    const Design& size;  ///< one column of 1: the same dispersion for all rows
};

struct CountRegressionFit {
    bool converged = false;
    int iterations = 0;
    std::size_t rows = 0;  ///< that had a part
    std::vector<double> zero;  ///< logit scale: of P(y > 0) for a hurdle, of the certain zero where inflated
    std::vector<double> mean;  ///< log mean of the negative binomial, before truncation
    std::vector<double> size;  ///< log theta
    double log_likelihood = 0;  ///< without the penalty
};

/// The positive part of a hurdle model alone: a negative binomial cut off at 0.
///
///     P(y = k | y > 0) = f(k; mu, theta) / (1 - f(0; mu, theta)),   log mu = x' beta,  log theta = v' delta,  Var f =
///     mu + mu^2 / theta
///
/// in    mean, size  as fit_logistic's design, of the same rows;  counts[n] >= 1 whole (a row of 0 has no part); theta
/// is held within e^-8 and e^12 out   as fit_logistic; `zero` stays empty; without a row nothing is fitted (no
/// coefficients) src   [mullahy1986]; [rigby2005] a regression for the dispersion too seen
/// methods/count_regression_test.cpp: optim on the log-likelihood in R
[[nodiscard]] CountRegressionFit fit_truncated_negative_binomial(const Design& mean, const Design& size,
                                                                 std::span<const double> counts,
                                                                 std::span<const double> weights = {},
                                                                 const RidgeOptions& options = {});

/// Hurdle model: a logit for whether there is a count at all, a negative binomial cut off at 0 for how many.
///
///     P(y = 0) = 1 - p,   P(y = k) = p f(k; mu, theta) / (1 - f(0; mu, theta)),  k >= 1
///     logit p = z' gamma,  mu and theta as above; the likelihood falls into the two fits above
///
/// in    as theirs; counts[n] >= 0, whole
/// out   as theirs; at least one row of a count and one without are needed, else nothing is fitted (no coefficients)
/// src   [mullahy1986] the hurdle; [zeileis2008] this form, equal to pscl 1.5.5 hurdle(dist = "negbin") where size has
/// one column and the
///       ridge is 0
/// cost  O(iterations n p^2), p columns of all that a part depends on
/// seen  methods/count_regression_test.cpp: pscl's coefficients and log-likelihood to 1e-6
[[nodiscard]] CountRegressionFit fit_hurdle_negative_binomial(const CountDesigns& designs,
                                                              std::span<const double> counts,
                                                              std::span<const double> weights = {},
                                                              const RidgeOptions& options = {});

/// Zero-inflated model: a row is a certain zero, or negative binomial.
///
///     P(y = 0) = pi + (1 - pi) f(0; mu, theta),   P(y = k) = (1 - pi) f(k; mu, theta),  k >= 1;   logit pi = z' gamma
///
/// in, out   as the hurdle
/// src   [lambert1992] the mixture, there with Poisson counts and by EM; [zeileis2008] equal to pscl 1.5.5
/// zeroinfl(dist = "negbin") without weights (with them its gradient by theta lacks them) dif   Newton's method on all
/// coefficients at once, not EM: the same maximum cost  as the hurdle seen  methods/count_regression_test.cpp: pscl's
/// coefficients and log-likelihood to 1e-6
[[nodiscard]] CountRegressionFit fit_zero_inflated_negative_binomial(const CountDesigns& designs,
                                                                     std::span<const double> counts,
                                                                     std::span<const double> weights = {},
                                                                     const RidgeOptions& options = {});

/// The negative binomial cut off at 0, as weighted counts: each whole count where they are few, else bins about a
/// quarter of a standard deviation wide, at their middle. Normalised; at most 130 values.
///
/// in    mean > 0, before truncation; size > 0 (held within e^-8 and e^12); most >= 1: what lies beyond is counted as
/// `most` out   distribution function at the bins' ends within 0.002 of the law's, mean within 1 % of it cost  about 5
/// us seen  methods/count_regression_test.cpp: against negative_binomial_cdf
[[nodiscard]] CountEnsemble truncated_negative_binomial(double mean, double size, double most);

}  // namespace icosa::methods
