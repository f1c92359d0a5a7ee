/// Asking: groups, values, acts, source lines.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "store/columns.hpp"
#include "store/duckdb_store.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;

/// Has any identity of the source several contents? source "" = of any source of such records.
Result<bool> DuckdbStore::is_revised(std::string_view source, RecordKind kind) {
    if (!source.empty())
        return TRY(connection_.count("SELECT count(*) FROM (SELECT 1 FROM revision WHERE source = ? LIMIT 1)",
                                     {source}))
            > 0;
    return TRY(connection_.count("SELECT count(*) FROM (SELECT 1 FROM file f SEMI JOIN revision v ON v.source = "
                                 "f.source WHERE f.records_kind = ? LIMIT 1)",
                                 {record_kind_names[static_cast<int>(kind)]}))
        > 0;
}

Result<Visibility> DuckdbStore::visibility_asked(std::string_view source, RecordKind kind, Day as_of) {
    Visibility out{.as_of = as_of,
                   .revised = TRY(is_revised(source, kind)),
                   .withdrawn = TRY(withdrawn_by(as_of)),
                   .newer = {},
                   .published = {}};
    auto rows =
        TRY(connection_.query("SELECT DISTINCT s.by_file FROM superseded s JOIN file f ON f.id = s.by_file "
                              "WHERE (f.vintage_day IS NULL OR f.vintage_day <= ?) AND (? OR f.source = ?) ORDER BY 1",
                              {as_of, source.empty(), source}));
    while (rows.next()) {
        const auto file = static_cast<std::int32_t>(rows.integer(0));
        if (!std::binary_search(out.withdrawn.begin(), out.withdrawn.end(), file)) out.newer.push_back(file);
    }
    if (kind == RecordKind::Event || kind == RecordKind::Observation)
        out.published = TRY(published_by(source, kind, out));
    return out;
}

/// Neighbouring days of one source as one.
Result<std::vector<Visibility::Published>> DuckdbStore::published_by(std::string_view source, RecordKind kind,
                                                                     const Visibility& seen) {
    auto rows = TRY(connection_.query(
        "SELECT f.source, c.first_day, c.last_day, f.id FROM coverage c JOIN file f ON f.id = c.file WHERE c.complete "
        "AND len(c.places) = 0 AND len(c.kinds) = 0 AND f.vintage_day <= ? AND f.records_kind = ? AND (? OR f.source = "
        "?) AND f.source IN (SELECT source FROM file WHERE vintage_day > ?) ORDER BY ALL",
        {seen.as_of, record_kind_names[static_cast<int>(kind)], source.empty(), source, seen.as_of}));
    std::vector<Visibility::Published> out;
    while (rows.next()) {
        if (std::ranges::binary_search(seen.withdrawn, static_cast<std::int32_t>(rows.integer(3)))) continue;
        const Visibility::Published one{rows.text(0), rows.day(1), rows.day(2)};
        if (!out.empty() && out.back().source == one.source && one.first_day <= out.back().last_day + 1)
            out.back().last_day = std::max(out.back().last_day, one.last_day);
        else out.push_back(one);
    }
    return out;
}

Result<Visibility> DuckdbStore::visibility(std::string_view source, RecordKind kind, Day as_of) {
    const auto [known, is_new] = visible_.try_emplace({std::string(source), kind, as_of});
    Visibility& out = known->second;
    if (!is_new) return out;
    auto found = visibility_asked(source, kind, as_of);
    if (found) out = std::move(*found);
    else visible_.erase(known);
    return found ? Result<Visibility>(out) : found;
}

/// Joined once, not by every question.
Result<void> DuckdbStore::open_code_book() {
    if (code_book_is_open_) return {};
    TRY(connection_.run(
        "CREATE OR REPLACE TEMP TABLE code AS SELECT t.id AS term, c.first_day, c.last_day, c.until, c.place FROM term "
        "t JOIN code_place c ON c.system = t.system AND c.code = t.match_key;"
        "CREATE OR REPLACE TEMP TABLE label AS SELECT id AS term, text, CASE WHEN system = 'place' THEN text ELSE "
        "system || ':' || text END AS label FROM term"));
    code_book_is_open_ = true;
    return {};
}

