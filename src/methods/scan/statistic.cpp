/// Levels stand 5 % apart, each with its own table over u; between nodes a chord.
#include "methods/scan/statistic.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods::scan {

double likelihood_ratio(double n, double u, double all) {
    if (n <= u) return 0;
    const double inside = n * std::log(n / u);
    return n < all ? inside + (all - n) * std::log((all - n) / (all - u)) : inside;
}

namespace {

/// The n > u at which the statistic is the level, from below; `all` where it is not reached.
double count_at(double level, double u, double all) {
    if (u <= 0) return 0;
    if (u >= all || likelihood_ratio(all, u, all) < level) return all;
    double low = u, high = all;
    double n = std::min(all, u + std::sqrt(2 * u * level) + level / 3);
    for (int i = 0; i < 60 && high - low > 1e-10 * (1 + high); ++i) {
        const double value = likelihood_ratio(n, u, all) - level;
        (value < 0 ? low : high) = n;
        const double slope = std::log(n / u) - std::log((all - n) / (all - u));
        const double next = n < all && slope > 0 ? n - value / slope : low;
        n = next > low && next < high ? next : (low + high) / 2;
    }
    return low;
}

}  // namespace

ExcessBounds::ExcessBounds(double all) : share_(1 / all) {
    constexpr double least = 0.05, step = 1.05, most = 100;
    levels_.push_back(0);
    for (double level = least; level < most; level *= step) levels_.push_back(level);
    for (std::size_t i = 0; i <= nodes; ++i) {
        const double share = static_cast<double>(i) / nodes;
        node_.push_back(all * share * share);
    }
    for (std::size_t i = 0; i < nodes; ++i) inverse_width_.push_back(1 / (node_[i + 1] - node_[i]));
    tables_.reserve(levels_.size() * (nodes + 1));
    for (const double level : levels_) {
        // a hair below: the chords are bounds, and rounding must not lift them
        for (const double u : node_)
            tables_.push_back(level <= 0 ? 0 : std::max(0.0, count_at(level, u, all) - u) * (1 - 1e-9));
    }
}

std::size_t ExcessBounds::level_at(double statistic) const {
    return static_cast<std::size_t>(std::upper_bound(levels_.begin(), levels_.end(), statistic) - levels_.begin()) - 1;
}

}  // namespace icosa::methods::scan
