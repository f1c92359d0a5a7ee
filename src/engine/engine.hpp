/// What an engine is: a row of a table. It says which data a watch needs, and turns evidence into a finding. Stages
/// give rows; app joins them.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/controlled_items.hpp"
#include "pack/credibility.hpp"
#include "pack/grades.hpp"
#include "pack/likelihood.hpp"
#include "pack/measures.hpp"
#include "pack/outcomes.hpp"
#include "pack/places.hpp"
#include "pack/records.hpp"
#include "pack/source_card.hpp"
#include "pack/spec.hpp"
#include "pack/watch.hpp"

namespace icosa::engine {

/// What an engine may know of a source besides its figures.
struct SourceFacts {
    std::string title;
    std::string publisher;  ///< two sources of one publisher do not corroborate one another
    std::string note;       ///< what every reader of its figures must know
    int stale_after_days = 0;
    bool volume_is_reporting = false;  ///< its whole volume tells of its publisher, not of the world
    std::vector<pack::SetAside> set_aside = {};
};

/// All that is not evidence: the day, and the packs. Lives as long as the run.
struct Setting {
    Day as_of = no_day;
    const pack::PlaceBook& places;
    const pack::Catalogue& catalogue;
    const pack::Grades& grades;
    std::map<std::string, SourceFacts> sources;  ///< by source id
    pack::LikelihoodScale likelihood = {};       ///< words for probabilities
    pack::Measures measures = {};
    pack::Outcomes outcomes = {};
    pack::Records records = {};
    std::shared_ptr<void> memory = {};  ///< as Engine::remember made it: runs on past days of one evidence share it
    const pack::ControlledItems* items = nullptr;  ///< nullptr = none known
    const pack::Credibility* credibility = nullptr;  ///< rules of machine-coded events; nullptr = none known
    int threads = 1;  ///< for engines that divide their work; findings are the same for any
};

struct Engine {
    std::string_view name;
    const pack::Spec& spec;  ///< the keys of a watch that it reads: for its manual
    std::span<const pack::Spec* const> methods;  ///< what may stand under `method`, the first is the default
    /// The Selects of a watch: the main one first, then the denominator, then `beside`; none when its places have no
    /// member on as_of.
    std::vector<model::Select> (*needs)(const pack::Watch&, const Setting&);
    /// A finding a watch, in order. All of them name this engine and come at once, so that what several ask is worked
    /// out once. err   Pack: the method's options are faulty (check_watch reports all of them beforehand)
    Result<std::vector<model::WatchFinding>> (*run)(const model::Evidence&, std::span<const pack::Watch* const>,
                                                    const Setting&);
    /// What only this engine can check of a watch, besides keys, method and its options; gathers all faults.
    void (*check)(const pack::Watch&, const Setting&, Diagnostics&);
    /// The 0-based periods of a strip that would signal, each looked at when it was the newest; nullptr: a strip says
    /// nothing to this engine.
    Result<std::vector<int>> (*strip)(const pack::Watch&, const std::vector<double>& values);
    /// What runs on many past days, each on a cut of one evidence, may share (Setting::memory), so that none learns
    /// again what another has; findings are the same but for what only a reader of the newest day needs. nullptr: they
    /// share nothing. Of the setting the places and the threads are used.
    std::shared_ptr<void> (*remember)(const model::Evidence& whole, const Setting&) = nullptr;
    /// The whole past of a unit, or of all ("") by their order in the panel that answers, judged period by period. One
    /// without a series gives none. nullptr: the engine has no series.
    Result<std::vector<model::JudgedSeries>> (*series)(const model::Evidence&, const pack::Watch&, const Setting&,
                                                       std::string_view unit) = nullptr;
    /// Sources whose element sets the watch reads (Evidence::elements). nullptr: none.
    std::vector<std::string> (*elements)(const pack::Watch&, const Setting&) = nullptr;
    /// Told of the findings of other watches (Watch::threats), which have run and are weighed: a second `run`, after
    /// all others. nullptr: the engine reads evidence alone.
    Result<model::WatchFinding> (*over)(std::span<const model::WatchFinding* const>, const pack::Watch&,
                                        const Setting&) = nullptr;
};

/// `run` of an engine whose watches share nothing.
template <Result<model::WatchFinding> (*one)(const model::Evidence&, const pack::Watch&, const Setting&)>
[[nodiscard]] Result<std::vector<model::WatchFinding>> one_by_one(const model::Evidence& evidence,
                                                                  std::span<const pack::Watch* const> watches,
                                                                  const Setting& setting) {
    std::vector<model::WatchFinding> out;
    for (const pack::Watch* watch : watches) out.push_back(TRY(one(evidence, *watch, setting)));
    return out;
}

}  // namespace icosa::engine
