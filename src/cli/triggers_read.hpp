/// Files of triggers, read and held against the packs.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "app/trigger_panels.hpp"
#include "base/result.hpp"
#include "pack/trigger.hpp"

namespace icosa::cli {

/// All triggers of files and folders; an id is borne by one. Of several faults the last is the error and the others are
/// printed before it.
///
/// err   those of pack::read_triggers and app::check_triggers
[[nodiscard]] Result<std::vector<pack::Trigger>> triggers_read(const std::vector<std::string>& paths,
                                                               const app::Packs& packs, app::MeasureNames names);

/// The paths named, else the folder `triggers` of the user's own files where there is one.
[[nodiscard]] std::vector<std::string> trigger_places(const std::vector<std::string>& named);

}  // namespace icosa::cli
