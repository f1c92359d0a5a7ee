/// Records: what one row of a source says, coded, with the line that said it. A batch of them is what ingest hands to a
/// store.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/detail.hpp"
#include "model/term.hpp"

namespace icosa::model {

inline constexpr std::int32_t no_int = std::numeric_limits<std::int32_t>::min();  ///< absent: not zero
inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();  ///< absent: not zero

enum class RecordKind : std::uint8_t { Event, Observation, Action, Vote, RollCall, Designation };
inline constexpr std::string_view record_kind_names[] = {"event", "observation", "treaty-action",
                                                         "vote",  "roll-call",   "designation"};

/// How exactly the source dates an event.
enum class Precision : std::uint8_t { Day, Range, Month, Year };

/// What a position stands for, as its source says it: a spot, a named place near it, or the middle of an area.
enum class PositionPrecision : std::uint8_t { Unknown, Exact, Near, District, Province, Country };
inline constexpr std::string_view position_precision_names[] = {"unknown",  "exact",    "near",
                                                                "district", "province", "country"};

/// Is it good for a match within kilometres? Unknown ones are taken as their source gives them.
[[nodiscard]] constexpr bool is_point(PositionPrecision precision) { return precision < PositionPrecision::District; }

/// What a source may say or leave unsaid.
enum class Flag : std::uint8_t { Unsaid, No, Yes };

/// What every record has. `line` is the first physical line of its row, from 1. `identity` is the hash of the card's
/// identity columns (of file digest and line where the card names none), `content` that of the whole row.
struct Origin {
    std::int32_t line = 0;
    Day known_day = no_day;  ///< the day the source could have told it
    std::uint64_t identity = 0;
    std::uint64_t content = 0;
};

/// Something that happened. Terms keep the source's own codes; places are looked up when asked for.
struct Event : Origin {
    Day first_day = no_day;
    Day last_day = no_day;
    Precision precision = Precision::Day;
    TermId kind = no_term;  ///< system "kind": piracy, protest, state-based-violence, ...
    TermId code = no_term;  ///< the source's own event code
    TermId place = no_term;  ///< system: iso3, fips, cow, gw, name, tfdd-basin, ...
    TermId actor1 = no_term;  ///< who
    TermId actor2 = no_term;  ///< to whom
    TermId subject = no_term;  ///< agent, mission, weapon, issue, ...
    std::int32_t latitude_microdeg = no_int;
    std::int32_t longitude_microdeg = no_int;
    std::int32_t cell = no_int;  ///< PRIO-GRID cell of the position (0.5 degrees), given or computed
    PositionPrecision position_precision = PositionPrecision::Unknown;
    Flag root = Flag::Unsaid;  ///< is it what its report is about, not an aside?
    Flag typed = Flag::Unsaid;  ///< does the source say what kind of actor either is?
    std::int32_t known_minute = no_int;  ///< of known_day, where the source says it
    std::uint64_t likeness = 0;  ///< the hash of what the same event told again has in common; 0 = the card names none
    std::int32_t fatalities_low = no_int;
    std::int32_t fatalities_best = no_int;
    std::int32_t fatalities_high = no_int;
    std::int32_t fatalities_civilians = no_int;  ///< of the best estimate, those who were civilians
    std::int32_t intensity_milli = no_int;  ///< thousandths of the source's own scale; the card says which
    std::int32_t mentions = no_int;  ///< how many reports
    std::int32_t sources = no_int;  ///< how many outlets
    std::int32_t weight = 1;  ///< how many like events the row stands for
};

/// A measured value of a series over a stretch of days.
struct Observation : Origin {
    Day first_day = no_day;
    Day last_day = no_day;
    TermId measure = no_term;  ///< system "measure": gdp-usd, idps, troops, ...
    TermId place = no_term;
    TermId subject = no_term;  ///< what within the place: mission, market and commodity, country of asylum, ...
    double value = no_number;  ///< in the measure's unit (the card's)
    double low = no_number;
    double high = no_number;
};

/// What a participant did about an instrument.
struct Action : Origin {
    TermId instrument = no_term;  ///< system "untc": "26-3"; system "instrument": a pack's id
    TermId participant = no_term;  ///< system "name", "iso3", ...
    TermId act = no_term;  ///< system "act": signature, ratification, accession, ...
    Day day = no_day;
};

enum class Ballot : std::uint8_t { Yes, No, Abstain, Absent, NotMember };

struct Vote : Origin {
    std::int32_t roll_call = 0;
    TermId voter = no_term;
    Ballot ballot = Ballot::Absent;
};

struct RollCall : Origin {
    std::int32_t roll_call = 0;
    std::int32_t session = no_int;
    Day day = no_day;
    TermId resolution = no_term;  ///< system "unres": R/73/27
    TermId issue = no_term;  ///< system "issue"
    std::int32_t important = no_int;
};

/// A line of a sanctions or designation list: reference numbers and days, never a name.
struct Designation : Origin {
    TermId list = no_term;  ///< system "list"
    TermId regime = no_term;  ///< system "regime"
    TermId type = no_term;  ///< system "entity-type": individual, entity, ship
    TermId reference = no_term;  ///< system "reference"
    Day day = no_day;  ///< designated
    Day updated = no_day;
};

/// Records of one kind (the others stay empty), in the order of their lines, and what their rows say beyond them.
struct Batch {
    std::vector<Event> events;
    std::vector<Observation> observations;
    std::vector<Action> actions;
    std::vector<Vote> votes;
    std::vector<RollCall> roll_calls;
    std::vector<Designation> designations;
    std::vector<Detail> details;

    void clear() {
        events.clear();
        observations.clear();
        actions.clear();
        votes.clear();
        roll_calls.clear();
        designations.clear();
        details.clear();
    }
    /// Records alone.
    [[nodiscard]] std::size_t size() const {
        return events.size() + observations.size() + actions.size() + votes.size() + roll_calls.size()
            + designations.size();
    }
};

/// A row that could not become a record, or a cell of it; or one that is a record, and set aside.
struct Reject {
    std::int32_t line = 0;
    std::int32_t column = 0;  ///< of the source's columns, from 1; 0 = the whole row
    std::string field;  ///< the column's name, or "row"
    std::string text;  ///< what stood there, at most 80 characters
    std::string problem;  ///< what is wrong
    std::string cure;
};

/// Places x days x kinds within which a file's silence means zero. Empty places = the world; empty kinds = all kinds of
/// the source.
struct Coverage {
    bool complete = false;
    Day first_day = no_day;
    Day last_day = no_day;
    std::vector<std::string> places;  ///< place or set ids; "system:code" where the card takes them from a column
    std::vector<std::string> kinds;
};

/// What a store keeps of each file read.
struct FileRecord {
    std::int32_t id = 0;  ///< given by the store, from 1
    std::string path;  ///< as the user gave it
    std::string source;  ///< source card id
    std::string card;  ///< the card that read it: the source's own, or that of an exchange file
    std::string digest;  ///< XXH3 128 bits, hexadecimal
    std::int64_t bytes = 0;
    std::int64_t rows = 0;
    std::int64_t stored = 0;
    std::int64_t rejected = 0;
    std::int64_t known = 0;
    std::int64_t records = 0;
    Day vintage_day = no_day;  ///< the day of this edition, where it is known
    Day first_day = no_day;  ///< of its records
    Day last_day = no_day;
    Day newest_known_day = no_day;
    std::string edition;  ///< as its name tells it; "" = it does not
    Day withdrawn_day = no_day;  ///< since when it is taken back
};

}  // namespace icosa::model
