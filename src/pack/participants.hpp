/// Who takes part in an instrument on a day, from acts.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"

namespace icosa::pack {

/// By place, the act that made it a participant.
using Participants = std::map<std::string, const model::ParticipationAct*>;

/// Acts without a day count from the start; the last act of a participant decides, a withdrawal from the day on which
/// it takes effect.
[[nodiscard]] Participants participants_on(std::span<const model::ParticipationAct> acts, Day day);

/// Does this act make its doer a participant? (signature, provisional application, application, suspension and
/// withdrawal do not)
[[nodiscard]] bool makes_participant(std::string_view act);
[[nodiscard]] bool ends_participation(std::string_view act);  ///< withdrawal, termination
[[nodiscard]] const std::vector<std::string>& known_acts();

}  // namespace icosa::pack
