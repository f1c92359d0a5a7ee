/// The excess that a window needs to reach a level, in whole quanta: a sweep's one look instead of a root and a chord.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "methods/scan/lanes.hpp"
#include "methods/scan/statistic.hpp"

namespace icosa::methods::scan {

/// What narrows the windows of one scan.
struct NeededLimits {
    double all = 0;            ///< cases
    double most_expected = 0;  ///< in any window
    int minimum_cases = 2;
    std::int32_t per_case = 1;   ///< quanta
    std::int64_t places = 0;  ///< the most in a circle
};

/// Windows of fewer cases than the least asked for are no cluster: below the u at which that many reach the level, as
/// much is needed as there. The excess needed is concave in u, so over all u from one on it is least at that one or at
/// the most that can be expected.
class NeededExcess {
public:
    explicit NeededExcess(const NeededLimits& limits);

    /// The highest level at or below a statistic.
    [[nodiscard]] std::size_t level_at(double statistic) const { return bounds_.level_at(statistic); }
    /// A lower bound of what windows with u expected or more need, quanta. Each place may be off by half a quantum.
    [[nodiscard]] std::int64_t from(std::size_t level, double u) const {
        return in_quanta(std::min(bounds_.excess(level, std::max(u, fewest_[level])), at_most_[level]));
    }
    /// The same for one level in steps of u, a sum of floats: no more than from(of_floats(u)).
    [[nodiscard]] NeededRow row(std::size_t level) const {
        return {&rows_[level * steps_], first_step, static_cast<std::int32_t>(steps_) - 1, step_bits};
    }
    /// Less what a sum of floats, one a place, may be too great by.
    [[nodiscard]] double of_floats(double u) const { return u * (1 - 1e-7 * static_cast<double>(limits_.places + 1)); }
    /// A step is a sixty-fourth of a doubling.
    [[nodiscard]] static std::int32_t step_of(float u) { return std::bit_cast<std::int32_t>(u) >> step_bits; }

    static constexpr int step_bits = 23 - 6;
    static constexpr float lowest = 1.0F / 64;  ///< u below it is taken as 0
    static constexpr std::int32_t first_step = std::bit_cast<std::int32_t>(lowest) >> step_bits;

private:
    [[nodiscard]] std::int64_t in_quanta(double excess) const {
        return static_cast<std::int64_t>(std::min(excess * limits_.per_case, 1e9)) - limits_.places - 2;
    }

    NeededLimits limits_;
    ExcessBounds bounds_;
    std::vector<double> at_most_;  ///< [levels]: the excess needed where as much is expected as can be
    std::vector<double> fewest_;  ///< [levels]: expected, at which the least cases asked for reach the level
    std::size_t steps_ = 0;
    std::vector<std::int32_t> rows_;
};

}  // namespace icosa::methods::scan
