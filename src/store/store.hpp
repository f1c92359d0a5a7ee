/// What a store is: append-only, bitemporal tables behind nine verbs: append, aggregate, scan, ballots, points,
/// counted, coverage, lineage, dimension. A second engine implements the same class; no SQL is written outside this
/// folder.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/doubt.hpp"
#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "model/list_entry.hpp"
#include "model/record.hpp"
#include "model/term.hpp"

namespace icosa::store {

inline constexpr std::int64_t no_edition = -1;

/// What a newer file of a source is to the older ones whose rows it holds again.
enum class Editions {
    Unsaid,   ///< most rows the same: refused, with both cures
    Replace,  ///< it stands for them within the days that it covers
    Add,      ///< its rows count beside theirs, those that both have once
};

/// What is known of a file before its rows are read.
struct Incoming {
    std::string path;
    std::string source;
    std::int64_t bytes = 0;
    model::RecordKind records = model::RecordKind::Event;
    bool has_identity = false;  ///< the card names identity columns
    std::string card =
        {};  ///< the card that reads it: another than the source's own reads an exchange file; "" = the source's own
    std::string edition = {};        ///< as the file's name tells it: "24.1"; "" = it does not
    std::int64_t edition_rank = no_edition;  ///< a newer edition has a greater one
    Editions editions = Editions::Unsaid;
    std::string replaces = {};  ///< with Replace: the path of the one file that it stands for; "" = all of its days
    bool may_be_complete = false;  ///< can its coverage be complete: then what it no longer holds is noted
    double most_lost_share = 1;  ///< of the rows of earlier files that it stands for: lost-rows where more are gone
};

/// What is known when all rows are read.
struct Outgoing {
    std::string digest;
    std::int64_t rows = 0;  ///< rows that gave records + rejected; tag rows and rows that say nothing left out
    std::int64_t rejected = 0;  ///< rows that are wrong and gave no record
    std::vector<model::Reject> rejects;
    std::vector<model::Coverage> coverage;
    Day vintage_day = no_day;
};

/// Fills `out` (cleared) with the next records; false, and none, when there are none left. Called from several threads
/// at once, and again after an empty batch. All records of one row are in one batch, next to each other: a row is
/// counted once, by its line.
using Pull = std::function<Result<bool>(model::Batch& out)>;
/// Called once after the last pull, before the commit; an error there (an assertion of the card) refuses the whole
/// file.
using Close = std::function<Result<Outgoing>()>;

/// rows = stored + rejected + known, checked by the store ("counts-not-conserved"). A file whose bytes are there
/// already under the same source is all known, and `file` is the earlier one's.
struct Receipt {
    std::int32_t file = 0;
    std::int64_t rows = 0;
    std::int64_t stored = 0;
    std::int64_t rejected = 0;
    std::int64_t known = 0;
    std::int64_t records = 0;
    std::int64_t revised = 0;  ///< rows that are a new vintage of an earlier one
    std::int64_t superseded = 0;  ///< rows of earlier files that no longer count beside this one
    bool by_order = false;        ///< neither editions nor days tell which file is newer: the order of ingest does
    std::string like = {};        ///< the file that has the same rows in other bytes; "" = none
};

/// One line of `code_place`: within these days the code means this place.
struct CodePlace {
    std::string system;
    std::string code;
    Day first = first_possible_day;
    Day last = last_possible_day;
    std::string place;
};

/// What to assign a position to: the places of a locate set, and disputed areas for all. Pure; from the packs.
struct Locator {
    std::string digest;  ///< of the packs that it was made from
    /// The place id of a position for a source, or "": `disputed` areas first, then the source's locate set, or the
    /// country of the day, a record's last one.
    std::function<std::string(std::string_view source, double latitude_deg, double longitude_deg, Day day)> place_of;
    /// Could place_of answer anything for this cell (PRIO-GRID number)? A quick no for most positions.
    std::function<bool(std::string_view source, std::int32_t cell)> touches;
};

/// What to ask of machine-coded events, and what the answers come to. Pure; from the packs.
struct Doubter {
    std::vector<model::Doubts> sources;
    std::vector<std::pair<std::string, std::string>> neighbours;  ///< places, both ways
    /// Of answers (bit i: tests[i] says yes) of a source of the list.
    std::function<model::Credit(std::string_view source, std::uint64_t answers)> weigh;
};

/// An event with its doubts.
struct DoubtedEvent {
    std::string path;
    std::int32_t line = 0;
    Day first_day = no_day;
    std::string code;
    std::string place;  ///< place id, or "system:code"; "" = none given
    std::uint64_t answers = 0;
    double credibility = 0;
};

/// Rows that a Select leaves out, and all that it means.
struct Omitted {
    std::int64_t rows_asked = 0;
    std::vector<model::LeftOut> left_out;  ///< most rows first
};

/// A group of records: integers only, so that the sum is the same in any order.
struct Group {
    std::string
        unit;  ///< place id or "system:code"; dyads "a|b" with a < b unless directed; subjects as the source's text
    int period = 0;
    std::int64_t rows = 0;
    std::int64_t sum_milli = 0;  ///< thousandths of the quantity; Count: 1000 * weight
    std::int64_t total_milli = 0;  ///< 1000 times the denominator: common ballots, ballots cast; of an event's figure,
                                   ///< the records that give one. Where the quantity is a ratio (SScore, Kappa,
                                   ///< Balance, IntensityMean, ...), sum over total is it, whatever their unit
};

/// A single value of a series.
struct Value {
    std::string unit;
    int period = 0;
    double value = 0;
    std::int32_t file = 0;
    std::int32_t line = 0;
    Day last_day = no_day;  ///< of the record
};

/// An event at a point, with what tells whether another source tells of it too.
struct EventPoint {
    std::int32_t file = 0;
    std::int32_t line = 0;
    Day first = no_day, last = no_day;
    model::Precision precision = model::Precision::Day;
    model::TermId kind = model::no_term;
    model::TermId code = model::no_term;
    std::int32_t latitude_microdeg = 0;
    std::int32_t longitude_microdeg = 0;
    model::PositionPrecision position_precision = model::PositionPrecision::Unknown;
};

/// Every record that groups are sums of, one by one.
struct CountedRows {
    struct Row {
        std::int32_t unit = 0;  ///< of `units`
        std::int32_t period = 0;
        std::int32_t file = 0;
        std::int32_t line = 0;
        std::int64_t amount_milli = 0;  ///< of Group::sum_milli
        std::int64_t total_milli = 0;  ///< of Group::total_milli
        Day known_day = no_day;
    };
    std::vector<std::string> units;  ///< sorted
    std::vector<Row> rows;  ///< by file, line, unit, period, amount
};

/// How the rows of a source, or of one file, name a place by one code.
struct PlaceNaming {
    std::string system;
    std::string code;
    std::int64_t rows = 0;  ///< with this code
    std::int64_t unplaced = 0;  ///< of them: the code means no place on their days
    std::int64_t summed = 0;  ///< of them: the code is a sum over places
    std::int64_t twofold = 0;  ///< of them: the code means two places within their days; the later is taken
    Day first = no_day;  ///< of those unplaced
};

/// Ballots cast (yes, no, abstain) with what they need to be fitted together: integers over one list of voters.
struct Ballots {
    struct Call {
        int roll_call = 0;
        int session = model::no_int;
        int period = 0;
    };
    struct Cast {
        std::int32_t voter = 0;  ///< index of voters
        std::int32_t call = 0;  ///< index of calls
        model::Ballot ballot = model::Ballot::Absent;
    };
    std::vector<std::string> voters;  ///< place ids, or "system:code"; sorted
    std::vector<Call> calls;  ///< by number
    std::vector<Cast> cast;  ///< by voter, then call
};

struct Key {
    std::string unit;
    int first_period = 0;
    int last_period = 0;
};

struct SourceLineFull {
    std::string file;
    std::string digest;
    std::int32_t line = 0;
    Day known_day = no_day;
    double credibility = model::no_number;  ///< NaN = its source has no rules
    std::uint64_t answers = 0;  ///< to the questions of its source (Doubter)
};

enum class Withdrawal { TakeBack, BringBack };

/// Not for use from several threads at once; append() uses threads of its own.
class Store {
public:
    virtual ~Store() = default;

