/// What an engine is: a row of a table. It says which data a watch needs, and turns evidence into a finding.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/grades.hpp"
#include "pack/places.hpp"
#include "pack/spec.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// What an engine may know of a source besides its figures.
struct SourceFacts {
    std::string title;
    std::string publisher;  ///< two sources of one publisher do not corroborate one another
    std::string note;       ///< what every reader of its figures must know
    int stale_after_days = 0;
};

/// All that is not evidence: the day, and the packs. Lives as long as the run.
struct Setting {
    Day as_of = no_day;
    const pack::PlaceBook& places;
    const pack::Catalogue& catalogue;
    const pack::Grades& grades;
    std::map<std::string, SourceFacts> sources;  ///< by source id
};

struct Engine {
    std::string_view name;
    const pack::Spec& spec;                         ///< the keys of a watch that it reads: for its manual
    std::span<const pack::Spec* const> methods;     ///< what may stand under `method`, the first is the default
    /// The Selects of a watch: the main one first, then the denominator, then `beside`; none when its places have no member on as_of.
    std::vector<model::Select> (*needs)(const pack::Watch&, const Setting&);
    /// err   Pack: the method's options are faulty (check_watch reports all of them beforehand)
    Result<model::WatchFinding> (*run)(const model::Evidence&, const pack::Watch&, const Setting&);
};

/// The instruments whose Participation the watch will look up in the evidence; sorted.
[[nodiscard]] std::vector<std::string> instruments_of(const pack::Watch& watch, const Setting& setting);

}  // namespace icosa::detect
