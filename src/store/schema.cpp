/// Small tables are written out here; the big ones come from columns.cpp. No keys and no indexes: a scan of a column
/// costs less than their upkeep.
#include "store/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/record.hpp"
#include "store/columns.hpp"

namespace icosa::store {
namespace {

constexpr const char* small_tables = R"(
CREATE TABLE meta (key VARCHAR, value VARCHAR);
CREATE TABLE file (
    id INTEGER, path VARCHAR, source VARCHAR, card VARCHAR, records_kind VARCHAR, digest VARCHAR, bytes BIGINT,
    rows BIGINT, stored BIGINT, rejected BIGINT, known BIGINT, records BIGINT, revised BIGINT,
    vintage_day DATE, edition VARCHAR, edition_rank BIGINT, first_day DATE, last_day DATE, newest_known_day DATE);
CREATE TABLE withdrawal (file INTEGER, day DATE, sequence INTEGER, taken_back BOOLEAN);
CREATE TABLE holding (file INTEGER, identity UBIGINT);
CREATE TABLE superseded (file INTEGER, line INTEGER, by_file INTEGER);
CREATE TABLE coverage (file INTEGER, complete BOOLEAN, first_day DATE, last_day DATE, places VARCHAR[], kinds VARCHAR[]);
CREATE TABLE reject (file INTEGER, line INTEGER, "column" INTEGER, field VARCHAR, text VARCHAR, problem VARCHAR, cure VARCHAR);
CREATE TABLE term (id INTEGER, system VARCHAR, text VARCHAR, match_key VARCHAR);
CREATE TABLE code_place (
    system VARCHAR, code VARCHAR, first_day DATE, last_day DATE, until DATE, last_before DATE, place VARCHAR);
CREATE TABLE event_cell (file INTEGER, line INTEGER, cell INTEGER, place INTEGER);
CREATE TABLE event_doubt (file INTEGER, line INTEGER, answers UBIGINT);
CREATE TABLE doubt_rule (source VARCHAR, bit INTEGER, rule VARCHAR);
CREATE TABLE doubt_score (source VARCHAR, answers UBIGINT, credibility DOUBLE, worst VARCHAR);
CREATE TABLE revision (source VARCHAR, identity UBIGINT);
CREATE TABLE detail_row (file INTEGER, line INTEGER, field VARCHAR, number INTEGER, part INTEGER, text VARCHAR);
)";

/// The names behind the numbers: for each base table a view that reads without the code book.
constexpr const char* views = R"(
CREATE VIEW code_term AS
    SELECT t.id AS term, c.first_day, c.last_day, c.until, c.last_before, nullif(c.place, '') AS place
    FROM term t JOIN code_place c ON c.system = t.system AND c.code = t.match_key;
CREATE VIEW event AS
    SELECT f.source, f.path, e.line, e.known_day, f.vintage_day, e.first_day, e.last_day,
        ['day', 'range', 'month', 'year'][e.precision + 1] AS precision, kind.text AS kind, code.text AS code,
        coalesce(located.text, placed.place, place.system || ':' || place.text) AS place,
        place.system AS place_system, place.text AS place_code,
        actor1.system AS actor1_system, actor1.text AS actor1, actor2.system AS actor2_system, actor2.text AS actor2,
        subject.text AS subject, e.latitude_microdeg / 1e6 AS latitude, e.longitude_microdeg / 1e6 AS longitude, e.cell,
        ['unknown', 'exact', 'near', 'district', 'province', 'country'][e.position_precision + 1] AS position_precision,
        e.fatalities_low, e.fatalities_best, e.fatalities_high, e.fatalities_civilians, e.intensity_milli / 1e3 AS intensity, e.mentions, e.sources, e.weight,
        [NULL, false, true][e.root + 1] AS root, [NULL, false, true][e.typed + 1] AS typed, e.known_minute,
        e.file, e.identity
    FROM event_row e JOIN file f ON f.id = e.file
    LEFT JOIN term kind ON kind.id = e.kind LEFT JOIN term code ON code.id = e.code LEFT JOIN term place ON place.id = e.place
    LEFT JOIN term actor1 ON actor1.id = e.actor1 LEFT JOIN term actor2 ON actor2.id = e.actor2 LEFT JOIN term subject ON subject.id = e.subject
    LEFT JOIN code_term placed ON placed.term = e.place AND e.last_day BETWEEN placed.first_day AND placed.until AND placed.last_day >= e.first_day
    LEFT JOIN event_cell x ON x.file = e.file AND x.line = e.line LEFT JOIN term located ON located.id = x.place;
CREATE VIEW doubt AS
    SELECT f.source, f.path, d.line, r.rule, s.credibility, d.file
    FROM event_doubt d JOIN file f ON f.id = d.file
    JOIN doubt_rule r ON r.source = f.source AND ((d.answers >> r.bit) & 1) = 1
    LEFT JOIN doubt_score s ON s.source = f.source AND s.answers = d.answers;
CREATE VIEW observation AS
    SELECT f.source, f.path, o.line, o.known_day, f.vintage_day, o.first_day, o.last_day, measure.text AS measure,
        coalesce(placed.place, place.system || ':' || place.text) AS place, place.system AS place_system, place.text AS place_code,
        subject.text AS subject, o.value, o.low, o.high, o.file, o.identity
    FROM observation_row o JOIN file f ON f.id = o.file
    LEFT JOIN term measure ON measure.id = o.measure LEFT JOIN term place ON place.id = o.place LEFT JOIN term subject ON subject.id = o.subject
    LEFT JOIN code_term placed ON placed.term = o.place AND o.last_day BETWEEN placed.first_day AND placed.until AND placed.last_day >= o.first_day;
CREATE VIEW action AS
    SELECT f.source, f.path, a.line, a.known_day, f.vintage_day, a.day, instrument.system AS instrument_system, instrument.text AS instrument,
        act.text AS act, coalesce(placed.place, participant.system || ':' || participant.text) AS place,
        participant.system AS participant_system, participant.text AS participant, a.file, a.identity
    FROM action_row a JOIN file f ON f.id = a.file
    LEFT JOIN term instrument ON instrument.id = a.instrument LEFT JOIN term act ON act.id = a.act
    LEFT JOIN term participant ON participant.id = a.participant
    LEFT JOIN code_term placed ON placed.term = a.participant AND a.day BETWEEN placed.first_day AND placed.last_day;
CREATE VIEW roll_call AS
    SELECT f.source, f.path, r.line, r.known_day, f.vintage_day, r.roll_call, r.session, r.day, resolution.text AS resolution,
        issue.text AS issue, r.important, r.file, r.identity
    FROM roll_call_row r JOIN file f ON f.id = r.file
    LEFT JOIN term resolution ON resolution.id = r.resolution LEFT JOIN term issue ON issue.id = r.issue;
CREATE VIEW vote AS
    SELECT f.source, f.path, v.line, v.known_day, f.vintage_day, v.roll_call, r.day,
        coalesce(placed.place, voter.system || ':' || voter.text) AS place, voter.system AS voter_system, voter.text AS voter,
        ['yes', 'no', 'abstain', 'absent', 'not-member'][v.ballot + 1] AS ballot, v.file, v.identity
    FROM vote_row v JOIN file f ON f.id = v.file LEFT JOIN term voter ON voter.id = v.voter
    LEFT JOIN (SELECT roll_call, min(day) AS day FROM roll_call_row GROUP BY roll_call) r ON r.roll_call = v.roll_call
    LEFT JOIN code_term placed ON placed.term = v.voter AND r.day BETWEEN placed.first_day AND placed.last_day;
CREATE VIEW designation AS
    SELECT f.source, f.path, d.line, d.known_day, f.vintage_day, list.text AS list, regime.text AS regime, type.text AS type,
        reference.text AS reference, d.day, d.updated, d.file, d.identity
    FROM designation_row d JOIN file f ON f.id = d.file
    LEFT JOIN term list ON list.id = d.list LEFT JOIN term regime ON regime.id = d.regime LEFT JOIN term type ON type.id = d.type
    LEFT JOIN term reference ON reference.id = d.reference;
CREATE VIEW detail AS
    SELECT f.source, f.path, d.line, f.vintage_day, d.field, d.number, d.part, d.text, d.file
    FROM detail_row d JOIN file f ON f.id = d.file;
)";

