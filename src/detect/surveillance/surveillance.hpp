/// Surveillance: judges every unit of a panel against its own past. Both engines for series run here; they differ in
/// their methods.
#pragma once

#include "engine/engine.hpp"

namespace icosa::detect {

/// out   Signal: one of the newest `recent` whole observed periods of some unit alarms, reaches the minimum, and
/// `beside` (if any) alarms too.
///       Stale: the newest period ended more than the source's stale_after_days before as_of. NoData: no panel, or no
///       unit has the history that the method needs, or nothing signals and the source reported so little in the newest
///       period that its silence says nothing. Quiet otherwise. Units and signals in a total order
/// cost  one judgement a unit, one more with history for each of the at most six strips
[[nodiscard]] Result<model::WatchFinding> run_surveillance(const model::Evidence& evidence, const pack::Watch& watch,
                                                           const engine::Setting& setting);

/// The whole past of a unit ("" = of all) of the source that answers, each period judged by what came before it. A
/// newest period with little reporting is not observed here.
/// cost  a run of the watch, then one judgement with all its history a unit
[[nodiscard]] Result<std::vector<model::JudgedSeries>> judged_past(const model::Evidence& evidence,
                                                                   const pack::Watch& watch,
                                                                   const engine::Setting& setting,
                                                                   std::string_view unit);

/// The Selects of the watch, then those that ask for all that its sources reported.
[[nodiscard]] std::vector<model::Select> surveillance_needs(const pack::Watch& watch, const engine::Setting& setting);

/// The periods that the watch's method, direction, form and minimum would signal, each looked at when it was the
/// newest.
[[nodiscard]] Result<std::vector<int>> signals_in_strip(const pack::Watch& watch, const std::vector<double>& values);

}  // namespace icosa::detect
