/// Grounds of confidence in a sighting: its history, gaps, real time, and what other sources say of the same.
#pragma once

#include "detect/surveillance/sighting.hpp"
#include "model/findings.hpp"

namespace icosa::detect {

/// Another source corroborates where it is of another publisher, reaches the period, and alarms by the same method; a
/// complete one that does not alarm disagrees. A quotient is not corroborated.
/// err   as judge_series
[[nodiscard]] Result<model::Grounds> grounds_of(const Watched& watched, const Sighting& sighting);

}  // namespace icosa::detect
