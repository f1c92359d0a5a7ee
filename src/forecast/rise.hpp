/// rise: does a forecast stand well above the unit's last twelve months, or its odds above the base rate?
#pragma once

#include "forecast/spoken.hpp"
#include "model/findings.hpp"
#include "pack/spec.hpp"

namespace icosa::forecast {

extern const pack::Spec rise_spec;

/// How far a forecast stands above what is usual.
///
///     a unit below the line:          low / base
///     one that has reached the line:  mean / rule,   where the expected total is at least `minimum`, else 0
///     0 for both where the probability of reaching the line is below `probability`
///
/// low: the 5 % end of the odds; base: their base rate; mean, rule: of a month, each plus half a count over the
/// horizon. Below the line means are led by few past wars, and say little.
[[nodiscard]] double rise_strength(double mean, double benchmark_mean, int months, const Odds& odds,
                                   const pack::Options& options);

/// A signal of each unit whose strength reaches `ratio`. Unusualness: the share of past windows that were weaker; by
/// chance: as many units as the share of past windows that signalled in vain.
void judge_rises(const Spoken& spoken, model::WatchFinding& finding);

/// Does the first unit of a made panel signal? For strips.
[[nodiscard]] bool rises(const PanelForecast& of, const pack::Watch& watch);

}  // namespace icosa::forecast
