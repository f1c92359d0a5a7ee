/// Newton's steps on the penalised likelihood.
#include "methods/forecasts/event_regression.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods {
namespace {

constexpr int most_newton_steps = 20, most_step_halvings = 20;
constexpr double least_gain = 1e-3;  ///< of the penalised log-likelihood

/// Solves A x = b for a positive definite A[p][p] (its lower half is used, and overwritten); b becomes x.
void solve_positive(std::vector<double>& a, std::vector<double>& b) {
    const std::size_t p = b.size();
    for (std::size_t j = 0; j < p; ++j) {
        for (std::size_t k = 0; k < j; ++k) a[j * p + j] -= a[j * p + k] * a[j * p + k];
        a[j * p + j] = std::sqrt(std::max(a[j * p + j], 1e-12));
        for (std::size_t i = j + 1; i < p; ++i) {
            double sum = a[i * p + j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i * p + k] * a[j * p + k];
            a[i * p + j] = sum / a[j * p + j];
        }
    }
    for (std::size_t i = 0; i < p; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * p + k] * b[k];
        b[i] /= a[i * p + i];
    }
    for (std::size_t i = p; i-- > 0;) {
        for (std::size_t k = i + 1; k < p; ++k) b[i] -= a[k * p + i] * b[k];
        b[i] /= a[i * p + i];
    }
}

}  // namespace

void EventRegression::standardise(std::span<const float> values, std::span<double> out) const {
    out[0] = 1;
    for (std::size_t f = 0; f < mean_.size(); ++f)
        out[f + 1] = deviation_[f] > 0
            ? std::clamp((static_cast<double>(values[f]) - mean_[f]) / deviation_[f], -limit, limit)
            : 0;
}

EventRegression EventRegression::fit(const EventExamples& examples, double ridge) {
    EventRegression out;
    const std::size_t n = examples.size(), features = examples.features, p = features + 1;
    double weights = 0, happened = 0;
    std::vector<double> sums(features), squares(features);
    for (std::size_t i = 0; i < n; ++i) {
        const auto w = static_cast<double>(examples.weight[i]);
        weights += w;
        happened += w * static_cast<double>(examples.happened[i]);
        for (std::size_t f = 0; f < features; ++f) {
            const auto x = static_cast<double>(examples.values[i * features + f]);
            sums[f] += w * x;
            squares[f] += w * x * x;
        }
    }
    for (std::size_t f = 0; f < features; ++f) {
        out.mean_.push_back(sums[f] / weights);
        const double variance = squares[f] / weights - out.mean_[f] * out.mean_[f];
        out.deviation_.push_back(variance > 1e-9 ? std::sqrt(variance) : 0);
    }
    std::vector<double> rows(n * p);
    for (std::size_t i = 0; i < n; ++i)
        out.standardise(std::span(examples.values).subspan(i * features, features), std::span(rows).subspan(i * p, p));
    out.coefficients_.assign(p, 0);
    const double share = (happened + 0.5) / (weights + 1);
    out.coefficients_[0] = std::log(share / (1 - share));
    const auto linear_of = [&](const std::vector<double>& coefficients, std::size_t i) {
        const double* row = rows.data() + i * p;
        double sum = 0;
        for (std::size_t c = 0; c < p; ++c) sum += row[c] * coefficients[c];
        return std::clamp(sum, -30.0, 30.0);
    };
    const auto objective = [&](const std::vector<double>& coefficients) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double linear = linear_of(coefficients, i);
            sum += static_cast<double>(examples.weight[i])
                * (static_cast<double>(examples.happened[i]) * linear - std::log1p(std::exp(linear)));
        }
        for (std::size_t c = 1; c < p; ++c) sum -= ridge / 2 * coefficients[c] * coefficients[c];
        return sum;
    };
    std::vector<double> information(p * p), step(p), next(p);
    double reached = objective(out.coefficients_);
    for (int turn = 0; turn < most_newton_steps; ++turn) {
        std::fill(information.begin(), information.end(), 0);
        std::fill(step.begin(), step.end(), 0);
        for (std::size_t i = 0; i < n; ++i) {
            const double* row = rows.data() + i * p;
            const double chance = 1 / (1 + std::exp(-linear_of(out.coefficients_, i)));
            const auto w = static_cast<double>(examples.weight[i]);
            const double residual = w * (static_cast<double>(examples.happened[i]) - chance),
                         curve = w * chance * (1 - chance);
            for (std::size_t c = 0; c < p; ++c) {
                step[c] += residual * row[c];
                const double scaled = curve * row[c];
                double* to = information.data() + c * p;
                for (std::size_t d = 0; d <= c; ++d) to[d] += scaled * row[d];
            }
        }
        information[0] += 1e-6;
        for (std::size_t c = 1; c < p; ++c) {
            information[c * p + c] += ridge;
            step[c] -= ridge * out.coefficients_[c];
        }
        solve_positive(information, step);
        double moved = 1, gained = 0;
        for (int halving = 0; halving < most_step_halvings; ++halving, moved /= 2) {
            for (std::size_t c = 0; c < p; ++c) next[c] = out.coefficients_[c] + moved * step[c];
            gained = objective(next) - reached;
            if (gained >= 0) break;
        }
        if (gained < 0) break;
        out.coefficients_ = next;
        reached += gained;
        if (gained < least_gain) break;
    }
    return out;
}

double EventRegression::probability(std::span<const float> values) const {
    std::vector<double> row(coefficients_.size());
    standardise(values, row);
    double linear = 0;
    for (std::size_t c = 0; c < row.size(); ++c) linear += row[c] * coefficients_[c];
    return 1 / (1 + std::exp(-std::clamp(linear, -30.0, 30.0)));
}

}  // namespace icosa::methods
