/// What each engine here checks of its watches.
#pragma once

#include "engine/engine.hpp"

namespace icosa::detect {

/// Sources, places, the method of `beside`; a method for counts must get counts, one that finds rises only must not be
/// asked for falls.
void check_surveillance(const pack::Watch& watch, const engine::Setting& setting, Diagnostics& faults);

/// Instruments, mechanisms, mandates and sets must be declared, and the question must have those it asks about.
void check_instrument_status(const pack::Watch& watch, const engine::Setting& setting, Diagnostics& faults);

}  // namespace icosa::detect
