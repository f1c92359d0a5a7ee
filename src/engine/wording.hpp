/// Wording: numbers and places as a sentence of reason needs them.
#pragma once

#include <string>
#include <string_view>

#include "engine/engine.hpp"
#include "model/findings.hpp"

namespace icosa::engine {

/// A finding that says whose it is, and nothing yet: id, engine, title, measure, clauses, citations, caveats.
[[nodiscard]] model::WatchFinding head_of(const pack::Watch& watch);
/// A figure with the digits that carry meaning: 0.45, 12.3, 1234, 25,400, 21.83 billion.
[[nodiscard]] std::string figure(double value);
/// As figure, or as percent for a share ("45 %").
[[nodiscard]] std::string figure(double value, pack::Form form);
/// "1 sea", "12 places", ...: what a unit is called.
[[nodiscard]] std::string_view unit_noun(model::Unit unit);
/// The title of a unit: places by name, "world" as "World", a subject as it stands, parts joined.
[[nodiscard]] std::string unit_title(const Setting& setting, model::Unit unit, std::string_view id);
/// The title of a source, or its id.
[[nodiscard]] std::string source_title(const Setting& setting, const std::string& id);
/// What the watch counts: its severity_unit, or a plain word for its quantity.
[[nodiscard]] std::string severity_unit(const pack::Watch& watch);
/// The unit as it stands behind a value: "1 active conflict", "2 active conflicts"; what is of the unit ("of ballots")
/// stays as it is.
[[nodiscard]] std::string unit_behind(double value, std::string_view unit);
/// "2020-11", or "6 months to 2020-11" for sums over several periods.
[[nodiscard]] std::string span_label(int period, PeriodKind kind, int over);

}  // namespace icosa::engine