/// Integers are bit-packed without trying what else would do: the trial costs more than it gains.
template <class Record> std::string big_table(model::RecordKind kind, const Record* tag) {
    std::string sql = fmt::format("CREATE TABLE {} (file INTEGER", table_of(kind));
    for (const auto& column : columns_of(tag))
        sql += fmt::format(", {} {}{}", column.name, column.sql_type,
                           column.type == DUCKDB_TYPE_DOUBLE ? "" : " USING COMPRESSION bitpacking");
    return sql + ");\n";
}

/// A path as a shell takes it.
std::string shell_word(const std::string& path) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view("_./+-=,:@%").find(c) != std::string_view::npos;
    };
    if (std::all_of(path.begin(), path.end(), plain)) return path;
    std::string out = "'";
    for (const char c : path) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// The cure of a store that is not read: its files, as it lists them, ingested into a new one.
std::string ingest_anew(duck::Connection& connection) {
    constexpr std::size_t most = 20;
    std::string cure = "ingest the files again into a new one with --db", list;
    auto paths = connection.query("SELECT path FROM file ORDER BY id");
    if (!paths) return cure;
    std::size_t count = 0;
    for (; paths->next(); ++count)
        if (count < most) list += " " + shell_word(paths->text(0));
    if (count > 0) cure += fmt::format(": icosa ingest{} --db NEW", list);
    if (count > most) cure += fmt::format("; and {} more that SELECT path FROM file lists", count - most);
    return cure;
}

}  // namespace

