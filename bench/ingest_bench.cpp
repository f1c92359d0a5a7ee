/// Ingest of a large file against DuckDB's own read_csv into a table of the same columns; both committed and checkpointed, every column
/// compared before a figure is printed.
///
///     ingest_bench DIR [ROWS]     the file is made in DIR once (5 million rows, 2.1 GB) and kept for the next time
///     ingest_bench generate FILE [ROWS]
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "gdelt_file.hpp"
#include "ingest/card_reader.hpp"
#include "pack/source_card.hpp"
#include "store/duck.hpp"
#include "store/store.hpp"

using namespace icosa;

namespace {

constexpr int threads = 2;

[[noreturn]] void stop(const std::string& why) {
    fmt::print(stderr, "ingest_bench: {}\n", why);
    std::exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) stop(render(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Cost {
    double seconds = 0;
    double processor_seconds = 0;
    std::int64_t peak_mb = 0;
};

std::int64_t peak_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6) / 1024;
    }
    return -1;
}

double processor_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class Work>
Cost measure(Work&& work) {
    std::ofstream("/proc/self/clear_refs") << "5";  // peak memory from here on
    const double processor = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), processor_seconds() - processor, peak_mb()};
}

void remove_store(const std::string& path) {
    std::filesystem::remove(path);
    std::filesystem::remove(path + ".wal");
}

/// The whole way: card, reader, append, commit, checkpoint.
Cost run_ours(const std::string& file, const std::string& db, const pack::SourceCard& card, std::int64_t rows) {
    remove_store(db);
    return measure([&] {
        auto store = must(store::open_duckdb(db, store::Access::ReadWrite, threads));
        auto reader = must(ingest::FileReader::open(file, card, store->terms()));
        const store::Incoming incoming{file, card.id, reader->bytes(), card.record, !card.identity.empty()};
        const auto receipt = must(store->append(
            incoming, [&](model::Batch& out) { return reader->next(out); },
            [&]() -> Result<store::Outgoing> {
                auto closing = reader->close();
                if (!closing) return std::unexpected(closing.error());
                return store::Outgoing{closing->digest, closing->rows, closing->rejected, closing->rejects, closing->coverage, closing->vintage_day};
            },
            threads));
        if (receipt.stored != rows) stop(fmt::format("{} rows stored of {}", receipt.stored, rows));
    });
}

