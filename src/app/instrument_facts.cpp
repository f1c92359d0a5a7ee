/// Folds acts, counts members of sets.
#include "app/instrument_facts.hpp"

#include <algorithm>

#include "harmonise/evidence.hpp"

namespace icosa::app {

bool InstrumentFacts::is_in_force(Day day) const {
    return instrument->in_force != no_day && instrument->in_force <= day && !is_ended(day);
}

Result<std::vector<InstrumentFacts>> instrument_facts(store::Store* store, const Packs& packs, Day as_of) {
    std::vector<InstrumentFacts> out;
    for (const pack::Instrument& instrument : packs.catalogue.instruments) {
        if (instrument.adopted != no_day && instrument.adopted > as_of) continue;
        InstrumentFacts one;
        one.instrument = &instrument;
        one.participation = TRY(harmonise::participation_of(store, packs.books(), instrument, as_of));
        const Day known = one.participation.known_through;
        one.as_at = known == no_day ? as_of : std::min(known, as_of);
        one.is_complete = known != no_day && !one.participation.acts.empty()
            && (one.participation.from_table || (instrument.untc.empty() && instrument.participants_complete));
        one.on_day = pack::participants_on(one.participation.acts, one.is_complete ? one.as_at : as_of);
        out.push_back(std::move(one));
    }
    return out;
}

Split split_of(const InstrumentFacts& facts, const std::vector<std::string>& members) {
    Split out;
    for (const std::string& member : members) (facts.on_day.contains(member) ? out.in : out.out).push_back(member);
    return out;
}

std::vector<std::string> could_join(const InstrumentFacts& facts, const Packs& packs) {
    const std::string& set = facts.instrument->open_to;
    return packs.places.members(set.empty() ? "un-members" : set, facts.as_at).value_or(std::vector<std::string>{});
}

}  // namespace icosa::app
