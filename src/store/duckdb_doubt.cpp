/// Doubts: what is asked of machine-coded events, written down row by row, and what a question leaves out for it.
#include <algorithm>

#include <fmt/format.h>

#include "store/draft.hpp"
#include "store/duckdb_store.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;
using duck::quoted;

namespace {

constexpr std::int64_t minutes_a_day = 1440;

/// The longest time, in days, that one of these looks back; -1: none compares rows.
std::int64_t days_looked_back(const Doubts& doubts) {
    std::int64_t out = -1;
    for (const DoubtTest& test : doubts.tests) {
        if (test.kind == DoubtKind::Retold) out = std::max(out, (test.minutes + minutes_a_day - 1) / minutes_a_day);
    }
    return out;
}

bool asks(const Doubts& doubts, DoubtKind kind) {
    return std::ranges::any_of(doubts.tests, [&](const DoubtTest& test) { return test.kind == kind; });
}

/// A test as a condition on a row e, with t, its like told before, and x, its place where that is another's.
std::string condition_of(const DoubtTest& test) {
    switch (test.kind) {
        case DoubtKind::Retold: return fmt::format("t.gap <= {}", test.minutes);
        case DoubtKind::RoundLag: {
            std::string sql;
            for (const std::int64_t days : test.days)
                sql += fmt::format("{}abs((e.known_day - e.first_day) - {}) <= {}", sql.empty() ? "" : " OR ", days,
                                   test.slack_days);
            return "(" + sql + ")";
        }
        case DoubtKind::FarLag:
            return fmt::format("(e.known_day - e.first_day > {} OR e.known_day < e.first_day)", test.above);
        case DoubtKind::NotRoot: return fmt::format("e.root = {}", static_cast<int>(Flag::No));
        case DoubtKind::FewMentions: return fmt::format("e.mentions < {}", test.below);
        case DoubtKind::FewSources: return fmt::format("e.sources < {}", test.below);
        case DoubtKind::Untyped: return fmt::format("e.typed = {}", static_cast<int>(Flag::No));
        case DoubtKind::ElsePlace: return "x.place IS NOT NULL";
        case DoubtKind::OfProvince:
            return fmt::format("e.position_precision = {}", static_cast<int>(PositionPrecision::Province));
        case DoubtKind::OfCountry:
            return fmt::format("e.position_precision = {}", static_cast<int>(PositionPrecision::Country));
        case DoubtKind::AtOrigin: return "(e.latitude_microdeg = 0 AND e.longitude_microdeg = 0)";
        case DoubtKind::Untold: return "FALSE";
    }
    return "FALSE";
}

/// Sightings of each like, one an identity, in the order in which they became known: of one minute the earlier line is
/// the first, whatever order the files came in. One minute of one day and a line fit one number.
std::string retold_sql(const std::string& alike) {
    return fmt::format(
        "(SELECT likeness, identity, (seen >> 32) - lag(seen >> 32) OVER (PARTITION BY likeness ORDER BY seen, "
        "identity) AS gap FROM (SELECT likeness, identity, min((((known_day - DATE '0001-01-01')::BIGINT * {0} + "
        "coalesce(known_minute, 0)) << 32) + line) AS seen FROM ({1}) SEMI JOIN (SELECT likeness FROM ({1}) GROUP BY "
        "likeness HAVING count(*) > 1) m USING (likeness) WHERE known_day IS NOT NULL GROUP BY likeness, identity))",
        minutes_a_day, alike);
}

/// Places of events, with their actors, where every actor that is given is of a known place, and the event's is neither
/// one of these nor beside one. What a code meant on any day counts.
std::string else_place_sql(const std::string& rows) {
    return fmt::format(
        "(WITH triple AS (SELECT DISTINCT place, actor1, actor2 FROM ({}) WHERE place IS NOT NULL AND (actor1 IS NOT "
        "NULL OR actor2 IS NOT NULL)),\n"
        "used AS (SELECT DISTINCT c.term, c.place FROM code c SEMI JOIN (SELECT place AS term FROM triple UNION SELECT "
        "actor1 FROM triple UNION SELECT actor2 FROM triple) u ON u.term = c.term WHERE c.place <> ''),\n"
        "beside AS (SELECT a.term AS place, b.term AS actor FROM used a JOIN used b ON a.place = b.place UNION SELECT "
        "a.term, b.term FROM used a JOIN neighbour n ON n.place = a.place JOIN used b ON b.place = n.other)\n"
        "SELECT t.* FROM triple t SEMI JOIN used p ON p.term = t.place "
        "ANTI JOIN beside b1 ON b1.place = t.place AND b1.actor = t.actor1 "
        "ANTI JOIN beside b2 ON b2.place = t.place AND b2.actor = t.actor2 "
        "WHERE (t.actor1 IS NULL OR t.actor1 IN (SELECT term FROM used)) AND (t.actor2 IS NULL OR t.actor2 IN (SELECT "
        "term FROM used)))",
        rows);
}

std::string rows_of(std::string_view source, const std::vector<std::int32_t>& withdrawn) {
    std::string sql =
        fmt::format("SELECT e.* FROM event_row e JOIN file f ON f.id = e.file WHERE f.source = {}", quoted(source));
    if (!withdrawn.empty()) sql += " AND e.file NOT IN " + number_list(withdrawn);
    return sql;
}

}  // namespace

