/// Which demands are in one another's way: a smallest-by-inclusion set of them that nothing meets.
#pragma once

#include <cstddef>
#include <vector>

namespace icosa::methods {

/// An irreducible set of demands that cannot be met together, by the deletion filter: each demand is left out in turn,
/// and stays out where the rest cannot be met either.
///
/// in    demands   how many;  can_be_met(kept[demands]) of a subset: a subset of one that can be met can be met too
/// out   numbers of the demands, ascending: together they cannot be met, without any one of them they can. Empty where
///       all can be met. Of several such sets the one that the order of the demands leads to: what is named last goes
///       first
/// src   [chinneck1991] deletion filter
/// cost  demands + 1 calls of can_be_met
/// seen  methods/bargaining_test.cpp: against all subsets
template <class CanBeMet>
[[nodiscard]] std::vector<std::size_t> irreducible_set(std::size_t demands, const CanBeMet& can_be_met) {
    std::vector<char> kept(demands, 1);
    std::vector<std::size_t> out;
    if (can_be_met(kept)) return out;
    for (std::size_t i = demands; i-- > 0;) {
        kept[i] = 0;
        if (can_be_met(kept)) kept[i] = 1;
    }
    for (std::size_t i = 0; i < demands; ++i) {
        if (kept[i]) out.push_back(i);
    }
    return out;
}

}  // namespace icosa::methods
