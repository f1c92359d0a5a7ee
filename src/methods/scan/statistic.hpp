/// The likelihood ratio of a window, and its inverse: how far above expectation a window must stand to reach one.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace icosa::methods::scan {

/// Statistics as near as this are the same but for rounding.
inline constexpr double same_statistic = 1e-9;

/// n ln(n / u) + (N - n) ln((N - n) / (N - u)); 0 where n <= u.
/// in    0 <= n <= N, 0 < u < N
/// src   [kulldorff1997] eq. 3
[[nodiscard]] double likelihood_ratio(double n, double u, double all);

/// Lower bounds of the excess n - u at which a window's statistic reaches a level. The windows that stay below a level
/// are a convex set of (u, n), for the statistic is a relative entropy: so the excess is concave in u, and a chord
/// between two of its points lies below it.
class ExcessBounds {
public:
    /// in    all >= 2 cases
    /// cost  some 400,000 logarithms
    explicit ExcessBounds(double all);

    /// The table for the highest level at or below this one.
    [[nodiscard]] std::size_t level_at(double statistic) const;
    [[nodiscard]] double statistic_of(std::size_t level) const { return levels_[level]; }
    [[nodiscard]] std::size_t levels() const { return levels_.size(); }
    /// A lower bound of n - u over all n with likelihood_ratio(n, u) >= the table's level; 0 <= u <= all.
    [[nodiscard]] double excess(std::size_t level, double u) const {
        const double* table = &tables_[level * (nodes + 1)];
        const auto i = static_cast<std::size_t>(std::sqrt(u * share_) * nodes);
        if (i >= nodes) return table[nodes];
        return table[i] + (table[i + 1] - table[i]) * ((u - node_[i]) * inverse_width_[i]);
    }

private:
    static constexpr std::size_t nodes = 256;
    double share_;  ///< 1 / all
    std::vector<double> levels_;
    std::vector<double> node_;    ///< u = all (i / nodes)^2
    std::vector<double> inverse_width_;
    std::vector<double> tables_;  ///< [levels][nodes + 1]
};

}  // namespace icosa::methods::scan
