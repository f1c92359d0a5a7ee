/// Iteratively re-weighted least squares over normal equations.
#include "methods/statistics/regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icosa::methods {
namespace {

constexpr double tiny_mean = std::numeric_limits<double>::epsilon();  // as R: keeps 1/mu finite

double deviance_of(double y, double mu) { return 2 * ((y > 0 ? y * std::log(y / mu) : 0) - (y - mu)); }

/// One fit on its way: means, working weights, and the normal equations of the last solve.
struct LogLinearState {
    const Design& design;
    std::span<const double> counts, prior;
    std::vector<double> mu, eta, weights;
    std::vector<double> normal, right;  ///< after solve: Cholesky factor, coefficients
    double deviance = 0;

    LogLinearState(const Design& of, std::span<const double> y, std::span<const double> omega)
        : design(of),
          counts(y),
          prior(omega),
          mu(of.rows),
          eta(of.rows),
          weights(of.rows),
          normal(of.columns * of.columns),
          right(of.columns) {
        for (std::size_t i = 0; i < design.rows; ++i) {
            mu[i] = counts[i] + 0.1;
            eta[i] = std::log(mu[i]);
            deviance += prior_of(i) * deviance_of(counts[i], mu[i]);
        }
    }

    [[nodiscard]] double prior_of(std::size_t i) const { return prior.empty() ? 1.0 : prior[i]; }

    [[nodiscard]] double weighted_rows() const {
        double sum = 0;
        for (std::size_t i = 0; i < design.rows; ++i) sum += prior_of(i) > 0 ? 1 : 0;
        return sum;
    }

    /// Weighted least squares on the working response; false where X'WX is singular.
    bool solve() {
        const std::size_t p = design.columns;
        std::fill(normal.begin(), normal.end(), 0.0);
        std::fill(right.begin(), right.end(), 0.0);
        for (std::size_t i = 0; i < design.rows; ++i) {
            const double w = weights[i] = prior_of(i) * mu[i];
            const double z = eta[i] + (counts[i] - mu[i]) / mu[i];
            const double* x = &design.values[i * p];
            for (std::size_t a = 0; a < p; ++a) {
                right[a] += w * x[a] * z;
                for (std::size_t b = 0; b <= a; ++b) normal[a * p + b] += w * x[a] * x[b];
            }
        }
        if (!cholesky(normal, p)) return false;
        solve_cholesky(normal, p, right);
        return true;
    }

    /// Means and deviance at these coefficients.
    void move_to(const std::vector<double>& coefficients) {
        const std::size_t p = design.columns;
        deviance = 0;
        for (std::size_t i = 0; i < design.rows; ++i) {
            double sum = 0;
            for (std::size_t a = 0; a < p; ++a) sum += design.values[i * p + a] * coefficients[a];
            eta[i] = sum;
            mu[i] = std::max(std::exp(sum), tiny_mean);
            deviance += prior_of(i) * deviance_of(counts[i], mu[i]);
        }
    }

    /// Pearson's sum of squares, with the weights of the last solve.
    [[nodiscard]] double pearson() const {
        double sum = 0;
        for (std::size_t i = 0; i < design.rows; ++i) {
            const double residual = (counts[i] - mu[i]) / mu[i];
            sum += weights[i] * residual * residual;
        }
        return sum;
    }
};

/// (L L')^-1, L as cholesky leaves it.
std::vector<double> inverse_of(const std::vector<double>& factor, std::size_t p) {
    std::vector<double> out(p * p, 0.0), unit(p);
    for (std::size_t a = 0; a < p; ++a) {
        std::fill(unit.begin(), unit.end(), 0.0);
        unit[a] = 1;
        solve_cholesky(factor, p, unit);
        for (std::size_t b = 0; b < p; ++b) out[b * p + a] = unit[b];
    }
    return out;
}

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
    const std::size_t p = design.columns;
    LogLinearFit fit;
    fit.dispersion = std::numeric_limits<double>::quiet_NaN();
    LogLinearState state(design, counts, prior);
    double deviance_before = state.deviance;
    for (fit.iterations = 1; fit.iterations <= 25; ++fit.iterations) {
        if (!state.solve()) {
            fit.coefficients.clear();
            return fit;
        }
        fit.coefficients = state.right;
        state.move_to(fit.coefficients);
        fit.deviance = state.deviance;
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
    fit.unscaled = inverse_of(state.normal, p);
    fit.degrees = state.weighted_rows() - static_cast<double>(p);
    if (fit.degrees > 0) fit.dispersion = state.pearson() / fit.degrees;
    fit.fitted = std::move(state.mu);
    fit.weights = std::move(state.weights);
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
