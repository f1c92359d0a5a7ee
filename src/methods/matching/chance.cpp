/// Four shifts, the same for every run: no draw is needed.
#include "methods/matching/chance.hpp"

#include <algorithm>
#include <vector>

namespace icosa::methods::matching {

Precision precision_between(const Chance& chance, std::size_t pairs, std::size_t a, std::size_t b) {
    if (pairs == 0) return {};
    const auto found = static_cast<double>(pairs);
    const auto free = [&](double of_one_event) {
        return (1 - of_one_event / static_cast<double>(a)) * (1 - of_one_event / static_cast<double>(b));
    };
    // chance less what is free for it falls as F grows: the root is bracketed by 0 and C
    double low = 0, high = std::min(chance.pairs, found);
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (chance.pairs * free(found - middle) > middle ? low : high) = middle;
    }
    return {std::max(0.0, 1 - chance.pairs / found), 1 - low / found};
}

Result<std::optional<Chance>> chance_pairs(std::span<const Event> a, std::span<const Event> b,
                                           const Agreement& agreement, Reach reach, int threads) {
    if (b.empty()) return std::nullopt;
    Day first = b.front().first, last = b.front().first;
    for (const Event& one : b) {
        first = std::min(first, one.first);
        last = std::max(last, one.first);
    }
    Chance out;
    out.shift_days = std::max(28, (2 * reach.days + 1) / 7 * 7 + 7);
    const int span = last - first + 1;
    if (span < 8 * out.shift_days) return std::nullopt;
    for (const int times : {-2, -1, 1, 2}) {
        std::vector<Event> moved(b.begin(), b.end());
        for (Event& one : moved) {
            const int from_first = one.first - first + times * out.shift_days + span;
            const int by = first + from_first % span - one.first;
            one.first = one.first + by;
            one.last = one.last + by;
        }
        const Matching found = TRY(match_events(a, moved, agreement, reach, threads));
        out.pairs += static_cast<double>(found.pairs.size()) / 4;
    }
    return out;
}

}  // namespace icosa::methods::matching