    /// One file, one transaction: all of it is there when this returns a receipt, nothing of it otherwise. Errors:
    /// "counted-twice" where an exchange file of a source would stand beside another file of it with records of the
    /// same days: nothing tells them apart; "lost-rows".
    [[nodiscard]] virtual Result<Receipt> append(const Incoming& file, const Pull& pull, const Close& close,
                                                 int threads) = 0;
    /// The file with these bytes, if it is there already (then nothing needs reading).
    [[nodiscard]] virtual Result<std::optional<model::FileRecord>> file_with(std::string_view digest) = 0;
    /// Has the store any file of this size? If not, no digest need be made beforehand.
    [[nodiscard]] virtual Result<bool> has_file_of_size(std::int64_t bytes) = 0;

    /// Groups of one source's records for a Select, as of a day; ordered by unit, then period. Events wider than a
    /// period enter none.
    ///   Unit::Actor is actor1; Dyad has two different actors; a record without the unit (no place, no subject) enters
    ///   no group. select.places: the event's place, actor1 (Actor), one of both actors (Dyad), both (either_actor),
    ///   the voter or both (votes). Votes take their day from any source's roll calls. Figures of a dyad: rows are
    ///   ballots, two a pair; Count: yes ballots. IdealPoint, IdealDistance, NetworkBalance of votes: groups of the
    ///   ballots behind them; the figures are made of ballots() or of the dyads' groups. Observations are counted only;
    ///   their values come from scan(). Errors: "unanswerable".
    [[nodiscard]] virtual Result<std::vector<Group>> aggregate(const model::Select& select, std::string_view source,
                                                               Day as_of) = 0;
    /// Values of a measure for a Select, as of a day; ordered by unit, period, last day, file, line: the last of a
    /// period is its newest.
    [[nodiscard]] virtual Result<std::vector<Value>> scan(const model::Select& select, std::string_view source,
                                                          Day as_of) = 0;
    /// Every ballot for a Select of votes of unit Place, as of a day: for figures that all ballots make together. Two
    /// ballots of one place in one roll call (codes that mean the same place) keep the first by its kind.
    [[nodiscard]] virtual Result<Ballots> ballots(const model::Select& select, std::string_view source, Day as_of) = 0;
    /// Events of a Select that have a position, whatever their unit and period; by first day, last day, position, kind,
    /// code, file, line.
    [[nodiscard]] virtual Result<std::vector<EventPoint>> points(const model::Select& select, std::string_view source,
                                                                 Day as_of) = 0;
    /// The records behind aggregate(): their sums by unit and period are its groups. Events only; not Quantity::Last.
    /// units: of these alone; empty = of all.
    [[nodiscard]] virtual Result<CountedRows> counted(const model::Select& select, std::string_view source, Day as_of,
                                                      const std::vector<std::string>& units) = 0;
    /// Acts of instruments (system, text), as of a day; participants are place ids where known; ordered by instrument,
    /// day, participant, act.
    [[nodiscard]] virtual Result<std::vector<model::ParticipationAct>> actions(std::string_view system,
                                                                               std::string_view instrument,
                                                                               Day as_of) = 0;

