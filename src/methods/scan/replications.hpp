/// Data sets as chance makes them, given the totals: what a scan holds its statistic against.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "methods/scan/exposure.hpp"
#include "methods/statistics/random_stream.hpp"

namespace icosa::methods::scan {

using Stream = UnitStream;  ///< one a replication

/// N cases thrown into the cells, each with the chance of its expectation: given their number, Poisson counts.
/// src   [vose1991] alias table: one draw a case
class PoissonDraws {
public:
    explicit PoissonDraws(const Expected& expected);
    void draw(Stream& stream, std::vector<std::int32_t>& counts) const;

private:
    std::int64_t cases_;
    std::vector<std::uint32_t> kept_;   ///< of 2^32: the chance that a draw of this cell stays in it
    std::vector<std::uint32_t> other_;  ///< else it goes there
};

/// The intervals of the cases shuffled among their places: both margins stay.
/// src   [kulldorff2005]
class PermutedDraws {
public:
    /// counts[places][intervals]
    PermutedDraws(std::span<const std::int32_t> counts, std::size_t intervals);
    void draw(Stream& stream, std::vector<std::int32_t>& counts) const;

    /// each(place, interval) of every case of the data set that draw() would make; `left` is scratch.
    template <typename Each> void deal(Stream& stream, std::vector<std::uint32_t>& left, Each&& each) const {
        left = interval_;
        for (std::size_t n = left.size(); n > 0; --n) {
            const std::size_t taken = stream.below(static_cast<std::uint32_t>(n));
            each(place_[n - 1], left[taken]);
            left[taken] = left[n - 1];
        }
    }

private:
    std::size_t intervals_;
    std::vector<std::uint32_t> place_;  ///< of each case
    std::vector<std::uint32_t> interval_;
    std::size_t cells_;
};

}  // namespace icosa::methods::scan
