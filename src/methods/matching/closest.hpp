/// Pairs of sites, the best first, each event in one at most: by chains of nearest neighbours.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/matching/site_tree.hpp"

namespace icosa::methods::matching {

struct SitePair {
    std::int32_t a = 0, b = 0;
    std::int32_t worth = 0;  ///< so many events of each
};

struct Closest {
    std::vector<SitePair> pairs;               ///< as found
    std::vector<std::uint8_t> a_has, b_has;    ///< of each site: was there anything for it at the outset?
};

/// A site's nearest one's nearest one's ... ends at two that are nearest to each other: they are the best pair for
/// both, whatever the rest, and go. What led there stays led there.
///
/// out   the pairs that taking the best pair of all again and again would give
/// src   [murtagh1983]
/// cost  queries of a tree: one a site at the outset (on all threads), then at most two a pair and one a site
[[nodiscard]] Closest closest_pairs(const Sites& a, std::span<const Event> events_a, const Sites& b,
                                    std::span<const Event> events_b, const Agreement& agreement, Reach reach,
                                    int threads);

}  // namespace icosa::methods::matching