    struct Covered {
        std::int32_t file = 0;
        model::Coverage coverage;
        Day vintage_day = no_day;
        Day newest_known_day = no_day;
    };
    /// What the files of a source cover that a reader of the day has; ordered by file, first day.
    [[nodiscard]] virtual Result<std::vector<Covered>> coverage(std::string_view source, Day as_of) = 0;

    /// For each key: records behind it and up to `most` source lines (file, line order).
    struct Trace {
        std::int64_t rows = 0;
        std::vector<SourceLineFull> lines;
    };
    [[nodiscard]] virtual Result<std::vector<Trace>> lineage(const model::Select& select, std::string_view source,
                                                             Day as_of, const std::vector<Key>& keys, int most) = 0;

    /// The tables that are made from packs: written anew when `digest` differs from the stored one (in a store open for
    /// reading, only for this session). The locator is kept for later appends: call it after every opening. Codes of
    /// system "name" match folded; where codes overlap, the one that starts earlier holds.
    [[nodiscard]] virtual Result<void> put_dimension(const std::vector<CodePlace>& codes, const Locator& locator,
                                                     std::string_view digest) = 0;

    /// Kept for the next put_dimension, which asks it of all events, and for later appends: call it before.
    virtual void set_doubter(const Doubter& doubter) = 0;
    /// What aggregate leaves out for the sake of a Select's `credible`, or of a unit that needs points, as of a day.
    [[nodiscard]] virtual Result<Omitted> omitted(const model::Select& select, std::string_view source, Day as_of) = 0;
    /// Every event of a source that has rules, as of a day, by file and line. Errors: "no-rules".
    [[nodiscard]] virtual Result<void> doubted_events(std::string_view source, Day as_of,
                                                      const std::function<void(const DoubtedEvent&)>& visit) = 0;

