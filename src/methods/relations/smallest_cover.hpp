/// Which few sets together hold everything that is asked for?
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods {

/// All smallest families of sets whose union holds every element: the set-cover problem, by trying one set after
/// another for the first element that is not held yet, deepest size first found; exact, and quick for small families.
///
/// in    sets[n]   element e as bit e;  wanted: the elements to hold, at most 64;  most: sets a family may have
/// out   families as indices of sets, ascending; none where `most` sets do not suffice
/// src   [karp1972] problem 14, SET COVERING
/// cost  O(n^k) for families of k sets, less what the first missing element rules out
[[nodiscard]] std::vector<std::vector<std::size_t>> smallest_covers(std::span<const std::uint64_t> sets,
                                                                    std::uint64_t wanted, std::size_t most);

}  // namespace icosa::methods
