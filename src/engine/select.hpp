/// Selects: a watch's selections as questions to the store, with place sets resolved to the places of the as-of day.
#pragma once

#include <optional>
#include <vector>

#include "engine/engine.hpp"

namespace icosa::engine {

/// Main, then denominator, then `beside`, then, where best estimates of fatalities are summed, the same with low and
/// high; none when `places` names sets without a member on that day.
[[nodiscard]] std::vector<model::Select> selects_of(const pack::Watch& watch, const Setting& setting);

/// One selection as a question; nothing where its places have no member on the day.
[[nodiscard]] std::optional<model::Select> select_of(const pack::Selection& selection, const Setting& setting);

/// A Select of best estimates with another estimate in its place.
[[nodiscard]] model::Select with_quantity(model::Select select, model::Quantity quantity);

}  // namespace icosa::engine
