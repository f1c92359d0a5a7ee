/// Iteratively re-weighted least squares over normal equations.
#include "methods/statistics/regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icosa::methods {
namespace {

constexpr double tiny_mean = std::numeric_limits<double>::epsilon();  // as R: keeps 1/mu finite

double deviance_of(double y, double mu) { return 2 * ((y > 0 ? y * std::log(y / mu) : 0) - (y - mu)); }

}  // namespace

bool cholesky(std::vector<double>& m, std::size_t p) {
    for (std::size_t j = 0; j < p; ++j) {
        const double before = m[j * p + j];
        double diagonal = before;
        for (std::size_t k = 0; k < j; ++k) diagonal -= m[j * p + k] * m[j * p + k];
        if (!(diagonal > before * 1e-13)) return false;
        const double root = std::sqrt(diagonal);
        m[j * p + j] = root;
        for (std::size_t i = j + 1; i < p; ++i) {
            double sum = m[i * p + j];
            for (std::size_t k = 0; k < j; ++k) sum -= m[i * p + k] * m[j * p + k];
            m[i * p + j] = sum / root;
        }
    }
    return true;
}

void solve_cholesky(const std::vector<double>& factor, std::size_t p, std::vector<double>& b) {
    for (std::size_t i = 0; i < p; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= factor[i * p + k] * b[k];
        b[i] /= factor[i * p + i];
    }
    for (std::size_t i = p; i-- > 0;) {
        for (std::size_t k = i + 1; k < p; ++k) b[i] -= factor[k * p + i] * b[k];
        b[i] /= factor[i * p + i];
    }
}

LogLinearFit fit_log_linear(const Design& design, std::span<const double> counts, std::span<const double> prior) {
    const std::size_t n = design.rows;
    const std::size_t p = design.columns;
    LogLinearFit fit;
    fit.dispersion = std::numeric_limits<double>::quiet_NaN();
    const auto omega = [&](std::size_t i) { return prior.empty() ? 1.0 : prior[i]; };
    std::vector<double> mu(n), eta(n), weights(n);
    double deviance_before = 0;
    double weighted_rows = 0;
    for (std::size_t i = 0; i < n; ++i) {
        mu[i] = counts[i] + 0.1;
        eta[i] = std::log(mu[i]);
        deviance_before += omega(i) * deviance_of(counts[i], mu[i]);
        weighted_rows += omega(i) > 0 ? 1 : 0;
    }
    std::vector<double> normal(p * p), right(p);
    for (fit.iterations = 1; fit.iterations <= 25; ++fit.iterations) {
        std::fill(normal.begin(), normal.end(), 0.0);
        std::fill(right.begin(), right.end(), 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const double w = weights[i] = omega(i) * mu[i];
            const double z = eta[i] + (counts[i] - mu[i]) / mu[i];
            const double* x = &design.values[i * p];
            for (std::size_t a = 0; a < p; ++a) {
                right[a] += w * x[a] * z;
                for (std::size_t b = 0; b <= a; ++b) normal[a * p + b] += w * x[a] * x[b];
            }
        }
        if (!cholesky(normal, p)) {
            fit.coefficients.clear();
            return fit;
        }
        solve_cholesky(normal, p, right);
        fit.coefficients = right;
        fit.deviance = 0;
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t a = 0; a < p; ++a) sum += design.values[i * p + a] * right[a];
            eta[i] = sum;
            mu[i] = std::max(std::exp(sum), tiny_mean);
            fit.deviance += omega(i) * deviance_of(counts[i], mu[i]);
        }
        if (!std::isfinite(fit.deviance)) {
            fit.coefficients.clear();
            return fit;
        }
        if (std::fabs(fit.deviance - deviance_before) / (std::fabs(fit.deviance) + 0.1) < 1e-8) {
            fit.converged = true;
            break;
        }
        deviance_before = fit.deviance;
    }
    fit.iterations = std::min(fit.iterations, 25);
    fit.unscaled.assign(p * p, 0.0);
    std::vector<double> unit(p);
    for (std::size_t a = 0; a < p; ++a) {
        std::fill(unit.begin(), unit.end(), 0.0);
        unit[a] = 1;
        solve_cholesky(normal, p, unit);
        for (std::size_t b = 0; b < p; ++b) fit.unscaled[b * p + a] = unit[b];
    }
    fit.degrees = weighted_rows - static_cast<double>(p);
    if (fit.degrees > 0) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double residual = (counts[i] - mu[i]) / mu[i];
            sum += weights[i] * residual * residual;
        }
        fit.dispersion = sum / fit.degrees;
    }
    fit.fitted = std::move(mu);
    fit.weights = std::move(weights);
    return fit;
}

double quadratic_form(std::span<const double> x, std::span<const double> matrix) {
    const std::size_t p = x.size();
    double sum = 0;
    for (std::size_t a = 0; a < p; ++a) {
        for (std::size_t b = 0; b < p; ++b) sum += x[a] * matrix[a * p + b] * x[b];
    }
    return sum;
}

}  // namespace icosa::methods
