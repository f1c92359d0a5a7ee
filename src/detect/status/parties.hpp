/// The instruments of a watch and their participants on the as-of day, as far as these are known.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "detect/status/participation.hpp"
#include "detect/status/question.hpp"

namespace icosa::detect {

/// Those the watch names that are in the catalogue, in its order.
[[nodiscard]] std::vector<const pack::Instrument*> instruments_of(const Asked& asked);

/// An instrument whose participants are known.
struct Parties {
    const pack::Instrument& instrument;
    const model::Participation& participation;
    Participants on_day;

    /// The day as at which they stand.
    [[nodiscard]] Day as_at(Day as_of) const { return std::min(as_of, participation.known_through); }
    /// The acts that made these participants so, all of whom must be in.
    [[nodiscard]] std::vector<const model::ParticipationAct*> acts_of(const std::vector<std::string>& who) const;
};

/// Nothing where they are not known, or not known since, which the finding then says: of `whom`, who was not in. Else
/// the finding has the source and a strip of the instrument's history.
[[nodiscard]] std::optional<Parties> parties_of(const Asked& asked, const pack::Instrument& instrument,
                                                const std::vector<std::string>& whom, StatusFinding& finding);

}  // namespace icosa::detect
