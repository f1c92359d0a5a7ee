/// Sets of preferences to change, the smallest first.
#include "methods/conflict_graph/wanted.hpp"

namespace icosa::methods::conflict_graph {
namespace {

/// Adds to `chosen` further states of `from`, in order, until it has `size`, and keeps what does.
struct SetSearch {
    std::size_t state;
    Concept under;
    const BitRow& better;
    const Answers& answers;
    std::vector<std::uint32_t> from;
    std::vector<std::uint32_t> chosen = {};
    std::vector<std::vector<std::uint32_t>> found = {};

    [[nodiscard]] bool does(std::span<const std::uint32_t> changed) const {
        BitRow left = better;
        for (const std::uint32_t t : changed) left.clear(t);
        return (marks_against(state, left, answers) & mark_of(under)) != 0;
    }

    void choose(std::size_t first, std::size_t size) {  // NOLINT(misc-no-recursion): as deep as most_changes
        if (found.size() == most_sets) return;
        if (chosen.size() == size) {
            if (does(chosen)) found.push_back(chosen);
            return;
        }
        for (std::size_t at = first; at < from.size(); ++at) {
            chosen.push_back(from[at]);
            choose(at + 1, size);
            chosen.pop_back();
        }
    }
};

std::vector<std::uint32_t> listed(const BitRow& row) {
    std::vector<std::uint32_t> out;
    row.until([&](std::size_t t) {
        out.push_back(static_cast<std::uint32_t>(t));
        return true;
    });
    return out;
}

}  // namespace

Wanted wanted(std::size_t state, Concept under, const BitRow& better, const Answers& answers) {
    Wanted out;
    out.is_stable = (marks_against(state, better, answers) & mark_of(under)) != 0;
    if (out.is_stable) return out;
    BitRow tempting = answers.own[state];
    tempting &= better;
    SetSearch search{state, under, better, answers, listed(better)};
    const std::size_t sizes = search.from.size() <= 60 ? most_changes : search.from.size() <= 2000 ? 1 : 0;
    for (std::size_t size = 1; under != Concept::Nash && size <= sizes && search.found.empty(); ++size)
        search.choose(0, size);
    out.sets = std::move(search.found);
    if (out.sets.empty()) {
        out.sets = {listed(tempting)};
        out.is_smallest = under == Concept::Nash;
    }
    return out;
}

}  // namespace icosa::methods::conflict_graph
