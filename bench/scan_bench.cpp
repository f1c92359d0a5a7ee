/// Space-time scans of 1,000 places x 120 months and about 100,000 cases: first held against a walk through all
/// windows, which rules nothing out (as SaTScan's does), then timed with 999 replications. The walk is timed on some
/// centres of one data set and reckoned up.
///
///     scan_bench [wide]     wide: 50 % of the cases and 50 % of the time too (minutes)
#include <fmt/format.h>

#include <cmath>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bench.hpp"
#include "methods/scan/replications.hpp"
#include "methods/scan/scan.hpp"
#include "methods/scan/sweep.hpp"

using namespace icosa::methods;
using namespace icosa::methods::scan;

namespace {

using icosa::bench::seconds;
[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("scan_bench", why); }

Data made_data() {
    std::mt19937_64 bits(11);
    std::uniform_real_distribution<double> unit(0, 1);
    constexpr int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Data out;
    out.periods = 120;
    for (int t = 0; t < 120; ++t) out.period_days.push_back(months[t % 12]);
    for (int p = 0; p < 1000; ++p) {
        const double lat = 30 + 10 * unit(bits), lon = -110 + 12 * unit(bits);
        const double people = std::floor(std::pow(10, 3.5 + unit(bits)));
        out.places.push_back({lat, lon});
        for (int t = 0; t < 120; ++t) {
            const bool hot = (lat - 35) * (lat - 35) + (lon + 104) * (lon + 104) < 0.16 && t >= 70 && t < 80;
            out.counts.push_back(std::poisson_distribution<int>(people / 14500 * (hot ? 1.8 : 1))(bits));
            out.population.push_back(people);
        }
    }
    return out;
}

/// Every window about some centres, with no bound; the greatest statistic.
double walk(const Circles& circles, const std::vector<std::int32_t>& counts, const Expected& expected,
            std::size_t longest, std::size_t centres, double& windows) {
    const std::size_t steps = expected.intervals;
    double best = 0;
    for (std::size_t c = 0; c < centres; ++c) {
        std::vector<std::int64_t> n(steps + 1, 0);
        std::vector<double> u(steps + 1, 0);
        for (const auto place : circles.about(c)) {
            std::int64_t run = 0;
            for (std::size_t t = 0; t < steps; ++t) {
                run += counts[static_cast<std::size_t>(place) * steps + t];
                n[t + 1] += run;
                u[t + 1] += expected.row(static_cast<std::size_t>(place))[t + 1];
            }
            for (std::size_t end = 1; end <= steps; ++end) {
                for (std::size_t length = 1; length <= std::min(longest, end); ++length) {
                    ++windows;
                    const auto cases = static_cast<double>(n[end] - n[end - length]);
                    const double due = u[end] - u[end - length];
                    if (cases > due && cases >= 2) best = std::max(best, likelihood_ratio(cases, due, expected.all));
                }
            }
        }
    }
    return best;
}

void time_case(const Data& data, ScanModel model, double share, int window, double satscan_seconds) {
    Options options;
    options.model = model;
    options.max_share = share;
    options.max_window = window;
    options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    options.probes = 1000;
    Scan found;
    const double took = seconds([&] {
        auto scanned = scan_statistic(data, options);
        if (!scanned) stop(scanned.error().what);
        found = std::move(*scanned);
    });
    if (found.probed.wrong > 0) stop("a window that was ruled out reached the level");

    const Steps steps{data.periods, 1};
    std::vector<std::int64_t> by_place(data.places.size(), 0), by_step(data.periods, 0);
    for (std::size_t i = 0; i < data.counts.size(); ++i) {
        by_place[i / data.periods] += data.counts[i];
        by_step[i % data.periods] += data.counts[i];
    }
    const Expected expected = model == ScanModel::Poisson
        ? expected_by_population(data.population, data.period_days, data.places.size(), steps,
                                 static_cast<double>(found.cases))
        : expected_by_margins(by_place, by_step);
    std::vector<double> weights;
    for (std::size_t p = 0; p < data.places.size(); ++p) weights.push_back(expected.of_place(p));
    const double most = share * expected.all;
    const Circles circles = circles_about(data.places, weights, {most, 0});
    double windows = 0, greatest = 0;
    constexpr std::size_t centres = 20;
    const double walked = seconds(
        [&] { greatest = walk(circles, data.counts, expected, static_cast<std::size_t>(window), centres, windows); });
    const Sweep sweep(circles, expected, {data.periods, static_cast<std::size_t>(window), false, 2}, most);
    Deviations deviations;
    deviations.counts = data.counts;
    deviations.work_out(sweep.quanta(), {data.periods, static_cast<std::size_t>(window), false, 2}, data.places.size());
    double swept = 0;
    for (std::size_t c = 0; c < centres; ++c) swept = std::max(swept, sweep.best_about(c, deviations, 0).statistic);
    if (std::abs(swept - greatest) > 1e-9 * greatest) stop("the sweep and the walk differ");

    const double whole_walk = walked / windows * found.windows * 1000 / options.threads;
    fmt::print(
        "{}, {:.0f} % of the cases, {} months: {} cases, {:.3g} windows, 999 replications, {} threads\n"
        "  {:.2f} s; {:.1f} in 100 windows not ruled out; {} of those ruled out worked out, the closest {:.0f} in "
        "100 of its level\n"
        "  a walk through all windows ({:.2f} ns each, measured on {} centres): {:.0f} s, ratio {:.0f}\n",
        model == ScanModel::Poisson ? "Poisson" : "permutation", share * 100, window, found.cases, found.windows,
        options.threads, took, 100 * found.windows_judged / (found.windows * 999), found.probed.made,
        100 * found.probed.closest, walked / windows * 1e9, centres, whole_walk, whole_walk / took);
    if (satscan_seconds > 0)
        fmt::print("  SaTScan 10.3.2 took {:.0f} s of the clock on two cores of such a machine: ratio {:.0f}\n",
                   satscan_seconds, satscan_seconds / took);
}

}  // namespace

int main(int argc, char** argv) {
    const Data data = made_data();
    time_case(data, ScanModel::Poisson, 0.1, 12, 214);
    time_case(data, ScanModel::Permutation, 0.1, 12, 0);
    if (argc > 1 && std::string(argv[1]) == "wide") {
        time_case(data, ScanModel::Poisson, 0.5, 60, 2700);
        time_case(data, ScanModel::Permutation, 0.5, 60, 0);
    }
    return 0;
}
