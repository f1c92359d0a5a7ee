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

/// Of pairs found, the share that are of one event, 0 to 1, between two readings of the pairs of chance.
///
///     low  = 1 - C / P                    all events stand free for chance
///     high = 1 - F / P,  F = C (1 - T / a) (1 - T / b),  T = P - F      those that have their true partner do not
///
/// P pairs found, C of chance, a and b the events of each source
struct Precision {
    double low = 0, high = 0;
};
[[nodiscard]] Precision precision_between(const Chance& chance, std::size_t pairs, std::size_t a, std::size_t b);

/// The second source's days are moved by whole weeks, more than the window, round the end of its own days: its places,
/// kinds, weekdays and seasons stay, what happened no longer does. Pairs that remain are of chance; events that follow
/// one another at one place (a series of attacks) meet by chance more often than that tells.
///
///     shift_days = the least multiple of 7 that is at least 28 and over 2 days + 1
///
/// out   nothing where the source's days are fewer than eight shifts
/// cost  four times that of match_events
[[nodiscard]] Result<std::optional<Chance>> chance_pairs(std::span<const Event> a, std::span<const Event> b,
                                                         const Agreement& agreement, Reach reach, int threads);

}  // namespace icosa::methods::matching
