/// Which of a Select's panels answers a watch, and up to which period.
#pragma once

#include <optional>

#include "engine/engine.hpp"

namespace icosa::engine {

/// The newest period that is whole, not after as_of, and observed for any unit; nothing where there is none. A measured
/// value stands for its period as soon as the period has begun; a count only when it is over.
[[nodiscard]] std::optional<int> newest_period(const model::Panel& panel, const model::Select& select, Day as_of);

/// Days from the last one with coverage to as_of: complete coverage reaches beyond the newest whole period.
[[nodiscard]] int days_since(const model::Panel& panel, int newest, Day as_of);

/// The limit of the panel's source; two periods where its card gives none.
[[nodiscard]] int stale_after(const Setting& setting, const model::Panel& panel);

struct PanelChoice {
    const model::Panel* panel = nullptr;
    int newest = 0;
    bool stale = false;
};

/// Does the other take the place of the panel held, which stands before it in order of preference? Where that is stale
/// and the other is not; where both are, and that is of several sources and known less far.
[[nodiscard]] bool gives_way(const PanelChoice& held, const PanelChoice& other);

/// The first panel that is not stale; else the first that has anything, one source before several that end earlier.
[[nodiscard]] PanelChoice choose_panel(const model::Answer& answer, const Setting& setting);

}  // namespace icosa::engine
