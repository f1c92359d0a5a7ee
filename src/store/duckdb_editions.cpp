/// One file against the others of its source: the same rows in other bytes, editions that replace each other, what is
/// taken back.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "store/draft.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;

namespace {

/// From this share of the smaller file's rows on, two files are taken for copies of each other.
constexpr double share_of_copies = 0.5;

/// An earlier file that has some of the new one's rows.
struct Earlier {
    std::int32_t id = 0;
    std::string path;
    std::int64_t rows = 0;
    std::int64_t same = 0;
};

const Earlier* most_alike(const std::vector<Earlier>& files) {
    const auto most = std::max_element(files.begin(), files.end(),
                                       [](const Earlier& a, const Earlier& b) { return a.same < b.same; });
    return most == files.end() ? nullptr : &*most;
}

std::string ids_of(const std::vector<Earlier>& files) {
    std::vector<std::int32_t> ids;
    for (const auto& one : files) ids.push_back(one.id);
    return number_list(ids);
}

std::unexpected<Error> two_of_a_kind(const Incoming& file, const Earlier& other, std::int64_t rows) {
    return fail(
        Fault::Data, "counted-twice", {file.path},
        fmt::format("{} of its {} rows are those of '{}' in the store (source '{}', which has no column that "
                    "tells rows apart), and each would count twice",
                    other.same, rows, other.path, file.source),
        fmt::format("nothing of it is stored; if it stands for that file: --edition replace --of {0}; if it only "
                    "adds rows to it: --edition add",
                    other.path));
}

}  // namespace

Result<std::vector<std::int32_t>> DuckdbStore::withdrawn_by(Day day) {
    auto rows =
        TRY(connection_.query("SELECT file FROM withdrawal WHERE day <= ? GROUP BY file HAVING "
                              "arg_max(taken_back, sequence) ORDER BY file",
                              {day}));
    std::vector<std::int32_t> out;
    while (rows.next()) out.push_back(static_cast<std::int32_t>(rows.integer(0)));
    return out;
}

Result<void> DuckdbStore::withdraw(const std::vector<std::int32_t>& files, Day day, Withdrawal what) {
    if (access_ == Access::ReadOnly)
        return fail(Fault::Store, "store-not-writable", {connection_.path()}, "the store is open for reading only");
    const bool takes = what == Withdrawal::TakeBack;
    std::string sql =
        "BEGIN; UPDATE meta SET value = '' WHERE key = 'packs_digest' AND value <> '';";  // doubts compare rows
    for (const std::int32_t file : files) {
        sql += fmt::format("INSERT INTO withdrawal SELECT {}, {}, coalesce(max(sequence), 0) + 1, {} FROM withdrawal;",
                           file, duck::literal(day), takes);
        if (takes) continue;
        // What was read again meanwhile stands beside what comes back: of each identity one counts.
        for (const auto kind : {RecordKind::Event, RecordKind::Observation, RecordKind::Action, RecordKind::Vote,
                                RecordKind::RollCall, RecordKind::Designation})
            sql += fmt::format(
                "INSERT INTO revision SELECT DISTINCT f.source, n.identity FROM {0} n JOIN file f ON f.id = n.file "
                "WHERE n.file = {1} AND n.identity IS NOT NULL AND EXISTS (SELECT 1 FROM {0} e JOIN file g ON g.id = "
                "e.file WHERE g.source = f.source AND e.file <> n.file AND e.identity = n.identity) "
                "EXCEPT SELECT source, identity FROM revision;",
                table_of(kind), file);
    }
    known_.forget();
    visible_.clear();
    code_book_is_open_ = one_place_is_open_ = false;
    if (auto done = connection_.run(sql + "COMMIT;"); !done) {
        (void)connection_.run("ROLLBACK");
        return done;
    }
    return {};
}

