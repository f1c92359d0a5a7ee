/// Compares each kind with each once.
#include "methods/matching/agreement.hpp"

#include <algorithm>

namespace icosa::methods::matching {
namespace {

double misfit_of(std::span<const std::int32_t> levels, const Categories& a, const Categories& b) {
    double sum = 0;
    std::size_t at = 0;
    for (const std::int32_t depth : levels) {
        std::int32_t level = 0;
        while (level < depth && a[at + static_cast<std::size_t>(level)] != b[at + static_cast<std::size_t>(level)])
            ++level;
        if (level == depth) return Agreement::never;
        sum += static_cast<double>(level) / std::max(1, depth - 1);
        at += static_cast<std::size_t>(depth);
    }
    return sum / static_cast<double>(std::max<std::size_t>(1, levels.size()));
}

}  // namespace

Agreement::Agreement(std::span<const std::int32_t> levels, std::span<const Categories> a, std::span<const Categories> b)
    : kinds_a_(static_cast<std::int32_t>(a.size())), kinds_b_(static_cast<std::int32_t>(b.size())) {
    misfit_.reserve(a.size() * b.size());
    for (const auto& one : a)
        for (const auto& other : b) misfit_.push_back(misfit_of(levels, one, other));
}

}  // namespace icosa::methods::matching
