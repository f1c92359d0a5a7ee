/// Selections: which records a watch looks at, and how they are grouped.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Which records, grouped how. Places are set or place ids until the engine resolves them; empty = everywhere
/// ("world").
struct Selection {
    model::RecordKind records = model::RecordKind::Event;
    std::vector<std::string> from;      ///< sources in order of preference
    std::optional<model::MatchedWithin> matched = {};  ///< an event that several of them tell is counted once
    std::vector<std::string> kinds;
    std::vector<std::string> codes;
    std::vector<std::string> issues;
    std::string measure;
    std::vector<std::string> subjects;
    std::vector<std::string> places;
    bool both_actors = false;           ///< dyads: both of them in `places`
    std::vector<model::Condition> where;
    std::vector<Day> except_days;
    std::vector<model::Exception> except;
    double credible = 0;                ///< events less credible are not counted; 0 = all are
    model::Unit unit = model::Unit::Place;
    PeriodKind period = PeriodKind::Year;
    model::Quantity quantity = model::Quantity::Count;
};

/// A selection as the keys of a table give it; `base` gives what is absent.
[[nodiscard]] Selection read_selection(TableReader& reader, const Selection& base, Diagnostics& faults);

}  // namespace icosa::pack
