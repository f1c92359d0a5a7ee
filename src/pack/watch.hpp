/// Watches: one question to one engine, as packs/areas, packs/principles and packs/platforms state it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/findings.hpp"
#include "pack/expect.hpp"
#include "pack/judging.hpp"
#include "pack/selection.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// How a unit of one selection finds its unit in another: the same id; the part before the first '|' (the place of
/// "syr|market|bread"); the part before the last '|'; the single unit of a world-wide selection.
enum class Join { Unit, Place, Parent, World, Both };

/// The denominator of a watch.
struct Per {
    Selection selection;
    Join join = Join::Unit;
};

/// A condition that must hold beside: this selection alarms too, in the same period.
struct Beside {
    Selection selection;
    Join join = Join::Unit;
    Judging judging;
};

/// A figure told beside that of a signal: of the same units and periods, and of the source that answers.
struct Part {
    Selection selection;
    std::string counts;  ///< of packs/measures.toml
};

/// What the forecast engine looks ahead to.
struct Outlook {
    int first_step = 1;  ///< months after the newest known one
    int last_step = 12;
    double crossing = 1;  ///< the line that the horizon's sum may reach
    std::string model = "stack";  ///< of the table in forecast/forecast.cpp
    std::string
        learn_from;  ///< a set: places that the model learns from beside those shown; "" = all that the source has
    int shown = 12;  ///< forecasts that the dossier shows
};

/// A kind of threat: the watches whose signals are of that kind.
struct Threat {
    Title title;
    std::vector<std::string> watches;
};

/// A figure, or names, told beside those that a watch judges, for its sentence and its reading.
struct Tell {
    std::string key;  ///< its slot in the phrase: {key} the figure, {key_names} its units
    Title title;
    Selection selection;
    std::string names;  ///< a table of packs/groups that says what the names are; "" = none
    bool figures = false;  ///< each name with its figure, the largest first
    int newest = 0;     ///< the newest so many periods up to the day; 0 = the watch's own period
};

struct Watch {
    std::string id;
    std::string engine;
    Title title;
    std::string counts;  ///< what its figures are, of packs/measures.toml; "" = no figure in time
    std::string digest;  ///< of what it asks, without its prose
    std::vector<std::string> outcomes;  ///< what its signals warn of, of packs/outcomes.toml; empty = no record
    Selection selection;
    std::optional<Per> per;
    std::optional<Beside> beside;
    std::vector<Part> parts;
    Judging judging;
    std::string phrase;       ///< of packs/phrases.toml: how its signals are told; "" = as a figure in time
    std::vector<Tell> tells;  ///< by key
    int recent = 1;  ///< how many of the newest whole periods may signal
    std::string severity_unit;
    Day first_day = no_day;  ///< periods before this day's are not looked at; no_day = all are
    double false_discovery_rate = 0;  ///< (0, 1]; 0 = as packs/grades.toml says, 1 = not controlled
    bool any_dependence = false;  ///< Benjamini-Yekutieli instead of Benjamini-Hochberg
    Outlook outlook;  ///< forecast
    // instrument-status
    std::vector<std::string> instruments;
    std::vector<std::string> mechanisms;  ///< ids, or sections of the framework: "IV.3" = all of that platform
    std::vector<std::string> mandates;  ///< ids, or "all"
    std::vector<Threat> threats;  ///< coincidence: what it joins
    std::optional<Selection> bases;  ///< base-reach: positions by mission and year
    std::string among;  ///< a set: who is asked about; "" = the instrument's open_to
    std::vector<std::string> groups;  ///< sets to compare; empty = all sets of kind region
    std::vector<std::string> clauses;
    std::vector<std::string> cites;
    std::vector<std::string> caveats;
    Title proxy;  ///< what its figures stand in for; empty = they are what the clause asks
    bool on_page = true;  ///< false: for exports and records alone
    std::vector<Expect> expects;
    Where where;
    std::map<std::string, Where, std::less<>> key_where;  ///< where each key stands, for checks that come later
};

/// What a finding of the watch rests on.
[[nodiscard]] model::Basis basis_of(const Watch& watch);

/// Another page's watch, of which this page shows the part within its places.
struct Row {
    std::string watch;
    std::vector<std::string> clauses;  ///< of this page
    std::vector<std::string> places;  ///< sets and places
    Where where;
};

/// A clause for which a page has no data, with the reason.
struct NoData {
    std::string clause;
    std::string reason;
    Where where;
};

/// One file of packs/areas, packs/principles or packs/platforms.
struct AreaPack {
    std::string section;  ///< "III.11"
    std::string note;
    std::vector<NoData> no_data;
    std::vector<Row> rows;  ///< in order of the file
    std::vector<Watch> watches;  ///< in order of the file
    Where where;
};

/// Format: docs/packs.md. Unknown keys are faults; the method's options are checked by engine::check_watch.
[[nodiscard]] AreaPack parse_area(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
