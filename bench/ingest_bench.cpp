/// Ingest of a large file against DuckDB's own read_csv into a table of the same columns; both committed and
/// checkpointed, every column compared before a figure is printed. Each run is a process of its own, so that its peak
/// memory is its own; the runs take turns, forth and back, and the medians of their ratios count.
///
///     ingest_bench DIR [ROWS [ROUNDS]]    the file is made in DIR once (5 million rows, 2.1 GB) and kept for the next
///     time ingest_bench generate FILE [ROWS] ingest_bench run CASE DIR [ROWS]    one run of one case, as the first
///     form starts them: for a profiler
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "bench.hpp"
#include "gdelt_file.hpp"
#include "ingest/card_reader.hpp"
#include "pack/source_card.hpp"
#include "store/duck.hpp"
#include "store/store.hpp"

using namespace icosa;

namespace {

constexpr int threads = 2;

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("ingest_bench", why); }

template <class T> T must(Result<T> result) {
    if (!result) stop(render(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Cost {
    double seconds = 0;
    double processor_seconds = 0;
    std::int64_t peak_mb = 0;
};

/// Peak of resident memory of this process, mapped pages counted.
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
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class Work> Cost measure(Work&& work) {
    const double processor = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
            processor_seconds() - processor, peak_mb()};
}

void remove_store(const std::string& path) {
    for (const char* end : {"", ".wal"}) std::filesystem::remove(path + end);
}

void append(store::Store& store, const std::string& file, const pack::SourceCard& card, std::int64_t stored,
            std::int64_t known) {
    auto reader = must(ingest::FileReader::open(file, card, store.terms()));
    const store::Incoming incoming{file, card.id, reader->bytes(), card.record, !card.identity.empty()};
    const auto receipt = must(store.append(
        incoming, [&](model::Batch& out) { return reader->next(out); },
        [&]() -> Result<store::Outgoing> {
            auto closing = reader->close();
            if (!closing) return std::unexpected(closing.error());
            return store::Outgoing{closing->digest,  closing->rows,     closing->rejected,
                                   closing->rejects, closing->coverage, closing->vintage_day};
        },
        threads));
    if (receipt.stored != stored || receipt.known != known)
        stop(fmt::format("{}: {} rows stored and {} known, not {} and {}", file, receipt.stored, receipt.known, stored,
                         known));
}

/// The whole way: card, reader, append, commit, checkpoint. The store is left for the next file.
Cost run_ours(const std::string& file, const std::string& db, const pack::SourceCard& card, std::int64_t stored,
              std::int64_t known) {
    return measure([&] {
        auto store = must(store::open_duckdb(db, store::Access::ReadWrite, threads));
        append(*store, file, card, stored, known);
        store.reset();
        if (std::filesystem::exists(db + ".wal")) stop("the store was not checkpointed");
    });
}

/// The store alone: the same number of records, made in memory.
Cost run_store_alone(const std::string& db, std::int64_t rows) {
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
    if (column.ends_with("_Lat") || column.ends_with("_Long") || column == "FractionDate" || column == "GoldsteinScale"
        || column == "AvgTone")
        return "DOUBLE";
    for (const std::string_view whole : {"MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources",
                                         "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type"}) {
        if (column == whole) return "INTEGER";
    }
    return "VARCHAR";
}

enum class Order { Kept, Free };

Cost run_rival(const std::string& file, const std::string& db, const std::vector<std::string>& columns, Order order) {
    std::string types;
    for (const auto& column : columns)
        types += fmt::format("{}'{}': '{}'", types.empty() ? "" : ", ", column, type_of(column));
    return measure([&] {
        auto connection = must(store::duck::Connection::open(db, {{"threads", std::to_string(threads)}}));
        if (order == Order::Free) must(connection.run("SET preserve_insertion_order = false"));
        must(
            connection.run("CREATE TABLE t (id BIGINT, first_day DATE, last_day DATE, known_day DATE, code VARCHAR, "
                           "place VARCHAR, actor1 VARCHAR, actor2 VARCHAR, "
                           "latitude DOUBLE, longitude DOUBLE, intensity DOUBLE, mentions INTEGER, sources INTEGER)"));
        must(connection.run(fmt::format(
            "INSERT INTO t SELECT GLOBALEVENTID, SQLDATE, SQLDATE, DATEADDED::DATE, EventCode, ActionGeo_CountryCode, "
            "Actor1CountryCode, Actor2CountryCode, "
            "ActionGeo_Lat, ActionGeo_Long, GoldsteinScale, NumMentions, NumSources FROM read_csv({}, auto_detect = "
            "false, header = false, delim = '\t', quote = '', "
            "escape = '', new_line = '\\n', dateformat = '%Y%m%d', timestampformat = '%Y%m%d%H%M%S', columns = {{{}}})",
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

enum class Table { Ours, Theirs };

std::vector<std::string> sums_of(const std::string& db, Table table) {
    auto connection = must(store::duck::Connection::open(db, {{"access_mode", "READ_ONLY"}}));
    const bool ours = table == Table::Ours;
    std::string list;
    for (const auto& check : checks)
        list += fmt::format("{}({})::VARCHAR", list.empty() ? "" : ", ", ours ? check.ours : check.theirs);
    auto rows = must(connection.query(fmt::format(
        "SELECT {} FROM {}", list,
        ours ? "event_row e LEFT JOIN term code ON code.id = e.code LEFT JOIN term place ON place.id = e.place "
               "LEFT JOIN term actor1 ON actor1.id = e.actor1 LEFT JOIN term actor2 ON actor2.id = e.actor2"
             : "t")));
    if (!rows.next()) stop("no checksums");
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::size(checks); ++i) out.push_back(rows.text(i));
    return out;
}

void expect_equal(const std::vector<std::string>& ours, const std::string& rival_db) {
    const auto theirs = sums_of(rival_db, Table::Theirs);
    for (std::size_t i = 0; i < std::size(checks); ++i) {
        if (ours[i] != theirs[i])
            stop(fmt::format("column {} differs: {} here, {} there", checks[i].column, ours[i], theirs[i]));
    }
}

pack::SourceCard gdelt_card() {
    Diagnostics faults;
    const auto cards = pack::load_source_cards(ICOSA_ROOT "/packs/sources", faults);
    const auto card = std::find_if(cards.begin(), cards.end(), [](const auto& one) { return one.id == "gdelt-2"; });
    if (card == cards.end()) stop("packs/sources has no card gdelt-2");
    return *card;
}

/// What is run: the three that are compared, the store without a reader, and what a second file costs once there is a
/// first.
struct Case {
    std::string_view name;
    std::string_view title;
};
constexpr Case cases[] = {
    {"ours", "icosa ingest"},
    {"rival", "read_csv into a table, defaults"},
    {"rival-unordered", "read_csv, preserve_insertion_order = false"},
    {"store", "the store alone, records made in memory"},
    {"grown", "icosa ingest, the same file a tenth longer"},
    {"next", "icosa ingest, as many rows that are new"},
};
enum : std::size_t { Ours, Rival, Unordered, StoreAlone, Grown, Next };

struct Folder {
    std::filesystem::path path;
    std::int64_t rows = 0;

    [[nodiscard]] std::string file(std::string_view name = "gdelt-shaped.tsv") const { return (path / name).string(); }
    [[nodiscard]] std::string ours_db() const { return file("ours.duckdb"); }
    [[nodiscard]] std::string rival_db() const { return file("rival.duckdb"); }
    [[nodiscard]] std::string alone_db() const { return file("alone.duckdb"); }
    [[nodiscard]] std::string grown() const { return file("gdelt-grown.tsv"); }
    [[nodiscard]] std::string next() const { return file("gdelt-next.tsv"); }
    void remove_stores() const {
        for (const auto& db : {ours_db(), rival_db(), alone_db()}) remove_store(db);
    }
};

Cost run_case(std::size_t index, const Folder& folder) {
    const std::int64_t rows = folder.rows, tenth = rows / 10;
    switch (index) {
        case Ours: return run_ours(folder.file(), folder.ours_db(), gdelt_card(), rows, 0);
        case Rival: return run_rival(folder.file(), folder.rival_db(), gdelt_card().columns, Order::Kept);
        case Unordered: return run_rival(folder.file(), folder.rival_db(), gdelt_card().columns, Order::Free);
        case StoreAlone: return run_store_alone(folder.alone_db(), rows);
        case Grown: return run_ours(folder.grown(), folder.ours_db(), gdelt_card(), tenth, rows);
        case Next: return run_ours(folder.next(), folder.ours_db(), gdelt_card(), rows, 0);
        default: stop("no such case");
    }
}

std::size_t case_named(std::string_view name) {
    const auto found =
        std::find_if(std::begin(cases), std::end(cases), [&](const Case& one) { return one.name == name; });
    if (found == std::end(cases)) stop(fmt::format("no case '{}'", name));
    return static_cast<std::size_t>(found - std::begin(cases));
}

/// This program again, for one case; what it printed.
Cost run_apart(std::size_t index, const Folder& folder) {
    ::sync();  // what earlier runs wrote is not written during this one
    int ends[2];
    if (::pipe(ends) != 0) stop("no pipe");
    const pid_t child = ::fork();
    if (child < 0) stop("no process");
    if (child == 0) {
        ::dup2(ends[1], 1);
        ::close(ends[0]);
        const std::string name(cases[index].name), path = folder.path.string(), rows = std::to_string(folder.rows);
        ::execl("/proc/self/exe", "ingest_bench", "run", name.c_str(), path.c_str(), rows.c_str(),
                static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(ends[1]);
    char text[200] = {};
    const auto size = ::read(ends[0], text, sizeof text - 1);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    Cost cost;
    long long peak = 0;
    if (status != 0 || size <= 0
        || std::sscanf(text, "%lf %lf %lld", &cost.seconds, &cost.processor_seconds, &peak) != 3)
        stop(fmt::format("the run of '{}' failed", cases[index].name));
    cost.peak_mb = peak;
    return cost;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

template <class Of> double median_of(const std::vector<Cost>& costs, Of of) {
    std::vector<double> values;
    for (const Cost& cost : costs) values.push_back(of(cost));
    return median(std::move(values));
}

/// The median over the rounds of what the rival took for what we took in the same round.
template <class Of> double ratio(const std::vector<Cost>& rival, const std::vector<Cost>& ours, Of of) {
    std::vector<double> values;
    for (std::size_t i = 0; i < ours.size(); ++i) values.push_back(of(rival[i]) / of(ours[i]));
    return median(std::move(values));
}

double wall(const Cost& cost) { return cost.seconds; }
double processor(const Cost& cost) { return cost.processor_seconds; }

std::int64_t peak_of(const std::vector<Cost>& costs) {
    return std::max_element(costs.begin(), costs.end(),
                            [](const Cost& a, const Cost& b) { return a.peak_mb < b.peak_mb; })
        ->peak_mb;
}

void print(std::size_t index, const std::vector<Cost>& costs, std::int64_t rows, std::int64_t bytes) {
    const double seconds = median_of(costs, wall);
    fmt::print("{:<44} {:6.2f} s  {:5.2f} M rows/s  {:6.0f} MB/s  {:6.2f} processor s  peak {:4} MB\n",
               cases[index].title, seconds, static_cast<double>(rows) / seconds / 1e6,
               static_cast<double>(bytes) / seconds / 1e6, median_of(costs, processor), peak_of(costs));
    std::fflush(stdout);
}

/// Once through, so that every run finds the file in memory.
void warm(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::vector<char> block(1 << 20);
    while (in.read(block.data(), static_cast<std::streamsize>(block.size()))) {}
}

std::int64_t made(const std::string& file, std::int64_t first, std::int64_t rows) {
    const std::int64_t bytes = bench::make_gdelt_file(file, first, rows);
    if (bytes < 0) stop("cannot write " + file);
    warm(file);
    return bytes;
}

void compare(const Folder& folder, int rounds) {
    const std::int64_t bytes = made(folder.file(), 0, folder.rows);
    fmt::print("{} rows of 61 columns, {:.2f} GB, {} threads, medians of {} rounds\n", folder.rows,
               static_cast<double>(bytes) / 1e9, threads, rounds);
    std::fflush(stdout);
    std::vector<Cost> costs[std::size(cases)];
    std::vector<std::string> sums;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::size_t> order{Ours, Rival, Unordered};
        if (round % 2 == 1) std::reverse(order.begin(), order.end());
        for (const std::size_t index : order) {
            folder.remove_stores();
            costs[index].push_back(run_apart(index, folder));
            if (round > 0) continue;
            if (index == Ours) sums = sums_of(folder.ours_db(), Table::Ours);
            else expect_equal(sums, folder.rival_db());
        }
    }
    folder.remove_stores();
    fmt::print("checksums of {} columns are equal\n", std::size(checks));
    for (const std::size_t index : {Ours, Rival, Unordered}) print(index, costs[index], folder.rows, bytes);
    costs[StoreAlone].push_back(run_apart(StoreAlone, folder));
    print(StoreAlone, costs[StoreAlone], folder.rows, bytes);

    // A second file of the same source: most of it known, then none of it.
    (void)run_apart(Ours, folder);
    const std::int64_t grown = made(folder.grown(), 0, folder.rows + folder.rows / 10);
    costs[Grown].push_back(run_apart(Grown, folder));
    print(Grown, costs[Grown], folder.rows + folder.rows / 10, grown);
    bench::remove_gdelt_file(folder.grown());
    remove_store(folder.ours_db());
    (void)run_apart(Ours, folder);
    const std::int64_t next = made(folder.next(), folder.rows, folder.rows);
    costs[Next].push_back(run_apart(Next, folder));
    print(Next, costs[Next], folder.rows, next);
    bench::remove_gdelt_file(folder.next());
    folder.remove_stores();

    const double times = ratio(costs[Rival], costs[Ours], wall);
    fmt::print("times as fast as read_csv: {:.2f}; unordered: {:.2f}; in processor seconds {:.2f} and {:.2f}\n", times,
               ratio(costs[Unordered], costs[Ours], wall), ratio(costs[Rival], costs[Ours], processor),
               ratio(costs[Unordered], costs[Ours], processor));
    const std::int64_t peak = std::max({peak_of(costs[Ours]), peak_of(costs[Grown]), peak_of(costs[Next])});
    fmt::print("peak memory of ours: {} MB\n", peak);
    if (times < 2) stop("less than twice as fast as read_csv");
    if (peak >= 1000) stop("peak memory is not under 1 GB");
}

std::int64_t whole(int count, char** arguments, int at, std::int64_t otherwise) {
    const auto stated = count > at ? parse_integer(arguments[at]) : std::optional<std::int64_t>(otherwise);
    if (!stated || *stated < 1) stop("ROWS and ROUNDS are whole numbers of at least 1");
    return *stated;
}

}  // namespace

int main(int count, char** arguments) {
    constexpr std::int64_t usual_rows = 5'000'000;
    const std::string_view first = count > 1 ? arguments[1] : "";
    if (count == 1 || (first == "generate" && count < 3) || (first == "run" && count < 4))
        stop("usage: ingest_bench DIR [ROWS [ROUNDS]] | generate FILE [ROWS] | run CASE DIR [ROWS]");
    if (first == "generate") {
        if (bench::make_gdelt_file(arguments[2], 0, whole(count, arguments, 3, usual_rows)) < 0)
            stop("cannot write " + std::string(arguments[2]));
    } else if (first == "run") {
        const Cost cost = run_case(case_named(arguments[2]), {arguments[3], whole(count, arguments, 4, usual_rows)});
        fmt::print("{} {} {}\n", cost.seconds, cost.processor_seconds, cost.peak_mb);
    } else {
        compare({arguments[1], whole(count, arguments, 2, usual_rows)},
                static_cast<int>(whole(count, arguments, 3, 3)));
    }
    return 0;
}
