/// Prospective permutation scans of many places, most of them empty, held against the sweep of all windows: maxima,
/// clusters, what is ruled out.
#include "methods/scan/recent_scan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "methods/scan/clusters.hpp"
#include "methods/scan/replications.hpp"
#include "methods/scan/scan.hpp"

namespace icosa::methods::scan {
namespace {

/// Cells of a grid (so that many distances are equal), a few theatres, cases elsewhere now and then.
Data theatres(std::uint64_t seed, int side, int periods, int cases) {
    std::mt19937_64 bits(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    std::normal_distribution<double> bell;
    Data out;
    out.periods = static_cast<std::size_t>(periods);
    out.period_days.assign(out.periods, 1);
    for (int i = 0; i < side * side; ++i)
        out.places.push_back({-3 + 0.5 * static_cast<double>(i / side), 20 + 0.5 * static_cast<double>(i % side)});
    out.counts.assign(out.places.size() * out.periods, 0);
    for (int made = 0; made < cases;) {
        const int theatre = static_cast<int>(3 * unit(bits));
        int row = static_cast<int>(side * unit(bits)), column = static_cast<int>(side * unit(bits));
        if (unit(bits) < 0.9) {
            row = static_cast<int>(side * (0.2 + 0.3 * theatre) + 1.5 * bell(bits));
            column = static_cast<int>(side * (0.7 - 0.2 * theatre) + 1.5 * bell(bits));
        }
        if (row < 0 || column < 0 || row >= side || column >= side) continue;
        const auto place = static_cast<std::size_t>(row * side + column);
        ++out.counts[place * out.periods + static_cast<std::size_t>(periods * unit(bits))];
        ++made;
    }
    return out;
}

struct Compared {
    Expected expected;
    Circles circles;
    Windows windows;
    CircleLimits limits;
};

Compared compared(const Data& data, const Options& options, std::size_t longest) {
    std::vector<std::int64_t> by_place(data.places.size(), 0), by_step(data.periods, 0);
    std::vector<double> weights;
    double cases = 0;
    for (std::size_t i = 0; i < data.counts.size(); ++i) {
        by_place[i / data.periods] += data.counts[i];
        by_step[i % data.periods] += data.counts[i];
        cases += data.counts[i];
    }
    for (const auto n : by_place) weights.push_back(static_cast<double>(n));
    const CircleLimits limits{options.max_share * cases * (1 + 1e-12), options.max_radius_km};
    return {expected_by_margins(by_place, by_step),
            circles_about(data.places, weights, limits),
            {data.periods, longest, true, options.minimum_cases},
            limits};
}

class RecentScans : public ::testing::TestWithParam<int> {};

TEST_P(RecentScans, AreWhatTheSweepOfAllWindowsFinds) {
    const int i = GetParam();
    Data data = theatres(static_cast<std::uint64_t>(i), 10 + 3 * (i % 4), 24, 300 + 700 * (i % 5));
    if (i % 3 == 0) {  // a true cluster, of more cases than a short cell carries
        for (std::size_t t = 21; t < 24; ++t) data.counts[12 * 24 + t] += i % 6 == 0 ? 2000 : 12;
    }
    Options options;
    options.model = ScanModel::Permutation;
    options.look = ScanLook::Prospective;
    options.max_share = i % 2 == 0 ? 0.5 : 0.15;
    options.max_radius_km = i % 5 == 0 ? 180 : 0;
    const std::size_t longest = i % 4 == 0 ? 20 : 6;
    options.max_window = static_cast<int>(longest);
    options.replications = 40;
    options.probes = 200;
    const auto found = scan_statistic(data, options);
    ASSERT_TRUE(found) << found.error().what;
    EXPECT_GT(found->probed.made, 0);
    EXPECT_EQ(found->probed.wrong, 0);

    const Compared of = compared(data, options, longest);
    const Sweep sweep(of.circles, of.expected, of.windows, of.limits.most);
    const PermutedDraws draws(data.counts, data.periods);
    for (std::size_t r = 0; r < 40; ++r) {
        Stream stream(options.seed, r);
        Deviations made;
        draws.draw(stream, made.counts);
        made.work_out(sweep.quanta(), of.windows, data.places.size());
        const double wanted = sweep.greatest(made, 0).statistic;
        ASSERT_NEAR(found->maxima[r], wanted, 3e-9 * (1 + wanted)) << "replication " << r;
    }
    Deviations observed;
    observed.counts = data.counts;
    observed.work_out(sweep.quanta(), of.windows, data.places.size());
    auto wanted = apart_in_space(best_windows(sweep, of.circles, observed, 1), of.circles);
    const double least = *std::ranges::min_element(found->maxima);
    std::erase_if(wanted, [&](const Window& one) { return one.statistic <= least + 1e-9; });
    ASSERT_EQ(found->clusters.size(), wanted.size());
    for (std::size_t c = 0; c < wanted.size(); ++c) {
        EXPECT_NEAR(found->clusters[c].statistic, wanted[c].statistic, 3e-9 * wanted[c].statistic);
        EXPECT_EQ(found->clusters[c].centre, static_cast<std::size_t>(wanted[c].centre));
        EXPECT_EQ(found->clusters[c].places.size(), static_cast<std::size_t>(wanted[c].size));
        EXPECT_EQ(found->clusters[c].observed, wanted[c].observed);
        EXPECT_NEAR(found->clusters[c].expected, wanted[c].expected, 1e-9 * wanted[c].expected);
    }
    options.threads = 3;
    const auto again = scan_statistic(data, options);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->maxima, found->maxima);
    EXPECT_EQ(again->windows_judged, found->windows_judged);
}

INSTANTIATE_TEST_SUITE_P(Cases, RecentScans, ::testing::Range(0, 24));

}  // namespace
}  // namespace icosa::methods::scan
