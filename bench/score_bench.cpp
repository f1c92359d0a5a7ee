/// `icosa score` on draws of a grid: small files against the formulae by pairs, a twentieth of the grid against the
/// same scores in SQL, then the whole grid beside the minute and the two gigabytes that were asked.
///
///     score_bench DIR [UNITS]    the files are made in DIR once (13,110 cells, 36 months, 1,000 draws: 44 MB) and kept
///     for the next time
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bench.hpp"
#include "draws_file.hpp"
#include "methods/scores/score.hpp"
#include "store/duck.hpp"

using namespace icosa;

namespace {

constexpr const char* scores[] = {"crps", "ign", "mis"};

[[noreturn]] void stop(const std::string& why) { bench::stop("score_bench", why); }

template <class T> T must(Result<T> result) {
    if (!result) stop(render(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Files {
    std::string draws, actuals;
};

Files made(const std::filesystem::path& folder, const bench::DrawsShape& shape) {
    const auto name = fmt::format("{}x{}x{}", shape.units, shape.months, shape.draws);
    const Files files{folder / ("draws_" + name + ".parquet"), folder / ("actuals_" + name + ".parquet")};
    if (!std::filesystem::exists(files.draws) || !std::filesystem::exists(files.actuals))
        bench::write_draws(files.draws, files.actuals, shape);
    return files;
}

bench::ProgramRun score(const Files& files, int threads = 2) {
    return bench::run_icosa(
        "score_bench",
        {"score", "--draws", files.draws, "--actuals", files.actuals, "--json", "--threads", std::to_string(threads)});
}

void compare(const std::string& what, const std::string& told, const double (&wanted)[3]) {
    for (std::size_t i = 0; i < std::size(scores); ++i) {
        const double got = bench::json_number("score_bench", told, scores[i]);
        if (!(std::fabs(got - wanted[i]) <= 1e-9 * std::max(1.0, std::fabs(wanted[i]))))
            stop(fmt::format("{}: {} is {}, not {}", what, scores[i], got, wanted[i]));
    }
}

/// Every sum written out, draws by pairs.
void check_small(const std::filesystem::path& folder) {
    const Files files = made(folder, {120, 6, 250});
    auto connection = must(store::duck::Connection::open(":memory:", {{"threads", "1"}}));
    std::map<std::pair<std::int64_t, std::int64_t>, std::pair<std::vector<double>, double>> cells;
    {
        auto rows =
            must(connection.query("SELECT month_id, priogrid_gid, outcome FROM " + store::duck::quoted(files.draws)));
        while (rows.next())
            cells[{rows.integer(0), rows.integer(1)}].first.push_back(static_cast<double>(rows.integer(2)));
        auto came =
            must(connection.query("SELECT month_id, priogrid_gid, outcome FROM " + store::duck::quoted(files.actuals)));
        while (came.next()) cells.at({came.integer(0), came.integer(1)}).second = static_cast<double>(came.integer(2));
    }
    double wanted[3] = {};
    for (auto& [key, cell] : cells) {
        auto& [draws, outcome] = cell;
        std::sort(draws.begin(), draws.end());
        const double n = static_cast<double>(draws.size());
        double distance = 0, spread = 0, inside = 0;
        const auto bin = [](double value) {
            return std::upper_bound(std::begin(methods::ignorance_edges), std::end(methods::ignorance_edges), value)
                - std::begin(methods::ignorance_edges);
        };
        for (const double x : draws) {
            distance += std::fabs(x - outcome);
            inside += bin(x) == bin(outcome) ? 1 : 0;
            for (const double other : draws) spread += std::fabs(x - other);
        }
        const auto quantile = [&](double p) {
            const double at = (n - 1) * p, low = std::floor(at);
            return draws[static_cast<std::size_t>(low)]
                + (at - low)
                * (draws[static_cast<std::size_t>(std::min(low + 1, n - 1))] - draws[static_cast<std::size_t>(low)]);
        };
        const double low = quantile(0.05), high = quantile(0.95);
        wanted[0] += distance / n - spread / (2 * n * n);
        wanted[1] += -std::log2((inside + 1) / (n + 11));
        wanted[2] += high - low + 20 * std::max(0.0, low - outcome) + 20 * std::max(0.0, outcome - high);
    }
    for (double& sum : wanted) sum /= static_cast<double>(cells.size());
    const auto told = score(files).out;
    compare("grouped", told, wanted);
    if (score(files, 1).out != told) stop("one thread and two give other bytes");
    const Files mixed{folder / "draws_mixed.parquet", files.actuals};
    must(connection.run(
        fmt::format("COPY (SELECT * FROM {} ORDER BY draw, priogrid_gid, month_id) TO {} (FORMAT parquet)",
                    store::duck::quoted(files.draws), store::duck::quoted(mixed.draws))));
    compare("rows by draw", score(mixed).out, wanted);
    fmt::print("{} cells equal the formulae by pairs to 1e-9, whichever the order of rows\n", cells.size());
}

/// The same scores as a user of SQL would ask for them.
double rival(const Files& files, double (&found)[3]) {
    auto connection = must(store::duck::Connection::open(":memory:", {{"threads", "2"}}));
    const auto bin = [](const std::string& value) {
        std::string out = "CASE";
        for (std::size_t i = std::size(methods::ignorance_edges); i-- > 1;)
            out += fmt::format(" WHEN {} >= {} THEN {}", value, methods::ignorance_edges[i], i);
        return out + " ELSE 0 END";
    };
    const std::string sql = fmt::format(
        "WITH ranked AS (SELECT month_id, priogrid_gid, d.outcome::DOUBLE AS x, a.outcome::DOUBLE AS y, row_number() "
        "OVER (PARTITION BY month_id, priogrid_gid ORDER BY d.outcome) AS i FROM {} d JOIN {} a USING (month_id, "
        "priogrid_gid)),"
        " cell AS (SELECT count(*) AS n, any_value(y) AS y, sum(abs(x - y)) AS distance, sum(x * i) AS moment, sum(x) "
        "AS total, count(*) FILTER (({}) = ({})) AS inside, quantile_cont(x, [0.05, 0.95]) AS q FROM ranked GROUP BY "
        "month_id, priogrid_gid)"
        " SELECT avg(distance / n - (2 * moment - (n + 1) * total) / (n::DOUBLE * n)), avg(-log2((inside + 1) / (n + "
        "11))), avg(q[2] - q[1] + 20 * greatest(0, q[1] - y) + 20 * greatest(0, y - q[2])) FROM cell",
        store::duck::quoted(files.draws), store::duck::quoted(files.actuals), bin("x"), bin("y"));
    return bench::seconds([&] {
        auto rows = must(connection.query(sql));
        if (!rows.next()) stop("SQL gives no row");
        for (std::size_t i = 0; i < 3; ++i) found[i] = rows.number(i);
    });
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : std::filesystem::temp_directory_path();
    const int units = argc > 2 && std::atoi(argv[2]) > 0 ? std::atoi(argv[2]) : 13'110;
    check_small(folder);
    const bench::DrawsShape part{std::max(1, units / 20)};
    const Files twentieth = made(folder, part);
    double theirs[3] = {};
    const double sql = rival(twentieth, theirs);
    const auto ours = score(twentieth);
    compare("SQL", ours.out, theirs);
    fmt::print("{} cells x {} draws: {:.2f} s, {} MB; the same in SQL (DuckDB, two threads): {:.2f} s, ratio {:.1f}\n",
               part.units * part.months, part.draws, ours.seconds, ours.peak_mb, sql, sql / ours.seconds);
    const bench::DrawsShape whole{units};
    const Files all = made(folder, whole);
    const auto run = score(all);
    fmt::print("{} cells x {} draws: {:.1f} s ({:.1f} s of processor), {} MB; asked: 60 s, 2048 MB\n",
               whole.units * whole.months, whole.draws, run.seconds, run.processor_seconds, run.peak_mb);
}