/// Of this connection alone: a store whose rules are written down already has none yet, and one that a file's
/// transaction made is gone with it. They are few, so they are put there each time.
Result<void> DuckdbStore::open_neighbours() {
    TRY(connection_.run("CREATE OR REPLACE TEMP TABLE neighbour (place VARCHAR, other VARCHAR)"));
    auto neighbours = TRY(duck::Appender::open(connection_, "neighbour", "temp"));
    for (const auto& [place, other] : doubter_->neighbours) neighbours.add(place).add(other).end_row();
    return neighbours.close();
}

Result<void> DuckdbStore::write_doubts() {
    if (!doubter_) return {};
    TRY(connection_.run("DELETE FROM event_doubt; DELETE FROM doubt_rule; DELETE FROM doubt_score;"));
    auto rules = TRY(duck::Appender::open(connection_, "doubt_rule", catalog()));
    for (const Doubts& doubts : doubter_->sources) {
        for (std::size_t bit = 0; bit < doubts.tests.size(); ++bit)
            rules.add(doubts.source).add(static_cast<std::int32_t>(bit)).add(doubts.tests[bit].rule).end_row();
    }
    TRY(rules.close());
    const auto withdrawn = TRY(withdrawn_by(last_possible_day));
    for (const Doubts& doubts : doubter_->sources) {
        const std::string rows = rows_of(doubts.source, withdrawn);
        TRY(write_answers(doubts, rows, rows));
    }
    return {};
}

