/// Source cards: how a published file becomes records. packs/sources/*.toml; the format is docs/source-cards.md.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/evidence.hpp"
#include "model/record.hpp"
#include "pack/fetch_rule.hpp"
#include "pack/group.hpp"
#include "pack/knowledge.hpp"
#include "pack/toml.hpp"
#include "pack/words.hpp"

namespace icosa::pack {

/// The closed list of ways to read a cell. docs/source-cards.md says what each takes.
enum class Parse {
    Text,          ///< as it is, trimmed
    Whole,         ///< whole number
    Number,        ///< decimal number
    Thousandths,   ///< decimal number kept as a whole count of thousandths
    Date,          ///< any of: 2020-11-03, 2020-11-03T..., 2020-11-03 hh:mm:ss
    DateCompact,   ///< 20201103
    DateDmy,       ///< 24 Sep 2003, 24/09/2003, 24-09-2003
    DateMdy,       ///< 9/24/2003
    Month,         ///< 2020-11: the whole month
    Week,          ///< 2020-W45, 202045, 45/2020: the ISO week; or two columns, year and week
    Quarter,       ///< 2020-Q4, Q4 2020
    Year,          ///< 2020: the whole year
    YearMonthDay,  ///< three columns; NA or empty month or day widens the precision
    EpochWeek,     ///< a count of weeks since the card's epoch
    TimestampDate, ///< 20201103143000: the day
    DegreeMinute,  ///< one cell: 13°43'00"N \n 121°02'00"E
    Latitude,      ///< decimal degrees
    Longitude,
    UntcAction,    ///< 24 Sep 2003 a: a day and the letter of the act; the heading says what a bare day means
    DaysBetween,   ///< two date columns, the days from the first to the second
    YesNo,         ///< 1/0, yes/no, true/false
    Coded,         ///< a code with its system before it: iso3:SYR
    ListLength,    ///< how many entries a list such as [2,3,14] has
    Given,         ///< is there a text in any of its columns?
    TimestampMinute, ///< 20201103143000: the minute of the day
};

/// In `vintage_from`: what follows is a path within the root of an XML document.
inline constexpr std::string_view document_prefix = "document.";

/// What becomes of a text's letters before it is looked up or kept.
enum class Letters { AsWritten, Upper, Lower };
/// What the number of a source's records tells of: of what it records, or of how much its publisher reports.
enum class Volume { Phenomenon, Reporting };
/// What a series' zeros before its first figure above 0 are.
enum class EarlyZeros { Observed, NotObserved };

/// Where one field of a record comes from.
struct FieldMap {
    std::vector<std::string> columns;  ///< one; several where the parse says so. Empty: `value`
    std::string value;                 ///< a constant
    Parse parse = Parse::Text;
    std::vector<Parse> forms;  ///< days that may be written in several ways: the file as a whole says in which
    std::string system;  ///< codes: the crosswalk's system ("iso3"); constant for the column
    std::string lookup;  ///< name of a [lookup.X] table applied to the text; see look_up
    std::string then_lookup;  ///< of one applied to what the first gives
    std::vector<std::string> nulls;  ///< texts that mean absent in this field, beside the card's
    std::string split;  ///< the cell is a list parted by this: a record for each entry
    std::string words;  ///< the value is the entry of this table of packs/groups whose words stand in the columns
    WordTable word_table;  ///< that table, once all packs are read
    Letters letters = Letters::AsWritten;
    bool optional = true;  ///< false: an empty cell rejects the row
    double scale = 1;  ///< numbers are multiplied by it
    std::string before;  ///< keep only what precedes this text in the cell (a footnote, a suffix)
    std::string pattern;  ///< keep only what the groups of this expression match of the whole cell; else it is absent
    std::optional<std::string> lacking;  ///< a file may lack the columns; then this is the value, "" = absent
    Where where;
};

/// One measured column of a series card.
struct MeasureMap {
    std::string id;  ///< "idps"
    std::string id_column;  ///< the column that names the measure of each row, instead of `id`
    std::string title;
    std::string unit;
    std::string column;
    std::vector<std::string> sum;  ///< instead of `column`: the value is the sum of these columns
    std::string low;  ///< columns of an interval, if any
    std::string high;
    std::string when_column;  ///< this measure only of rows where the column ...
    std::string when_value;  ///< ... has this text
    std::string listed_column;  ///< only of rows where every group that this column names ...
    std::string listed_table;  ///< ... is in this table of packs/groups: 0 where none is, nothing where some are
    std::vector<ListedGroup> listed;  ///< that table, once all packs are read
    std::string lookup;  ///< a text column turned into a number
    std::vector<std::string> nulls;  ///< texts that mean absent in its columns, beside the card's
    bool optional = false;  ///< a file may lack the column
    double scale = 1;
    double minimum = -std::numeric_limits<double>::infinity();  ///< in the source's unit: a smaller cell is a reject
    /// In the source's unit: a file with more than half of its values outside does not hold this measure.
    double plausible_low = -std::numeric_limits<double>::infinity();
    double plausible_high = std::numeric_limits<double>::infinity();
    EarlyZeros zero_before_first = EarlyZeros::Observed;
    Where where;
};

/// A file that has a column for each period: the headings that match are the days.
struct WideColumns {
    std::string pattern;  ///< of the whole heading; its first group, if any, is the day. Empty: the file is not so
    Parse parse = Parse::Year;
};

/// In `identity` of a wide card: the day in the heading of the value.
inline constexpr std::string_view heading_column = "heading";

/// The rows that a card is about: those with one of these texts in a column.
struct OnlyRows {
    std::string column;  ///< empty: all rows
    std::vector<std::string> values;
};

/// A measure that a card of events gives as totals, so that a watch may ask events or a source's own sums alike.
struct EventTotal {
    std::string id;  ///< "fatalities-state-based"
    std::string title;
    std::string unit;
    std::string kind;  ///< of these events
    model::Quantity of = model::Quantity::Count;  ///< Count, or Best
    Where where;
};

/// Rows that are read and enter no figure.
struct SetAside {
    std::map<std::string, std::vector<std::string>>
        where;  ///< by field: texts of its cell, or "5049..5110"; all must fit
    std::string reason;
    std::string source;
    Day reviewed = no_day;
    Day first_day = no_day;  ///< of what they tell
    Day last_day = no_day;
    std::vector<std::string> places;  ///< whose figures lack them
    Where at;
};

/// A file that may lie beside one of the source and is read with it: rows that say more of the same entries.
struct BesideMap {
    std::string id;  ///< "alt", as [[detail]] names it
    std::string instead_of;  ///< what stands in the name of the main file ...
    std::string name;  ///< ... where this one's has this: sdn.csv, alt.csv
    std::vector<std::string> columns;  ///< of a file without header; empty: its first line names them
    std::string key;  ///< the column that joins them; the main file's has the same name
    std::string continues;  ///< a column of the main file: the texts of `text` go on where it was cut off
    std::string text;
    Where where;
};

/// How a detail's text is read further.
enum class DetailParse {
    Text,
    OfacRemarks  ///< a list of facts parted by semicolons: each becomes a detail of its own
};

/// Texts of a row beyond the fields of its record. A column may have one or two "*" for the number of a repeated
/// element: "INDIVIDUAL_ALIAS.*.ALIAS_NAME".
struct DetailMap {
    std::optional<model::DetailField> field;  ///< nothing: the lookup says it
    std::vector<std::string> columns;  ///< several are the parts of one text, or joined where `join` is not empty
    std::string join;
    std::string split;  ///< the cell is a list parted by this
    std::vector<std::string> by;  ///< the columns whose texts, joined by a bar, ...
    std::string lookup;  ///< ... this table turns into a field's name; "" = it is no detail
    std::string beside;  ///< the columns are those of this file
    DetailParse parse = DetailParse::Text;
    Where where;
};

/// Whom somebody can turn to who thinks that a list names them wrongly.
struct Delisting {
    std::string to;
    std::vector<std::string> regimes;  ///< empty = all others
    bool national = false;  ///< a measure of one state, no decision of the Security Council
    Knowledge known;
    Where where;
};

/// How silence is to be understood; docs/source-cards.md.
struct CoverageRule {
    bool complete = false;
    std::vector<std::string> places;  ///< place or set ids; empty = world
    std::string places_column;  ///< each place that occurs in this column is covered
    bool days_from_file = true;  ///< from the first to the last record's day
    Day first_day = no_day;
    Day last_day = no_day;
    std::int64_t complete_from_rows = 0;  ///< a file with fewer rows is an extract: presence only
    PeriodKind whole = PeriodKind::Day;  ///< days are widened to whole periods of this kind
    bool leaves_running_out = false;  ///< a period that was not over on the edition's day is of no figure
};

/// A card, or one of its layouts: each is a whole card of the same id.
/// `locate`: by the outlines of countries, as of each record's last day.
inline constexpr std::string_view locate_countries = "countries";

struct SourceCard {
    std::string id;
    std::string title;
    std::string publisher;
    std::string licence;  ///< SPDX id or a short statement
    bool exportable = false;  ///< may its coded figures go into exchange files (DESIGN's list of licences)?
    std::string attribution;
    std::string url;
    std::vector<std::string> cite;
    std::string note;  ///< what every reader of a figure from it must know
    Volume volume = Volume::Phenomenon;
    model::RecordKind record = model::RecordKind::Event;
    std::string format = "delimited";
    char delimiter = ',';
    bool quoted = true;  ///< RFC 4180 quotes; false: every byte between delimiters is the cell
    std::string encoding = "utf-8";
    std::vector<std::string>
        header;  ///< columns of the header line, which choose among cards that fit; empty: no header line
    std::vector<std::string> not_header;  ///< columns that must not be there
    std::vector<std::string> columns;  ///< names of the columns of a file without header
    int minimum_columns = 0;  ///< rows with at least so many are whole (missing ones are empty)
    std::vector<std::string>
        first_row;  ///< patterns that the first row's cells must match, for files without header: "\\d{8}"
    std::string file_name;  ///< ECMAScript regular expression on the file's name; groups are fields file.1, file.2
    std::string preamble;  ///< lines before the header that begin so are notes, `key: value`: exchange files
    std::string records;  ///< JSON, XML: the path of the records; "" = where most of them are
    std::string unfold;  ///< JSON: a list within a record, each entry of which is a row
    std::string sheet;  ///< of a workbook: its name or number; "" = the first that fits
    int header_row = 0;  ///< the line (of a workbook: the row) of the header; 0 = the first that fits
    std::string skip_rows_with;  ///< rows that have a cell starting with this are tag rows: "#"
    std::string companion;  ///< name of a file that may lie beside this one and is read with it
    std::string companion_key;  ///< column that joins them
    Day epoch = no_day;
    std::vector<std::string> nulls;  ///< texts that mean absent: "NA", "-0-"
    char decimal =
        0;  ///< '.' or ',': what parts the decimals, where the other, blanks and apostrophes group; 0 = '.', no groups
    std::vector<std::string> identity;  ///< columns whose texts tell the rows apart; empty: file digest and line
    std::vector<std::string> likeness;  ///< columns whose texts the same event has that is told again under another
                                        ///< identity; empty: that cannot be told
    std::vector<std::string> content;  ///< columns whose texts make another edition of a row; empty: the whole row
    int publication_lag_days = 0;
    std::string
        vintage_from;  ///< "file.1": the edition's day or year from the file name; "document.@made": from within
    Parse vintage_form = Parse::Date;  ///< of a day within the document
    std::string edition_from;  ///< "file.1": the part of the name that holds the edition; "" = looked for in the name
    std::string editions;  ///< what a newer file is to the older: "replace", "add"; "" = the user says where it matters
    int stale_after_days = 0;
    int ahead_days = 0;  ///< records may begin so many days after the day of ingest: plans, forecasts
    Day first_day = no_day;  ///< no record can begin before it
    std::map<std::string, std::vector<std::string>> also;  ///< other names that files give a column, by the card's own
    OnlyRows only;
    WideColumns wide;
    Day verified = no_day;  ///< treaty tables: the day the participation was verified
    CoverageRule coverage;
    std::map<std::string, FieldMap> map;  ///< by field: day, last_day, known, place, kind, at, latitude, ...
    std::vector<MeasureMap> measures;  ///< series cards
    std::vector<EventTotal> totals;  ///< event cards
    std::vector<SetAside> set_aside;  ///< votes and observations
    std::vector<BesideMap> beside;
    std::vector<DetailMap> details;
    std::vector<Delisting> delisting;  ///< of lists of designees, in the order of the card: the first that fits
    std::map<std::string, std::map<std::string, std::string>> lookups;
    std::int64_t assert_rows_min = 0;
    std::int64_t assert_rows_max = 0;  ///< 0 = no bound
    double assert_rejects_share = 0.03;
    double assert_lost_share = 0.5;  ///< of what earlier editions have, at most so much may be gone in a newer one
    std::string locate;  ///< set of packs/places whose polygons place the positions, or locate_countries
    std::vector<FetchRule> fetch;  ///< the ways by which it is fetched, all of them asked; a variant has none
    std::vector<SourceCard> variants;  ///< the same source in other layouts; a variant has none
    Where where;
};

/// What a field of a record holds, and so which parses it may have.
enum class FieldValue {
    Days,  ///< a day, month, year or week: Date (default) ... TimestampDate
    Code,  ///< a term: Text (default), Whole, Year; several columns are joined by '|'
    Whole,  ///< Whole (default), Number, Year, DaysBetween, YesNo, ListLength
    Milli,  ///< a decimal kept as thousandths: Thousandths (default), Number, Whole, DaysBetween, YesNo
    Degrees,  ///< Latitude, Longitude (default: the field's own)
    Position,  ///< DegreeMinute (default)
    Ballot,  ///< yes, no, abstain, absent, not-member: Text (default), by way of a lookup
    Precision,  ///< a word of model::position_precision_names: Text (default), by way of a lookup; or Given: the first
                ///< that is filled of four columns that name a spot, a district, a province, a country
    Flag,  ///< YesNo (default), Given
    Minute,  ///< TimestampMinute (default)
    Acts,  ///< Text (default) with a field `day`, or UntcAction over columns
};

/// A field that a card may map.
struct FieldRule {
    std::string_view name;
    FieldValue value = FieldValue::Code;
    std::string_view system = {};  ///< of codes, where the card names none
    bool required = false;  ///< must be mapped, and an empty cell rejects the row
    bool rejects_empty = required;  ///< an empty cell rejects the row, unless the card says `optional`
};

inline constexpr FieldRule event_fields[] = {
    {"day", FieldValue::Days, "", true},
    {"last_day", FieldValue::Days},
    {"known", FieldValue::Days},
    {"kind", FieldValue::Code, "kind", true},
    {"code", FieldValue::Code, "code"},
    {"place", FieldValue::Code, "name", false, true},
    {"actor1", FieldValue::Code, "name"},
    {"actor2", FieldValue::Code, "name"},
    {"subject", FieldValue::Code, "subject"},
    {"latitude", FieldValue::Degrees},
    {"longitude", FieldValue::Degrees},
    {"at", FieldValue::Position},
    {"cell", FieldValue::Whole},
    {"low", FieldValue::Whole},
    {"best", FieldValue::Whole},
    {"high", FieldValue::Whole},
    {"intensity", FieldValue::Milli},
    {"civilians", FieldValue::Whole},
    {"mentions", FieldValue::Whole},
    {"sources", FieldValue::Whole},
    {"weight", FieldValue::Whole},
    {"position_precision", FieldValue::Precision},
    {"root", FieldValue::Flag},
    {"typed", FieldValue::Flag},
    {"known_minute", FieldValue::Minute},
};
inline constexpr FieldRule observation_fields[] = {
    {"day", FieldValue::Days, "", true},
    {"last_day", FieldValue::Days},
    {"known", FieldValue::Days},
    {"place", FieldValue::Code, "name", false, true},
    {"subject", FieldValue::Code, "subject"},
};
inline constexpr FieldRule action_fields[] = {
    {"instrument", FieldValue::Code, "untc", true},
    {"participant", FieldValue::Code, "name", true},
    {"act", FieldValue::Acts, "act", true},
    {"day", FieldValue::Days},
    {"known", FieldValue::Days},
};
inline constexpr FieldRule vote_fields[] = {
    {"roll_call", FieldValue::Whole, "", true},
    {"voter", FieldValue::Code, "name", true},
    {"ballot", FieldValue::Ballot, "", true},
    {"known", FieldValue::Days},
};
inline constexpr FieldRule roll_call_fields[] = {
    {"roll_call", FieldValue::Whole, "", true}, {"session", FieldValue::Whole},
    {"day", FieldValue::Days, "", true},        {"known", FieldValue::Days},
    {"resolution", FieldValue::Code, "unres"},  {"issue", FieldValue::Code, "issue"},
    {"important", FieldValue::Whole},
};
inline constexpr FieldRule designation_fields[] = {
    {"list", FieldValue::Code, "list", true},
    {"regime", FieldValue::Code, "regime"},
    {"type", FieldValue::Code, "entity-type"},
    {"reference", FieldValue::Code, "reference", true},
    {"day", FieldValue::Days},
    {"updated", FieldValue::Days},
    {"known", FieldValue::Days},
};

/// The fields of a kind of record, as the tables above.
[[nodiscard]] std::span<const FieldRule> fields_of(model::RecordKind kind);
[[nodiscard]] std::string_view parse_name(Parse parse);

/// The columns without which no row of a file can be read: those of fields, measures, identity. Without those that may
/// be a companion's, that optional measures name, or that stand for the file's name ("file.1") or for all ("*").
[[nodiscard]] std::vector<std::string> columns_needed(const SourceCard& card);

/// The value of `text` in a lookup table: the exact key, else the longest key "abc*" that `text` begins with ("*"
/// begins every text that is not empty; an empty text needs the key ""); nullptr where no key fits.
[[nodiscard]] const std::string* look_up(const std::map<std::string, std::string>& table, std::string_view text);

/// The key that the source asks for; nullptr = none.
[[nodiscard]] const FetchKey* key_of_source(const SourceCard& card);

[[nodiscard]] SourceCard parse_source_card(const Node& file, Diagnostics& faults);
/// A card's file, and whether its name must be the card's id.
enum class FileName { Id, Free };
struct CardFile {
    const Node* node;
    FileName name = FileName::Id;
};
/// Cards sorted by id; faults of all are gathered.
[[nodiscard]] std::vector<SourceCard> read_source_cards(std::span<const CardFile> files, Diagnostics& faults);
/// Every card of a folder, sorted by id; faults of all are gathered.
[[nodiscard]] std::vector<SourceCard> load_source_cards(const std::string& directory, Diagnostics& faults);

/// The kinds of events that a card can give (constants and lookup values of its `kind`); empty when it takes them from
/// a column as they are.
[[nodiscard]] std::vector<std::string> kinds_of(const SourceCard& card);

}  // namespace icosa::pack
