/// icosa explain of a signal, forecast or chance by its id.
#pragma once

#include <string>

#include "app/pipeline.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

struct SignalAsked {
    std::string id;
    std::string as_of;  ///< as `--as-of` has it
    std::string plot;   ///< an SVG file to write; "" = none
};

/// Runs the one watch again and shows the signal with its method, the past that it was judged by, its grade and record,
/// and every line behind it; a forecast likewise, with the whole history of its subject.
///
/// err   Data: no-such-signal; Usage: no-series, where a plot is asked of what has none
[[nodiscard]] Result<int> explain_signal(const Common& common, const app::Packs& packs, const pack::Watch& watch,
                                         const SignalAsked& asked);

}  // namespace icosa::cli
