/// Gi* and deals about 100,000 scattered places and the 64,818 cells of a grid: held against all pairs and one thread,
/// then timed; beside R's spdep where it is installed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <vector>

#include "base/prio_grid.hpp"
#include "bench.hpp"
#include "methods/hot_spots/hot_spots.hpp"

using namespace icosa::methods;
namespace hot = icosa::methods::hot_spots;

namespace {

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("hot_spots_bench", why); }
using icosa::bench::seconds;

struct Made {
    std::vector<GlobePoint> places;
    std::vector<double> values;
};

/// Mostly zeros, as counts of events are; a tenth of the sphere has more.
void add_values(Made& out, std::mt19937_64& bits) {
    for (const auto& place : out.places) {
        const bool is_more = place.latitude_deg > 10 && place.latitude_deg < 50 && place.longitude_deg > 60;
        const auto draw = bits() % 100;
        out.values.push_back(draw < (is_more ? 60U : 10U) ? static_cast<double>(1 + bits() % 20) : 0);
    }
}

Made scattered(int n) {
    std::mt19937_64 bits(1995);
    std::uniform_real_distribution<double> even(-1, 1);
    Made out;
    for (int i = 0; i < n; ++i) out.places.push_back({std::asin(even(bits)) * 57.29577951308232, 180 * even(bits)});
    add_values(out, bits);
    return out;
}

void check(const Made& of, const hot::Neighbours& neighbours, int k) {
    for (std::size_t i = 0; i < of.places.size(); i += of.places.size() / 50) {
        std::vector<double> distances;
        for (const auto& other : of.places) distances.push_back(great_circle_km(of.places[i], other));
        std::nth_element(distances.begin(), distances.begin() + k, distances.end());
        for (const auto j : neighbours.of(i)) {
            if (great_circle_km(of.places[i], of.places[static_cast<std::size_t>(j)])
                > distances[static_cast<std::size_t>(k)] * (1 + 1e-6))
                stop("a neighbour is not among the nearest");
        }
        if (neighbours.of(i).size() < static_cast<std::size_t>(k)) stop("a nearest place is missing");
    }
}

/// The seconds of the processor, all threads together.
template <class Work> double processor_seconds(const Work& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Gives the processor's seconds on one thread.
double timed(const char* what, const std::vector<double>& values, const hot::Neighbours& neighbours,
             hot::Judging judging) {
    std::vector<hot::HotSpot> one, two;
    judging.chance.threads = 1;
    const double alone = processor_seconds([&] { one = hot::hot_spots(values, 1, neighbours, judging); });
    judging.chance.threads = 2;
    const double both = seconds([&] { two = hot::hot_spots(values, 1, neighbours, judging); });
    std::size_t told = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (one[i].p_value != two[i].p_value) stop("another number of threads, another p-value");
        told += one[i].state == hot::State::Hot ? 1 : 0;
    }
    if (told == 0) stop("nothing is hot where there is more");
    fmt::print(
        "{}: {:.2f} s of the processor on one thread, {:.2f} s by the clock on two ({:.0f} places a second), {} hot\n",
        what, alone, both, static_cast<double>(values.size()) / both, told);
    return alone;
}

/// R's spdep on the same places and neighbours: the processor's seconds of localG and of localG_perm with 999 deals,
/// one core.
void against_spdep(const Made& of, const hot::Neighbours& neighbours, double deals_alone) {
    const auto folder = std::filesystem::temp_directory_path();
    const auto table = folder / "hot_spots_bench.csv", script = folder / "hot_spots_bench.R",
               answer = folder / "hot_spots_bench.txt";
    {
        std::ofstream out(table);
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            out << fmt::format("{}", of.values[i]);
            for (const auto j : neighbours.of(i)) out << ' ' << j + 1;
            out << '\n';
        }
        std::ofstream(script) << "suppressMessages(library(spdep))\n"
                              << "rows <- lapply(strsplit(readLines('" << table.string() << "'), ' '), as.numeric)\n"
                              << "x <- sapply(rows, `[`, 1)\n"
                              << "nb <- lapply(rows, function(r) as.integer(sort(r[-1]))); class(nb) <- 'nb'\n"
                              << "attr(nb, 'region.id') <- as.character(seq_along(x))\n"
                              << "lw <- nb2listw(nb, style = 'B')\n"
                              << "plain <- system.time(z <- localG(x, lw))[['user.self']]\n"
                              << "dealt <- system.time(localG_perm(x, lw, nsim = 999))[['user.self']]\n"
                              << "cat(plain, dealt, sprintf('%.15g', as.numeric(z)), file = '" << answer.string()
                              << "')\n";
    }
    if (std::system(fmt::format("Rscript {} > /dev/null 2>&1", script.string()).c_str()) != 0) {
        fmt::print("R with spdep is not here: no ratio\n");
        return;
    }
    std::ifstream in(answer);
    double plain = 0, dealt = 0;
    in >> plain >> dealt;
    std::vector<hot::LocalStatistic> mine;
    const double own = seconds([&] { mine = hot::local_statistics(of.values, neighbours, hot::Statistic::Gi); });
    for (const auto& one : mine) {
        double z = 0;
        in >> z;
        if (!(std::abs(one.z - z) <= 1e-9 * std::max(1.0, std::abs(z)))) stop("spdep has another z");
    }
    fmt::print(
        "spdep, same z to 1e-9: localG {:.2f} s, ours {:.4f} s; localG_perm with 999 deals {:.1f} s, ours {:.2f} "
        "s, {:.0f} times as fast, one core each\n",
        plain, own, dealt, deals_alone, dealt / deals_alone);
}

}  // namespace

int main() {
    const Made of = scattered(100'000);
    hot::Neighbours nearest;
    fmt::print("100,000 scattered places: nearest 8 in {:.2f} s\n",
               seconds([&] { nearest = hot::nearest_neighbours(of.places, 8).value(); }));
    check(of, nearest, 8);
    hot::Judging judging;
    judging.chance.permutations = 999;
    (void)timed("  999 deals a place", of.values, nearest, judging);
    judging.chance.permutations = 99'999;
    judging.chance.stop_after = 20;
    judging.false_discovery = 0.05;
    (void)timed("  99,999 deals, a place done after 20 that reach it, 5 % false discoveries", of.values, nearest,
                judging);

    Made cells;
    std::vector<int> gids;
    for (int gid = icosa::gid_at(100, 0); gids.size() < 64'818; ++gid) {
        if (gid % 7 == 0) continue;  // holes, as the sea makes
        gids.push_back(gid);
        cells.places.push_back(
            {icosa::centre_latitude_deg(icosa::grid_row(gid)), icosa::centre_longitude_deg(icosa::grid_column(gid))});
    }
    std::mt19937_64 bits(2012);
    add_values(cells, bits);
    hot::Neighbours touching;
    fmt::print("64,818 cells: those that touch in {:.2f} s\n",
               seconds([&] { touching = hot::touching_cells(gids, 1); }));
    judging.chance = {};
    judging.false_discovery = 0;
    (void)timed("  999 deals a cell", cells.values, touching, judging);

    Made some = scattered(10'000);
    const auto some_nearest = hot::nearest_neighbours(some.places, 8).value();
    hot::Judging plain;
    plain.statistic = hot::Statistic::Gi;
    fmt::print("10,000 places, beside R:\n");
    const double alone = timed("  999 deals a place", some.values, some_nearest, plain);
    against_spdep(some, some_nearest, alone);
}
