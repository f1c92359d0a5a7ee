/// The same event in two sources: which events of one stand for which of the other, by location, time and kind.
///
/// The page. After Donnay et al. (MELTT): two events may be one where they lie within so many km and days of one
/// another and their kinds agree at some level of a taxonomy; the finer the level, the better the pair.
///
///     misfit = mean over dimensions of (finest level on which the kinds agree, from 0) / (levels - 1)
///     score  = 1 - misfit
///
/// 1. agreement   the misfit of every kind of one source to every kind of the other, once.
/// 2. sites       events that nothing told apart (same point, days, kind) are one site that is worth several.
/// 3. site_tree   sites of one kind in a tree of boxes (three axes of the globe, first day, last day) that forgets
///                those used up: the nearest one of a site, wherever it lies, by date line and pole too.
/// 4. closest     pairs, the best first, each event in one at most. "Best" is a total order of pairs: less misfit; then
///                less (chord / km)^2 + (days / window)^2; then the content of the events. So the answer is the one
///                that no two events would leave for each other, and it does not hang on the order of the rows.
/// 5. matching    events of one day with events of one day, then episodes (of several days) with episodes, as the paper
///                has it; then events that are left, each to the closest episode that holds its day: for a person to
///                look at, no pair.
/// 6. chance      how many pairs there would be if none of the events were the same.
///
/// The reference gives a partner up for a better one too, but goes through events in order of time, looks at misfit
/// alone, and keeps what came first of equals; its answer changes with the order of the rows of a day.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "methods/matching/agreement.hpp"

namespace icosa::methods::matching {

struct Event {
    double latitude_deg = 0;  ///< -90 to 90
    double longitude_deg = 0;  ///< -180 to 180
    Day first, last;  ///< first <= last; equal: of one day
    std::int32_t kind = 0;  ///< of its source, 0 to kinds - 1
};

struct Reach {
    double km = 25;  ///< 0 to 20,000, along the globe; a millimetre more may be rounding
    std::int32_t days = 2;  ///< 0 to 36,500, of first days and of last days
};

struct Pair {
    std::int32_t a = 0, b = 0;  ///< of each source's events
    double distance_km = 0;
    std::int32_t days = 0;  ///< b less a: of the first or last days, whichever are farther apart; of an event in an
                            ///< episode how far it lies outside
    double score = 1;  ///< 1: the kinds agree on the finest level; 0: on the broadest only
};

/// Why an event is in no pair.
enum class Standing : std::uint8_t {
    Paired,
    Outbid,  ///< what it could be paired with has a better partner
    OtherKind,  ///< what is near is of kinds that do not agree, or an episode and the other an event
    Alone,  ///< nothing of the other source is near
};

struct Matching {
    std::vector<Pair> pairs;  ///< by a; each event once at most
    std::vector<Pair>
        in_episodes;  ///< by a, b: events left over and the episode that holds them; the event once at most
    std::vector<Standing> a, b;  ///< of each event
};

/// in    a, b as said at Event; agreement.kinds_a() and kinds_b() as their kinds say
/// out   the same bytes on any number of threads; events in another order give the same pairs (of events that nothing
///       tells apart, the earlier with the earlier)
/// err   Usage bad-reach; Data bad-event (a point off the globe, days that fall, an unknown kind), naming the event
/// src   [donnay2019] sec. "Integrating event data"; order of stages as its authors' package meltt 0.4.3; closest pairs
///       by chains of nearest neighbours [murtagh1983]
/// cost  O(n log n) as a rule: three queries of a tree an event at most, however many events share a window
[[nodiscard]] Result<Matching> match_events(std::span<const Event> a, std::span<const Event> b,
                                            const Agreement& agreement, Reach reach, int threads);

}  // namespace icosa::methods::matching