/// A file whose rows nothing tells apart: are they another file's? The same rows in another order, with other line ends
/// or quotes are known; where most are the same, the card or the user says what the file is to the other.
Result<void> DuckdbStore::compare_rows(Draft& draft) {
    if (draft.records == 0 || draft.seen.first_day == no_day) return {};
    const auto withdrawn = TRY(withdrawn_by(last_possible_day));
    const std::string others = fmt::format(
        "SELECT id, path FROM file WHERE source = {} AND records_kind = {} AND records > 0 AND first_day <= {} AND "
        "last_day >= {}{}",
        duck::quoted(draft.file.source), duck::quoted(record_kind_names[static_cast<int>(draft.file.records)]),
        duck::literal(draft.seen.last_day), duck::literal(draft.seen.first_day),
        withdrawn.empty() ? "" : " AND id NOT IN " + number_list(withdrawn));
    const std::string counted = "SELECT {1}content, count(DISTINCT line) AS n FROM {0} WHERE file {2} GROUP BY ALL";
    auto found = TRY(connection_.query(fmt::format(
        "WITH other AS ({0}), own AS ({1}), theirs AS ({2}) SELECT o.id, o.path, (SELECT sum(n) FROM theirs t WHERE "
        "t.file = o.id)::BIGINT, sum(least(own.n, t.n))::BIGINT FROM other o JOIN theirs t ON t.file = o.id JOIN own "
        "ON "
        "own.content = t.content GROUP BY o.id, o.path ORDER BY o.id",
        others, fmt::format(fmt::runtime(counted), draft.table(), "", fmt::format("= {}", draft.id)),
        fmt::format(fmt::runtime(counted), draft.table(), "file, ", "IN (SELECT id FROM other)"))));
    std::vector<Earlier> alike;
    while (found.next())
        alike.push_back(
            {static_cast<std::int32_t>(found.integer(0)), found.text(1), found.integer(2), found.integer(3)});
    const std::int64_t rows = draft.seen.rows;
    for (const auto& one : alike) {
        const bool stands_for_more = one.path == draft.file.replaces && one.rows > rows;
        if (one.same < rows || stands_for_more) continue;
        draft.same_as = one.id;
        draft.like = one.path;
        return {};
    }
    std::erase_if(alike, [&](const Earlier& one) {
        return static_cast<double>(one.same) < share_of_copies * static_cast<double>(std::min(rows, one.rows));
    });
    if (const Earlier* most = most_alike(alike)) {
        if (draft.file.editions == Editions::Unsaid) return two_of_a_kind(draft.file, *most, rows);
        const bool is_by_days = draft.file.editions == Editions::Replace && draft.file.replaces.empty();
        if (!is_by_days) return supersede_equal(draft, ids_of(alike));
    }
    return {};
}

/// Of the rows that the earlier files have too each stands once, in the newest file that has it: whichever of them is
/// taken back, none is lost.
Result<void> DuckdbStore::supersede_equal(Draft& draft, const std::string& files) {
    return connection_.run(fmt::format(
        "INSERT INTO superseded SELECT t.file, t.line, {1} FROM (SELECT file, line, content, row_number() OVER "
        "(PARTITION BY content ORDER BY file, line) AS n FROM (SELECT DISTINCT e.file, e.line, e.content FROM {0} e "
        "ANTI "
        "JOIN superseded s ON s.file = e.file AND s.line = e.line WHERE e.file IN {2})) t JOIN (SELECT content, "
        "count(DISTINCT line) AS n FROM {0} WHERE file = {1} GROUP BY content) own ON own.content = t.content AND t.n "
        "<= own.n",
        draft.table(), draft.id, files));
}

/// Which rows of other files no longer count beside this one, or of this one beside newer files.
Result<void> DuckdbStore::note_superseded(Draft& draft) {
    if (!draft.file.replaces.empty()) return supersede_named(draft);
    TRY(note_holding(draft));
    // Of files without identities only those that replace make others older.
    if (!draft.file.has_identity && draft.file.editions != Editions::Replace) return {};
    // Pairs of a newer and an older file of the source, this one among them; by their days, else by their editions,
    // else, where the newer one is said to replace, by the order of ingest.
    auto pairs = TRY(connection_.query(fmt::format(
        "SELECT n.id, o.id FROM file n JOIN file o ON n.source = o.source AND n.id <> o.id AND n.records_kind = "
        "o.records_kind WHERE n.source = {0} AND {1} IN (n.id, o.id) AND (NOT {3} OR EXISTS (SELECT 1 FROM holding h "
        "WHERE h.file = n.id)) AND CASE WHEN n.vintage_day <> o.vintage_day THEN n.vintage_day > o.vintage_day WHEN "
        "n.edition_rank <> o.edition_rank THEN n.edition_rank > o.edition_rank ELSE {2} AND n.id > o.id END "
        "ORDER BY 1, 2",
        duck::quoted(draft.file.source), draft.id, draft.file.editions == Editions::Replace, draft.file.has_identity)));
    std::vector<std::pair<std::int32_t, std::int32_t>> found;
    while (pairs.next())
        found.emplace_back(static_cast<std::int32_t>(pairs.integer(0)), static_cast<std::int32_t>(pairs.integer(1)));
    for (const auto& [newer, older] : found)
        TRY(draft.file.has_identity ? supersede_lost(draft, newer, older) : supersede_days(draft, newer, older));
    draft.by_order = draft.revised > 0 && draft.out.vintage_day == no_day && draft.file.edition_rank == no_edition;
    return {};
}

