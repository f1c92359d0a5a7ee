/// Gathers who takes part in the instruments of controlled items.
#include "app/item_ground.hpp"

#include "app/instrument_facts.hpp"

namespace icosa::app {

Result<screen::PartiesByInstrument> item_parties(store::Store* store, const Packs& packs, Day as_of) {
    screen::PartiesByInstrument out;
    for (const InstrumentFacts& one : TRY(instrument_facts(store, packs, as_of))) {
        screen::InstrumentParties parties;
        for (const auto& [place, act] : one.on_day) parties.in.push_back(place);
        parties.tells_absence = one.is_complete && one.as_at == as_of;
        out.emplace(one.instrument->id, std::move(parties));
    }
    return out;
}

}  // namespace icosa::app
