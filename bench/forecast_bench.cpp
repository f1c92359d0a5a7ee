/// The stack on country-months: first the benchmark "conflictology" against its known scores (on the prediction
/// challenge's counts where they are there, else against plain sums on a made panel), then one window fitted and 1,000
/// draws written, beside the minute and the two gigabytes that were asked.
///
///     forecast_bench DIR [DATA]    the panel and the draws are written in DIR; DATA: the folder with ucdp/, else
///     ICOSA_DATA or ../shared/data
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "bench.hpp"
#include "methods/forecasts/count_model.hpp"

using namespace icosa;

namespace {

constexpr const char* name = "forecast_bench";
constexpr double known_crps[] = {13.57, 9.02, 21.34};  ///< of 2018, 2019, 2020
constexpr int first_year = 1989, last_year = 2020;
constexpr int made_units = 191;

/// counts[unit][month "2018-01"]
using Counts = std::map<std::string, std::map<std::string, double>>;

void read(const std::filesystem::path& path, std::string_view from, std::string_view until, const Counts* only,
          Counts& into) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    const auto header = split(trim(line), ',');
    const auto column = std::find(header.begin(), header.end(), "deaths_state_based");
    if (column == header.end()) bench::stop(name, path.string() + " has no deaths_state_based");
    const auto from_end = static_cast<std::size_t>(header.end() - column);  // names before it hold commas
    while (std::getline(in, line)) {
        const auto cells = split(trim(line), ',');
        const std::string unit(cells[1]);
        if (cells[0] < from || cells[0] >= until || (only && !only->contains(unit))) continue;
        into[unit][std::string(cells[0])] = parse_number(cells[cells.size() - from_end]).value();
    }
}

Counts real_counts(const std::filesystem::path& ucdp) {
    Counts out, later;
    read(ucdp / "views_challenge_actuals_2018_2020.csv", "2018-01", "9", nullptr, later);
    read(ucdp / "ged_country_month_1989_2020.csv", "1989-01", "2018-01", &later, out);
    for (const auto& [unit, months] : later) out[unit].insert(months.begin(), months.end());
    return out;
}

/// As many units and months as the real ones: four in five quiet, the others at levels that wander.
Counts made_counts() {
    Counts out;
    methods::Stream stream(1989);
    const auto even = [&] { return static_cast<double>(stream.next() >> 11U) * 0x1p-53; };
    for (int unit = 1; unit <= made_units; ++unit) {
        double level = unit % 5 == 0 ? 3 * even() : -6;
        for (int year = first_year; year <= last_year; ++year) {
            for (int month = 1; month <= 12; ++month) {
                level = std::min(7.0, level + (even() - 0.5) * 0.6);
                out[std::to_string(unit)][fmt::format("{}-{:02}", year, month)] =
                    std::floor(std::exp(level) * -2 * std::log(1 - even()));
            }
        }
    }
    return out;
}

/// Mean CRPS of the ensemble of the twelve months to October of the year before, all pairs written out.
double conflictology_crps(const Counts& counts, int year) {
    double sum = 0, cells = 0;
    for (const auto& [unit, months] : counts) {
        std::vector<double> own;
        for (int month = 11; month <= 22; ++month) {
            const auto found = months.find(fmt::format("{}-{:02}", year - 2 + (month - 1) / 12, (month - 1) % 12 + 1));
            if (found != months.end()) own.push_back(found->second);
        }
        if (own.empty()) continue;
        const double n = static_cast<double>(own.size());
        for (int month = 1; month <= 12; ++month) {
            const auto outcome = months.find(fmt::format("{}-{:02}", year, month));
            if (outcome == months.end()) continue;
            for (const double x : own) {
                sum += std::fabs(x - outcome->second) / n;
                for (const double other : own) sum -= std::fabs(x - other) / (2 * n * n);
            }
            ++cells;
        }
    }
    return sum / cells;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : std::filesystem::temp_directory_path();
    const char* given = std::getenv("ICOSA_DATA");
    const std::filesystem::path data = argc > 2 ? std::filesystem::path(argv[2])
        : given                                 ? std::filesystem::path(given)
                                                : std::filesystem::path(ICOSA_ROOT) / "../shared/data";
    const bool is_real = std::filesystem::exists(data / "ucdp" / "views_challenge_actuals_2018_2020.csv");
    const Counts counts = is_real ? real_counts(data / "ucdp") : made_counts();
    const auto panel = (folder / "forecast_bench_panel.csv").string(),
               draws = (folder / "forecast_bench_draws.parquet").string();
    {
        std::ofstream out(panel);
        out << "month,unit,count\n";
        for (const auto& [unit, months] : counts) {
            for (const auto& [month, count] : months) out << fmt::format("{},{},{}\n", month, unit, count);
        }
    }
    const auto told = bench::run_icosa(name,
                                       {"backtest", "--panel", panel, "--windows", "2018:2020", "--model",
                                        "conflictology", "--model", "stack", "--json"});
    double ratios = 0;
    std::size_t from = 0;
    for (int window = 0; window < 3; ++window) {
        double scores[2] = {};
        for (double& score : scores) {
            const auto end = told.out.find('\n', from);
            score = bench::json_number(name, told.out.substr(from, end - from), "crps");
            from = end + 1;
        }
        const double wanted = is_real ? known_crps[window] : conflictology_crps(counts, 2018 + window);
        // The benchmark's thousand draws hold each of its twelve values 83 or 84 times: a little off the twelve
        // themselves.
        if (std::fabs(scores[0] - wanted) > (is_real ? 0.01 : 0.01 * wanted))
            bench::stop(name,
                        fmt::format("conflictology's CRPS of {} is {}, not {}", 2018 + window, scores[0], wanted));
        ratios += std::log(scores[1] / scores[0]) / 3;
    }
    fmt::print("conflictology has its {} scores; the stack's CRPS over it, geometric mean of 2018-2020: {:.3f}{}\n",
               is_real ? "known" : "plain", std::exp(ratios), is_real ? "" : " (a made panel: no claim)");
    const auto run =
        bench::run_icosa(name,
                         {"forecast", "--panel", panel, "--unit", "unit", "--value", "count", "--origin", "2020-10",
                          "--first", "2021-01", "--last", "2021-12", "--draws", "1000", "--out", draws});
    fmt::print(
        "{} units, 12 months, 1000 draws, the stack fitted from nothing: {:.1f} s ({:.1f} s of processor), {} MB; "
        "asked: 60 s, 2048 MB\n",
        counts.size(), run.seconds, run.processor_seconds, run.peak_mb);
    std::filesystem::remove(panel);
    std::filesystem::remove(draws);
}
