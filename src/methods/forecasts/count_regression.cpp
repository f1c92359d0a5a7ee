/// Newton's method over one, two or three linear predictors at once: each model says a row's log-likelihood and its
/// derivatives.
#include "methods/forecasts/count_regression.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double least_log_size = -8, most_log_size = 12;
constexpr double most_log_mean = 30;

/// log-likelihood of a row by its linear predictors, with gradient and lower triangle of the Hessian.
template <std::size_t K> struct RowTerms {
    double value = 0;
    std::array<double, K> gradient{};
    std::array<std::array<double, K>, K> hessian{};
};

/// log f(y; mu, theta) and its derivatives by eta = log mu (0) and zeta = log theta (1).
RowTerms<2> negative_binomial(double y, double eta, double zeta) {
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

/// log(f(y) / (1 - f(0))).
RowTerms<2> truncated(double y, double eta, double zeta) {
    auto out = negative_binomial(y, eta, zeta);
    const auto none = negative_binomial(0, eta, zeta);
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

double log1p_exp(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

/// Predictors: log mu, log theta, logit of the certain zero.
RowTerms<3> zero_inflated(double y, double eta, double zeta, double xi) {
    const auto count = negative_binomial(y, eta, zeta);
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

RowTerms<1> bernoulli(double outcome, double eta) {
    const double p = logistic(eta);
    RowTerms<1> out;
    out.value = outcome * eta - log1p_exp(eta);
    out.gradient[0] = outcome - p;
    out.hessian[0][0] = -p * (1 - p);
    return out;
}

struct Climb {
    bool converged = false;
    int iterations = 0;
    double log_likelihood = 0;
    std::vector<double> at;
};

struct Problem {
    std::span<const double> outcomes, weights;
    std::vector<std::size_t> rows;

    [[nodiscard]] double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

bool whole_row(const Design& design, std::size_t row) {
    const double* x = &design.values[row * design.columns];
    return std::all_of(x, x + design.columns, [](double v) { return std::isfinite(v); });
}

double dot(const Design& design, std::size_t row, const double* coefficients) {
    const double* x = &design.values[row * design.columns];
    double sum = 0;
    for (std::size_t j = 0; j < design.columns; ++j) sum += x[j] * coefficients[j];
    return sum;
}

/// Maximises the penalised log-likelihood from a start; the diagonal is raised where a step does not lead up
/// [marquardt1963].
template <std::size_t K, class Terms>
Climb climb(const std::array<const Design*, K>& designs, const Problem& problem, std::vector<double> start,
            const RidgeOptions& options, Terms&& terms) {
    std::array<std::size_t, K + 1> offset{};
    for (std::size_t k = 0; k < K; ++k) offset[k + 1] = offset[k] + designs[k]->columns;
    const std::size_t p = offset[K];
    const auto predictors = [&](std::size_t row, const std::vector<double>& at) {
        std::array<double, K> out{};
        for (std::size_t k = 0; k < K; ++k) out[k] = dot(*designs[k], row, &at[offset[k]]);
        return out;
    };
    const auto penalty = [&](const std::vector<double>& at) {
        double sum = 0;
        for (std::size_t k = 0; k < K; ++k)
            for (std::size_t j = offset[k] + 1; j < offset[k + 1]; ++j) sum += at[j] * at[j];
        return options.ridge / 2 * sum;
    };
    const auto value_at = [&](const std::vector<double>& at) {
        double sum = 0;
        for (const std::size_t row : problem.rows) sum += problem.weight(row) * terms(row, predictors(row, at)).value;
        return sum;
    };
    Climb out;
    out.at = std::move(start);
    std::vector<double> gradient(p), information(p * p);
    double raised = 1e-9;
    for (out.iterations = 1; out.iterations <= options.iterations; ++out.iterations) {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        std::fill(information.begin(), information.end(), 0.0);
        out.log_likelihood = 0;
        for (const std::size_t row : problem.rows) {
            const double weight = problem.weight(row);
            const auto one = terms(row, predictors(row, out.at));
            out.log_likelihood += weight * one.value;
            for (std::size_t a = 0; a < K; ++a) {
                const double* x = &designs[a]->values[row * designs[a]->columns];
                for (std::size_t i = 0; i < designs[a]->columns; ++i) {
                    gradient[offset[a] + i] += weight * one.gradient[a] * x[i];
                    double* line = &information[(offset[a] + i) * p];
                    for (std::size_t b = 0; b <= a; ++b) {
                        const double* z = &designs[b]->values[row * designs[b]->columns];
                        const double factor = -weight * one.hessian[a][b] * x[i];
                        const std::size_t until = a == b ? i + 1 : designs[b]->columns;
                        for (std::size_t j = 0; j < until; ++j) line[offset[b] + j] += factor * z[j];
                    }
                }
            }
        }
        for (std::size_t k = 0; k < K; ++k) {
            for (std::size_t j = offset[k] + 1; j < offset[k + 1]; ++j) {
                gradient[j] -= options.ridge * out.at[j];
                information[j * p + j] += options.ridge;
            }
        }
        const double before = out.log_likelihood - penalty(out.at);
        bool moved = false, done = false;
        for (int tries = 0; tries < 40 && !moved && !done; ++tries) {
            auto factor = information;
            for (std::size_t j = 0; j < p; ++j)
                factor[j * p + j] += raised * (std::fabs(information[j * p + j]) + 1e-6);
            auto step = gradient;
            if (cholesky(factor, p)) {
                solve_cholesky(factor, p, step);
                double promise = 0;
                for (std::size_t j = 0; j < p; ++j) promise += step[j] * gradient[j];
                auto next = out.at;
                for (std::size_t j = 0; j < p; ++j) next[j] += step[j];
                const double after = value_at(next) - penalty(next);
                const bool small = promise < options.tolerance * (std::fabs(before) + 0.1);
                moved = std::isfinite(after)
                    && (after > before
                        || (small
                            && after > before
                                    - 1e-12 * (std::fabs(before) + 1)));  // the last step: rounding may hide its gain
                done = small;
                if (moved) out.at = std::move(next);
                if (moved) raised = std::max(raised / 10, 1e-12);
            }
            if (!moved) raised = std::max(raised * 10, 1e-6);
        }
        if (done || !moved) {
            out.converged = done;
            break;
        }
    }
    out.iterations = std::min(out.iterations, options.iterations);
    out.log_likelihood = value_at(out.at);
    return out;
}

/// Starts from the mean count, theta = 1.
std::vector<double> count_start(const Design& mean, const Design& size, const Problem& problem,
                                std::span<const double> counts) {
    double sum = 0, weight = 0;
    for (const std::size_t row : problem.rows) {
        sum += problem.weight(row) * counts[row];
        weight += problem.weight(row);
    }
    std::vector<double> start(mean.columns + size.columns, 0.0);
    start[0] = std::log(std::max(sum / weight, 1e-6));
    return start;
}

void keep_mean_and_size(CountRegressionFit& fit, const Climb& best, const Design& mean, const Design& size) {
    const auto after_mean = best.at.begin() + static_cast<std::ptrdiff_t>(mean.columns);
    fit.mean.assign(best.at.begin(), after_mean);
    fit.size.assign(after_mean, after_mean + static_cast<std::ptrdiff_t>(size.columns));
    fit.converged = best.converged;
    fit.iterations = best.iterations;
    fit.log_likelihood = best.log_likelihood;
}

bool has_part(const CountDesigns& designs, std::span<const double> counts, const Problem& problem, std::size_t row) {
    return problem.weight(row) > 0 && std::isfinite(counts[row]) && whole_row(designs.zero, row)
        && whole_row(designs.mean, row) && whole_row(designs.size, row);
}

}  // namespace

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

LogisticFit fit_logistic(const Design& design, std::span<const double> outcomes, std::span<const double> weights,
                         const RidgeOptions& options) {
    LogisticFit fit;
    Problem problem{outcomes, weights, {}};
    double ones = 0, all = 0;
    for (std::size_t row = 0; row < design.rows; ++row) {
        if (!(problem.weight(row) > 0) || !std::isfinite(outcomes[row]) || !whole_row(design, row)) continue;
        problem.rows.push_back(row);
        ones += problem.weight(row) * outcomes[row];
        all += problem.weight(row);
    }
    fit.rows = problem.rows.size();
    fit.coefficients.assign(design.columns, 0.0);
    if (fit.rows == 0) return fit;
    const double share = std::clamp(ones / all, 1e-6, 1 - 1e-6);
    fit.coefficients[0] = std::log(share / (1 - share));
    if (options.start.size() == fit.coefficients.size()) fit.coefficients = options.start;
    auto best =
        climb<1>({&design}, problem, fit.coefficients, options,
                 [&](std::size_t row, const std::array<double, 1>& eta) { return bernoulli(outcomes[row], eta[0]); });
    fit.converged = best.converged;
    fit.iterations = best.iterations;
    fit.log_likelihood = best.log_likelihood;
    fit.coefficients = std::move(best.at);
    return fit;
}

CountRegressionFit fit_truncated_negative_binomial(const Design& mean, const Design& size,
                                                   std::span<const double> counts, std::span<const double> weights,
                                                   const RidgeOptions& options) {
    CountRegressionFit fit;
    Problem problem{counts, weights, {}};
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (problem.weight(row) > 0 && std::isfinite(counts[row]) && counts[row] > 0 && whole_row(mean, row)
            && whole_row(size, row))
            problem.rows.push_back(row);
    }
    fit.rows = problem.rows.size();
    if (fit.rows == 0) return fit;
    auto start =
        options.start.size() == mean.columns + size.columns ? options.start : count_start(mean, size, problem, counts);
    const auto best = climb<2>(
        {&mean, &size}, problem, std::move(start), options,
        [&](std::size_t row, const std::array<double, 2>& at) { return truncated(counts[row], at[0], at[1]); });
    keep_mean_and_size(fit, best, mean, size);
    return fit;
}

CountRegressionFit fit_hurdle_negative_binomial(const CountDesigns& designs, std::span<const double> counts,
                                                std::span<const double> weights, const RidgeOptions& options) {
    const Problem all{counts, weights, {}};
    std::size_t rows = 0, positive = 0;
    std::vector<double> passed(counts.size(), std::nan("")),
        above(counts.size(), std::nan(""));  // rows without a part stay NaN
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (!has_part(designs, counts, all, row)) continue;
        ++rows;
        positive += counts[row] > 0;
        passed[row] = counts[row] > 0 ? 1 : 0;
        above[row] = counts[row];
    }
    CountRegressionFit fit;
    fit.rows = rows;
    if (positive == 0 || positive == rows) return fit;
    auto zero = fit_logistic(designs.zero, passed, weights, options);
    fit = fit_truncated_negative_binomial(designs.mean, designs.size, above, weights, options);
    fit.rows = rows;
    fit.zero = std::move(zero.coefficients);
    fit.converged = fit.converged && zero.converged;
    fit.iterations = std::max(fit.iterations, zero.iterations);
    fit.log_likelihood += zero.log_likelihood;
    return fit;
}

CountRegressionFit fit_zero_inflated_negative_binomial(const CountDesigns& designs, std::span<const double> counts,
                                                       std::span<const double> weights, const RidgeOptions& options) {
    CountRegressionFit fit;
    Problem problem{counts, weights, {}};
    bool with = false, without = false;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (!has_part(designs, counts, problem, row)) continue;
        problem.rows.push_back(row);
        (counts[row] > 0 ? with : without) = true;
    }
    fit.rows = problem.rows.size();
    if (!with || !without) return fit;
    auto start = count_start(designs.mean, designs.size, problem, counts);
    start.resize(start.size() + designs.zero.columns, 0.0);
    const auto best = climb<3>({&designs.mean, &designs.size, &designs.zero}, problem, std::move(start), options,
                               [&](std::size_t row, const std::array<double, 3>& at) {
                                   return zero_inflated(counts[row], at[0], at[1], at[2]);
                               });
    keep_mean_and_size(fit, best, designs.mean, designs.size);
    fit.zero.assign(best.at.end() - static_cast<std::ptrdiff_t>(designs.zero.columns), best.at.end());
    return fit;
}

CountEnsemble truncated_negative_binomial(double mean, double size, double most) {
    constexpr int single = 24;  // counts that stand alone, at least
    constexpr double step_in_deviations = 0.25, widest_step = 0.2, negligible = 1e-6;
    const double r = std::clamp(size, std::exp(least_log_size), std::exp(most_log_size));
    const double log_q = -std::log1p(mean / r), log_p = std::log(mean / r) + log_q, constant = r * log_q - log_gamma(r);
    const auto density = [&](double k) { return std::exp(constant + log_gamma(k + r) - log_gamma(k + 1) + k * log_p); };
    const double deviation = std::sqrt(mean + mean * mean / r);
    const double ratio = std::min(widest_step, step_in_deviations * deviation / mean);
    CountEnsemble out;
    double total = 0;
    const double first =
        std::floor(std::max(1.0, mean - 7 * deviation));  // a narrow law has nothing far below its mean
    for (double k = first;;) {
        const double width = first == 1 && k <= single ? 1 : std::max(1.0, std::floor(k * ratio));
        const double middle = k + (width - 1) / 2;
        if (middle >= most) break;
        // Simpson's rule over the bin's whole counts.
        const double mass =
            width == 1 ? density(k) : width * (density(k - 0.5) + 4 * density(middle) + density(k + width - 0.5)) / 6;
        out.push_back({middle, mass});
        total += mass;
        k += width;
        if (middle > mean + 3 * deviation && mass < negligible * total) break;
    }
    if (out.empty() || out.back().value * (1 + 2 * ratio) + 2 >= most) {  // stopped by `most`
        const double beyond = std::max(0.0, 1 - std::exp(r * log_q) - total);
        if (beyond > 0 || out.empty()) out.push_back({most, std::max(beyond, 1e-300)});
        total += out.back().value == most ? out.back().weight : 0;
    }
    for (auto& one : out) one.weight /= total;
    return out;
}

}  // namespace icosa::methods
