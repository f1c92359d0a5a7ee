/// What only all packs together can show to be wrong: a name in one file that no other declares.
#pragma once

#include "app/packs.hpp"
#include "base/result.hpp"

namespace icosa::app {

/// References between packs: sources, kinds, measures, clauses, citations, sets; and each watch by its engine.
void check_packs(const Packs& packs, Diagnostics& faults);

}  // namespace icosa::app
