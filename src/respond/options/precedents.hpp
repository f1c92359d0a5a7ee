/// Past situations like the one at hand and what followed, with and without an option: "was followed by", never
/// "worked".
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/evidence.hpp"
#include "model/options.hpp"

namespace icosa::respond {

/// How many months are summed before and after, and what counts as alike and as a fall.
struct PastRule {
    int months = 6;
    double least = 25;  ///< of the months before, for a situation to count
    double fall = 0.5;  ///< after at most this share of before
};

/// The sum of a unit's newest months, where they are no older than `oldest`; nothing where they are not observed.
[[nodiscard]] std::optional<double> newest_sum(const model::Panel& panel, const std::string& unit, int months,
                                               Day oldest);

/// A situation: a unit at a month t whose sum over the months t-months+1 .. t is within half and twice of `here`, and
/// at least `least`. Of a unit one in so many months counts, so that no month follows two of them.
///
///     fell:  sum of t+1 .. t+months  <=  fall * sum of t-months+1 .. t
///
/// in    panel  by state and month;  had(unit, day): was the option there then?
/// out   counts of situations; nothing where `here` is below `least`
[[nodiscard]] std::optional<model::Precedent> precedent_of(const model::Panel& panel, double here, const PastRule& rule,
                                                           const std::function<bool(const std::string&, Day)>& had);

}  // namespace icosa::respond