/// Terms that mean one place on every day and are written in plain letters: of most rows nothing more needs to be
/// asked.
Result<void> DuckdbStore::open_one_place() {
    if (one_place_is_open_) return {};
    TRY(connection_.run(
        "CREATE OR REPLACE TEMP TABLE one_place AS SELECT t.id FROM term t JOIN code_place c ON c.system = t.system "
        "AND c.code = t.match_key WHERE strlen(t.text) = length(t.text) GROUP BY t.id HAVING count(*) = 1 AND "
        "max(c.first_day) < DATE '1000-01-01' AND min(c.last_day) > DATE '3000-01-01' AND min(c.place) <> ''"));
    one_place_is_open_ = true;
    return {};
}

Result<Question> DuckdbStore::question(const Select& select, std::string_view source, Day as_of) {
    TRY(open_code_book());
    return Question::make(select, TRY(scope_of(select, source, as_of)), terms_);
}

Result<std::vector<Group>> DuckdbStore::aggregate(const Select& select, std::string_view source, Day as_of) {
    const Question asked = TRY(question(select, source, as_of));
    auto rows = TRY(connection_.query(asked.groups()));
    std::vector<Group> out;
    while (rows.next())
        out.push_back(
            {rows.text(0), static_cast<int>(rows.integer(1)), rows.integer(2), rows.integer(3), rows.integer(4)});
    return out;
}

Result<std::vector<Value>> DuckdbStore::scan(const Select& select, std::string_view source, Day as_of) {
    if (select.records != RecordKind::Observation)
        return fail(Fault::Usage, "unanswerable", {}, "only observations have values to scan");
    const Question asked = TRY(question(select, source, as_of));
    auto rows = TRY(connection_.query(asked.values()));
    std::vector<Value> out;
    while (rows.next())
        out.push_back({rows.text(0), static_cast<int>(rows.integer(1)), rows.number(2),
                       static_cast<std::int32_t>(rows.integer(3)), static_cast<std::int32_t>(rows.integer(4)),
                       rows.day(5)});
    return out;
}

Result<Ballots> DuckdbStore::ballots(const Select& select, std::string_view source, Day as_of) {
    if (select.records != RecordKind::Vote || select.unit != Unit::Place)
        return fail(Fault::Usage, "unanswerable", {}, "only votes by place are ballots");
    const Question asked = TRY(question(select, source, as_of));
    auto rows = TRY(connection_.query(asked.ballots()));
    Ballots out;
    std::map<int, Ballots::Call> calls;
    std::string voter;
    while (rows.next()) {
        voter = rows.text(0);
        if (out.voters.empty() || out.voters.back() != voter) out.voters.push_back(voter);
        const Ballots::Call call{static_cast<int>(rows.integer(1)),
                                 rows.is_null(3) ? no_int : static_cast<int>(rows.integer(3)),
                                 static_cast<int>(rows.integer(2))};
        calls.emplace(call.roll_call, call);
        const auto index = static_cast<std::int32_t>(out.voters.size()) - 1;
        if (!out.cast.empty() && out.cast.back().voter == index && out.cast.back().call == call.roll_call) continue;
        out.cast.push_back({index, call.roll_call, static_cast<Ballot>(rows.integer(4))});
    }
    std::unordered_map<int, std::int32_t> index_of;
    for (const auto& [number, call] : calls) {
        index_of.emplace(number, static_cast<std::int32_t>(out.calls.size()));
        out.calls.push_back(call);
    }
    for (auto& cast : out.cast) cast.call = index_of.at(cast.call);
    return out;
}

