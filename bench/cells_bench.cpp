/// Forecasts of grid cells: generated events of 13,110 and of 64,818 cells, 36 months of 1,000 draws as sketches, on
/// two threads. First the answer is held against the benchmark and the sketches against the draws they stand for; then
/// the program is timed, from the file of events to the file of sketches.
///
///     cells_bench [DIR]     where files may be written, default a temporary folder
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "bench.hpp"
#include "event_cells.hpp"
#include "forecast/cells.hpp"
#include "methods/forecasts/count_sketch.hpp"
#include "methods/scores/score.hpp"
#include "table/draws.hpp"
#include "table/sparse_counts.hpp"
#include "table/times.hpp"

using namespace icosa;

namespace {

constexpr int months = 408;                        // 1989 to 2022
constexpr int origin = 19 * 12 + 360 + 11;         // December 2019
constexpr int steps = 36, draws = 1000;

[[noreturn]] void stop(const std::string& why) { bench::stop("cells_bench", why); }

bench::ProgramRun run_icosa(const std::vector<std::string>& words) { return bench::run_icosa("cells_bench", words); }

std::vector<std::string> forecast_words(const std::string& events, const std::string& cells, const std::string& model,
                                        const std::string& out) {
    return {"forecast",     "--panel",
            events,         "--unit",
            "priogrid_gid", "--time",
            "date_start",   "--value",
            "best",         "--sparse",
            "--cells",      cells,
            "--model",      model,
            "--origin",     "2019-12",
            "--first",      "2020-01",
            "--last",       "2022-12",
            "--draws",      std::to_string(draws),
            "--threads",    "2",
            "--out",        out};
}

void write_cells(const std::string& path, const std::vector<int>& gids, std::size_t every = 1) {
    std::ofstream file(path);
    file << "priogrid_gid\n";
    for (std::size_t i = 0; i < gids.size(); i += every) file << gids[i] << '\n';
}

struct Scores {
    double crps = 0, ign = 0, mis = 0;
    std::int64_t cells = 0;

