/// Newton's method over one, two or three linear predictors at once, on the terms that each row gives.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "methods/forecasts/count_regression.hpp"
#include "methods/forecasts/row_terms.hpp"
#include "methods/statistics/regression.hpp"

namespace icosa::methods {

/// Where a climb ended.
struct Climb {
    bool converged = false;
    int iterations = 0;
    double log_likelihood = 0;  ///< not penalised
    std::vector<double> at;     ///< coefficients, design after design
};

/// The rows that have a part, and their weights.
struct WeightedRows {
    std::span<const double> weights;  ///< of all rows; empty: 1
    std::vector<std::size_t> rows;

    [[nodiscard]] double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

/// K designs over the same rows, their coefficients one after the other: those of design k from offset[k] on.
template <std::size_t K> struct Predictors {
    std::array<const Design*, K> designs;
    std::array<std::size_t, K + 1> offset{};

    explicit Predictors(const std::array<const Design*, K>& of) : designs(of) {
        for (std::size_t k = 0; k < K; ++k) offset[k + 1] = offset[k] + designs[k]->columns;
    }

    [[nodiscard]] std::size_t size() const { return offset[K]; }
    [[nodiscard]] std::array<double, K> of_row(std::size_t row, const std::vector<double>& at) const {
        std::array<double, K> out{};
        for (std::size_t k = 0; k < K; ++k) {
            const double* x = &designs[k]->values[row * designs[k]->columns];
            double sum = 0;
            for (std::size_t j = 0; j < designs[k]->columns; ++j) sum += x[j] * at[offset[k] + j];
            out[k] = sum;
        }
        return out;
    }

    /// A row's part of the gradient and of the lower triangle of the information, by the coefficients.
    void add(std::size_t row, double weight, const RowTerms<K>& one, std::vector<double>& gradient,
             std::vector<double>& information) const {
        const std::size_t p = size();
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
};

/// Maximises the penalised log-likelihood; the diagonal is raised where a step does not lead up [marquardt1963].
///
/// terms(row, predictors): the row's log-likelihood and its derivatives. The first coefficient of a design is not
/// penalised.
template <std::size_t K, class Terms> class Climber {
public:
    Climber(const std::array<const Design*, K>& designs, const WeightedRows& rows, const RidgeOptions& options,
            const Terms& terms)
        : predictors_(designs),
          rows_(rows),
          options_(options),
          terms_(terms),
          gradient_(predictors_.size()),
          information_(predictors_.size() * predictors_.size()) {}

    Climb from(std::vector<double> start) {
        Climb out;
        out.at = std::move(start);
        for (out.iterations = 1; out.iterations <= options_.iterations; ++out.iterations) {
            const double before = look_around(out.at);
            const Step step = step_up(before, out.at);
            if (step == Step::Up) continue;
            out.converged = step == Step::Last;
            break;
        }
        out.iterations = std::min(out.iterations, options_.iterations);
        out.log_likelihood = log_likelihood(out.at);
        return out;
    }

private:
    enum class Step { Up, Last, None };  ///< Last: so small that it ends the climb, whether it was made or not

    [[nodiscard]] double log_likelihood(const std::vector<double>& at) const {
        double sum = 0;
        for (const std::size_t row : rows_.rows)
            sum += rows_.weight(row) * terms_(row, predictors_.of_row(row, at)).value;
        return sum;
    }

    [[nodiscard]] double penalty(const std::vector<double>& at) const {
        double sum = 0;
        for (std::size_t k = 0; k < K; ++k)
            for (std::size_t j = predictors_.offset[k] + 1; j < predictors_.offset[k + 1]; ++j) sum += at[j] * at[j];
        return options_.ridge / 2 * sum;
    }

    /// Gradient and information of the penalised log-likelihood at a point; its value.
    double look_around(const std::vector<double>& at) {
        std::fill(gradient_.begin(), gradient_.end(), 0.0);
        std::fill(information_.begin(), information_.end(), 0.0);
        double sum = 0;
        for (const std::size_t row : rows_.rows) {
            const double weight = rows_.weight(row);
            const RowTerms<K> one = terms_(row, predictors_.of_row(row, at));
            sum += weight * one.value;
            predictors_.add(row, weight, one, gradient_, information_);
        }
        for (std::size_t k = 0; k < K; ++k) {
            for (std::size_t j = predictors_.offset[k] + 1; j < predictors_.offset[k + 1]; ++j) {
                gradient_[j] -= options_.ridge * at[j];
                information_[j * predictors_.size() + j] += options_.ridge;
            }
        }
        return sum - penalty(at);
    }

    /// One Newton step from where look_around was, shorter until it leads up.
    Step step_up(double before, std::vector<double>& at) {
        const std::size_t p = predictors_.size();
        for (int tries = 0; tries < 40; ++tries) {
            auto factor = information_;
            for (std::size_t j = 0; j < p; ++j)
                factor[j * p + j] += raised_ * (std::fabs(information_[j * p + j]) + 1e-6);
            auto step = gradient_;
            bool moved = false, small = false;
            if (cholesky(factor, p)) {
                solve_cholesky(factor, p, step);
                double promise = 0;
                for (std::size_t j = 0; j < p; ++j) promise += step[j] * gradient_[j];
                auto next = at;
                for (std::size_t j = 0; j < p; ++j) next[j] += step[j];
                const double after = log_likelihood(next) - penalty(next);
                const double noise = 1e-12 * (std::fabs(before) + 1);  // rounding may hide the last step's gain
                small = promise < options_.tolerance * (std::fabs(before) + 0.1);
                moved = std::isfinite(after) && (after > before || (small && after > before - noise));
                if (moved) at = std::move(next);
            }
            raised_ = moved ? std::max(raised_ / 10, 1e-12) : std::max(raised_ * 10, 1e-6);
            if (small) return Step::Last;
            if (moved) return Step::Up;
        }
        return Step::None;
    }

    Predictors<K> predictors_;
    const WeightedRows& rows_;
    const RidgeOptions& options_;
    const Terms& terms_;
    std::vector<double> gradient_, information_;
    double raised_ = 1e-9;
};

/// From a start; designs of one height, the start as long as their columns together.
template <std::size_t K, class Terms>
[[nodiscard]] Climb climb(const std::array<const Design*, K>& designs, const WeightedRows& rows,
                          std::vector<double> start, const RidgeOptions& options, const Terms& terms) {
    return Climber<K, Terms>(designs, rows, options, terms).from(std::move(start));
}

}  // namespace icosa::methods
