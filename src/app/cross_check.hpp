/// What only all packs together can show to be wrong: a name in one file that no other declares.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"

namespace icosa::app {

/// References between packs: sources, kinds, measures, clauses, citations, sets; and each watch by its engine.
void check_packs(const Packs& packs, Diagnostics& faults);

/// Watches of an overlay without an [[expect]] that must signal and one that must stay silent: advised, not demanded.
[[nodiscard]] std::vector<std::string> added_without_cases(const Packs& packs);

/// Watches whose record was made of another definition of them, or of their outcome; no fault, but to be made anew.
[[nodiscard]] std::vector<std::string> watches_with_older_record(const Packs& packs);

}  // namespace icosa::app