Result<std::vector<EventPoint>> DuckdbStore::points(const Select& select, std::string_view source, Day as_of) {
    if (select.records != RecordKind::Event)
        return fail(Fault::Usage, "unanswerable", {}, "only events stand at points");
    const Question asked = TRY(question(select, source, as_of));
    auto rows = TRY(connection_.query(asked.points()));
    const auto whole = [&](std::size_t column, std::int32_t absent) {
        return rows.is_null(column) ? absent : static_cast<std::int32_t>(rows.integer(column));
    };
    std::vector<EventPoint> out;
    while (rows.next())
        out.push_back({.file = whole(0, 0),
                       .line = whole(1, 0),
                       .first = rows.day(2),
                       .last = std::max(rows.day(2), rows.day(3)),
                       .precision = static_cast<Precision>(rows.integer(4)),
                       .kind = whole(5, no_term),
                       .code = whole(6, no_term),
                       .latitude_microdeg = whole(7, no_int),
                       .longitude_microdeg = whole(8, no_int),
                       .position_precision = static_cast<PositionPrecision>(whole(9, 0))});
    return out;
}

Result<CountedRows> DuckdbStore::counted(const Select& select, std::string_view source, Day as_of,
                                         const std::vector<std::string>& units) {
    if (select.records != RecordKind::Event || select.quantity == Quantity::Last)
        return fail(Fault::Usage, "unanswerable", {}, "only sums of events are counted row by row");
    const Question asked = TRY(question(select, source, as_of));
    auto rows = TRY(connection_.query(asked.counted(units)));
    CountedRows out;
    std::unordered_map<std::string, std::int32_t> number;
    while (rows.next())
        out.rows.push_back(
            {.unit = number.try_emplace(rows.text(0), static_cast<std::int32_t>(number.size())).first->second,
             .period = static_cast<std::int32_t>(rows.integer(1)),
             .file = static_cast<std::int32_t>(rows.integer(2)),
             .line = static_cast<std::int32_t>(rows.integer(3)),
             .amount_milli = rows.integer(4),
             .total_milli = rows.integer(5),
             .known_day = rows.day(6)});
    for (const auto& [unit, at] : number) out.units.push_back(unit);
    std::ranges::sort(out.units);
    std::vector<std::int32_t> sorted(number.size());
    for (std::size_t i = 0; i < out.units.size(); ++i)
        sorted[static_cast<std::size_t>(number.at(out.units[i]))] = static_cast<std::int32_t>(i);
    for (auto& row : out.rows) row.unit = sorted[static_cast<std::size_t>(row.unit)];
    return out;
}

Result<std::vector<ParticipationAct>> DuckdbStore::actions(std::string_view system, std::string_view instrument,
                                                           Day as_of) {
    const auto term = terms_.find(system, instrument);
    if (!term) return std::vector<ParticipationAct>{};
    const Visibility seen = TRY(visibility("", RecordKind::Action, as_of));
    TRY(open_code_book());
    // The code that holds on the day of the act, else the nearest in time, else the name itself.
    auto rows = TRY(connection_.query(fmt::format(
        "WITH acts AS (SELECT * FROM ({}) r WHERE r.instrument = {}),\n"
        "nearest AS (SELECT a.participant, a.day, arg_min(c.place, (greatest(c.first_day - a.day, a.day - c.last_day, "
        "0), c.place)) AS place\n"
        "    FROM (SELECT DISTINCT participant, day FROM acts) a JOIN code c ON c.term = a.participant AND c.place <> "
        "'' GROUP BY ALL)\n"
        "SELECT coalesce(n.place, CASE WHEN p.system = 'place' THEN p.text ELSE p.system || ':' || p.text END) AS who, "
        "t.text, a.day, f.source, f.path, a.line\n"
        "FROM acts a JOIN file f ON f.id = a.file JOIN term p ON p.id = a.participant JOIN term t ON t.id = a.act\n"
        "LEFT JOIN nearest n ON n.participant = a.participant AND n.day IS NOT DISTINCT FROM a.day\n"
        "ORDER BY a.day NULLS FIRST, who, t.text, f.source, f.path, a.line, a.file",
        visible_rows(RecordKind::Action, "", seen), *term)));
    std::vector<ParticipationAct> out;
    while (rows.next())
        out.push_back({rows.text(0), rows.text(1), rows.day(2), rows.text(3), rows.text(4),
                       static_cast<std::int32_t>(rows.integer(5))});
    return out;
}

