/// What a person must look up next: mandates that run out, meetings past their cadence, tables that have grown old.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"

namespace icosa::app {

struct FactDue {
    Day day = no_day;     ///< on which it is due, or since when it is not known
    std::string id;
    std::string what;     ///< one sentence
    std::string look_at;  ///< an address; "" = none is given
};

/// Due within so many days after the day, or overdue for a look: mandates, then bodies, then tables, of each the
/// earliest first.
[[nodiscard]] std::vector<FactDue> facts_due(const Packs& packs, Day as_of, int days);

}  // namespace icosa::app
