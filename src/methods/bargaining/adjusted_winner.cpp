/// The steps of adjusted winner.
#include "methods/bargaining/adjusted_winner.hpp"

#include <algorithm>
#include <numeric>

namespace icosa::methods {

AdjustedWinner adjusted_winner(std::span<const double> first, std::span<const double> second) {
    const std::size_t n = first.size();
    const auto hundred = [](std::span<const double> points) {
        const double sum = std::accumulate(points.begin(), points.end(), 0.0);
        std::vector<double> out(points.begin(), points.end());
        for (double& one : out) one *= 100 / sum;
        return out;
    };
    const std::vector<double> a = hundred(first), b = hundred(second);
    AdjustedWinner out;
    out.first_share.assign(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        if (a[i] <= b[i]) continue;
        out.first_share[i] = 1;
        out.first_points += a[i];
    }
    for (std::size_t i = 0; i < n; ++i) out.second_points += a[i] < b[i] ? b[i] : 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (a[i] != b[i]) continue;
        if (out.first_points <= out.second_points) {
            out.first_share[i] = 1;
            out.first_points += a[i];
        } else {
            out.second_points += b[i];
        }
    }
    const bool first_leads = out.first_points > out.second_points;
    const auto& more = first_leads ? a : b;
    const auto& less = first_leads ? b : a;
    double& high = first_leads ? out.first_points : out.second_points;
    double& low = first_leads ? out.second_points : out.first_points;
    std::vector<std::size_t> held;
    for (std::size_t i = 0; i < n; ++i) {
        if ((out.first_share[i] > 0) == first_leads && more[i] > 0) held.push_back(i);
    }
    std::ranges::stable_sort(held, [&](auto i, auto j) { return more[i] * less[j] < more[j] * less[i]; });
    constexpr double rounding = 1e-12;
    for (const std::size_t i : held) {
        if (high - low <= rounding) break;
        const double part = std::min(1.0, (high - low) / (more[i] + less[i]));
        high -= part * more[i];
        low += part * less[i];
        out.first_share[i] = first_leads ? 1 - part : part;
        if (part < 1) out.divided = static_cast<int>(i);
    }
    return out;
}

}  // namespace icosa::methods
