/// What a forecast watch asks: of which panel, whom it speaks of, and which forecast of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/engine.hpp"
#include "forecast/panel_forecast.hpp"
#include "model/findings.hpp"

namespace icosa::forecast {

/// As a watch's model: `stack` leaves its fitted parts out, for they cost more than all other watches together.
inline constexpr std::string_view fitted_stack = "stack-fitted";

/// Horizon, line and model of the watch; for one thread.
[[nodiscard]] PanelRequest panel_request_of(const pack::Watch& watch);

/// The panel that the model learns from: all places, or those of learn_from and of the watch.
[[nodiscard]] std::vector<model::Select> learned_from(const pack::Watch& watch, const engine::Setting& setting);

/// What two watches must have in common to share a forecast.
using Key = std::tuple<const model::Panel*, int, Day, PanelRequest>;  // panel, newest month, first day

/// A watch with the panel that answers it, or, without a key, with a finding that needs none.
struct Asked {
    const pack::Watch* watch = nullptr;
    model::WatchFinding head;
    std::vector<std::string> places;  ///< whom it speaks of, sorted; empty = all
    std::optional<Key> key;
};

/// watch and evidence must outlive it.
[[nodiscard]] Asked asked_of(const pack::Watch& watch, const model::Evidence& evidence, const engine::Setting& setting);

}  // namespace icosa::forecast
