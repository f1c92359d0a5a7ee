/// Does a state take part in the instrument behind a list, on a day: party, not a party, or not known.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/controlled_items.hpp"
#include "pack/places.hpp"

namespace icosa::screen {

enum class PartyStanding : std::uint8_t { Party, NotAParty, NotKnown };
inline constexpr std::string_view party_standing_names[] = {"party", "not a party", "not known"};

/// Who takes part in an instrument on the day asked about, by its acts.
struct InstrumentParties {
    std::vector<std::string> in;      ///< places
    bool tells_absence = false;       ///< is it known, of that day, who is not in?
};
using PartiesByInstrument = std::map<std::string, InstrumentParties, std::less<>>;

/// What the list itself knows of the day comes first, then the acts of its instrument. Past the day through which the
/// list knows it, those who took part are told as parties and of the others nothing is known.
///
/// in    place   an id; one that the list's set does not hold is not known
[[nodiscard]] PartyStanding standing_of(const pack::ControlledList& list, const pack::PlaceBook& places,
                                        const PartiesByInstrument& acts, std::string_view place, Day day);

}  // namespace icosa::screen
