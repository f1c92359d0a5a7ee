/// Agreed triggers asked as of a day: the newest whole month of their panel, and what the rule did before.
#pragma once

#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "brief/fired_trigger.hpp"
#include "pack/trigger.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// Each trigger, fired or not, in the order given. One whose figures are past their source's limit fires nowhere, and
/// says so. The record is of the months from `from` to `to` that are decided by the day; nothing later is looked at.
///
/// in    triggers   checked (check_triggers)
[[nodiscard]] Result<std::vector<brief::FiredTrigger>> fired_triggers(store::Store& store, const Packs& packs,
                                                                      const std::vector<pack::Trigger>& triggers,
                                                                      Day as_of);

/// A dossier that is to tell of these triggers bears the mark that their sources ask for too.
///
/// in    asked   the handling mark asked for; "" = what follows from the sources
void mark_sources_of(brief::Dossier& dossier, const std::vector<brief::FiredTrigger>& triggers, const Packs& packs,
                     const std::string& asked);

}  // namespace icosa::app
