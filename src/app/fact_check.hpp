/// Authored facts held against each other and against a store's data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// One kind of check: what was held against what, and what does not agree.
struct FactCheck {
    std::string name;             ///< "chains of mandates"
    std::int64_t held = 0;        ///< facts that were held
    std::string against;          ///< "the day on which the act before runs out"
    std::int64_t unheld = 0;      ///< facts that could not be, for the data are not there or not known so far
    Diagnostics contradictions = {};
};

/// All checks, in the order in which a person would read them.   err   those of the store
[[nodiscard]] Result<std::vector<FactCheck>> check_facts(store::Store& store, const Packs& packs, Day as_of);

}  // namespace icosa::app
