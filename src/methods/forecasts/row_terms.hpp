/// What one row says in a regression of counts: its log-likelihood by the linear predictors, and the derivatives.
#pragma once

#include <array>
#include <cstddef>

namespace icosa::methods {

/// The predictor of the size is held within these; beyond them its derivatives are 0.
inline constexpr double least_log_size = -8, most_log_size = 12;

/// log-likelihood of a row by its linear predictors, with gradient and lower triangle of the Hessian.
template <std::size_t K> struct RowTerms {
    double value = 0;
    std::array<double, K> gradient{};
    std::array<std::array<double, K>, K> hessian{};
};

/// log f(y; mu, theta), negative binomial, by eta = log mu (0) and zeta = log theta (1).
[[nodiscard]] RowTerms<2> negative_binomial_terms(double y, double eta, double zeta);
/// log(f(y) / (1 - f(0))), y > 0, by the same.
[[nodiscard]] RowTerms<2> truncated_terms(double y, double eta, double zeta);
/// The zero-inflated law, by log mu, log theta and xi = logit of the certain zero (2).
[[nodiscard]] RowTerms<3> zero_inflated_terms(double y, double eta, double zeta, double xi);
/// An outcome of 0 or 1, or a share between them, by eta = its logit.
[[nodiscard]] RowTerms<1> bernoulli_terms(double outcome, double eta);

}  // namespace icosa::methods