    /// All files, withdrawn ones too.
    [[nodiscard]] virtual Result<std::vector<model::FileRecord>> files() = 0;
    /// Takes files back from a day on, or brings them back: nothing is deleted, an earlier day sees them still.
    [[nodiscard]] virtual Result<void> withdraw(const std::vector<std::int32_t>& files, Day day, Withdrawal what) = 0;
    /// How the rows of a file (0 = all files of the source) name places, where one does not mean just one place; by
    /// code.
    [[nodiscard]] virtual Result<std::vector<PlaceNaming>> odd_namings(std::string_view source, std::int32_t file) = 0;
    struct RejectRow {
        std::string file;
        std::string source;
        model::Reject reject;
    };
    [[nodiscard]] virtual Result<std::vector<RejectRow>> rejects(std::string_view source, std::int64_t most) = 0;
    /// Does any figure of this source as of the day come from an edition later than it (or of unknown day)?
    [[nodiscard]] virtual Result<bool> is_pseudo_real_time(std::string_view source, Day as_of) = 0;

    /// Every record of a source in coded form, for exchange files, in a total order; `row` gets the cells, the first
    /// call the header. Codes are written "system:code"; a located position as "place:ID"; names of actors only as the
    /// place they mean. No positions, no references, no texts.
    [[nodiscard]] virtual Result<void> export_records(
        std::string_view source, model::RecordKind records, Day as_of,
        const std::function<void(const std::vector<std::string>&)>& row) = 0;

    /// The details of a source's rows that a reader of the day sees, by file, line, field, number and part.
    [[nodiscard]] virtual Result<void> details(
        std::string_view source, model::RecordKind kind, Day as_of,
        const std::function<void(const std::string& path, const model::Detail&)>& visit) = 0;
    /// An edition of a list: a file of designations.
    struct ListEdition {
        std::int32_t file = 0;
        std::string path;
        std::string source;
        Day vintage_day = no_day;
        std::int64_t rows = 0;  ///< known ones too
        auto operator<=>(const ListEdition&) const = default;
    };
    /// Editions of a source ("" = of all) that are not taken back, the oldest first; by source, day, number of the
    /// file.
    [[nodiscard]] virtual Result<std::vector<ListEdition>> list_editions(std::string_view source) = 0;
    /// All that an edition holds, those entries too that an earlier file of the source has word for word; by reference.
    [[nodiscard]] virtual Result<std::vector<model::ListEntry>> list_entries(const ListEdition& edition) = 0;

    [[nodiscard]] virtual model::TermTable& terms() = 0;
};

/// Can a store answer this Select at all? The error, "unanswerable", says what is not there: for checks before any data
/// are seen.
[[nodiscard]] Result<void> check_answerable(const model::Select& select);

enum class Access { ReadOnly, ReadWrite };

/// Of the DuckDB library that is linked: "v1.5.6".
[[nodiscard]] std::string library_version();

/// Opens or makes a DuckDB file (":memory:" for none). Errors: opened by another process, not a database, read-only, of
/// another schema.
[[nodiscard]] Result<std::unique_ptr<Store>> open_duckdb(const std::string& path, Access access, int threads);

}  // namespace icosa::store
