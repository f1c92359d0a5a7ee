/// Every close approach among objects of a catalogue over a window of days, none lost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "methods/orbit/sgp4_batch.hpp"

namespace icosa::methods::orbit {

struct ConjunctionSearch {
    Instant start;
    double hours = 24;      ///< (0, 168]
    double within_km = 5;   ///< (0, 200]
    std::vector<std::size_t> against;  ///< only approaches that one of these has part in; empty: all against all
    int threads = 1;        ///< 1 to 64; the answer does not depend on it
    double step_seconds = 60;  ///< [10, 120]: length of an interval; a matter of speed alone
    Width width = widest();
    std::size_t samples = 0;   ///< how many dropped (pair, interval) to tell, for the certificate
    std::uint64_t seed = 1;    ///< of the samples
    std::function<void(double share)> progress;  ///< called now and then, by one thread at a time; may be empty
};

/// One minimum of the distance between two objects.
struct Conjunction {
    std::size_t first = 0, second = 0;  ///< first < second
    Instant at;                         ///< of closest approach, to the microsecond
    double miss_km = 0;
    double relative_speed_km_s = 0;
    State first_state, second_state;  ///< at that time
    Vector miss_rtn_km{};  ///< second less first: radial, along track, across, in the frame of the first
};

/// Objects whose elements are the same to the digit: parts of one station.
struct Docked {
    std::vector<std::size_t> members;  ///< ascending
};

struct LeftOut {
    std::size_t object = 0;
    Instant from;  ///< first microsecond without a state, by bisection of the step; what comes after is left out
    Refusal why = Refusal::None;
};

/// How a (pair, interval) was found to hold no approach; in the order in which they are asked.
enum class DropRule : std::uint8_t {
    Direction,  ///< seen from the Earth's centre, too far apart for the turns of both within the interval
    Reach,      ///< farther apart at its middle than both can travel
    Shell,      ///< distances from the Earth's centre that cannot meet within it
    Path,       ///< straight relative path from its middle, less what curvature can do
};
inline constexpr std::size_t drop_rules = 4;
[[nodiscard]] constexpr const char* drop_rule_name(DropRule rule) {
    constexpr const char* names[drop_rules] = {"direction", "reach", "shell", "path"};
    return names[static_cast<std::size_t>(rule)];
}

/// A dropped (pair, interval) with a lower bound of its distance, at least `within_km`.
struct DroppedPair {
    std::size_t first = 0, second = 0;
    std::int32_t interval = 0;  ///< from start + interval * step to one step later
    DropRule rule = DropRule::Direction;
    double bound_km = 0;
};

struct ConjunctionAnswer {
    std::vector<Conjunction> approaches;  ///< by first, second, time
    std::vector<Docked> docked;           ///< by first member; members among themselves have no approaches
    std::vector<LeftOut> left_out;        ///< by object
    std::vector<DroppedPair> sample;      ///< by interval, first, second
    double step_seconds = 0;
    std::int64_t intervals = 0;
    std::int64_t pair_intervals = 0;  ///< pairs times intervals, of those asked for
    std::int64_t in_cells = 0;        ///< not dropped by Direction
    std::int64_t in_reach = 0;        ///< nor by Reach or Shell
    std::int64_t refined = 0;         ///< nor by Path: followed with the propagator itself
    std::int64_t widened = 0;         ///< states that left their assumed bounds, which were widened
};

/// All minima, below `within_km`, of the distance between positions as propagated.
///
///     For each interval and object, from the state in the middle: how far it can get, how far out and in, how far its
///     path leaves the parabola of the Earth's pull. Objects are sorted by direction from the Earth's centre in cells
///     as wide as two can turn; pairs of neighbouring cells are held against reach and shell, eight at a time; what is
///     left against the straight relative path; what is left then is followed by Newton's method on the range rate, and
///     the minimum is that of the distance itself. The bounds are checked where two intervals meet, and widened there
///     where a state left them.
///
/// in    satellites  all of one gravity and mode, indices are their order; those refused throughout are left out
/// out   equal for any number of threads and any width. A minimum lies within the window: its ends are none. Each
///       minimum of a pair is a row. Objects of one docked group: each has the rows of the group
/// dif   pairs so slow that their distance could turn twice within an interval (under 45 m/s at 5 km) are sampled each
///       twelfth of it; where two objects stand almost still to one another, the time of a minimum is good to 0.1 s
///       only
/// cost  24 h, 26,834 objects, 5 km: see docs/orbits.md
/// seen  tests/unit/methods/orbit/conjunctions_test.cpp: a search by small steps alone gives the same
[[nodiscard]] ConjunctionAnswer find_conjunctions(std::span<const Satellite> satellites,
                                                  const ConjunctionSearch& search);

}  // namespace icosa::methods::orbit
