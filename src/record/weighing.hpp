/// Weighing: a signal's record, grade and confidence, from what became of past signals of its kind, its lateness, its
/// size and what it rests on; by the rules of packs/grades.toml.
#pragma once

#include <optional>

#include "engine/engine.hpp"
#include "model/findings.hpp"
#include "pack/records.hpp"

namespace icosa::record {

/// What is known on a day of a kind of signal: episodes whose outcome was over by then. NaN where nothing is.
struct Past {
    double share = 0;      ///< followed, leaning on all kinds of the watch where there are few
    double base_rate = 0;
};

/// Nothing where the watch has no record that reaches back before the day.
[[nodiscard]] std::optional<Past> past_of(const pack::WatchRecord& record, model::Change change, model::Size size,
                                          Day as_of, const pack::Grades& grades);

/// Of each signal: record, grade with its reason, confidence with its reason. Signals are put in order: the highest
/// grade, then unusualness, severity, id.
///
///     warning, watch   the kind's share or its lift reaches the limit, and the finding ended at most lateness_days
///                      before as_of, and not longer ago than the outcome looks ahead
///     without a record a large finding that is new or rising is a watch; never more
///     else             note
///
/// A rule, which tests nothing, expects by chance of each signal with a record: base rate to share followed, at most 1.
void weigh(model::WatchFinding& finding, const pack::Watch& watch, const engine::Setting& setting);

}  // namespace icosa::record
