/// How many pairs there would be if no event of one source were an event of the other.
#pragma once

#include <optional>
#include <span>

#include "methods/matching/matching.hpp"

namespace icosa::methods::matching {

struct Chance {
    double pairs = 0;            ///< mean over the shifts
    std::int32_t shift_days = 0;  ///< one way and the other, once and twice: four runs
};

/// The second source's days are moved by whole weeks, more than the window, round the end of its own days: its places,
/// kinds, weekdays and seasons stay, what happened no longer does. Pairs that remain are of chance; as the events that
/// do have a partner stand free for them, they are rather too many, and events that follow one another at one place (a
/// series of attacks) rather too few.
///
///     shift_days = the least multiple of 7 that is at least 28 and over 2 days + 1
///
/// out   nothing where the source's days are fewer than eight shifts
/// cost  four times that of match_events
[[nodiscard]] Result<std::optional<Chance>> chance_pairs(std::span<const Event> a, std::span<const Event> b,
                                                         const Agreement& agreement, Reach reach, int threads);

}  // namespace icosa::methods::matching
