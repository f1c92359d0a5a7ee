/// Newton's method in two coefficients.
#include "methods/forecasts/recalibration.hpp"

#include <cmath>

#include "methods/forecasts/count_regression.hpp"

namespace icosa::methods {
namespace {

constexpr int most_iterations = 50;
constexpr int most_halvings = 30;
constexpr double tolerance = 1e-12;

double logit(double p) { return std::log(p) - std::log1p(-p); }

/// Symmetric, 2 x 2.
struct Matrix {
    double a = 0, b = 0, d = 0;
};

Matrix inverse(const Matrix& m) {
    const double determinant = m.a * m.d - m.b * m.b;
    return {m.d / determinant, -m.b / determinant, m.a / determinant};
}

/// Sum over clusters of the outer products of their summed scores: the filling of the sandwich.
Matrix scatter_of(const LogitMap& map, std::span<const double> probabilities, std::span<const Happened> happened,
                  std::span<const int> clusters) {
    Matrix scatter;
    double shift_score = 0, slope_score = 0;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double x = logit(probabilities[i]),
                     off = (happened[i] == Happened::Yes ? 1 : 0) - logistic(map.shift + map.slope * x);
        shift_score += off;
        slope_score += off * x;
        if (i + 1 < probabilities.size() && clusters[i + 1] == clusters[i]) continue;
        scatter.a += shift_score * shift_score;
        scatter.b += shift_score * slope_score;
        scatter.d += slope_score * slope_score;
        shift_score = slope_score = 0;
    }
    return scatter;
}

}  // namespace

LogitMap::Interval LogitMap::at(double probability, double z) const {
    const double x = logit(probability), middle = shift + slope * x;
    const double error = std::sqrt(std::max(0.0, variance_shift + 2 * x * covariance + x * x * variance_slope));
    return {logistic(middle), logistic(middle - z * error), logistic(middle + z * error)};
}

LogitMap fit_logit_map(std::span<const double> probabilities, std::span<const Happened> happened,
                       std::span<const int> clusters, double pull) {
    LogitMap out;
    if (probabilities.empty()) return out;
    const auto objective = [&](double shift, double slope) {
        double sum = -pull / 2 * (shift * shift + (slope - 1) * (slope - 1));
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
            const double eta = (shift + slope * logit(probabilities[i])) * (happened[i] == Happened::Yes ? 1 : -1);
            sum -= eta > 0 ? std::log1p(std::exp(-eta)) : std::log1p(std::exp(eta)) - eta;
        }
        return sum;
    };
    double reached = objective(out.shift, out.slope);
    Matrix information;
    for (int iteration = 0; iteration < most_iterations; ++iteration) {
        information = {pull, 0, pull};
        double shift_score = -pull * out.shift, slope_score = -pull * (out.slope - 1);
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
            const double x = logit(probabilities[i]), q = logistic(out.shift + out.slope * x);
            const double off = (happened[i] == Happened::Yes ? 1 : 0) - q, weight = q * (1 - q);
            shift_score += off;
            slope_score += off * x;
            information.a += weight;
            information.b += weight * x;
            information.d += weight * x * x;
        }
        const Matrix step = inverse(information);
        double shift_step = step.a * shift_score + step.b * slope_score,
               slope_step = step.b * shift_score + step.d * slope_score;
        double found = objective(out.shift + shift_step, out.slope + slope_step);
        for (int halved = 0; !(found >= reached) && halved < most_halvings;
             ++halved) {  // a whole step from afar can overshoot
            shift_step /= 2;
            slope_step /= 2;
            found = objective(out.shift + shift_step, out.slope + slope_step);
        }
        if (!(found >= reached)) break;  // as near as doubles go
        reached = found;
        out.shift += shift_step;
        out.slope += slope_step;
        if (std::fabs(shift_step) + std::fabs(slope_step) < tolerance) break;
    }
    const Matrix scatter = scatter_of(out, probabilities, happened, clusters);
    const Matrix bread = inverse(information);
    const auto product = [&](double left_1, double left_2, double right_1, double right_2) {
        return left_1 * (scatter.a * right_1 + scatter.b * right_2)
            + left_2 * (scatter.b * right_1 + scatter.d * right_2);
    };
    out.variance_shift = product(bread.a, bread.b, bread.a, bread.b);
    out.covariance = product(bread.a, bread.b, bread.b, bread.d);
    out.variance_slope = product(bread.b, bread.d, bread.b, bread.d);
    return out;
}

}  // namespace icosa::methods
