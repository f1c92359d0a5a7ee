/// Rows and columns written out, then fit_log_linear twice.
#include "methods/alarms/seasonal/dense.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "methods/statistics/regression.hpp"

namespace icosa::methods::seasonal {
namespace {

/// The observed rows of one period, and the column of each level: `none` for a level without rows.
struct Table {
    struct Row {
        int level = 0;
        double time = 0;
    };
    std::vector<double> y;
    std::vector<Row> rows;
    double largest = 0;
    std::vector<std::size_t> column_of;
    std::size_t none = 0;
    std::size_t used = 0;  ///< columns of levels; the trend's comes after them

    Table(std::span<const double> counts, const SeasonPlan& plan, double middle, int t)
        : column_of(static_cast<std::size_t>(plan.levels), static_cast<std::size_t>(plan.levels)),
          none(static_cast<std::size_t>(plan.levels)) {
        for (const auto& block : plan.blocks) {
            for (int r = 0; r < block.length; ++r) {
                const double count = counts[static_cast<std::size_t>(t - block.back + r)];
                if (std::isnan(count)) continue;
                y.push_back(count);
                rows.push_back({block.level, middle - block.back + r});
                largest = std::max(largest, count);
            }
        }
        for (const Row& row : rows) {
            auto& at = column_of[static_cast<std::size_t>(row.level)];
            if (at == none) at = used++;
        }
    }

    [[nodiscard]] std::size_t column(int level) const { return column_of[static_cast<std::size_t>(level)]; }

    [[nodiscard]] Design design(int trend) const {
        const std::size_t n = y.size(), p = used + static_cast<std::size_t>(trend);
        Design out{n, p, std::vector<double>(n * p, 0.0)};
        for (std::size_t i = 0; i < n; ++i) {
            out.values[i * p + column(rows[i].level)] = 1;
            if (trend != 0) out.values[i * p + used] = rows[i].time;
        }
        return out;
    }
};

/// Weights of the second fit from Anscombe residuals of the first; they sum to the rows.
std::vector<double> weights_of_outbreaks(const Design& design, const std::vector<double>& y, const LogLinearFit& fit,
                                         double threshold) {
    const std::size_t n = design.rows, p = design.columns;
    std::vector<double> omega(n, 1.0);
    const double phi = std::max(fit.dispersion, 1.0);
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double mu = fit.fitted[i];
        const double rest = 1 - fit.weights[i] * quadratic_form({&design.values[i * p], p}, fit.unscaled);
        const double residual = 1.5 * (std::cbrt(y[i]) * std::cbrt(y[i]) * std::pow(mu, -1.0 / 6) - std::sqrt(mu));
        const double limit = threshold * threshold * phi * rest;
        if (residual > 0 && rest > 1e-10 && residual * residual > limit) omega[i] = phi * rest / (residual * residual);
        total += omega[i];
    }
    for (double& one : omega) one *= static_cast<double>(n) / total;
    return omega;
}

}  // namespace

SeasonalFit fit_dense(std::span<const double> counts, const SeasonPlan& plan, double middle, int t,
                      const SeasonalFitOptions& options) {
    const Table table(counts, plan, middle, t);
    const std::size_t n = table.y.size(), p = table.used + static_cast<std::size_t>(options.trend);
    SeasonalFit out;
    out.largest = table.largest;
    out.rows = static_cast<int>(n);
    if (n <= p || table.column(plan.predicted) == table.none) return out;
    const Design design = table.design(options.trend);
    LogLinearFit fit = fit_log_linear(design, table.y);
    if (fit.coefficients.empty()) return out;
    out.converged = fit.converged;
    out.first_dispersion = fit.dispersion;
    std::vector<double> omega(n, 1.0);
    if (std::isfinite(options.weights_threshold)) {
        omega = weights_of_outbreaks(design, table.y, fit, options.weights_threshold);
        fit = fit_log_linear(design, table.y, omega);
        if (fit.coefficients.empty()) return out;
    }
    std::vector<double> x(p, 0.0);
    x[table.column(plan.predicted)] = 1;
    if (options.trend != 0) x[table.used] = middle;
    out.fitted = true;
    for (std::size_t a = 0; a < p; ++a) out.eta += x[a] * fit.coefficients[a];
    out.unscaled = quadratic_form(x, fit.unscaled);
    out.dispersion = fit.dispersion;
    out.degrees = fit.degrees;
    double slip = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double off = table.y[i] / fit.fitted[i] - 1;
        slip += omega[i] * off * off;
    }
    out.slip = slip / fit.degrees;
    if (options.trend != 0) {
        out.slope = fit.coefficients[table.used];
        out.slope_unscaled = fit.unscaled[table.used * p + table.used];
    }
    return out;
}

}  // namespace icosa::methods::seasonal