/// The store alone: the same number of records, made in memory.
Cost run_store_alone(const std::string& db, std::int64_t rows) {
    remove_store(db);
    return measure([&] {
        auto store = must(store::open_duckdb(db, store::Access::ReadWrite, threads));
        std::vector<model::TermId> terms;
        for (int i = 0; i < 300; ++i) terms.push_back(store->terms().id_of("bench", std::to_string(i)));
        std::atomic<std::int64_t> next = 0;
        const auto pull = [&](model::Batch& out) -> Result<bool> {
            const std::int64_t from = next.fetch_add(2048), to = std::min(rows, from + 2048);
            for (std::int64_t i = from; i < to; ++i) {
                const std::uint64_t x = (static_cast<std::uint64_t>(i) + 1) * 0x9E3779B97F4A7C15ULL;
                const auto term = [&](int shift, std::size_t among) { return terms[(x >> shift) % among]; };
                model::Event event;
                event.line = static_cast<std::int32_t>(i + 1);
                event.first_day = event.last_day = Day{18'000 + static_cast<int>(i / 100'000)};
                event.known_day = event.first_day;
                event.identity = x;
                event.content = x ^ 0x5555;
                event.kind = term(8, 20);
                event.code = term(16, 250);
                event.place = term(24, 240);
                event.actor1 = (x >> 60) % 8 ? term(32, 220) : model::no_term;
                event.actor2 = (x >> 57) % 3 ? term(40, 220) : model::no_term;
                event.latitude_microdeg = static_cast<std::int32_t>((x >> 20) % 6000 * 30'000) - 90'000'000;
                event.longitude_microdeg = static_cast<std::int32_t>((x >> 20) % 6000 * 60'000) - 180'000'000;
                event.cell = static_cast<std::int32_t>((x >> 20) % 6000);
                event.intensity_milli = static_cast<std::int32_t>((x >> 12) % 201) * 100 - 10'000;
                event.mentions = 1 + static_cast<std::int32_t>((x >> 36) % 30);
                event.sources = 1 + static_cast<std::int32_t>((x >> 44) % 4);
                out.events.push_back(event);
            }
            return from < rows;
        };
        const auto close = [&]() -> Result<store::Outgoing> {
            store::Outgoing out;
            out.digest = "made";
            out.rows = rows;
            return out;
        };
        (void)must(store->append({"made", "made", 1, model::RecordKind::Event, true}, pull, close, threads));
    });
}

/// How a column of the file is typed for read_csv.
std::string type_of(std::string_view column) {
    if (column == "GLOBALEVENTID") return "BIGINT";
    if (column == "SQLDATE") return "DATE";
    if (column == "DATEADDED") return "TIMESTAMP";
    if (column.ends_with("_Lat") || column.ends_with("_Long") || column == "FractionDate" || column == "GoldsteinScale" || column == "AvgTone") return "DOUBLE";
    for (const std::string_view whole : {"MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources", "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type"}) {
        if (column == whole) return "INTEGER";
    }
    return "VARCHAR";
}

Cost run_rival(const std::string& file, const std::string& db, const std::vector<std::string>& columns, bool ordered) {
    remove_store(db);
    std::string types;
    for (const auto& column : columns) types += fmt::format("{}'{}': '{}'", types.empty() ? "" : ", ", column, type_of(column));
    return measure([&] {
        auto connection = must(store::duck::Connection::open(db, {{"threads", std::to_string(threads)}}));
        if (!ordered) must(connection.run("SET preserve_insertion_order = false"));
        must(connection.run("CREATE TABLE t (id BIGINT, first_day DATE, last_day DATE, known_day DATE, code VARCHAR, place VARCHAR, actor1 VARCHAR, actor2 VARCHAR, "
                            "latitude DOUBLE, longitude DOUBLE, intensity DOUBLE, mentions INTEGER, sources INTEGER)"));
        must(connection.run(fmt::format("INSERT INTO t SELECT GLOBALEVENTID, SQLDATE, SQLDATE, DATEADDED::DATE, EventCode, ActionGeo_CountryCode, Actor1CountryCode, Actor2CountryCode, "
                                        "ActionGeo_Lat, ActionGeo_Long, GoldsteinScale, NumMentions, NumSources FROM read_csv({}, auto_detect = false, header = false, delim = '\t', quote = '', "
                                        "escape = '', dateformat = '%Y%m%d', timestampformat = '%Y%m%d%H%M%S', columns = {{{}}})",
                                        store::duck::quoted(file), types)));
        must(connection.run("CHECKPOINT"));
    });
}

struct Check {
    const char* column;
    const char* ours;
    const char* theirs;
};
constexpr Check checks[] = {
    {"rows", "count(*)", "count(*)"},
    {"identity", "count(DISTINCT e.identity)", "count(DISTINCT id)"},
    {"first_day", "sum(hash(e.first_day))", "sum(hash(first_day))"},
    {"last_day", "sum(hash(e.last_day))", "sum(hash(last_day))"},
    {"known_day", "sum(hash(e.known_day))", "sum(hash(known_day))"},
    {"code", "sum(hash(code.text))", "sum(hash(code))"},
    {"place", "sum(hash(place.text))", "sum(hash(place))"},
    {"actor1", "sum(hash(actor1.text))", "sum(hash(actor1))"},
    {"actor2", "sum(hash(actor2.text))", "sum(hash(actor2))"},
    {"latitude", "sum(hash(e.latitude_microdeg::BIGINT))", "sum(hash(round(latitude * 1e6)::BIGINT))"},
    {"longitude", "sum(hash(e.longitude_microdeg::BIGINT))", "sum(hash(round(longitude * 1e6)::BIGINT))"},
    {"intensity", "sum(hash(e.intensity_milli::BIGINT))", "sum(hash(round(intensity * 1e3)::BIGINT))"},
    {"mentions", "sum(hash(e.mentions))", "sum(hash(mentions))"},
    {"sources", "sum(hash(e.sources))", "sum(hash(sources))"},
};

std::vector<std::string> sums_of(const std::string& db, bool ours) {
    auto connection = must(store::duck::Connection::open(db, {{"access_mode", "READ_ONLY"}}));
    std::string list;
    for (const auto& check : checks) list += fmt::format("{}({})::VARCHAR", list.empty() ? "" : ", ", ours ? check.ours : check.theirs);
    auto rows = must(connection.query(fmt::format("SELECT {} FROM {}", list,
                                                  ours ? "event_row e LEFT JOIN term code ON code.id = e.code LEFT JOIN term place ON place.id = e.place "
                                                         "LEFT JOIN term actor1 ON actor1.id = e.actor1 LEFT JOIN term actor2 ON actor2.id = e.actor2"
                                                       : "t")));
    if (!rows.next()) stop("no checksums");
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::size(checks); ++i) out.push_back(rows.text(i));
    return out;
}