Result<std::vector<Store::Trace>> DuckdbStore::lineage(const Select& select, std::string_view source, Day as_of,
                                                       const std::vector<Key>& keys, int most) {
    std::vector<Trace> out(keys.size());
    if (keys.empty()) return out;
    const Question asked = TRY(question(select, source, as_of));
    const bool is_event = select.records == RecordKind::Event;
    std::string wanted;
    for (std::size_t i = 0; i < keys.size(); ++i)
        wanted += fmt::format("{}({}, {}, {}, {})", i == 0 ? "" : ", ", i, duck::quoted(keys[i].unit),
                              keys[i].first_period, keys[i].last_period);
    auto rows = TRY(connection_.query(fmt::format(
        "WITH behind AS (SELECT k.id, t.file, t.line, t.known_day FROM ({}) t JOIN (VALUES {}) k(id, unit, "
        "first_period, last_period) "
        "ON k.unit = t.unit AND t.period BETWEEN k.first_period AND k.last_period),\n"
        "total AS (SELECT id, count(*) AS n FROM behind GROUP BY id),\n"
        "line AS (SELECT id, file, line, min(known_day) AS known_day FROM behind GROUP BY id, file, line),\n"
        "few AS (SELECT * FROM line QUALIFY row_number() OVER (PARTITION BY id ORDER BY file, line) <= {})\n"
        "SELECT few.id, n, f.path, f.digest, few.line, few.known_day{} FROM few JOIN total ON total.id = few.id JOIN "
        "file f ON f.id = few.file{} ORDER BY few.id, few.file, few.line",
        asked.traces(), wanted, std::max(most, 1), is_event ? ", s.credibility, coalesce(d.answers, 0)" : "",
        is_event ? " LEFT JOIN event_doubt d ON d.file = few.file AND d.line = few.line LEFT JOIN doubt_score s ON "
                   "s.source = f.source AND s.answers = coalesce(d.answers, 0)"
                 : "")));
    while (rows.next()) {
        auto& trace = out[static_cast<std::size_t>(rows.integer(0))];
        trace.rows = rows.integer(1);
        if (most == 0) continue;
        trace.lines.push_back({rows.text(2), rows.text(3), static_cast<std::int32_t>(rows.integer(4)), rows.day(5)});
        if (!is_event || rows.is_null(6)) continue;
        trace.lines.back().credibility = rows.number(6);
        trace.lines.back().answers = static_cast<std::uint64_t>(rows.integer(7));
    }
    return out;
}

/// First by the list of files, then, where some are later, by the rows that are seen of them: a later edition of what
/// was known tells nothing.
Result<bool> DuckdbStore::is_pseudo_real_time(std::string_view source, Day as_of) {
    auto kinds =
        TRY(connection_.query("SELECT DISTINCT records_kind FROM file WHERE source = ? AND records > 0 AND "
                              "(vintage_day IS NULL OR vintage_day > ?) ORDER BY ALL",
                              {source, as_of}));
    while (kinds.next()) {
        const auto name = std::find(std::begin(record_kind_names), std::end(record_kind_names), kinds.text(0));
        const auto kind = static_cast<RecordKind>(name - std::begin(record_kind_names));
        if (kind == RecordKind::Vote) return true;  // known by its roll call, which another source may bring
        const std::string rows = visible_rows(kind, source, TRY(visibility(source, kind, as_of)));
        if (TRY(connection_.count(fmt::format("SELECT count(*) FROM (SELECT 1 FROM ({}) r JOIN file f ON f.id = r.file "
                                              "WHERE f.vintage_day IS NULL OR f.vintage_day > {} LIMIT 1)",
                                              rows, duck::literal(as_of))))
            > 0)
            return true;
    }
    return false;
}

}  // namespace icosa::store
