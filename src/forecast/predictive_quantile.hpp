/// predictive-quantile: does the newest month lie above what had been forecast for it a month earlier?
#pragma once

#include "forecast/spoken.hpp"
#include "model/findings.hpp"
#include "pack/spec.hpp"

namespace icosa::forecast {

extern const pack::Spec predictive_quantile_spec;

/// A signal of each unit above its quantile, with the false-discovery rate held over the units spoken of.
/// err   as PanelForecast::one_step
[[nodiscard]] Result<void> judge_newest_month(const Spoken& spoken, model::WatchFinding& finding);

/// Does any unit of a made panel signal? For strips.
[[nodiscard]] Result<bool> is_above_quantile(PanelForecast& of, const pack::Watch& watch);

}  // namespace icosa::forecast