/// Keeps what a file holds where that is asked again: of a complete one, what it lacks of other editions.
Result<void> DuckdbStore::note_holding(Draft& draft) {
    const bool is_complete = std::any_of(draft.out.coverage.begin(), draft.out.coverage.end(),
                                         [](const Coverage& one) { return one.complete; });
    // A file some of whose rows were known already holds them all the same: the one that brought them may be taken
    // back.
    const bool is_asked = is_complete || draft.known > 0;
    if (!draft.file.has_identity || !is_asked || draft.seen.identities.empty()) return {};
    auto appender = TRY(duck::Appender::open(connection_, "holding"));
    for (const std::uint64_t identity : draft.seen.identities) appender.add(draft.id).add(identity).end_row();
    return appender.close();
}

/// All rows of the one file that the user says this one stands for.
Result<void> DuckdbStore::supersede_named(Draft& draft) {
    const std::string older = fmt::format("SELECT id FROM file WHERE source = {} AND id <> {} AND path = {}",
                                          duck::quoted(draft.file.source), draft.id, duck::quoted(draft.file.replaces));
    if (TRY(connection_.count(fmt::format("SELECT count(*) FROM ({})", older))) == 0)
        return fail(Fault::Data, "no-such-file", {draft.file.path},
                    fmt::format("the store has no file '{}' of source '{}' that this one could stand for",
                                draft.file.replaces, draft.file.source),
                    "`icosa sources --files` lists them");
    return connection_.run(
        fmt::format("INSERT INTO superseded SELECT DISTINCT file, line, {} FROM {} WHERE file IN ({})", draft.id,
                    draft.table(), older));
}

/// All rows of the older file that lie within the newer one's days; of votes, which have none, all.
Result<void> DuckdbStore::supersede_days(Draft& draft, std::int32_t newer, std::int32_t older) {
    const bool is_spread = draft.file.records == RecordKind::Event || draft.file.records == RecordKind::Observation;
    const std::string within = draft.file.records == RecordKind::Vote
        ? ""
        : fmt::format(" AND e.{} BETWEEN n.first_day AND n.last_day", is_spread ? "first_day" : "day");
    return connection_.run(fmt::format(
        "INSERT INTO superseded SELECT DISTINCT e.file, e.line, n.id FROM {} e JOIN file n ON n.id = {} WHERE e.file = "
        "{}{}",
        draft.table(), newer, older, within));
}

/// Rows of the older file within the days, places and kinds that the newer one covers, which it no longer holds.
Result<void> DuckdbStore::supersede_lost(Draft& draft, std::int32_t newer, std::int32_t older) {
    const bool is_spread = draft.file.records == RecordKind::Event || draft.file.records == RecordKind::Observation;
    if (!is_spread) return {};
    const std::string kind =
        draft.file.records == RecordKind::Event ? "(SELECT text FROM term WHERE id = e.kind)" : "'' ";
    (void)TRY(connection_.query(fmt::format(
        "INSERT INTO superseded SELECT DISTINCT e.file, e.line, {0} FROM {1} e LEFT JOIN term t ON t.id = e.place "
        "LEFT JOIN code_place p ON p.system = t.system AND p.code = t.match_key AND {3} "
        "WHERE e.file = {2} AND EXISTS (SELECT 1 FROM coverage c WHERE c.file = {0} AND c.complete AND e.first_day >= "
        "c.first_day AND e.last_day <= c.last_day AND (len(c.places) = 0 OR list_contains(c.places, p.place) OR "
        "list_contains(c.places, t.system || ':' || t.text)) AND (len(c.kinds) = 0 OR list_contains(c.kinds, {4}))) "
        "AND NOT EXISTS (SELECT 1 FROM holding h WHERE h.file = {0} AND h.identity = e.identity) "
        "AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.file = e.file AND s.line = e.line AND s.by_file = {0})",
        newer, draft.table(), older, within_days("p", "e.first_day", "e.last_day"), kind)));
    return {};
}