Result<void> DuckdbStore::doubt_file(const Draft& draft) {
    if (!doubter_ || draft.file.records != RecordKind::Event || draft.records == 0) return {};
    const auto doubts = std::ranges::find(doubter_->sources, draft.file.source, &Doubts::source);
    if (doubts == doubter_->sources.end()) return {};
    code_book_is_open_ = false;
    const std::string own = fmt::format("SELECT * FROM event_row WHERE file = {}", draft.id);
    const std::int64_t back = days_looked_back(*doubts);
    const std::int64_t others =
        TRY(connection_.count("SELECT count(*) FROM file WHERE source = ? AND id <> ? AND records > 0",
                              {std::string_view(draft.file.source), std::int64_t{draft.id}}));
    if (back < 0 || others == 0) return write_answers(*doubts, own, own);
    const auto withdrawn = TRY(withdrawn_by(last_possible_day));
    const std::string all = rows_of(draft.file.source, withdrawn);
    const auto near = [&](std::int64_t days) {
        return fmt::format(
            "SELECT * FROM ({0}) WHERE likeness IN (SELECT likeness FROM event_row WHERE file = {1}) AND known_day "
            "BETWEEN (SELECT min(known_day) FROM event_row WHERE file = {1}) - {2}::INTEGER AND (SELECT "
            "max(known_day) FROM event_row WHERE file = {1}) + {2}::INTEGER",
            all, draft.id, days);
    };
    TRY(connection_.run(
        fmt::format("CREATE OR REPLACE TEMP TABLE alike AS {}; CREATE OR REPLACE TEMP TABLE told_again AS SELECT "
                    "DISTINCT file, line FROM ({}) WHERE file <> {}",
                    near(2 * back), near(back), draft.id)));
    if (TRY(connection_.count("SELECT count(*) FROM told_again")) == 0)
        return write_answers(*doubts, own, "SELECT * FROM alike");
    TRY(connection_.run("DELETE FROM event_doubt WHERE (file, line) IN (SELECT file, line FROM told_again)"));
    return write_answers(
        *doubts,
        own + " UNION ALL SELECT e.* FROM event_row e SEMI JOIN told_again a ON a.file = e.file AND a.line = e.line",
        "SELECT * FROM alike");
}

/// Rows, and among which their likes are looked for.
Result<void> DuckdbStore::write_answers(const Doubts& doubts, const std::string& rows, const std::string& alike) {
    std::string joins, answers;
    if (days_looked_back(doubts) >= 0)
        joins +=
            fmt::format(" LEFT JOIN {} t ON t.likeness = e.likeness AND t.identity = e.identity", retold_sql(alike));
    if (asks(doubts, DoubtKind::ElsePlace)) {
        TRY(open_code_book());
        TRY(open_neighbours());
        joins += fmt::format(
            " LEFT JOIN {} x ON x.place = e.place AND x.actor1 IS NOT DISTINCT FROM e.actor1 AND x.actor2 IS NOT "
            "DISTINCT FROM e.actor2",
            else_place_sql(rows));
    }
    for (std::size_t bit = 0; bit < doubts.tests.size(); ++bit)
        answers += fmt::format("{}CASE WHEN {} THEN {} ELSE 0 END", bit == 0 ? "" : " + ",
                               condition_of(doubts.tests[bit]), std::uint64_t{1} << bit);
    if (answers.empty()) return {};
    // A row that makes several records is doubtful as a whole; where none does, nothing needs to be grouped.
    const bool is_split = TRY(connection_.count("SELECT coalesce(sum(records - stored), 0) FROM file WHERE source = ?",
                                                {std::string_view(doubts.source)}))
        > 0;
    TRY(connection_.run(fmt::format(
        "INSERT INTO event_doubt SELECT file, line, {} AS answers FROM (SELECT e.file, e.line, ({})::UBIGINT AS "
        "answers "
        "FROM ({}) e{}) WHERE answers <> 0{}",
        is_split ? "bit_or(answers)" : "answers", answers, rows, joins, is_split ? " GROUP BY file, line" : "")));
    return score_answers(doubts.source);
}

Result<void> DuckdbStore::score_answers(std::string_view source) {
    std::vector<std::uint64_t> fresh;
    auto rows = TRY(connection_.query(
        fmt::format("SELECT answers FROM (SELECT DISTINCT d.answers FROM event_doubt d JOIN file f ON f.id = d.file "
                    "WHERE f.source = {0} UNION SELECT 0::UBIGINT) EXCEPT SELECT answers FROM doubt_score WHERE source "
                    "= {0} ORDER BY answers",
                    quoted(source))));
    while (rows.next()) fresh.push_back(static_cast<std::uint64_t>(rows.integer(0)));
    if (fresh.empty()) return {};
    auto appender = TRY(duck::Appender::open(connection_, "doubt_score", catalog()));
    for (const std::uint64_t answers : fresh) {
        const Credit credit = doubter_->weigh(source, answers);
        appender.add(source).add(answers).add(credit.credibility).add(credit.worst).end_row();
    }
    return appender.close();
}

