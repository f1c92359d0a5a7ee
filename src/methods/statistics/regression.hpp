/// Regression: how counts depend on a few covariates, with their own spread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace icosa::methods {

/// Covariates: values[rows][columns], row-major.
struct Design {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<double> values;
};

struct LogLinearFit {
    bool converged = false;
    int iterations = 0;
    std::vector<double> coefficients;  ///< [columns]
    std::vector<double>
        unscaled;      ///< (X' W X)^-1, [columns][columns]; times dispersion = covariance of the coefficients
    std::vector<double> fitted;        ///< [rows], on the scale of the counts
    std::vector<double> weights;       ///< [rows], working weights of the last solve
    double deviance = 0;
    double dispersion = 0;             ///< Pearson; not capped at 1; NaN without degrees of freedom
    double degrees = 0;                ///< rows of positive weight minus columns
};

/// Log-linear regression of counts, over-dispersed Poisson, by iteratively re-weighted least squares.
///
///     E y = mu = exp(X beta),  Var y = phi mu / omega
///     beta <- (X'WX)^-1 X'W z,  W = omega mu,  z = X beta + (y - mu) / mu
///     phi  = sum W ((y - mu) / mu)^2 / (n - p)
///
/// in    design  n x p, n > p, of full rank;  counts[n] >= 0, no NaN;  prior[n] weights omega >= 0, empty = 1
/// out   as R's glm.fit: start mu = y + 0.1, stop when |dev - dev_old| / (|dev| + 0.1) < 1e-8, at most 25 iterations; W
/// of covariance and
///       dispersion is that of the last solve. converged = false: not stopped by then, or X'WX is singular (then no
///       coefficients)
/// src   [mccullagh1989] sec. 2.5 and 6.2; the stopping rule and start as R 4.2 glm.fit
/// cost  O(iterations n p^2)
/// seen  methods/regression_test.cpp
[[nodiscard]] LogLinearFit fit_log_linear(const Design& design, std::span<const double> counts,
                                          std::span<const double> prior = {});

/// Lower Cholesky factor of a symmetric matrix[p][p] in place, from its lower triangle; false where it is not positive
/// definite to working precision.
[[nodiscard]] bool cholesky(std::vector<double>& matrix, std::size_t p);
/// Solves L L' x = b in place, L as cholesky leaves it.
void solve_cholesky(const std::vector<double>& factor, std::size_t p, std::vector<double>& b);

/// x' M x for a row x of the design and a square matrix M[p][p].
[[nodiscard]] double quadratic_form(std::span<const double> x, std::span<const double> matrix);

}  // namespace icosa::methods
