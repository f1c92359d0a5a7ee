/// Opening, what is known of files, and the tables made from packs.
#include "store/duckdb_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/text.hpp"
#include "model/code_key.hpp"
#include "store/schema.hpp"

namespace icosa::store {

using namespace model;

namespace {

/// Memory for blocks and sorts; the readers of files and the code of the engine come on top, and all of it stays under
/// 1 GB.
constexpr const char* memory_limit = "550MB";

/// The format of a new file: an old one, so that any DuckDB since 1.0 opens it (docs/schema.md); the newer ones save no
/// room here.
constexpr const char* file_format = "v1.0.0";

/// Codes by their keys and days, overlaps of one code cut so that on each day it means one place.
std::vector<CodePlace> without_overlaps(std::vector<CodePlace> codes) {
    for (auto& one : codes) one.code = code_key(one.system, one.code);
    std::sort(codes.begin(), codes.end(), [](const CodePlace& a, const CodePlace& b) {
        return std::tie(a.system, a.code, a.first, a.last, a.place)
            < std::tie(b.system, b.code, b.first, b.last, b.place);
    });
    std::vector<CodePlace> out;
    for (auto& one : codes) {
        if (!out.empty() && out.back().system == one.system && out.back().code == one.code
            && one.first <= out.back().last) {
            if (one.place == out.back().place) {
                out.back().last = std::max(out.back().last, one.last);
                continue;
            }
            one.first = out.back().last + 1;
        }
        if (one.first <= one.last) out.push_back(std::move(one));
    }
    return out;
}

/// A new store is made under another name and then moved: a crash on the way leaves no half-made file that cannot be
/// opened.
Result<void> make_file(const std::string& path) {
    const std::string draft = path + ".new";
    std::error_code error;
    std::filesystem::remove(draft, error);
    std::filesystem::remove(draft + ".wal", error);
    {
        auto made = duck::Connection::open(draft,
                                           {{"storage_compatibility_version", file_format},
                                            {"autoinstall_known_extensions", "false"},
                                            {"autoload_known_extensions", "false"}});
        auto done = made ? create_schema(*made) : Result<void>(std::unexpected(made.error()));
        if (done) done = made->run("CHECKPOINT");
        if (!done) {
            done.error().where.file = path;
            return done;
        }
    }
    if (std::filesystem::file_size(path, error) > 0 && !error) {
        std::filesystem::remove(draft, error);  // another process was quicker
        return {};
    }
    std::filesystem::rename(draft, path, error);
    if (error)
        return fail(Fault::Store, "store-not-writable", {path}, "the store cannot be made: " + error.message(),
                    "check the rights of its folder, or give another file with --db");
    return {};
}

/// Does the file begin as DuckDB's do? The engine would take a table by its ending, as a view of a database in memory.
bool begins_as_database(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in.is_open()) return true;  // not ours to read: the engine says why
    char head[12] = {};
    in.read(head, sizeof head);
    return in.gcount() == 0 || (in.gcount() == sizeof head && std::string_view(head + 8, 4) == "DUCK");
}

/// The engine writes whole groups of rows ahead of its log. Where a process was killed within a commit they may come
/// back without the row of their file, which is all that was lost: nothing reads them, and they go before the number of
/// the file is given anew.
Result<void> drop_torn(duck::Connection& connection) {
    constexpr std::string_view tables[] = {"event_row",     "observation_row", "action_row", "vote_row",
                                           "roll_call_row", "designation_row", "detail_row", "holding",
                                           "event_cell",    "event_doubt",     "coverage",   "reject"};
    const std::int64_t last = TRY(connection.count("SELECT coalesce(max(id), 0) FROM file"));
    for (const auto table : tables) {
        const std::string torn = fmt::format("FROM {} WHERE file > {}", table, last);
        if (TRY(connection.count("SELECT count(*) " + torn)) > 0) TRY(connection.run("DELETE " + torn));
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_duckdb(const std::string& path, Access access, int threads) {
    return DuckdbStore::open(path, access, threads);
}

Result<std::unique_ptr<Store>> DuckdbStore::open(const std::string& path, Access access, int threads) {
    const bool in_memory = path == ":memory:";
    if (!in_memory && access == Access::ReadOnly && !std::filesystem::exists(path))
        return fail(Fault::Store, "no-store", {path}, "there is no store here",
                    "run `icosa ingest` first, or give its file with --db");
    std::error_code unknown;
    if (!in_memory && std::filesystem::is_directory(path, unknown))
        return fail(Fault::Store, "not-a-store", {path}, "this is a folder, not a DuckDB database",
                    "give a file with --db");
    if (!in_memory && std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown))
        return fail(Fault::Store, "not-a-store", {path}, "this is not a file that could hold a database",
                    "give another with --db; a new one is made where none is");
    if (!in_memory && std::filesystem::exists(path, unknown) && !begins_as_database(path))
        return fail(Fault::Store, "not-a-store", {path}, "the file is not a DuckDB database",
                    "give another file with --db; a new one is made where none is");
    if (!in_memory && access == Access::ReadWrite) {
        const auto bytes = std::filesystem::file_size(path, unknown);
        if (unknown || bytes == 0) TRY(make_file(path));
    }
    auto connection = TRY(duck::Connection::open(
        path,
        {
            {"access_mode", access == Access::ReadOnly && !in_memory ? "READ_ONLY" : "READ_WRITE"},
            {"threads", std::to_string(std::max(1, threads))},
            {"autoinstall_known_extensions", "false"},
            {"autoload_known_extensions", "false"},
            {"preserve_insertion_order", "false"},
            {"write_buffer_row_group_count", "1"},  // 1.5 holds five a thread: 150 MB more, no faster
        }));
    // A store in memory has nowhere to go when it is full, and must not leave a folder behind.
    TRY(connection.run(in_memory ? "SET temp_directory = ''" : fmt::format("SET memory_limit = '{}'", memory_limit)));
    if (!TRY(check_schema(connection))) {
        if (access == Access::ReadOnly && !in_memory)
            return fail(Fault::Store, "no-store", {path}, "the file is an empty database",
                        "run `icosa ingest` first, or give its file with --db");
        TRY(create_schema(connection));
    }
    if (access == Access::ReadWrite) TRY(drop_torn(connection));
    std::unique_ptr<DuckdbStore> store(new DuckdbStore(std::move(connection), access));
    TRY(store->intake_.attach(store->connection_));
    TRY(store->connection_.run("CREATE TEMP TABLE repeated (identity UBIGINT)"));
    TRY(store->load_terms());
    return store;
}

DuckdbStore::~DuckdbStore() = default;

Result<void> DuckdbStore::load_terms() {
    auto rows = TRY(connection_.query("SELECT id, system, text FROM term ORDER BY id"));
    while (rows.next()) {
        if (terms_.id_of(rows.text(1), rows.text(2)) != rows.integer(0))
            return fail(Fault::Store, "store-damaged", {connection_.path()},
                        fmt::format("term {} is out of order", rows.integer(0)), "ingest into a new file");
    }
    return {};
}

Result<std::vector<FileRecord>> DuckdbStore::files_where(const std::string& condition,
                                                         std::initializer_list<duck::Parameter> parameters) {
    auto rows =
        TRY(connection_.query("SELECT id, path, source, card, digest, bytes, rows, stored, rejected, known, records, "
                              "vintage_day, first_day, last_day, newest_known_day, edition, "
                              "(SELECT CASE WHEN arg_max(w.taken_back, w.sequence) THEN arg_max(w.day, w.sequence) END "
                              "FROM withdrawal w WHERE w.file = file.id) FROM file WHERE "
                                  + condition + " ORDER BY id",
                              parameters));
    std::vector<FileRecord> out;
    while (rows.next()) {
        FileRecord file;
        file.id = static_cast<std::int32_t>(rows.integer(0));
        file.path = rows.text(1);
        file.source = rows.text(2);
        file.card = rows.text(3);
        file.digest = rows.text(4);
        file.bytes = rows.integer(5);
        file.rows = rows.integer(6);
        file.stored = rows.integer(7);
        file.rejected = rows.integer(8);
        file.known = rows.integer(9);
        file.records = rows.integer(10);
        file.vintage_day = rows.day(11);
        file.first_day = rows.day(12);
        file.last_day = rows.day(13);
        file.newest_known_day = rows.day(14);
        file.edition = rows.text(15);
        file.withdrawn_day = rows.day(16);
        out.push_back(std::move(file));
    }
    return out;
}

Result<std::vector<FileRecord>> DuckdbStore::files() { return files_where("TRUE", {}); }

Result<std::optional<FileRecord>> DuckdbStore::file_with(std::string_view digest) {
    auto found = TRY(files_where("digest = ?", {digest}));
    if (found.empty()) return std::optional<FileRecord>();
    return std::optional(std::move(found.front()));
}

Result<bool> DuckdbStore::has_file_of_size(std::int64_t bytes) {
    return TRY(connection_.count("SELECT count(*) FROM file WHERE bytes = ?", {bytes})) > 0;
}

Result<std::vector<Store::Covered>> DuckdbStore::coverage(std::string_view source, Day as_of) {
    const auto withdrawn = TRY(withdrawn_by(as_of));
    auto rows =
        TRY(connection_.query("SELECT c.file, c.complete, c.first_day, c.last_day, array_to_string(c.places, chr(31)), "
                              "array_to_string(c.kinds, chr(31)), f.vintage_day, f.newest_known_day "
                              "FROM coverage c JOIN file f ON f.id = c.file WHERE f.source = ? ORDER BY c.file, "
                              "c.first_day, c.last_day, c.places, c.kinds",
                              {source}));
    const auto texts = [](const std::string& joined) {
        std::vector<std::string> out;
        if (!joined.empty()) {
            for (const auto part : split(joined, '\x1f')) out.emplace_back(part);
        }
        return out;
    };
    std::vector<Covered> out;
    while (rows.next()) {
        Covered covered;
        covered.file = static_cast<std::int32_t>(rows.integer(0));
        if (std::binary_search(withdrawn.begin(), withdrawn.end(), covered.file)) continue;
        covered.coverage.complete = rows.integer(1) != 0;
        covered.coverage.first_day = rows.day(2);
        covered.coverage.last_day = rows.day(3);
        covered.coverage.places = texts(rows.text(4));
        covered.coverage.kinds = texts(rows.text(5));
        covered.vintage_day = rows.day(6);
        covered.newest_known_day = rows.day(7);
        out.push_back(std::move(covered));
    }
    return out;
}

Result<std::vector<Store::RejectRow>> DuckdbStore::rejects(std::string_view source, std::int64_t most) {
    auto rows = TRY(connection_.query(
        "SELECT f.path, f.source, r.line, r.\"column\", r.field, r.text, r.problem, r.cure FROM reject r JOIN file f "
        "ON f.id = r.file "
        "WHERE (? OR f.source = ?) ORDER BY r.file, r.line, r.\"column\", r.field, r.text, r.problem LIMIT ?",
        {source.empty(), source, most}));
    std::vector<RejectRow> out;
    while (rows.next()) {
        out.push_back({rows.text(0),
                       rows.text(1),
                       {static_cast<std::int32_t>(rows.integer(2)), static_cast<std::int32_t>(rows.integer(3)),
                        rows.text(4), rows.text(5), rows.text(6), rows.text(7)}});
    }
    return out;
}

Result<void> DuckdbStore::put_dimension(const std::vector<CodePlace>& codes, const Locator& locator,
                                        std::string_view digest) {
    locator_ = locator;
    auto rows = TRY(connection_.query("SELECT value FROM meta WHERE key = 'packs_digest'"));
    if (rows.next() && rows.text(0) == digest && !digest.empty() && !located_here_) return {};
    if (access_ == Access::ReadOnly && !located_here_) {
        // Temporary tables stand before those of the file under the same name.
        TRY(
            connection_.run("CREATE TEMP TABLE code_place AS SELECT * FROM code_place LIMIT 0; CREATE TEMP TABLE "
                            "event_cell AS SELECT * FROM event_cell LIMIT 0;"
                            "CREATE TEMP TABLE event_doubt AS SELECT * FROM event_doubt LIMIT 0;"
                            "CREATE TEMP TABLE doubt_rule AS SELECT * FROM doubt_rule LIMIT 0;"
                            "CREATE TEMP TABLE doubt_score AS SELECT * FROM doubt_score LIMIT 0;"
                            "CREATE TEMP TABLE term AS SELECT * FROM term;"));
        located_here_ = true;
    }
    TRY(connection_.run("BEGIN"));
    if (auto written = write_dimension(codes, digest); !written) {
        (void)connection_.run("ROLLBACK");
        return written;
    }
    return connection_.run("COMMIT");
}

Result<void> DuckdbStore::write_dimension(const std::vector<CodePlace>& codes, std::string_view digest) {
    code_book_is_open_ = one_place_is_open_ = false;
    TRY(connection_.run("DELETE FROM code_place; DELETE FROM event_cell;"));
    auto appender = TRY(duck::Appender::open(connection_, "code_place", catalog()));
    const auto parted = without_overlaps(codes);
    for (std::size_t i = 0; i < parted.size(); ++i) {
        const auto& one = parted[i];
        const auto same = [&](const CodePlace& other) { return other.system == one.system && other.code == one.code; };
        const Day until = i + 1 < parted.size() && same(parted[i + 1]) ? parted[i + 1].first - 1 : last_possible_day;
        const Day before = i > 0 && same(parted[i - 1]) ? parted[i - 1].last : no_day;
        appender.add(one.system).add(one.code).add(one.first).add(one.last).add(until).add(before);
        appender.add(one.place).end_row();
    }
    TRY(appender.close());

    // Cell by cell: most are out of reach of anything, and then none of their positions is read.
    std::map<std::string, std::string> reached;  // source -> its cells
    {
        auto cells = TRY(connection_.query(
            "SELECT f.source, e.cell FROM event_row e JOIN file f ON f.id = e.file "
            "WHERE e.cell IS NOT NULL AND e.latitude_microdeg IS NOT NULL GROUP BY ALL ORDER BY ALL"));
        while (cells.next()) {
            const std::string source = cells.text(0);
            const auto cell = static_cast<std::int32_t>(cells.integer(1));
            if (locator_->touches(source, cell))
                reached[source] += (reached[source].empty() ? "" : ", ") + std::to_string(cell);
        }
    }
    std::map<std::int32_t, std::vector<Located>> located;
    for (const auto& [source, cells] : reached) {
        auto positions = TRY(
            connection_.query(fmt::format("SELECT e.file, e.line, e.cell, e.latitude_microdeg, e.longitude_microdeg, "
                                          "coalesce(e.last_day, e.first_day) "
                                          "FROM event_row e JOIN file f ON f.id = e.file "
                                          "WHERE f.source = {} AND e.longitude_microdeg IS NOT NULL AND "
                                          "e.latitude_microdeg IS NOT NULL AND e.cell IN ({}) ORDER BY e.file, e.line",
                                          duck::quoted(source), cells)));
        while (positions.next()) {
            std::string place = locator_->place_of(source, static_cast<double>(positions.integer(3)) / 1e6,
                                                   static_cast<double>(positions.integer(4)) / 1e6, positions.day(5));
            if (!place.empty())
                located[static_cast<std::int32_t>(positions.integer(0))].push_back(
                    {static_cast<std::int32_t>(positions.integer(1)), static_cast<std::int32_t>(positions.integer(2)),
                     std::move(place)});
        }
    }
    for (const auto& [file, places] : located) TRY(write_located(file, places));
    TRY(write_terms());
    TRY(write_doubts());
    if (access_ == Access::ReadOnly) return {};
    (void)TRY(connection_.query("UPDATE meta SET value = ? WHERE key = 'packs_digest'", {digest}));
    return {};
}

std::string library_version() { return duckdb_library_version(); }

}  // namespace icosa::store