Result<Scope> DuckdbStore::scope_of(const Select& select, std::string_view source, Day as_of) {
    Scope scope{std::string(source), TRY(visibility(source, select.records, as_of)), {}, {}};
    if (select.records == RecordKind::Vote) scope.calls = TRY(visibility("", RecordKind::RollCall, as_of));
    if (select.records != RecordKind::Event || select.credible <= 0) return scope;
    auto rows =
        TRY(connection_.query("SELECT worst, answers, credibility FROM doubt_score WHERE source = ? ORDER BY "
                              "worst, answers",
                              {source}));
    while (rows.next()) {
        if (rows.number(2) >= select.credible) continue;
        if (scope.doubted.empty() || scope.doubted.back().first != rows.text(0))
            scope.doubted.emplace_back(rows.text(0), std::vector<std::uint64_t>{});
        scope.doubted.back().second.push_back(static_cast<std::uint64_t>(rows.integer(1)));
    }
    return scope;
}

Result<Omitted> DuckdbStore::omitted(const Select& select, std::string_view source, Day as_of) {
    Omitted out;
    if (select.records != RecordKind::Event) return out;
    TRY(open_code_book());
    const Scope scope = TRY(scope_of(select, source, as_of));
    const Question asked = TRY(Question::make(select, scope, terms_, Aside::Kept));
    const std::string sql = asked.omitted();
    if (sql.empty()) return out;
    auto rows = TRY(connection_.query(sql));
    while (rows.next()) {
        const auto aside = static_cast<std::size_t>(rows.integer(0));
        out.rows_asked += rows.integer(1);
        if (aside == 0) continue;
        out.left_out.push_back(
            {aside == 1 ? std::string(area_position) : scope.doubted[aside - 2].first, rows.integer(1)});
    }
    std::ranges::sort(out.left_out, [](const LeftOut& a, const LeftOut& b) {
        return a.rows != b.rows ? a.rows > b.rows : a.why < b.why;
    });
    return out;
}

Result<void> DuckdbStore::doubted_events(std::string_view source, Day as_of,
                                         const std::function<void(const DoubtedEvent&)>& visit) {
    if (TRY(connection_.count("SELECT count(*) FROM doubt_score WHERE source = ?", {source})) == 0)
        return fail(
            Fault::Data, "no-rules", {connection_.path()},
            fmt::format(
                "the events of '{}' have no credibility: no rule is about that source, or the store has none of it",
                source),
            "write rules for it in packs/credibility.toml");
    TRY(open_code_book());
    const Visibility seen = TRY(visibility(source, RecordKind::Event, as_of));
    auto rows = TRY(connection_.query(fmt::format(
        "SELECT f.path, r.line, r.first_day, c.text, coalesce(nullif(p.place, ''), l.label), coalesce(d.answers, 0), "
        "s.credibility FROM ({}) r JOIN file f ON f.id = r.file LEFT JOIN event_doubt d ON d.file = r.file AND d.line "
        "= r.line JOIN doubt_score s ON s.source = {} AND s.answers = coalesce(d.answers, 0) LEFT JOIN label c ON "
        "c.term = r.code LEFT JOIN label l ON l.term = r.place LEFT JOIN code p ON p.term = r.place AND {} ORDER BY "
        "r.file, r.line",
        visible_rows(RecordKind::Event, source, seen), quoted(source), within_days("p", "r.first_day", "r.last_day"))));
    while (rows.next())
        visit({rows.text(0), static_cast<std::int32_t>(rows.integer(1)), rows.day(2), rows.text(3), rows.text(4),
               static_cast<std::uint64_t>(rows.integer(5)), rows.number(6)});
    return {};
}

}  // namespace icosa::store
