/// Editions of a list in the store, compared: what changed within a window.
#pragma once

#include "base/result.hpp"
#include "model/evidence.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// The newest edition up to the day against the newest that is at least `changes_within_days` older, else against the
/// oldest; of the Select's regimes alone where it names any. The first source that has an edition with a day answers.
[[nodiscard]] Result<model::ListHistory> list_history(store::Store& store, const model::Select& select, Day as_of);

}  // namespace icosa::harmonise
