/// Which rows have a part in a regression, where its climb starts, and what becomes of the coefficients.
#include "methods/forecasts/count_regression.hpp"

#include <algorithm>
#include <cmath>

#include "methods/forecasts/climb.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

bool whole_row(const Design& design, std::size_t row) {
    const double* x = &design.values[row * design.columns];
    return std::all_of(x, x + design.columns, [](double v) { return std::isfinite(v); });
}

/// Starts from the mean count, theta = 1.
std::vector<double> count_start(const Design& mean, const Design& size, const WeightedRows& part,
                                std::span<const double> counts) {
    double sum = 0, weight = 0;
    for (const std::size_t row : part.rows) {
        sum += part.weight(row) * counts[row];
        weight += part.weight(row);
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

bool has_part(const CountDesigns& designs, std::span<const double> counts, const WeightedRows& part, std::size_t row) {
    return part.weight(row) > 0 && std::isfinite(counts[row]) && whole_row(designs.zero, row)
        && whole_row(designs.mean, row) && whole_row(designs.size, row);
}

}  // namespace

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

LogisticFit fit_logistic(const Design& design, std::span<const double> outcomes, std::span<const double> weights,
                         const RidgeOptions& options) {
    LogisticFit fit;
    WeightedRows part{weights, {}};
    double ones = 0, all = 0;
    for (std::size_t row = 0; row < design.rows; ++row) {
        if (!(part.weight(row) > 0) || !std::isfinite(outcomes[row]) || !whole_row(design, row)) continue;
        part.rows.push_back(row);
        ones += part.weight(row) * outcomes[row];
        all += part.weight(row);
    }
    fit.rows = part.rows.size();
    fit.coefficients.assign(design.columns, 0.0);
    if (fit.rows == 0) return fit;
    const double share = std::clamp(ones / all, 1e-6, 1 - 1e-6);
    fit.coefficients[0] = std::log(share / (1 - share));
    if (options.start.size() == fit.coefficients.size()) fit.coefficients = options.start;
    auto best = climb<1>(
        {&design}, part, fit.coefficients, options,
        [&](std::size_t row, const std::array<double, 1>& eta) { return bernoulli_terms(outcomes[row], eta[0]); });
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
    WeightedRows part{weights, {}};
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (part.weight(row) > 0 && std::isfinite(counts[row]) && counts[row] > 0 && whole_row(mean, row)
            && whole_row(size, row))
            part.rows.push_back(row);
    }
    fit.rows = part.rows.size();
    if (fit.rows == 0) return fit;
    auto start =
        options.start.size() == mean.columns + size.columns ? options.start : count_start(mean, size, part, counts);
    const auto best = climb<2>(
        {&mean, &size}, part, std::move(start), options,
        [&](std::size_t row, const std::array<double, 2>& at) { return truncated_terms(counts[row], at[0], at[1]); });
    keep_mean_and_size(fit, best, mean, size);
    return fit;
}

CountRegressionFit fit_hurdle_negative_binomial(const CountDesigns& designs, std::span<const double> counts,
                                                std::span<const double> weights, const RidgeOptions& options) {
    const WeightedRows all{weights, {}};
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
    WeightedRows part{weights, {}};
    bool with = false, without = false;
    for (std::size_t row = 0; row < counts.size(); ++row) {
        if (!has_part(designs, counts, part, row)) continue;
        part.rows.push_back(row);
        (counts[row] > 0 ? with : without) = true;
    }
    fit.rows = part.rows.size();
    if (!with || !without) return fit;
    auto start = count_start(designs.mean, designs.size, part, counts);
    start.resize(start.size() + designs.zero.columns, 0.0);
    const auto best = climb<3>({&designs.mean, &designs.size, &designs.zero}, part, std::move(start), options,
                               [&](std::size_t row, const std::array<double, 3>& at) {
                                   return zero_inflated_terms(counts[row], at[0], at[1], at[2]);
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
