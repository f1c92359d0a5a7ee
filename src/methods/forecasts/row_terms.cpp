/// Negative binomial laws and the Bernoulli, differentiated by their linear predictors.
#include "methods/forecasts/row_terms.hpp"

#include <algorithm>
#include <cmath>

#include "methods/forecasts/count_regression.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double most_log_mean = 30;

double log1p_exp(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

}  // namespace

RowTerms<2> negative_binomial_terms(double y, double eta, double zeta) {
    const double log_mu = std::clamp(eta, -most_log_mean, most_log_mean),
                 log_size = std::clamp(zeta, least_log_size, most_log_size);
    const double mu = std::exp(log_mu), r = std::exp(log_size);
    const double p = mu / (r + mu), q = r / (r + mu);
    const double log_q = -std::log1p(mu / r);
    const double slope = y > 0 ? r * (digamma(y + r) - digamma(r) + log_q) : r * log_q;
    const double curvature = y > 0 ? r * r * (trigamma(y + r) - trigamma(r)) : 0;
    RowTerms<2> out;
    out.value =
        r * log_q + (y > 0 ? log_gamma(y + r) - log_gamma(r) - log_gamma(y + 1) + y * (log_mu - log_size + log_q) : 0);
    if (log_mu == eta) {
        out.gradient[0] = y * q - r * p;
        out.hessian[0][0] = -(y + r) * p * q;
    }
    if (log_size == zeta) {
        out.gradient[1] = slope + r * p - y * q;
        out.hessian[1][1] = slope + curvature + 2 * r * p - (r + y) * p * q;
    }
    if (log_mu == eta && log_size == zeta) out.hessian[1][0] = (y + r) * p * q - r * p;
    return out;
}

RowTerms<2> truncated_terms(double y, double eta, double zeta) {
    auto out = negative_binomial_terms(y, eta, zeta);
    const auto none = negative_binomial_terms(0, eta, zeta);
    const double above = -std::expm1(none.value);           // 1 - f(0)
    const double odds = std::exp(none.value) / above;       // d(-log(1 - f0)) / d log f0
    out.value -= std::log(above);
    for (std::size_t a = 0; a < 2; ++a) {
        out.gradient[a] += odds * none.gradient[a];
        for (std::size_t b = 0; b <= a; ++b)
            out.hessian[a][b] += odds * none.hessian[a][b] + odds * (1 + odds) * none.gradient[a] * none.gradient[b];
    }
    return out;
}

RowTerms<3> zero_inflated_terms(double y, double eta, double zeta, double xi) {
    const auto count = negative_binomial_terms(y, eta, zeta);
    const double share = logistic(xi);
    RowTerms<3> out;
    if (y > 0) {
        out.value = count.value - log1p_exp(xi);
        for (std::size_t a = 0; a < 2; ++a) {
            out.gradient[a] = count.gradient[a];
            for (std::size_t b = 0; b <= a; ++b) out.hessian[a][b] = count.hessian[a][b];
        }
        out.gradient[2] = -share;
        out.hessian[2][2] = -share * (1 - share);
        return out;
    }
    const double certain = logistic(xi - count.value), by_chance = 1 - certain;  // where this zero came from
    out.value = count.value + log1p_exp(xi - count.value) - log1p_exp(xi);
    for (std::size_t a = 0; a < 2; ++a) {
        out.gradient[a] = by_chance * count.gradient[a];
        for (std::size_t b = 0; b <= a; ++b)
            out.hessian[a][b] =
                by_chance * count.hessian[a][b] + certain * by_chance * count.gradient[a] * count.gradient[b];
        out.hessian[2][a] = -certain * by_chance * count.gradient[a];
    }
    out.gradient[2] = certain - share;
    out.hessian[2][2] = certain * by_chance - share * (1 - share);
    return out;
}

RowTerms<1> bernoulli_terms(double outcome, double eta) {
    const double p = logistic(eta);
    RowTerms<1> out;
    out.value = outcome * eta - log1p_exp(eta);
    out.gradient[0] = outcome - p;
    out.hessian[0][0] = -p * (1 - p);
    return out;
}

}  // namespace icosa::methods
