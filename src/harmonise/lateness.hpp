/// Lateness: which of the rows behind a signal were told long after what they tell of, and so are late, not new.
#pragma once

#include <string>
#include <vector>

#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "pack/source_card.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// A signal and the periods whose rows it counts.
struct Counted {
    model::Signal* signal = nullptr;
    store::Key key;
};

/// Adds a caveat to each signal some of whose rows
///   became known more than 365 days after their period ended, where the source dates what it knows row by row;
///   or were not in the earliest edition, of the as-of day or before, that covered these periods whole.
/// select: as the source has it. Nothing is said of other records than events.
[[nodiscard]] Result<void> tell_late(store::Store& store, const model::Select& select, const pack::SourceCard& card,
                                     Day as_of, const std::vector<Counted>& signals);

}  // namespace icosa::harmonise
