/// Permutations of each kind's marks over the units.
#include "methods/statistics/coincidence.hpp"

#include <algorithm>
#include <numeric>
#include <random>

namespace icosa::methods {
namespace {

using DaysOfUnits = std::vector<std::vector<int>>;

/// The most days within a window that begins at one of them.
int most_within(std::vector<int>& days, int window) {
    std::ranges::sort(days);
    int most = 0;
    for (std::size_t first = 0, last = 0; first < days.size(); ++first) {
        while (last < days.size() && days[last] - days[first] <= window) ++last;
        most = std::max(most, static_cast<int>(last - first));
    }
    return most;
}

int count_together(DaysOfUnits& days, int window) {
    return static_cast<int>(
        std::ranges::count_if(days, [&](std::vector<int>& one) { return most_within(one, window) >= 2; }));
}

/// Below `bound`, alike on every machine: std::uniform_int_distribution is not.
std::size_t draw_below(std::mt19937_64& random, std::size_t bound) {
    const std::uint64_t limit = random.max() - random.max() % bound;
    std::uint64_t out = random();
    while (out >= limit) out = random();
    return static_cast<std::size_t>(out % bound);
}

}  // namespace

Coincidence coincidence(std::span<const std::vector<Mark>> kinds, int units, int window, int permutations,
                        std::uint64_t seed) {
    const auto count = static_cast<std::size_t>(units);
    Coincidence out;
    DaysOfUnits days(count);
    for (const auto& marks : kinds) {
        for (const Mark& mark : marks) days[static_cast<std::size_t>(mark.unit)].push_back(mark.day);
    }
    for (auto& one : days) out.kinds.push_back(most_within(one, window));
    out.together = count_together(days, window);

    std::mt19937_64 random(seed);
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::int64_t sum = 0;
    int as_many = 0;
    for (int i = 0; i < permutations; ++i) {
        for (auto& one : days) one.clear();
        for (const auto& marks : kinds) {
            for (std::size_t k = 0; k < marks.size(); ++k) {
                std::swap(order[k], order[k + draw_below(random, count - k)]);
                days[order[k]].push_back(marks[k].day);
            }
        }
        const int together = count_together(days, window);
        sum += together;
        if (together >= out.together) ++as_many;
    }
    if (permutations > 0) {
        out.expected = static_cast<double>(sum) / permutations;
        out.p_value = (1.0 + as_many) / (1.0 + permutations);
    }
    return out;
}

}  // namespace icosa::methods
