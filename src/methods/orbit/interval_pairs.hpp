/// One interval of the search: which pairs may come close within it, and with what bound the others do not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "methods/orbit/conjunctions.hpp"
#include "methods/orbit/direction_cells.hpp"
#include "methods/orbit/path_bounds.hpp"

namespace icosa::methods::orbit {

/// All slots in the middle of one interval.
struct Frame {
    std::int64_t interval = 0;
    States states;
    Bounds bounds;
    std::vector<std::uint8_t> is_in;  ///< has a state, and is no padding
};

/// A pair of slots that must be followed.
struct CandidatePair {
    std::uint32_t a = 0, b = 0;
    double guess_s = 0;  ///< of the closest point of the straight path, from the middle
};

struct IntervalCounts {
    std::int64_t pairs = 0, in_cells = 0, in_reach = 0, kept = 0;
};

/// Reused from interval to interval, so that it seldom allocates.
class IntervalPairs {
public:
    IntervalPairs(const SearchKernels& kernels, double half_s, double within_km);

    /// in   against  slots; empty: all against all
    void find(const Frame& frame, std::span<const std::uint32_t> against);

    [[nodiscard]] std::span<const CandidatePair> kept() const { return kept_; }
    [[nodiscard]] const IntervalCounts& counts() const { return counts_; }

    /// So many dropped pairs of the interval found last, in slots: a half of any two, a quarter of neighbours in the
    /// sky, a quarter of those that only the path could tell. The same for the same `seed`. Fewer where there are none.
    void sample(const Frame& frame, std::span<const std::uint32_t> against, std::size_t count, std::uint64_t seed,
                std::vector<DroppedPair>& out) const;

private:
    /// A path from the middle of the interval, one to a line of the cache.
    struct alignas(64) Path {
        double p[3], v[3], pull, bend;
    };
    struct Straight {
        double guess_s, bound_km;
    };
    [[nodiscard]] Straight straight(std::uint32_t a, std::uint32_t b) const;
    void set_paths(const Frame& frame);
    ScanColumns sorted_by(const Frame& frame, std::span<const std::uint32_t> order);
    struct Range {
        std::uint32_t from, to;
    };
    void scan(const ScanColumns& at, Range a, Range b, std::span<const std::uint32_t> slot_of);
    void scan_all(const Frame& frame);
    /// A few slots against all, without cells.
    void scan_first(const Frame& frame, std::span<const std::uint32_t> against);
    void take(const PlacePair* from, const PlacePair* to, std::span<const std::uint32_t> slot_of);
    [[nodiscard]] bool is_dropped(const Frame& frame, bool by_cells, std::uint32_t a, std::uint32_t b,
                                  DroppedPair& out) const;

    const SearchKernels* kernels_;
    double half_s_, within_km_;
    DirectionCells cells_;
    std::vector<Path> paths_;
    std::vector<double> sorted_;  ///< six columns
    std::vector<PlacePair> found_;
    std::vector<CandidatePair> kept_;
    std::vector<PlacePair> reached_;  ///< slots of what the path was asked about
    std::vector<std::uint32_t> slots_;
    std::vector<std::uint8_t> is_sorted_;  ///< stands in the cells
    std::vector<std::uint32_t> wild_;  ///< slots whose bounds were widened beyond what cells are for
    IntervalCounts counts_;
};

}  // namespace icosa::methods::orbit
