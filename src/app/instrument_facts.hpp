/// Instruments with who takes part in them on a day, from a store's tables and the packs' own acts, or from these
/// alone.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "pack/participants.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// One instrument as of a day.
struct InstrumentFacts {
    const pack::Instrument* instrument = nullptr;
    model::Participation participation;  ///< acts by day
    pack::Participants on_day;           ///< as at `as_at`; points into `participation`
    Day as_at = no_day;                  ///< the day asked for, or through which it is known where that is earlier
    bool is_complete = false;            ///< is it known who is not in?

    [[nodiscard]] bool is_in_force(Day day) const;
    [[nodiscard]] bool is_ended(Day day) const { return instrument->ended != no_day && instrument->ended <= day; }
};

/// Of all instruments adopted by the day, in order of their ids. store null = the packs' own acts alone.
[[nodiscard]] Result<std::vector<InstrumentFacts>> instrument_facts(store::Store* store, const Packs& packs, Day as_of);

/// Members of a set or place on the day, split by whether they take part.
struct Split {
    std::vector<std::string> in, out;
    [[nodiscard]] std::size_t size() const { return in.size() + out.size(); }
};
[[nodiscard]] Split split_of(const InstrumentFacts& facts, const std::vector<std::string>& members);

/// Who may join: the set it is open to, the members of the United Nations where it names none.
[[nodiscard]] std::vector<std::string> could_join(const InstrumentFacts& facts, const Packs& packs);

}  // namespace icosa::app
