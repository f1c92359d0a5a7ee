/// The dossier: everything a reader gets to see, as plain structs; compose.hpp fills it, the renderers only write it
/// down.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "brief/commitments.hpp"
#include "brief/concerns.hpp"
#include "brief/countries.hpp"
#include "brief/front.hpp"
#include "brief/language.hpp"
#include "brief/response.hpp"
#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/differences.hpp"
#include "pack/framework.hpp"
#include "pack/places.hpp"

namespace icosa::brief {

/// What an authored clause rests on, looked up in the catalogue and the place book.
enum class FactKind { Instrument, Mechanism, Mandate, PlaceSet, Unknown };
inline constexpr std::string_view fact_kind_names[] = {"instrument", "mechanism", "mandate", "set", "unknown"};

struct Fact {
    std::string id;
    pack::Title title;
    FactKind kind = FactKind::Unknown;
    bool stale = false;  ///< a mandate of which it is not known what followed
    bool later = false;  ///< adopted after the as-of day: it did not stand then
};

struct ClausePage {
    std::string id;
    pack::Title asks;
    pack::ClauseStatus status = pack::ClauseStatus::NotMeasurable;
    std::vector<std::string> watches;  ///< ids of the page's watches that name this clause
    std::vector<Fact> rests_on;        ///< authored
    std::string reason;                ///< not measurable: why
    std::string no_data;  ///< why there are no data for it, as the area's pack says; empty = it says nothing
    model::Basis basis = model::Basis::Data;  ///< measured: the strongest of its watches
    bool alive = false;  ///< measured, and one of its watches speaks of the as-of day
    Day known_to = no_day;  ///< measured: the newest day that its watches have seen
    bool answered = false;  ///< measured, and at least one of its watches has data in this run
};

struct ClauseCounts {
    int measured = 0;  ///< by data or by a proxy: alive + stale
    int alive = 0;
    int stale = 0;  ///< no watch of it speaks of the as-of day
    int membership = 0;  ///< rest on who is party to what alone
    int packs = 0;  ///< rest on our own lists alone
    int authored = 0;
    int not_measurable = 0;
    [[nodiscard]] int total() const { return measured + membership + packs + authored + not_measurable; }
};

struct InstrumentLine {
    std::string id;
    std::string kind;
    pack::Title title;
    std::string short_title;
    Day in_force = no_day;
    std::int64_t participants = -1;  ///< through `known_through` (or as_of); -1 = not known
    Day known_through = no_day;
    std::string status;  ///< one line: "in force since 1997-04-29; 190 participants as at 2015-03-31, not known since"
    std::string source;
    bool stale = false;  ///< not known on the as-of day who has joined since
};

/// A mechanism that could convene on the section's matter.
struct MechanismLine {
    std::string id;
    std::string kind;
    pack::Title name;
    std::int64_t members = -1;  ///< on the as-of day; -1 = not known
    int cadence_months = 0;  ///< 0 = none known
    Day last_meeting = no_day;
    std::string meeting;
    std::string source;
    Day known_through = no_day;
    bool stale = false;  ///< not known on the as-of day whether it has met since
};

struct MandateLine {
    std::string id;
    std::string mission;
    pack::Title name;
    std::string host;  ///< English names, comma between
    std::string resolution;
    Day expires_on = no_day;
    pack::Title status;  ///< "in force until 31 August 2026", "closed on 31 December 2020", "not known since ..."
    std::string chapter;
    std::string force;
    std::int64_t troops = -1;  ///< ceilings as of the day; -1 = none is known
    std::int64_t observers = -1;
    std::int64_t police = -1;
    std::string consent;
    std::string consent_note;
    std::string source;
    Day known_through = no_day;
    bool stale = false;  ///< not known on the as-of day what followed
};

/// How many subjects and measures of a section are where on the first page.
struct Trend {
    int worse = 0, fresh = 0, rising = 0, dropped = 0, high = 0, fallen = 0;
};

struct SectionPage {
    std::string section;  ///< "III.11"
    std::string id;  ///< "sea-and-rivers"
    pack::Group group = pack::Group::Area;
    int number = 0;
    pack::Title title;
    model::State state = model::State::NoData;
    std::string note;
    std::vector<ClausePage> clauses;
    ClauseCounts counts;
    std::vector<model::WatchFinding> watches;  ///< in order of the pack; the signals of each, the most telling first
    std::int64_t signals = 0;
    Day newest_data = no_day;  ///< the latest `observed_through` of its watches
    Day observed_through = no_day;  ///< the latest of the watches that give the state
    Trend trend;
    std::vector<InstrumentLine> instruments;
    std::vector<MechanismLine> mechanisms;
    std::vector<MandateLine> mandates;
    std::vector<pack::Difference> differences;  ///< between a file that was read and another count
    std::vector<ResponseLines> responses;  ///< what could answer some of its signals; apart from these
    pack::Title tally;  ///< of a principle: how its test went over the options of all pages
    std::int64_t later_facts = 0;  ///< instruments and mandates left out, for they were adopted after the as-of day
};

struct Totals {
    std::int64_t watches = 0;
    std::int64_t watches_with_data = 0;
    std::int64_t units_examined = 0;  ///< unit-periods that a watch could have marked
    std::int64_t signals = 0;
    double signals_expected_by_chance = 0;
    std::int64_t stale_facts = 0;  ///< distinct catalogue facts on the pages, past their day
    std::vector<std::string> stale_sources;  ///< ids
};

/// A cited work: `key` is what findings cite.
struct Reference {
    std::string key;
    std::string text;
    std::string url;
};

struct Dossier {
    Day as_of = no_day;
    std::string framework_id;
    pack::Title framework_title;
    std::string framework_source;
    Day framework_date = no_day;
    std::string packs_digest;
    std::string version;
    std::string handling = "TLP:CLEAR";
    std::vector<std::string> withheld_sources;  ///< whose licence does not let their figures be passed on
    Language language = Language::En;  ///< of dossier.md, the terminal, and the page as it opens
    std::string db;  ///< the store as the user named it, for commands that work as they stand; "" = not known
    Front front;
    std::map<std::string, pack::Position> positions;  ///< of places that the front names, and where they are on a map
    std::vector<std::vector<pack::Position>> disputed_outlines;  ///< rings of areas whose status is not determined
    std::map<std::string, pack::Title> sentences;  ///< of signals, by id
    std::map<std::string, pack::Title> chance_sentences;  ///< of chances, by id: a signal may bear the same
    std::vector<CountryLine> countries;  ///< with at least one signal, by English title
    std::map<std::string, pack::Title> names;  ///< of subjects of forecasts and places of clusters, by id
    Concerns concerns;  ///< of the places that the dossier is confined to
    std::vector<SectionPage> areas;
    std::vector<SectionPage> principles;
    std::vector<SectionPage> platforms;
    std::vector<model::SourceState> sources;  ///< by id
    std::vector<Reference> references;  ///< by key; only those that a finding cites
    Totals totals;
    Commitments commitments;  ///< of a ledger beside the store
    std::vector<std::string> caveats;
};

}  // namespace icosa::brief
