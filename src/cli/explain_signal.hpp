/// icosa explain of a signal or forecast by its id.
#pragma once

#include <string>

#include "app/pipeline.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

/// Runs the one watch again and shows the signal with every line behind it; a forecast likewise, with the whole history
/// of its subject. asked: as `--as-of` has it.
///
/// err   Data: no-such-signal
[[nodiscard]] Result<int> explain_signal(const Common& common, const app::Packs& packs, const pack::Watch& watch,
                                         const std::string& id, const std::string& asked);

}  // namespace icosa::cli
