/// Floats carry the thresholds: a part in a million is taken off, so that rounding rules out nothing.
#include "methods/scan/reach.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods::scan {
namespace {

constexpr std::size_t whole = 16;
constexpr float out_of_reach = 3e38F;
constexpr double hair = 1 - 1e-6;

/// The least count from `fewest` on whose window reaches the level though its circle holds nothing else; 0 = none.
double least_count(double level, double share, double all, double fewest) {
    const auto reaches = [&](double n) { return likelihood_ratio(n, n * share, all) >= level; };
    if (share >= 1 || fewest > all || !reaches(all)) return 0;
    double low = fewest, high = all;
    while (low < high) {
        const double middle = std::floor((low + high) / 2);
        if (reaches(middle)) high = middle;
        else low = middle + 1;
    }
    return low;
}

/// Above the statistic of a window by few in a hundred, and quick, where the excess is less than the expectation:
///
///     n ln(n / u) - e <= e (sqrt(n / u) - 1),    (N - n) ln((N - n) / (N - u)) + e <= e^2 / (2 (N - n))
double no_less_than(double u, double excess, double all) {
    const double n = u + excess;
    if (excess > u || 2 * n > all) return likelihood_ratio(n, u, all);
    return excess * excess * (1 / (u * (1 + std::sqrt(n / u))) + 0.5 / (all - n));
}

}  // namespace

Reach::Reach(double all, double most, int minimum_cases, std::vector<double> shares)
    : all_(all),
      most_(std::min(most, all)),
      minimum_cases_(minimum_cases),
      shares_(std::move(shares)),
      lanes_((shares_.size() + whole - 1) / whole * whole),
      bounds_(all) {
    per_case_.assign(lanes_, 0);
    for (std::size_t w = 0; w < shares_.size(); ++w) per_case_[w] = static_cast<float>(shares_[w]);
    const std::size_t levels = bounds_.levels();
    rows_.assign(levels * (nodes + 1) * lanes_, out_of_reach);
    least_.assign(levels * lanes_, out_of_reach);
    for (std::size_t level = 0; level < levels; ++level) {
        const double statistic = bounds_.statistic_of(level) * (1 - 1e-9);
        for (std::size_t w = 0; w < shares_.size(); ++w) {
            if (shares_[w] <= 0) continue;
            const double at_most = bounds_.excess(level, most_ * shares_[w]);
            for (std::size_t i = 0; i <= nodes; ++i) {
                const double u = most_ * shares_[w] * static_cast<double>(i * i) / (nodes * nodes);
                rows_[(level * (nodes + 1) + i) * lanes_ + w] =
                    static_cast<float>(std::min(bounds_.excess(level, u), at_most) * hair - 0.01);
            }
            const double n = least_count(statistic, shares_[w], all_, minimum_cases_);
            if (n > 0)
                least_[level * lanes_ + w] =
                    static_cast<float>(std::min(bounds_.excess(level, n * shares_[w]), at_most) * hair - 0.01);
        }
    }
}

Reach::Node Reach::node_of(double cases) const {
    const double at = std::min(1.0, cases / most_);
    const auto i = std::min(nodes - 1, static_cast<std::size_t>(std::sqrt(at) * nodes));
    const double low = static_cast<double>(i * i) / (nodes * nodes);
    const double width = static_cast<double>(2 * i + 1) / (nodes * nodes);
    return {static_cast<std::uint32_t>(i), static_cast<float>(std::clamp((at - low) / width, 0.0, 1.0))};
}

double Reach::at_most(std::size_t w, std::int64_t cases, double excess) const {
    const double share = shares_[w];
    if (excess <= 0 || share <= 0 || share >= 1) return 0;
    // for one excess it falls with the expectation, then rises: so it is greatest at an end; all cases of the window
    // are cases of the circle
    const double least = std::max(static_cast<double>(cases) * share, excess * share / (1 - share));
    if (least + excess >= all_) return all_ * std::log(1 / share);  // no window holds more than all cases
    double out = no_less_than(least, excess, all_);
    const double most = most_ * share;
    if (most > least) out = std::max(out, no_less_than(most, std::min(all_ - most, excess), all_));
    return out * (1 + 1e-9) + 1e-9;
}

}  // namespace icosa::methods::scan
