/// The quadratic form over thresholds, and its minimum on the simplex.
#include "methods/forecasts/pool.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods {

namespace {

/// log(1 + next) - log(1 + z) of each threshold but the last.
const std::vector<double>& log_widths() {
    static const std::vector<double> widths = [] {
        std::vector<double> out;
        const auto z = count_thresholds();
        for (std::size_t i = 0; i + 1 < z.size(); ++i) out.push_back(std::log1p(z[i + 1]) - std::log1p(z[i]));
        return out;
    }();
    return widths;
}

}  // namespace

std::span<const double> count_thresholds() {
    static const std::vector<double> thresholds = [] {
        std::vector<double> out;
        for (int i = 0; i <= 10; ++i) out.push_back(i);
        while (out.back() < 60'000) out.push_back(out.back() * 1.15);
        return out;
    }();
    return thresholds;
}

void distribution_at_thresholds(std::span<const WeightedCount> ensemble, std::vector<double>& out) {
    const auto z = count_thresholds();
    static const double log_step = std::log(1.15);
    out.assign(z.size(), 0);
    double total = 0;
    for (const auto& one : ensemble) {
        total += one.weight;
        const double at =
            one.value <= 10 ? std::ceil(one.value - 1e-9) : 10 + std::ceil(std::log(one.value / 10) / log_step - 1e-9);
        if (at < static_cast<double>(z.size())) out[static_cast<std::size_t>(at)] += one.weight;
    }
    double sum = 0;
    for (double& share : out) {
        sum += share;
        share = sum / total;
    }
}

void add_squared_errors(std::span<const std::vector<double>> distributions, double outcome, std::vector<double>& raw,
                        std::vector<double>& logarithmic) {
    const auto z = count_thresholds();
    const auto& log_width_at = log_widths();
    const std::size_t many = distributions.size();
    std::vector<double> error(many);
    for (std::size_t i = 0; i + 1 < z.size(); ++i) {
        const double reached = outcome <= z[i] ? 1 : 0;
        bool any = false;
        for (std::size_t k = 0; k < many; ++k) {
            error[k] = distributions[k][i] - reached;
            any = any || error[k] != 0;
        }
        if (!any) continue;
        const double width = z[i + 1] - z[i];
        const double log_width = log_width_at[i];
        for (std::size_t j = 0; j < many; ++j) {
            for (std::size_t k = 0; k <= j; ++k) {
                const double product = error[j] * error[k];
                raw[j * many + k] += product * width;
                logarithmic[j * many + k] += product * log_width;
            }
        }
    }
}

std::vector<double> pool_weights(std::span<const double> squared_errors, std::span<const double> prior,
                                 const PoolOptions& options) {
    const std::size_t many = prior.size();
    double total = 0;
    for (const double p : prior) total += p;
    std::vector<double> start(prior.begin(), prior.end());
    for (double& p : start) p /= total;
    double scale = 0, taken = 0;
    for (std::size_t k = 0; k < many; ++k) {
        if (start[k] == 0) continue;
        scale += squared_errors[k * many + k];
        taken += 1;
    }
    scale /= taken;
    if (!(scale > 0)) return start;
    const double step = 0.5 / (1 + options.pull);  // a longer one overshoots the prior
    std::vector<double> w = start, next(many), gradient(many);
    constexpr double still = 1e-15;  // no weight moves any more: further turns would give the same
    for (int iteration = 0; iteration < options.iterations; ++iteration) {
        for (std::size_t j = 0; j < many; ++j) {
            if (w[j] == 0) continue;  // it stays none
            double sum = 0;
            for (std::size_t k = 0; k < many; ++k) sum += squared_errors[std::max(j, k) * many + std::min(j, k)] * w[k];
            gradient[j] = sum / scale + (w[j] > 0 ? options.pull * std::log(w[j] / start[j]) : 0);
        }
        double sum = 0, moved = 0;
        for (std::size_t k = 0; k < many; ++k) {
            if (w[k] == 0) {
                next[k] = 0;
                continue;
            }
            sum += next[k] = w[k] * std::exp(-step * gradient[k]);
        }
        for (std::size_t k = 0; k < many; ++k) {
            next[k] /= sum;
            moved = std::max(moved, std::fabs(next[k] - w[k]));
        }
        w.swap(next);
        if (moved < still) break;
    }
    return w;
}

double pooled_error(std::span<const double> squared_errors, std::span<const double> v, std::span<const double> w) {
    double sum = 0;
    for (std::size_t j = 0; j < v.size(); ++j) {
        for (std::size_t k = 0; k < w.size(); ++k)
            sum += v[j] * w[k] * squared_errors[std::max(j, k) * v.size() + std::min(j, k)];
    }
    return sum;
}

}  // namespace icosa::methods
