/// Sums over sorted draws.
#include "methods/score.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

std::vector<double> sorted(std::span<const double> draws) {
    std::vector<double> out(draws.begin(), draws.end());
    std::sort(out.begin(), out.end());
    return out;
}

std::ptrdiff_t bin_of(double value) {
    const auto above = std::upper_bound(std::begin(ignorance_edges), std::end(ignorance_edges), value);
    return std::max<std::ptrdiff_t>(0, above - std::begin(ignorance_edges) - 1);
}

}  // namespace

double crps_sorted(std::span<const double> draws, double outcome) {
    if (draws.empty()) return nan_value;
    const double n = static_cast<double>(draws.size());
    const double middle = draws[draws.size() / 2];  // the spread does not move with the origin; sums of small numbers lose less
    double distance = 0, spread = 0, rank = 1 - n;
    for (const double x : draws) {
        distance += std::fabs(x - outcome);
        spread += (x - middle) * rank;
        rank += 2;
    }
    return distance / n - spread / (n * n);
}

double crps(std::span<const double> draws, double outcome) { return crps_sorted(sorted(draws), outcome); }

double ignorance(std::span<const double> draws, double outcome) {
    constexpr double bins = static_cast<double>(std::size(ignorance_edges));
    const auto bin = static_cast<std::size_t>(bin_of(outcome));
    const double low = bin == 0 ? -std::numeric_limits<double>::infinity() : ignorance_edges[bin];
    const double high = bin + 1 < std::size(ignorance_edges) ? ignorance_edges[bin + 1] : std::numeric_limits<double>::infinity();
    const auto inside = std::count_if(draws.begin(), draws.end(), [&](double x) { return x >= low && x < high; });
    return -std::log2((static_cast<double>(inside) + 1) / (static_cast<double>(draws.size()) + bins));
}

double quantile_sorted(std::span<const double> draws, double probability) {
    if (draws.empty()) return nan_value;
    const double at = static_cast<double>(draws.size() - 1) * probability;
    const auto low = static_cast<std::size_t>(std::floor(at));
    if (low + 1 >= draws.size()) return draws.back();
    return draws[low] + (at - std::floor(at)) * (draws[low + 1] - draws[low]);
}

double interval_score_sorted(std::span<const double> draws, double outcome, double alpha) {
    const double low = quantile_sorted(draws, alpha / 2);
    const double high = quantile_sorted(draws, 1 - alpha / 2);
    return high - low + 2 / alpha * (std::max(0.0, low - outcome) + std::max(0.0, outcome - high));
}

double interval_score(std::span<const double> draws, double outcome, double alpha) {
    return draws.empty() ? nan_value : interval_score_sorted(sorted(draws), outcome, alpha);
}

double brier(double probability, Happened happened) {
    const double off = happened == Happened::Yes ? 1 - probability : probability;
    return off * off;
}

double log_score(double probability, Happened happened) { return -std::log2(happened == Happened::Yes ? probability : 1 - probability); }

PitInterval pit(std::span<const double> draws, double outcome) {
    if (draws.empty()) return {nan_value, nan_value};
    double below = 0, equal = 0;
    for (const double x : draws) {
        below += x < outcome;
        equal += x == outcome;
    }
    const double n = static_cast<double>(draws.size());
    return {below / n, (below + equal) / n};
}

bool covers_sorted(std::span<const double> draws, double outcome, double share) {
    return outcome >= quantile_sorted(draws, (1 - share) / 2) && outcome <= quantile_sorted(draws, (1 + share) / 2);
}

}  // namespace icosa::methods