Result<void> create_schema(duck::Connection& connection) {
    using enum model::RecordKind;
    std::string sql = "BEGIN;\n";
    sql += small_tables;
    for (const auto kind : {Event, Observation, Action, Vote, RollCall, Designation})
        sql += with_record(kind, [&](const auto* tag) { return big_table(kind, tag); });
    sql += views;
    sql +=
        fmt::format("INSERT INTO meta VALUES ('schema_version', '{}'), ('packs_digest', '');\nCOMMIT;", schema_version);
    return connection.run(sql);
}

Result<bool> check_schema(duck::Connection& connection) {
    const auto tables =
        TRY(connection.count("SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"));
    if (tables == 0) return false;
    const auto ours =
        TRY(connection.count("SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND "
                             "table_name IN ('meta', 'event_row')"));
    if (ours < 2)
        return fail(Fault::Store, "not-a-store", {connection.path()},
                    "the file is a DuckDB database of something else: it has tables, but not Icosa's",
                    "give another file with --db");
    auto rows = TRY(connection.query("SELECT value FROM meta WHERE key = 'schema_version'"));
    const auto version = rows.next() ? parse_integer(rows.text(0)) : std::nullopt;
    if (!version || *version > schema_version)
        return fail(Fault::Store, "store-of-later-schema", {connection.path()},
                    fmt::format("the store has schema {}, this program knows up to {}",
                                version ? std::to_string(*version) : "unknown", schema_version),
                    "use the newer Icosa that wrote it, or ingest into another file with --db");
    if (*version < schema_version)
        return fail(Fault::Store, "store-of-earlier-schema", {connection.path()},
                    fmt::format("the store has schema {}, this program needs {}", *version, schema_version),
                    ingest_anew(connection));
    return true;
}

}  // namespace icosa::store
