/// Events that nothing tells apart, as one site: where and when it is, and which events they are.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "methods/matching/matching.hpp"

namespace icosa::methods::matching {

/// A point in space and time: the axes of a globe of radius 1 km x earth's, first day, last day.
using Spot = std::array<double, 5>;

struct Site {
    Spot spot{};
    std::int32_t kind = 0;
    std::int32_t event = 0;  ///< one of its events
};

struct Sites {
    std::vector<Site> sites;           ///< by content, so that a site's number is the same for rows in any order
    std::vector<std::int32_t> first;  ///< [sites + 1]: its events are members[first[s]] to before members[first[s + 1]]
    std::vector<std::int32_t> members;  ///< events, of each site as they came

    [[nodiscard]] std::size_t size() const { return sites.size(); }
    [[nodiscard]] std::int32_t worth(std::size_t site) const { return first[site + 1] - first[site]; }
    [[nodiscard]] std::span<const std::int32_t> of(std::size_t site) const {
        return std::span(members).subspan(static_cast<std::size_t>(first[site]), static_cast<std::size_t>(worth(site)));
    }
};

/// chosen: numbers of events, ascending.   cost  O(n log n)
[[nodiscard]] Sites sites_of(std::span<const Event> events, std::vector<std::int32_t> chosen);

}  // namespace icosa::methods::matching
