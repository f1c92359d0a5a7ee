/// Joins what the watches found with the framework, the catalogue and the places into a dossier. No clock, no files:
/// arguments only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "brief/dossier.hpp"
#include "pack/differences.hpp"
#include "pack/matters.hpp"
#include "pack/measures.hpp"
#include "pack/outcomes.hpp"
#include "pack/phrases.hpp"
#include "pack/places.hpp"

namespace icosa::brief {

struct NoDataClause {
    std::string clause;
    std::string reason;
};

/// What the watches of one section found, with the pack's own remarks.
struct SectionFindings {
    std::string section;  ///< "III.11"
    std::string note;
    std::vector<NoDataClause> no_data;
    std::vector<model::WatchFinding> watches;
};

/// What a dossier is made of. `framework`, `catalogue` and `places` must outlive the call only.
struct Material {
    const pack::Framework& framework;
    const pack::Catalogue& catalogue;
    const pack::PlaceBook& places;
    Day as_of = no_day;
    std::vector<SectionFindings> findings = {};  ///< sections in any order; several entries of one section add up
    std::vector<model::WatchFinding> beside = {};  ///< on no page; signals of them are told by others
    std::vector<model::SourceState> sources = {};
    std::map<std::string, model::Participation> participation =
        {};  ///< by instrument id; where absent the pack's own facts count
    std::vector<Reference> references = {};
    std::string packs_digest = {};
    std::string version = {};
    std::string handling = "TLP:CLEAR";
    std::vector<std::string> withheld_sources = {};  ///< whose licence asks for the mark
    std::vector<std::string> caveats = {};
    pack::Measures measures = {};
    pack::Phrases phrases = {};
    pack::Outcomes outcomes = {};
    std::vector<pack::Difference> differences = {};
    pack::Matters matters = {};
    std::map<std::string, std::vector<model::Response>> responses = {};  ///< by section
    std::map<std::string, std::string> addresses = {};  ///< of sources, by id: where newer files are
    Language language = Language::En;
    std::string db = {};
    std::vector<std::string> place_ids = {};  ///< that the dossier is confined to; empty = it is not
};

/// The dossier as of the day. A section's state: signal if any watch signals, else quiet if any is quiet on data of the
/// last 370 days, else stale if any had data, else no-data. Signals of a watch are put in order of grade, unusualness,
/// severity, id. Totals count each watch id once. What was adopted, entered into force or met after the day is left
/// out. Findings for a section that the framework does not have are named in a caveat.
[[nodiscard]] Dossier compose(const Material& material);

/// Quiet on older data says nothing of today.
inline constexpr int quiet_within_days = 370;

/// The state of a section from the states of its watches.
[[nodiscard]] model::State state_of(const std::vector<model::WatchFinding>& watches, Day as_of);

}  // namespace icosa::brief
