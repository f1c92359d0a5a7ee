/// Events of two sources matched: held against all pairs compared on a small case, then timed with 20,000 and with
/// 1,000,000 events a source in a year, spread and all in one cell, beside the reference's inner loop (all with all
/// within the days).
///
///     matching_bench
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "../tests/unit/methods/matching/random_events.hpp"
#include "bench.hpp"
#include "methods/matching/chance.hpp"
#include "methods/matching/matching.hpp"

using namespace icosa;
using namespace icosa::methods::matching;

namespace {

[[noreturn]] void stop_match(const std::string& why) { bench::stop("matching_bench", why); }

struct TwoSources {
    std::vector<Event> a, b;
    std::size_t same = 0;  ///< b[i] is a[i], a little off, for i < same
};

/// Two sources of a year over towns, nine in ten events in few of them; half of b tells of an event of a, some km and
/// at most a day off.
TwoSources two_sources(std::size_t n, std::size_t towns, double town_deg) {
    std::mt19937_64 bits(20190501);
    const auto share = [&] { return static_cast<double>(bits() >> 11U) * 0x1p-53; };
    std::vector<methods::GlobePoint> town(towns);
    for (auto& one : town) one = {share() * 100 - 40, share() * 340 - 170};
    const auto one_event = [&] {
        const auto& at = town[static_cast<std::size_t>(std::pow(share(), 3) * static_cast<double>(towns))];
        Event out;
        out.latitude_deg = at.latitude_deg + (share() - 0.5) * town_deg;
        out.longitude_deg = at.longitude_deg + (share() - 0.5) * town_deg;
        out.first = out.last = Day{18'000 + static_cast<int>(share() * 365)};
        out.kind = static_cast<int>(share() * 4);
        return out;
    };
    TwoSources out;
    out.same = n / 2;
    for (std::size_t i = 0; i < n; ++i) out.a.push_back(one_event());
    for (std::size_t i = 0; i < n; ++i) {
        Event one = i < out.same ? out.a[i] : one_event();
        if (i < out.same) {
            one.latitude_deg += (share() - 0.5) * 0.02;
            one.longitude_deg += (share() - 0.5) * 0.02;
            one.last = one.first = one.first + static_cast<int>(share() * 1.3);
        }
        out.b.push_back(one);
    }
    return out;
}

Agreement agreement() {
    const std::vector<std::int32_t> levels = {3};
    const std::vector<Categories> kinds = {{0, 10, 100}, {1, 10, 100}, {2, 11, 100}, {3, 12, 101}};
    return {levels, kinds, kinds};
}

/// What the reference does: all with all, the days first, then the distance; candidates found.
std::int64_t inner_loop(const TwoSources& of, Reach reach) {
    std::int64_t out = 0;
    for (const Event& x : of.a)
        for (const Event& y : of.b)
            if (std::abs(x.first - y.first) <= reach.days
                && methods::great_circle_km({x.latitude_deg, x.longitude_deg}, {y.latitude_deg, y.longitude_deg})
                    <= reach.km)
                ++out;
    return out;
}

Matching good(Result<Matching> found) {
    if (!found) stop_match(found.error().what);
    return std::move(*found);
}

/// Processor seconds; the pairs are held to what they must be.
double timed(const TwoSources& of, Reach reach, int threads, const char* what) {
    Matching found;
    const std::clock_t before = std::clock();
    const double seconds = bench::seconds([&] { found = good(match_events(of.a, of.b, agreement(), reach, threads)); });
    const double processor = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    std::vector<char> used_a(of.a.size()), used_b(of.b.size());
    std::size_t right = 0;
    for (const Pair& one : found.pairs) {
        const auto a = static_cast<std::size_t>(one.a), b = static_cast<std::size_t>(one.b);
        if (used_a[a]++ || used_b[b]++) stop_match("an event in two pairs");
        if (one.distance_km > reach.km || std::abs(one.days) > reach.days) stop_match("a pair farther than asked");
        if (a == b && a < of.same) ++right;
    }
    fmt::print("{}: {} threads {:.2f} s ({:.2f} of processors); {} pairs, {} of the {} planted ones among them\n", what,
               threads, seconds, processor, found.pairs.size(), right, of.same);
    return processor;
}

}  // namespace

int main() {
    const Reach reach{25, 2};
    const TwoSources small = two_sources(2000, 40, 0.3);
    const Matching found = good(match_events(small.a, small.b, agreement(), reach, 2));
    if (numbers_of(found.pairs) != pairs_by_definition(small.a, small.b, agreement(), reach))
        stop_match("not the pairs of the definition");

    const TwoSources middle = two_sources(20'000, 4000, 0.3);
    const double ours = timed(middle, reach, 1, "20,000 x 20,000");
    std::int64_t candidates = 0;
    const std::clock_t before = std::clock();
    candidates = inner_loop(middle, reach);
    const double loop = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    fmt::print("all with all: {:.2f} s for {} candidates before any is chosen; ratio {:.0f}\n", loop, candidates,
               loop / ours);
    const auto chance = chance_pairs(middle.a, middle.b, agreement(), reach, 2);
    if (!chance || !*chance) stop_match("no estimate of chance");
    const auto pairs = good(match_events(middle.a, middle.b, agreement(), reach, 2)).pairs;
    const auto right = std::count_if(pairs.begin(), pairs.end(), [&](const Pair& one) {
        return one.a == one.b && static_cast<std::size_t>(one.a) < middle.same;
    });
    const auto all = static_cast<double>(pairs.size());
    const Precision estimated = precision_between(**chance, pairs.size(), middle.a.size(), middle.b.size());
    fmt::print("precision estimated {:.3f} to {:.3f}, of the planted pairs {:.3f}\n", estimated.low, estimated.high,
               static_cast<double>(right) / all);

    for (const int threads : {1, 2}) timed(two_sources(1'000'000, 200'000, 0.3), reach, threads, "1,000,000 a year");
    timed(two_sources(1'000'000, 500, 0.3), reach, 2, "1,000,000 a year in 500 towns");
    TwoSources cell = two_sources(1'000'000, 1, 0.2);
    timed(cell, reach, 2, "1,000,000 in one cell");
    for (auto* side : {&cell.a, &cell.b})
        for (Event& one : *side) one.first = one.last = Day{18'000};
    timed(cell, reach, 2, "1,000,000 in one cell on one day");
    for (auto* side : {&cell.a, &cell.b})
        for (Event& one : *side) one.latitude_deg = one.longitude_deg = 33.5;
    timed(cell, reach, 2, "1,000,000 at one point on one day");
}
