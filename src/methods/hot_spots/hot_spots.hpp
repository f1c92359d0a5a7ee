/// Local statistics: where do high values stand beside high ones, low beside low, more than chance puts them there?
///
/// How it goes, file by file:
///
///     neighbours        who is beside whom: within a distance, the nearest k, or cells that touch
///     local_statistics  Gi, Gi* and local Moran of each place, with their expectation and variance
///     permutations      the values of the others dealt out anew about each place: p-values that ask for no normal law
///     hot_spots         the two together, held to a rate of false discoveries: hot, cold, or one apart from its like
///     course            a place through time: new, emerging, persistent, fading, sporadic
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "methods/hot_spots/local_statistics.hpp"
#include "methods/hot_spots/permutations.hpp"

namespace icosa::methods::hot_spots {

/// What a place is, where its p-value allows to say it. Hot and Cold are the words of Gi and Gi*; the four pairs those
/// of local Moran: the place's own value first, against the mean, then its neighbours'.
enum class State : std::uint8_t { NotComputed, None, Hot, Cold, HighHigh, LowLow, HighLow, LowHigh };

[[nodiscard]] std::string_view name_of(State state);  ///< "", "none", "hot", "cold", "high-high" ...

struct Judging {
    Statistic statistic = Statistic::GiStar;
    Chance chance;
    double alpha = 0.05;         ///< of one place's p-value
    double false_discovery = 0;  ///< above 0: at most this share of the places told, instead of alpha
};

struct HotSpot {
    LocalStatistic of;
    double p_value = 0;  ///< two-sided; by permutations where they are asked for, else by the normal law; NaN = none
    double adjusted_p = 0;  ///< Benjamini-Hochberg over all steps and places
    State state = State::NotComputed;
};

/// Every place at every step, each step by itself: hot is hot beside the other places of the same time, so that a rise
/// everywhere makes nothing hot (that is what alarms in time are for).
///
/// in    values[places][steps], NaN = not observed: neither a place nor a neighbour then
/// out   [places][steps]. NotComputed: no value, no observed neighbour, or fewer than 3 places observed. No variance: z
///       0, p 1, None
/// src   [getis1992], [ord1995], [anselin1995]; [caldas2006] the false discoveries of many such tests, which lean the
///       same way where neighbourhoods overlap: Benjamini-Hochberg
/// cost  steps * places * (neighbours * permutations); see permutations.hpp for the early end
/// seen  tests/unit/methods/hot_spots/
[[nodiscard]] std::vector<HotSpot> hot_spots(std::span<const double> values, std::size_t steps,
                                             const Neighbours& neighbours, const Judging& judging,
                                             const std::function<void(std::int64_t places_done)>& progress = {});

}  // namespace icosa::methods::hot_spots
