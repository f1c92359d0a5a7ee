/// Looks up who takes part.
#include "screen/items/list_parties.hpp"

#include <algorithm>

namespace icosa::screen {
namespace {

bool holds(const std::vector<std::string>& places, std::string_view place) {
    return std::ranges::find(places, place) != places.end();
}

}  // namespace

PartyStanding standing_of(const pack::ControlledList& list, const pack::PlaceBook& places,
                          const PartiesByInstrument& acts, std::string_view place, Day day) {
    using enum PartyStanding;
    const pack::ListParties& told = list.parties;
    if (told.from != no_day && told.from <= day) {
        const PartyStanding absent = day <= told.known_through ? NotAParty : NotKnown;
        if (told.among.empty()) return holds(told.named, place) ? Party : absent;
        if (holds(told.named, place)) return absent;
        const auto members = places.members(told.among, day);
        return members && holds(*members, place) ? Party : NotKnown;
    }
    const auto found = acts.find(list.instrument);
    if (list.instrument.empty() || found == acts.end()) return NotKnown;
    if (holds(found->second.in, place)) return Party;
    return found->second.tells_absence ? NotAParty : NotKnown;
}

}  // namespace icosa::screen