void expect_equal(const std::vector<std::string>& ours, const std::string& rival_db) {
    const auto theirs = sums_of(rival_db, false);
    for (std::size_t i = 0; i < std::size(checks); ++i) {
        if (ours[i] != theirs[i]) stop(fmt::format("column {} differs: {} here, {} there", checks[i].column, ours[i], theirs[i]));
    }
}

void print(const char* what, const Cost& cost, std::int64_t rows, std::int64_t bytes) {
    fmt::print("{:<44} {:6.2f} s  {:5.2f} M rows/s  {:6.0f} MB/s  {:6.2f} processor s  peak {:4} MB\n", what, cost.seconds, static_cast<double>(rows) / cost.seconds / 1e6,
               static_cast<double>(bytes) / cost.seconds / 1e6, cost.processor_seconds, cost.peak_mb);
    std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) stop("usage: ingest_bench DIR [ROWS] | ingest_bench generate FILE [ROWS]");
    const bool only_generate = std::string_view(arguments[1]) == "generate";
    const int at = only_generate ? 3 : 2;
    const auto stated = count > at ? parse_integer(arguments[at]) : std::optional<std::int64_t>(5'000'000);
    if (!stated || *stated < 1 || (only_generate && count < 3)) stop("ROWS is a whole number of at least 1");
    const std::int64_t rows = *stated;
    const std::string file = only_generate ? arguments[2] : (std::filesystem::path(arguments[1]) / "gdelt-shaped.tsv").string();
    const std::int64_t bytes = bench::make_gdelt_file(file, rows);
    if (bytes < 0) stop("cannot write " + file);
    if (only_generate) return 0;

    Diagnostics faults;
    const auto cards = pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
    const auto card = std::find_if(cards.begin(), cards.end(), [](const auto& one) { return one.id == "gdelt-2"; });
    if (card == cards.end()) stop("packs/sources has no card gdelt-2");
    const std::string directory = arguments[1];
    const std::string ours_db = (std::filesystem::path(directory) / "ours.duckdb").string(), rival_db = (std::filesystem::path(directory) / "rival.duckdb").string();
    {
        std::ifstream in(file, std::ios::binary);  // once through, so that both find it in the same cache
        std::vector<char> block(1 << 20);
        while (in.read(block.data(), static_cast<std::streamsize>(block.size()))) {}
    }
    fmt::print("{} rows of 61 columns, {:.2f} GB, {} threads\n", rows, static_cast<double>(bytes) / 1e9, threads);
    const Cost ours = run_ours(file, ours_db, *card, rows);
    const auto sums = sums_of(ours_db, true);
    const Cost rival = run_rival(file, rival_db, card->columns, true);
    expect_equal(sums, rival_db);
    const Cost unordered = run_rival(file, rival_db, card->columns, false);
    expect_equal(sums, rival_db);
    const Cost again = run_ours(file, ours_db, *card, rows);
    const Cost& best = again.seconds < ours.seconds ? again : ours;
    const Cost alone = run_store_alone(ours_db, rows);
    fmt::print("checksums of {} columns are equal\n", std::size(checks));
    print("icosa ingest, first run", ours, rows, bytes);
    print("icosa ingest, second run", again, rows, bytes);
    print("read_csv into a table, defaults", rival, rows, bytes);
    print("read_csv, preserve_insertion_order = false", unordered, rows, bytes);
    print("the store alone, records made in memory", alone, rows, bytes);
    fmt::print("times as fast as read_csv: {:.2f}; unordered: {:.2f}; in processor seconds {:.2f} and {:.2f}\n", rival.seconds / best.seconds, unordered.seconds / best.seconds,
               rival.processor_seconds / best.processor_seconds, unordered.processor_seconds / best.processor_seconds);
    const std::int64_t peak = std::max(ours.peak_mb, again.peak_mb);
    fmt::print("peak memory of ours: {} MB\n", peak);
    remove_store(ours_db);
    remove_store(rival_db);
    if (rival.seconds < 2 * best.seconds) stop("less than twice as fast as read_csv");
    if (peak >= 1000) stop("peak memory is not under 1 GB");
    return 0;
}