Result<std::vector<PlaceNaming>> DuckdbStore::odd_namings(std::string_view source, std::int32_t file) {
    auto kinds = TRY(connection_.query(
        "SELECT DISTINCT records_kind FROM file WHERE source = ? AND (? = 0 OR id = ?) AND records > 0 ORDER BY ALL",
        {source, std::int64_t{file}, std::int64_t{file}}));
    TRY(open_one_place());
    std::vector<PlaceNaming> out;
    const auto seen = number_list(TRY(withdrawn_by(last_possible_day)));
    while (kinds.next()) {
        const auto name = std::find(std::begin(record_kind_names), std::end(record_kind_names), kinds.text(0));
        const auto kind = static_cast<RecordKind>(name - std::begin(record_kind_names));
        const bool is_spread = kind == RecordKind::Event || kind == RecordKind::Observation;
        if (!is_spread && kind != RecordKind::Action && kind != RecordKind::Vote) continue;
        const std::string place = is_spread ? "place" : kind == RecordKind::Action ? "participant" : "voter";
        // A ballot and an act without a day mean the place of any day.
        const std::string first = is_spread ? "e.first_day"
            : kind == RecordKind::Action    ? "coalesce(e.day, DATE '2000-01-01')"
                                            : "DATE '2000-01-01'";
        const std::string last = is_spread ? "e.last_day" : first;
        const std::string from = fmt::format(
            "FROM (SELECT e.{0} AS term, {1} AS first_day, {2} AS last_day, {8} AS n FROM "
            "{3} e JOIN file f ON f.id = e.file WHERE f.source = {4}{5}{6} AND e.{0} NOT IN ({9}) GROUP BY ALL) g "
            "JOIN term t ON t.id = g.term LEFT JOIN code_place c ON c.system = t.system AND c.code = t.match_key AND "
            "{7}",
            place, first, last, table_of(kind), duck::quoted(source),
            file == 0 ? "" : fmt::format(" AND f.id = {}", file), seen == "()" ? "" : " AND f.id NOT IN " + seen,
            within_days("c", "g.first_day", "g.last_day"),
            kind == RecordKind::Event || kind == RecordKind::Vote ? "count(*)" : "count(DISTINCT (e.file, e.line))",
            "SELECT id FROM one_place");
        const std::string any_day = is_spread || kind == RecordKind::Action
            ? "c.place IS NULL"
            : "NOT EXISTS (SELECT 1 FROM code_place x WHERE x.system = t.system AND x.code = t.match_key)";
        // Bodies of states take part in treaties as themselves.
        const std::string sums = kind == RecordKind::Action ? "FALSE" : "c.place = ''";
        auto rows = TRY(connection_.query(fmt::format(
            "SELECT t.system, t.text, sum(n)::BIGINT, coalesce(sum(n) FILTER ({1}), 0)::BIGINT, coalesce(sum(n) FILTER "
            "({2}), 0)::BIGINT, coalesce(sum(n) FILTER (c.last_before >= g.first_day), 0)::BIGINT, "
            "min(g.first_day) FILTER ({1}) {0} WHERE t.system IN (SELECT system FROM code_place) GROUP BY t.system, "
            "t.text HAVING coalesce(sum(n) FILTER ({1} OR {2} OR c.last_before >= g.first_day), 0) > 0 OR "
            "(t.system = 'name' AND strlen(t.text) > length(t.text)) "
            "ORDER BY 4 DESC, 1, 2",
            from, any_day, sums)));
        while (rows.next()) {
            PlaceNaming one{rows.text(0),    rows.text(1),    rows.integer(2), rows.integer(3),
                            rows.integer(4), rows.integer(5), rows.day(6)};
            if (one.unplaced + one.summed + one.twofold > 0 || undo_mojibake(one.code)) out.push_back(std::move(one));
        }
    }
    return out;
}

}  // namespace icosa::store
