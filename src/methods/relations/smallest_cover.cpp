/// Depth by depth, always for the lowest element that is still missing.
#include "methods/relations/smallest_cover.hpp"

#include <algorithm>
#include <bit>

namespace icosa::methods {
namespace {

struct CoverSearch {
    std::span<const std::uint64_t> sets;
    std::vector<std::size_t> taken;
    std::vector<std::vector<std::size_t>> found;

    void take(std::uint64_t missing, std::size_t left) {
        if (missing == 0) {
            std::vector<std::size_t> family = taken;
            std::ranges::sort(family);
            if (std::ranges::find(found, family) == found.end()) found.push_back(std::move(family));
            return;
        }
        if (left == 0) return;
        const std::uint64_t first = std::uint64_t{1} << std::countr_zero(missing);
        for (std::size_t i = 0; i < sets.size(); ++i) {
            if (!(sets[i] & first)) continue;
            taken.push_back(i);
            take(missing & ~sets[i], left - 1);
            taken.pop_back();
        }
    }
};

}  // namespace

std::vector<std::vector<std::size_t>> smallest_covers(std::span<const std::uint64_t> sets, std::uint64_t wanted,
                                                      std::size_t most) {
    if (wanted == 0) return {};
    for (std::size_t size = 1; size <= most; ++size) {
        CoverSearch search{sets, {}, {}};
        search.take(wanted, size);
        if (search.found.empty()) continue;
        std::ranges::sort(search.found);
        return search.found;
    }
    return {};
}

}  // namespace icosa::methods
