/// Benjamini-Hochberg and Benjamini-Yekutieli.
#include "methods/alarms/false_discovery.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icosa::methods {

std::vector<double> adjusted_p_values(std::span<const double> p_values, Dependence dependence) {
    std::vector<double> out(p_values.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p_values.size(); ++i) {
        if (!std::isnan(p_values[i])) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return p_values[a] != p_values[b] ? p_values[a] < p_values[b] : a < b;
    });
    const auto m = static_cast<double>(order.size());
    double factor = m;
    if (dependence == Dependence::Any) {
        double harmonic = 0;
        for (std::size_t i = 1; i <= order.size(); ++i) harmonic += 1 / static_cast<double>(i);
        factor *= harmonic;
    }
    double least = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        least = std::min(least, factor / static_cast<double>(rank) * p_values[order[rank - 1]]);
        out[order[rank - 1]] = least;
    }
    return out;
}

double discoveries_expected_by_chance(int tests, double rate) {
    double sum = 0;
    double term = rate;
    for (int j = 1; j <= tests; ++j) {
        sum += term;
        term *= (j + 1.0) / j * (tests - j) / tests * rate;
        if (term < 1e-15 * sum) break;
    }
    return sum;
}

}  // namespace icosa::methods
