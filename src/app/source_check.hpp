/// What watches ask of sources, held against the source cards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"

namespace icosa::app {

/// Faults a selection of a watch whose sources have no card, or whose cards do not give what it asks for: records,
/// kinds, measures, columns.
void check_selection(const pack::Selection& of, const pack::Watch& watch, const Packs& packs, Diagnostics& faults);

/// "did you mean 'asam'?", else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                                       std::string otherwise);

}  // namespace icosa::app