    void add(const std::vector<double>& sorted, double outcome) {
        crps += methods::crps_sorted(sorted, outcome);
        ign += methods::ignorance(sorted, outcome);
        mis += methods::interval_score_sorted(sorted, outcome);
        ++cells;
    }
    void print(const std::string& what) const {
        const double n = static_cast<double>(cells);
        fmt::print("  {:<34} CRPS {:.4f}  IGN {:.4f}  MIS {:.3f}\n", what, crps / n, ign / n, mis / n);
    }
};

template <class T> T value_of(Result<T> result) {
    if (!result) stop(render(result.error()));
    return std::move(*result);
}

std::vector<std::vector<double>> came_of(const forecast::CellPanel& panel) {
    std::vector<std::vector<double>> out(panel.gids.size(), std::vector<double>(steps, 0.0));
    const auto all = forecast::histories(panel, origin + steps);
    for (std::size_t cell = 0; cell < out.size(); ++cell) {
        for (const auto& one : all[cell].at) {
            if (one.month > origin) out[cell][static_cast<std::size_t>(one.month - origin - 1)] = one.count;
        }
    }
    return out;
}

Scores scores_of_file(const std::string& path, const forecast::CellPanel& panel,
                      const std::vector<std::vector<double>>& came) {
    std::map<std::string, std::size_t> position;
    for (std::size_t cell = 0; cell < panel.gids.size(); ++cell)
        position.emplace(std::to_string(panel.gids[cell]), cell);
    Scores out;
    table::DrawVisitor visitor;
    visitor.on_header = [](const std::vector<std::string>&) -> Result<table::DrawColumns> {
        return table::DrawColumns{0, 1, 2};
    };
    visitor.on_run = [&](const table::DrawRun& run, const table::DrawNames& names) {
        if (run.draws.size() != draws) stop("a cell has another number of draws");
        const auto month = *table::parse_month(names.times.text_of(run.time));
        out.add({run.draws.begin(), run.draws.end()},
                came[position.at(names.units.text_of(run.unit))][static_cast<std::size_t>(month - origin - 1)]);
        return true;
    };
    if (auto done = table::visit_draws(path, visitor); !done) stop(render(done.error()));
    return out;
}

/// Direct draws scored and compared with their sketches: largest relative error of a draw, mean error, change of the
/// CRPS.
Scores check_sketches(const forecast::CellPanel& panel, const std::vector<std::vector<double>>& came) {
    const auto model = value_of(forecast::CellModel::learn(panel, {origin, origin + 1, origin + steps, 2}));
    Scores exact, kept;
    double worst = 0, mean_error = 0, bound = 0;
    std::vector<double> back;
    for (std::size_t cell = 0; cell < panel.gids.size(); ++cell) {
        for (std::size_t r = 0; r < model.reaches().size(); ++r) {
            const auto drawn = methods::stratified_draws(model.distribution(cell, r), draws);
            const auto sketch =
                methods::parse_sketch(methods::encode(methods::sketch_of(model.distribution(cell, r), draws)));
            if (!sketch) stop("a sketch does not read back");
            methods::draws_of(*sketch, back);
            double error = 0;
            for (std::size_t i = 0; i < drawn.size(); ++i) {
                const double apart = std::fabs(back[i] - drawn[i]);
                if (drawn[i] <= 128 && apart != 0) stop("a count up to 128 is not kept");
                if (apart > 0) worst = std::max(worst, apart / drawn[i]);
                error += apart / draws;
            }
            for (int step = model.reaches()[r].first; step <= model.reaches()[r].last; ++step) {
                const double outcome = came[cell][static_cast<std::size_t>(step - 1)];
                const double change =
                    std::fabs(methods::crps_sorted(back, outcome) - methods::crps_sorted(drawn, outcome));
                if (change > 2 * error + 1e-9) stop("a CRPS moved further than stated");
                mean_error += error;
                bound = std::max(bound, change);
                exact.add(drawn, outcome);
                kept.add(back, outcome);
            }
        }
    }
    if (worst > methods::sketch_relative_error) stop("a draw moved further than stated");
    if (exact.ign != kept.ign) stop("the ignorance score moved");
    fmt::print(
        "  sketches: largest relative error of a draw {:.4f} (stated 1/128 = {:.4f}); mean error {:.5f}; mean CRPS "
        "{:.6f} for {:.6f}, most in a cell-month {:.4f}\n",
        worst, methods::sketch_relative_error, mean_error / static_cast<double>(exact.cells),
        kept.crps / static_cast<double>(kept.cells), exact.crps / static_cast<double>(exact.cells), bound);
    return kept;
}

double megabytes(const std::string& path) { return static_cast<double>(std::filesystem::file_size(path)) / 1e6; }

void bench_grid(const std::string& folder, std::size_t many, const std::string& name) {
    const std::string events = folder + "/" + name + "_events.csv", cells = folder + "/" + name + "_cells.csv",
                      sketches = folder + "/" + name + ".sketch.parquet",
                      rival = folder + "/" + name + "_rival.sketch.parquet";
    const auto gids = bench::land(many);
    if (gids.size() != many) stop("the land has another number of cells");
    const auto made = bench::write_events(events, gids, months, 7);
    write_cells(cells, gids);
    fmt::print(
        "{}: {} cells, {} of them with an event in 1989-2022; {} events, {} cell-months; data to 2019-12, 36 months "
        "ahead\n",
        name, many, made.active_cells, made.events, made.cell_months);

    run_icosa(forecast_words(events, cells, "cells", sketches));
    run_icosa(forecast_words(events, cells, "conflictology", rival));
    const auto counts = value_of(table::read_sparse(events, {"priogrid_gid", "date_start", "best"}));
    const auto list = value_of(table::read_units(cells, "priogrid_gid"));
    const auto panel = value_of(table::cells_of(counts, &list, origin, events, cells)).panel;
    const auto came = came_of(panel);
    const auto own = scores_of_file(sketches, panel, came), theirs = scores_of_file(rival, panel, came);
    if (own.cells != static_cast<std::int64_t>(many) * steps || theirs.cells != own.cells) stop("a file lacks cells");
    own.print("cells");
    theirs.print("conflictology (own last 12 months)");
    if (own.crps >= theirs.crps || own.ign >= theirs.ign || own.mis >= theirs.mis) stop("the benchmark is not beaten");
    fmt::print("  ratios                             CRPS {:.3f}   IGN {:.3f}   MIS {:.3f}\n", own.crps / theirs.crps,
               own.ign / theirs.ign, own.mis / theirs.mis);
    if (many == bench::africa_cells) {
        const auto direct = check_sketches(panel, came);
        if (std::fabs(direct.crps - own.crps) > 1e-9 * own.crps)
            stop("the file holds other sketches than the model gives");
    }
    const auto timed = run_icosa(forecast_words(events, cells, "cells", sketches));
    fmt::print(
        "  measured: {:.1f} s ({:.1f} s of processor time), {} MB at most, on two threads, events read and sketches "
        "written{}\n",
        timed.seconds, timed.processor_seconds, timed.peak_mb,
        many == bench::africa_cells ? "; asked: under 600 s and 4,096 MB" : "");
    const std::string tenth = folder + "/" + name + "_tenth.csv", raw = folder + "/" + name + "_raw.parquet";
    write_cells(tenth, gids, 10);
    if (many == bench::africa_cells) {
        run_icosa(forecast_words(events, tenth, "cells", raw));
        fmt::print(
            "  on disk: {:.2f} MB of sketches; draws in Parquet: {:.1f} MB for every tenth cell, so about {:.0f} times "
            "as large\n",
            megabytes(sketches), megabytes(raw), 10 * megabytes(raw) / megabytes(sketches));
    } else {
        fmt::print("  on disk: {:.2f} MB of sketches\n", megabytes(sketches));
    }
    for (const auto& path : {events, cells, sketches, rival, tenth, raw}) std::filesystem::remove(path);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string folder = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
    bench_grid(folder, bench::africa_cells, "africa");
    bench_grid(folder, bench::land_cells, "land");
}
