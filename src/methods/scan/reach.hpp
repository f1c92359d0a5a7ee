/// Windows of a permutation scan that reach the end, by length: how far above expectation one must be to reach a level.
#pragma once

#include <cstdint>
#include <vector>

#include "methods/scan/lanes.hpp"
#include "methods/scan/statistic.hpp"

namespace icosa::methods::scan {

/// In a permutation scan the expectation u of a window is the cases C of its circle times the share that its length has
/// of all cases. A circle that is to reach a level, and holds at least C cases, has an excess n - u of at least
///
///     min(needed(u), needed(u of the largest circle)),  u = C x share     concave, so chords lie below it
///     needed(u of the least n with likelihood_ratio(n, n x share) >= level)     for C >= n: it holds its own cases
class Reach {
public:
    /// in    shares[lengths] of all cases, rising;  most: cases that a circle may hold
    Reach(double all, double most, int minimum_cases, std::vector<double> shares);

    [[nodiscard]] std::size_t lanes() const { return lanes_; }  ///< lengths, filled up to whole lanes
    [[nodiscard]] std::size_t lengths() const { return shares_.size(); }
    [[nodiscard]] double share(std::size_t w) const { return shares_[w]; }
    [[nodiscard]] double all() const { return all_; }
    [[nodiscard]] int minimum_cases() const { return minimum_cases_; }
    [[nodiscard]] std::size_t level_at(double statistic) const { return bounds_.level_at(statistic); }

    /// Where the cases of a circle lie between two nodes.
    struct Node {
        std::uint32_t index = 0;
        float fraction = 0;
    };
    [[nodiscard]] Node node_of(double cases) const;
    /// By lane. Lanes that are no length are out of reach.
    [[nodiscard]] Threshold threshold(std::size_t level, std::int64_t cases, Node node) const {
        const float* low = &rows_[(level * (nodes + 1) + node.index) * lanes_];
        return {low, low + lanes_, node.fraction, &least_[level * lanes_], per_case_.data(), static_cast<float>(cases)};
    }
    [[nodiscard]] Threshold threshold(std::size_t level, std::int64_t cases) const {
        return threshold(level, cases, node_of(static_cast<double>(cases)));
    }

    /// The greatest statistic of a window of this length whose circle holds at least so many cases, by its excess.
    [[nodiscard]] double at_most(std::size_t w, std::int64_t cases, double excess) const;

private:
    static constexpr std::size_t nodes = 256;
    double all_, most_;
    int minimum_cases_;
    std::vector<double> shares_;
    std::size_t lanes_;
    ExcessBounds bounds_;
    std::vector<float> per_case_;  ///< [lanes]: shares
    std::vector<float> rows_;  ///< [levels][nodes + 1][lanes]
    std::vector<float> least_;  ///< [levels][lanes]
};

}  // namespace icosa::methods::scan
