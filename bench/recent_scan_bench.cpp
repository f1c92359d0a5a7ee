/// A prospective permutation scan of 64,818 half-degree cells x 120 months, most of them empty: held against a walk
/// through all windows about some centres, then timed with 999 replications. The walk is reckoned up.
///
///     recent_scan_bench [CASES [SHARE [MONTHS]]]     100,000 cases, circles up to 0.1 of them, windows up to 12 months
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <random>
#include <thread>
#include <vector>

#include "bench.hpp"
#include "methods/scan/scan.hpp"
#include "methods/scan/statistic.hpp"

using namespace icosa::methods;
using namespace icosa::methods::scan;

namespace {

using icosa::bench::seconds;
[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("recent_scan_bench", why); }

constexpr std::size_t cells = 64'818, months = 120;
constexpr int columns = 720, rows = 360;

/// Cells where a few waves over the globe stand highest: seas and continents.
std::vector<int> made_land(std::mt19937_64& bits) {
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<std::array<double, 4>> waves;
    for (int i = 0; i < 24; ++i)
        waves.push_back({3 * unit(bits), std::floor(1 + 5 * unit(bits)), 6.3 * unit(bits), 6.3 * unit(bits)});
    std::vector<std::pair<double, int>> all;
    for (int row = 68; row < 336; ++row) {
        for (int column = 0; column < columns; ++column) {
            const double lat = (row - 180) * std::numbers::pi / 360, lon = column * std::numbers::pi / 360;
            double height = 0;
            for (const auto& [a, b, c, d] : waves) height += std::cos(a * lat * 3 + c) * std::cos(b * lon + d);
            all.emplace_back(-height, row * columns + column);
        }
    }
    std::ranges::sort(all);
    std::vector<int> out;
    for (std::size_t i = 0; i < cells; ++i) out.push_back(all[i].second);
    std::ranges::sort(out);
    return out;
}

/// Sixty theatres of very different size, each with its time, and two cases in a hundred anywhere.
Data made_data(int cases) {
    std::mt19937_64 bits(5);
    std::uniform_real_distribution<double> unit(0, 1);
    std::normal_distribution<double> bell;
    const auto land = made_land(bits);
    std::vector<int> place_of(static_cast<std::size_t>(columns) * rows, -1);
    Data out;
    out.periods = months;
    out.period_days.assign(months, 30);
    out.counts.assign(cells * months, 0);
    for (std::size_t p = 0; p < cells; ++p) {
        place_of[static_cast<std::size_t>(land[p])] = static_cast<int>(p);
        out.places.push_back({-89.75 + 0.5 * (land[p] / columns), -179.75 + 0.5 * (land[p] % columns)});
    }
    struct Theatre {
        GlobePoint at;
        double spread_deg, weight;
        int first, end;
    };
    std::vector<Theatre> theatres;
    double weights = 0;
    for (int i = 0; i < 60; ++i) {
        const int first = static_cast<int>(80 * unit(bits));
        theatres.push_back({out.places[bits() % cells], 0.5 + 3 * unit(bits), std::exp(1.5 * bell(bits)), first,
                            std::min(static_cast<int>(months), first + 20 + static_cast<int>(100 * unit(bits)))});
        weights += theatres.back().weight;
    }
    for (int made = 0; made < cases;) {
        std::size_t place = bits() % cells;
        int month = static_cast<int>(bits() % months);
        if (unit(bits) >= 0.02) {
            double at = unit(bits) * weights;
            std::size_t i = 0;
            while (i + 1 < theatres.size() && (at -= theatres[i].weight) > 0) ++i;
            const auto& one = theatres[i];
            const double lat = one.at.latitude_deg + one.spread_deg * bell(bits);
            const double lon = one.at.longitude_deg + one.spread_deg * bell(bits);
            if (std::abs(lat) >= 90 || std::abs(lon) >= 180) continue;
            const int found = place_of[static_cast<std::size_t>((lat + 90) * 2) * columns
                                       + static_cast<std::size_t>((lon + 180) * 2)];
            if (found < 0) continue;
            place = static_cast<std::size_t>(found);
            month = one.first + static_cast<int>(unit(bits) * (one.end - one.first));
        }
        ++out.counts[place * months + static_cast<std::size_t>(month)];
        ++made;
    }
    return out;
}

/// Every circle about a centre that ends with a place that holds cases, and every window of it that reaches the end.
double walk(const Data& data, std::size_t centre, double most, std::size_t longest,
            const std::vector<std::int64_t>& in_last, double all, double& windows, double& took) {
    std::vector<std::pair<double, std::size_t>> near;
    for (std::size_t p = 0; p < cells; ++p) near.emplace_back(scan_radius_km(data.places[centre], data.places[p]), p);
    std::ranges::sort(near);
    std::erase_if(near, [&](const auto& one) {
        const auto row = std::span(data.counts).subspan(one.second * months, months);
        return std::ranges::all_of(row, [](auto count) { return count == 0; });
    });
    std::vector<std::int64_t> n(longest, 0);
    double held = 0, best = 0;
    // lists are made once for all replications: only the windows are timed
    took += seconds([&] {
        for (const auto& [km, place] : near) {
            const auto row = std::span(data.counts).subspan(place * months, months);
            for (const auto count : row) held += count;
            if (held > most) break;
            std::int64_t recent = 0;
            for (std::size_t w = 0; w < longest; ++w) {
                recent += row[months - 1 - w];
                n[w] += recent;
                const double u = held * static_cast<double>(in_last[w]) / all;
                if (n[w] >= 2) best = std::max(best, likelihood_ratio(static_cast<double>(n[w]), u, all));
            }
            windows += static_cast<double>(longest);
        }
    });
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    const int cases = argc > 1 ? std::atoi(argv[1]) : 100'000;
    Options options;
    options.model = ScanModel::Permutation;
    options.look = ScanLook::Prospective;
    options.max_share = argc > 2 ? std::atof(argv[2]) : 0.1;
    options.max_window = argc > 3 ? std::atoi(argv[3]) : 12;
    options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const Data data = made_data(cases);
    Scan found;
    const double took = seconds([&] {
        auto scanned = scan_statistic(data, options);
        if (!scanned) stop(scanned.error().what);
        found = std::move(*scanned);
    });
    options.replications = 0;
    options.probes = 1000;
    const auto probed = scan_statistic(data, options);
    if (!probed || probed->probed.wrong > 0) stop("a window that was ruled out reached the level");

    std::vector<std::int64_t> in_last(months, 0);
    for (std::size_t i = 0; i < data.counts.size(); ++i) {
        for (std::size_t w = months - 1 - i % months; w < months; ++w) in_last[w] += data.counts[i];
    }
    double windows = 0, greatest = 0;
    const double most = options.max_share * cases * (1 + 1e-12);
    const auto longest = static_cast<std::size_t>(options.max_window);
    constexpr std::size_t others = 60;
    if (found.clusters.empty()) stop("no cluster");
    double walked = 0, not_counted = 0;
    for (std::size_t i = 0; i < others; ++i)
        greatest = std::max(greatest, walk(data, i * cells / others, most, longest, in_last, cases, windows, walked));
    const double about_centre =
        walk(data, found.clusters.front().centre, most, longest, in_last, cases, windows, not_counted);
    if (greatest > found.clusters.front().statistic + 1e-9) stop("the walk found a greater one");
    if (std::abs(about_centre - found.clusters.front().statistic) > 1e-9 * about_centre)
        stop("the walk about the same centre differs");
    const double whole = walked * cells / others * 999 / options.threads;
    fmt::print(
        "{} cells x {} months, {} cases, {:.0f} % of the cases, {} months, to the end, permutation, 999 replications, "
        "{} threads\n  {:.1f} s; {:.3g} windows a sweep, {:.2f} in 100 looked at; {} of those ruled out worked out, "
        "the "
        "closest {:.0f} in 100 of its level\n  a walk through all windows of places with cases ({} centres measured): "
        "{:.0f} s, ratio {:.0f}\n",
        cells, months, cases, options.max_share * 100, options.max_window, options.threads, took, found.windows,
        100 * found.windows_judged / (found.windows * 999), probed->probed.made, 100 * probed->probed.closest, others,
        whole, whole / took);
    return 0;
}
