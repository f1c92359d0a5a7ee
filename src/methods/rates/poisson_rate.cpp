/// Limits by bisection on a scale of logarithms, so that small ones are as exact as large ones.
#include "methods/rates/poisson_rate.hpp"

#include <cmath>
#include <limits>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double endless = std::numeric_limits<double>::infinity();

bool is_count(double count) { return count >= 0 && std::isfinite(count) && count == std::floor(count); }
bool is_exposure(double exposure) { return exposure > 0 && std::isfinite(exposure); }

/// exp of where a rising function of the logarithm reaches the level.
template <class Rising> double reaching(const Rising& rising, double level, double low, double high) {
    constexpr int halvings = 200;
    for (int i = 0; i < halvings; ++i) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        (rising(std::exp(middle)) < level ? low : high) = middle;
    }
    return std::exp(low + (high - low) / 2);
}

/// The mean with P(X >= shape; mean) = level, shape > 0.
double mean_of(double shape, double level) {
    // beyond 60 standard deviations and a factor of e^60 / shape nothing is left
    const double high = std::log(shape + 60 * std::sqrt(shape) + 800);
    const double low = std::log(shape) - 745 / shape - 1;
    return reaching([&](double mean) { return gamma_p(shape, mean); }, level, low, high);
}

/// The odds x with I_p(a, b) = level, p = x / (1 + x).
double odds_of(double a, double b, double level) {
    const double middle = std::log(a / b);
    const double reach = 745 / a + 745 / b + 1;
    return reaching([&](double odds) { return beta_i(a, b, odds / (1 + odds)); }, level, middle - reach,
                    middle + reach);
}

double log_binomial(double k, double n, double log_p, double log_q) {
    return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1) + k * log_p + (n - k) * log_q;
}

/// P(K is no likelier than k).
double two_sided(double k, double n, double p) {
    const double log_p = std::log(p), log_q = std::log1p(-p);
    constexpr double tie = 1 + 1e-7;
    const double most = std::exp(log_binomial(k, n, log_p, log_q)) * tie;
    double rarer = 0, likelier = 0;
    for (double j = 0; j <= n; ++j) {
        const double chance = std::exp(log_binomial(j, n, log_p, log_q));
        (chance <= most ? rarer : likelier) += chance;
    }
    return likelier == 0 ? 1 : rarer;
}

}  // namespace

Estimate poisson_rate(double count, double exposure, double confidence) {
    if (!is_count(count) || !is_exposure(exposure) || !(confidence > 0 && confidence < 1))
        return {not_a_number, not_a_number, not_a_number};
    const double tail = (1 - confidence) / 2;
    const double low = count == 0 ? 0 : mean_of(count, tail);
    return {count / exposure, low / exposure, mean_of(count + 1, 1 - tail) / exposure};
}

RateRatio rate_ratio(double count, double exposure, double other_count, double other_exposure, double confidence) {
    if (!is_count(count) || !is_count(other_count) || !is_exposure(exposure) || !is_exposure(other_exposure)
        || !(confidence > 0 && confidence < 1))
        return {{not_a_number, not_a_number, not_a_number}, not_a_number};
    const double tail = (1 - confidence) / 2, scale = other_exposure / exposure, sum = count + other_count;
    RateRatio out;
    out.ratio.low = count == 0 ? 0 : odds_of(count, other_count + 1, tail) * scale;
    out.ratio.high = other_count == 0 ? endless : odds_of(count + 1, other_count, 1 - tail) * scale;
    out.ratio.value = sum == 0 ? not_a_number : other_count == 0 ? endless : count / other_count * scale;
    out.p_value = sum == 0 ? 1 : two_sided(count, sum, exposure / (exposure + other_exposure));
    return out;
}

}  // namespace icosa::methods
