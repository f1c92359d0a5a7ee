/// The lower envelope of parabolas, one at each source.
#include "methods/space/distance_transform.hpp"

#include <cmath>
#include <limits>

namespace icosa::methods {

void distance_transform(std::span<const float> cost, float spacing, std::span<float> out) {
    constexpr float never = std::numeric_limits<float>::infinity();
    const float square = spacing * spacing;
    thread_local std::vector<int> at;         // the parabolas of the envelope, by their points
    thread_local std::vector<float> from;     // where each begins to be the lowest
    at.clear();
    from.clear();
    for (int q = 0; q < static_cast<int>(cost.size()); ++q) {
        const float height = cost[static_cast<std::size_t>(q)];
        if (height == never) continue;
        float begins = -never;
        while (!at.empty()) {
            const auto other = static_cast<float>(at.back()), here = static_cast<float>(q);
            begins = ((height - cost[static_cast<std::size_t>(at.back())]) / square + (here - other) * (here + other))
                / (2 * (here - other));
            if (begins > from.back()) break;
            at.pop_back();
            from.pop_back();
            begins = -never;
        }
        at.push_back(q);
        from.push_back(begins);
    }
    std::size_t k = 0;
    for (std::size_t p = 0; p < out.size(); ++p) {
        if (at.empty()) {
            out[p] = never;
            continue;
        }
        const auto here = static_cast<float>(p);
        while (k + 1 < at.size() && from[k + 1] < here) ++k;
        const float apart = here - static_cast<float>(at[k]);
        out[p] = square * apart * apart + cost[static_cast<std::size_t>(at[k])];
    }
}

}  // namespace icosa::methods
