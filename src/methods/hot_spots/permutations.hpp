/// Conditional permutations: a place keeps its value, those of all others are dealt out anew, and its neighbours take
/// what they get.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "methods/hot_spots/neighbours.hpp"

namespace icosa::methods::hot_spots {

struct Chance {
    int permutations = 999;  ///< 0 = none are made
    int stop_after = 0;      ///< a place is done when so many reached its own sum; 0 = never
    std::uint64_t seed = 1;
    std::uint64_t first_stream = 0;  ///< place i of this call has stream first_stream + i
    int threads = 1;                 ///< the same answer for any number
};

/// Two-sided p-values of the sums over each place's neighbours, and so of Gi, Gi* and local Moran at once: given the
/// place's own value all three order the deals alike.
///
///     r = deals whose sum lies as far out or farther, on the side of its exact expectation on which the place's lies
///     p = min(1, 2 (r + 1) / (m + 1)),  m deals;   ended early at r = h:  p = min(1, 2 h / deals made)
///
/// in    values[places], NaN = not observed;  permutations 1 to 1e9;  stop_after 0, or 2 and more
/// out   [places]; NaN where local_statistics has none; never below 2 / (m + 1); 1 where all deals give the same sum
/// src   [anselin1995] sec. 3.2; [besag1991] the early end, which keeps p exact: a place at which nothing is going on
///       is done after some 2 h deals, so that a hundred thousand deals cost little more than a thousand
/// dif   ESDA and others tell the lesser of both tails as it is; as a test of "is this place hot or cold" that alarms
///       twice as often as it says, so it is doubled here
///       Neighbours are drawn without replacement, as the paper has it; R spdep 1.2 draws with replacement, which is
///       wider, and takes ties as half
/// cost  O(places * permutations * neighbours) without an early end; beyond half of all others being neighbours, the
///       rest is dealt instead
/// seen  tests/unit/methods/hot_spots/: deals in plain R; every deal of small cases
[[nodiscard]] std::vector<double> permuted_p_values(std::span<const double> values, const Neighbours& neighbours,
                                                    const Chance& chance,
                                                    const std::function<void(std::int64_t done)>& progress = {});

}  // namespace icosa::methods::hot_spots
