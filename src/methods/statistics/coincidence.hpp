/// Coincidence of marks: how many units bear marks of two kinds or more close in time, and how many would if each kind
/// had fallen on units at random.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods {

/// One mark of a kind: on which unit (0-based), on which day. A unit bears at most one mark of a kind.
struct Mark {
    int unit = 0;
    int day = 0;
};

struct Coincidence {
    std::vector<int> kinds;  ///< by unit: the most kinds whose days lie within the window
    int together = 0;  ///< units with two kinds or more
    double expected = 0;  ///< mean of `together` over the permutations
    double p_value = 1;  ///< of as many or more: (1 + those permutations) / (1 + permutations), so never 0
};

/// kinds         marks of each kind, units in [0, units)
/// window        days between the first and the last mark that count as together, >= 0
/// permutations  each kind's marks are laid on units drawn without replacement, kinds apart from one another
/// src           [phipson2010]
[[nodiscard]] Coincidence coincidence(std::span<const std::vector<Mark>> kinds, int units, int window, int permutations,
                                      std::uint64_t seed);

}  // namespace icosa::methods
