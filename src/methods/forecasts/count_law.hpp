/// The law of a count with a known mean and spread: what the count methods judge a period by.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {

/// Negative binomial with this mean and variance-to-mean ratio; Poisson where the ratio is 1.
struct CountLaw {
    double mean = 0;
    double ratio = 1;

    [[nodiscard]] double size() const {
        return ratio > 1 + 1e-9 ? mean / (ratio - 1) : std::numeric_limits<double>::infinity();
    }
    [[nodiscard]] double quantile(double p) const { return negative_binomial_quantile(p, mean, size()); }
    [[nodiscard]] double cdf(double y) const { return negative_binomial_cdf(std::floor(y), mean, size()); }
    [[nodiscard]] double pmf(double y) const { return negative_binomial_pmf(std::floor(y), mean, size()); }
    /// P(Y >= y), to its own last digits where it is small.
    [[nodiscard]] double upper_tail(double y) const {
        const double whole = std::floor(y);
        if (!(whole > 0)) return 1;
        if (!(mean > 0)) return 0;
        const double r = size();
        return std::isinf(r) ? gamma_p(whole, mean) : beta_i(whole, r, mean / (mean + r));
    }
    /// P(Y < y) + P(Y = y) / 2
    [[nodiscard]] double middle(double y) const { return cdf(y) - 0.5 * pmf(y); }
};

}  // namespace icosa::methods
