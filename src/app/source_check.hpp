/// What watches and outcomes ask of sources, held against the source cards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"

namespace icosa::app {

/// Who asks, as a fault names it: "watch 'x'" at its line.
struct Asker {
    std::string name;
    Where where;
};

/// Faults a selection whose sources have no card, or whose cards do not give what it asks for: records,
/// kinds, measures, columns.
void check_selection(const pack::Selection& of, const Asker& asker, const Packs& packs, Diagnostics& faults);

/// "did you mean 'asam'?", else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                                       std::string otherwise);

}  // namespace icosa::app
