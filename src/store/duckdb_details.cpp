/// Details of rows, and the lists that they describe, edition by edition.
#include <algorithm>

#include <fmt/format.h>

#include "store/columns.hpp"
#include "store/duckdb_store.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;

namespace {

/// Rows are (path, file, line, field, number, part, text), ordered by file and line; those of a line come in the order
/// of the fields.
void give_details(duck::Rows& rows, const std::function<void(const std::string&, Detail&&)>& give) {
    std::vector<Detail> line;
    std::string path;
    std::int64_t file = -1;
    const auto flush = [&] {
        std::sort(line.begin(), line.end());
        for (Detail& one : line) give(path, std::move(one));
        line.clear();
    };
    while (rows.next()) {
        const auto field = detail_field_of(rows.text(3));
        if (!field) continue;
        const auto number = static_cast<std::int32_t>(rows.integer(2));
        if (!line.empty() && (file != rows.integer(1) || line.front().line != number)) flush();
        file = rows.integer(1);
        path = rows.text(0);
        line.push_back({number, static_cast<std::int32_t>(rows.integer(4)), *field,
                        static_cast<std::uint8_t>(rows.integer(5)), rows.text(6)});
    }
    flush();
}

}  // namespace

Result<void> DuckdbStore::details(std::string_view source, RecordKind kind, Day as_of,
                                  const std::function<void(const std::string& path, const Detail&)>& visit) {
    const std::string seen = visible_rows(kind, source, TRY(visibility(source, kind, as_of)));
    auto rows = TRY(connection_.query(fmt::format(
        "SELECT f.path, d.file, d.line, d.field, d.number, d.part, d.text FROM (SELECT DISTINCT file, line FROM ({}) "
        "r) v JOIN detail_row d ON d.file = v.file AND d.line = v.line JOIN file f ON f.id = d.file ORDER BY d.file, "
        "d.line",
        seen)));
    give_details(rows, [&](const std::string& path, Detail&& one) { visit(path, one); });
    return {};
}

Result<std::vector<Store::ListEdition>> DuckdbStore::list_editions(std::string_view source) {
    const auto withdrawn = TRY(withdrawn_by(last_possible_day));
    auto rows = TRY(connection_.query(
        fmt::format("SELECT id, path, source, vintage_day, stored + known FROM file WHERE records_kind = ? AND (? OR "
                    "source = ?){} ORDER BY source, vintage_day NULLS FIRST, edition_rank NULLS FIRST, id",
                    withdrawn.empty() ? "" : " AND id NOT IN " + number_list(withdrawn)),
        {record_kind_names[static_cast<int>(RecordKind::Designation)], source.empty(), source}));
    std::vector<ListEdition> out;
    while (rows.next())
        out.push_back(
            {static_cast<std::int32_t>(rows.integer(0)), rows.text(1), rows.text(2), rows.day(3), rows.integer(4)});
    return out;
}

/// An entry that the file has word for word as an earlier one stands in that; where the newer file was read first, in
/// the newer one.
Result<std::vector<ListEntry>> DuckdbStore::list_entries(const ListEdition& edition) {
    const std::string day = duck::literal(edition.vintage_day);
    const std::string own = edition.vintage_day == no_day ? fmt::format("g.id <= {}", edition.file)
                                                          : fmt::format("coalesce(g.vintage_day <= {}, false)", day);
    TRY(connection_.run(
        "CREATE OR REPLACE TEMP TABLE edition_row AS "
        + fmt::format("SELECT d.file, d.line FROM designation_row d JOIN file g ON g.id = d.file WHERE g.source "
                      "= {0} AND d.identity IN (SELECT identity FROM holding WHERE file = {1} UNION SELECT "
                      "identity FROM designation_row WHERE file = {1}) QUALIFY row_number() OVER (PARTITION BY "
                      "d.identity ORDER BY d.file = {1} DESC, {2} DESC, CASE WHEN {2} THEN g.vintage_day END "
                      "DESC NULLS LAST, CASE WHEN {2} THEN g.id END DESC NULLS LAST, g.vintage_day, g.id, "
                      "d.line DESC) = 1",
                      duck::quoted(edition.source), edition.file, own)));
    auto rows = TRY(connection_.query(
        "SELECT f.path, d.file, d.line, regime.text, type.text, reference.text, d.day, d.updated FROM edition_row e "
        "JOIN designation_row d ON d.file = e.file AND d.line = e.line JOIN file f ON f.id = d.file LEFT JOIN term "
        "regime ON regime.id = d.regime LEFT JOIN term type ON type.id = d.type LEFT JOIN term reference ON "
        "reference.id = d.reference ORDER BY d.file, d.line"));
    std::vector<ListEntry> out;
    while (rows.next()) {
        ListEntry& entry = out.emplace_back();
        entry.list = edition.source;
        entry.file = rows.text(0);
        entry.line = static_cast<std::int32_t>(rows.integer(2));
        entry.regime = rows.is_null(3) ? "" : rows.text(3);
        entry.type = rows.is_null(4) ? "" : rows.text(4);
        entry.reference = rows.is_null(5) ? "" : rows.text(5);
        entry.listed = rows.day(6);
        entry.updated = rows.day(7);
    }
    auto texts = TRY(connection_.query(
        "SELECT f.path, d.file, d.line, d.field, d.number, d.part, d.text FROM edition_row e JOIN detail_row d ON "
        "d.file = e.file AND d.line = e.line JOIN file f ON f.id = d.file ORDER BY d.file, d.line"));
    std::size_t at = 0;
    give_details(texts, [&](const std::string& path, Detail&& one) {
        while (at < out.size() && (out[at].line != one.line || out[at].file != path)) ++at;
        if (at < out.size()) out[at].details.push_back(std::move(one));
    });
    std::stable_sort(out.begin(), out.end(),
                     [](const ListEntry& a, const ListEntry& b) { return a.reference < b.reference; });
    return out;
}

}  // namespace icosa::store
