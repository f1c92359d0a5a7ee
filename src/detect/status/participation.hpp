/// Participation: who is in an instrument on a day, from its acts, and through which day that is known.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/participants.hpp"

namespace icosa::detect {

using pack::Participants;

/// Can anything be said of an instrument's participants on the as-of day?
struct Standing {
    enum class Kind { Known, NotSince, Unknown };
    Kind kind = Kind::Unknown;
    Day day = no_day;  ///< the day that is spoken of: as_of, or the day through which it is known where that is earlier
    std::string why;  ///< NotSince, Unknown: in words
};

/// Known through the day of the table or list, NotSince later: who has joined since nobody has looked up. Unknown
/// without a table or a complete list, or before the instrument was opened.
[[nodiscard]] Standing standing_of(const pack::Instrument& instrument, const model::Participation* participation,
                                   Day as_of);

/// Members of a set that are, and are not, participants.
struct Shares {
    std::vector<std::string> in;
    std::vector<std::string> out;
    [[nodiscard]] double share() const {
        return in.empty() && out.empty() ? 0
                                         : static_cast<double>(in.size()) / static_cast<double>(in.size() + out.size());
    }
    [[nodiscard]] int size() const { return static_cast<int>(in.size() + out.size()); }
};
[[nodiscard]] Shares shares_of(const std::vector<std::string>& members, const Participants& participants);

/// The share of a group, beside that of all, as a signal's figures; severity: states outside. Unusualness: how often a
/// group of this size drawn by lot from all would have more participants (half of ties counted).
void set_shares(model::Signal& signal, const Shares& group, const Shares& all, double threshold);

/// Participants at the end of each of the last years, up to the day: for a strip.
[[nodiscard]] model::Strip history_of(const std::string& title, std::span<const model::ParticipationAct> acts, Day day,
                                      int years);

}  // namespace icosa::detect
