/// What options are found on: the catalogue, who takes part in what on the day, past months of violence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "pack/catalogue.hpp"
#include "pack/framework.hpp"
#include "pack/matters.hpp"
#include "pack/places.hpp"

namespace icosa::respond {

/// What is older tells nothing of the situation at hand.
inline constexpr int newest_days = 400;

/// Everything must outlive the options.
struct Ground {
    const pack::Catalogue& catalogue;
    const pack::PlaceBook& places;
    const pack::Framework& framework;
    const pack::Matters& matters;
    const std::map<std::string, model::Participation>& participation;  ///< by instrument
    Day as_of = no_day;
    /// Figures by state and month.
    struct Past {
        const model::Panel* longest = nullptr;  ///< whose situations can be compared
        const model::Panel* newest = nullptr;   ///< that tells the situation at hand
        int months = 6;
    };
    std::map<std::string, Past> past;  ///< by matter; none where the store has none
    /// By place: sections with a signal there today.
    std::map<std::string, std::vector<std::string>> signalling;
    /// By state: other states with which it is in a conflict between states that signals today.
    std::map<std::string, std::vector<std::string>> against;
    std::vector<std::string> violent;  ///< places with violence observed in the last months, or forecast; sorted
};

/// States on the ground of a subject, "sdn", "ind|pak", a sea by those that lie on it; sorted, each once.
[[nodiscard]] std::vector<std::string> states_of(std::string_view subject, const pack::PlaceBook& places);

/// Members of a mechanism on a day that are not suspended: of its set, or its own; sorted. Empty where none are known.
/// Members that are suspended on the day, sorted.
[[nodiscard]] std::vector<std::string> suspended_of(const pack::Mechanism& mechanism, const pack::PlaceBook& places,
                                                    Day day);
[[nodiscard]] std::vector<std::string> members_of(const pack::Mechanism& mechanism, const pack::PlaceBook& places,
                                                  Day day);

}  // namespace icosa::respond
