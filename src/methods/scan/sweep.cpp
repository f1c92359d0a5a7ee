/// Whole lanes beyond the longest window never reach a limit: their rows are 0 and their limits are the greatest int.
#include "methods/scan/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "methods/scan/lanes.hpp"

namespace icosa::methods::scan {
namespace {

constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

}  // namespace

bool is_better(const Window& a, const Window& b) {
    if (a.statistic > b.statistic + same_statistic) return true;
    if (a.statistic < b.statistic - same_statistic || a.statistic <= 0) return false;
    if (a.size != b.size) return a.size < b.size;
    if (a.centre != b.centre) return a.centre < b.centre;
    if (a.end != b.end) return a.end < b.end;
    return a.end - a.first < b.end - b.first;
}

struct Sweep::Scratch {
    std::vector<std::int32_t> before;    ///< [stride + lanes]: of the circle, quanta
    std::vector<std::int32_t> grown;     ///< [length_stride]: since the length was last judged
    std::vector<std::int32_t> slack;
    std::vector<float> least;            ///< expected, of each length
    std::vector<std::uint16_t> reached, over;
    std::vector<std::int64_t> cases;     ///< [intervals + 1]: of the first `exact` places, as far as asked for
    std::vector<double> expected;
    std::size_t exact = 0;
    Window best;
    double from = 0;
    std::size_t level = 0;
    std::size_t since_kept = 0;
};

namespace {

std::int64_t size_of_the_greatest(const Circles& circles) {
    std::size_t most = 0;
    for (std::size_t c = 0; c + 1 < circles.first.size(); ++c)
        most = std::max(most, circles.first[c + 1] - circles.first[c]);
    return static_cast<std::int64_t>(most);
}

/// From each centre to the nearest that is left: what one reads of its neighbours, the next finds in the cache.
std::vector<std::uint32_t> from_near_to_near(const Circles& circles) {
    const std::size_t centres = circles.first.size() - 1;
    std::vector<bool> is_taken(centres, false);
    std::vector<std::uint32_t> out;
    for (std::size_t lowest = 0; lowest < centres; ++lowest) {
        for (std::size_t at = lowest; !is_taken[at];) {
            is_taken[at] = true;
            out.push_back(static_cast<std::uint32_t>(at));
            for (const auto place : circles.about(at)) {
                if (!is_taken[static_cast<std::size_t>(place)]) {
                    at = static_cast<std::size_t>(place);
                    break;
                }
            }
        }
    }
    return out;
}

}  // namespace

Sweep::Sweep(const Circles& circles, const Expected& expected, const Windows& windows, double most_expected)
    : circles_(circles),
      expected_(expected),
      windows_(windows),
      order_(from_near_to_near(circles)),
      quanta_(expected, windows),
      needed_({expected.all, std::min(most_expected, expected.all), windows.minimum_cases, quanta_.per_case(),
               size_of_the_greatest(circles)}) {}

void Sweep::raise(Scratch& scratch, double statistic) const {
    scratch.level = std::max(scratch.level, needed_.level_at(std::max(0.0, statistic - 2 * same_statistic)));
}

/// The windows of a length one by one, where the greatest of them may reach the level.
void Sweep::judge_each(std::size_t centre, std::size_t k, std::size_t w, const Deviations& data,
                       Scratch& scratch) const {
    const auto places = circles_.about(centre);
    for (; scratch.exact <= k; ++scratch.exact) {
        const auto place = static_cast<std::size_t>(places[scratch.exact]);
        const std::int32_t* cases = &data.cases_before[place * (windows_.intervals + 1)];
        const double* expected = expected_.row(place);
        for (std::size_t t = 0; t <= windows_.intervals; ++t) {
            scratch.cases[t] += cases[t];
            scratch.expected[t] += expected[t];
        }
    }
    const std::size_t starts = windows_.starts(w + 1), offset = windows_.to_end ? windows_.intervals - w - 1 : 0;
    const std::int32_t* before = scratch.before.data() + offset;
    const std::int64_t needed = needed_.from(scratch.level, needed_.of_floats(scratch.least[w]));
    std::int64_t slack = never;
    for (std::size_t i = 0; i < starts; ++i) {
        const std::int64_t excess = before[i + w + 1] - before[i];
        if (excess < needed) {
            slack = std::min(slack, needed - excess);
            continue;
        }
        const std::size_t first = offset + i, end = first + w + 1;
        const std::int64_t n = scratch.cases[end] - scratch.cases[first];
        const double u = scratch.expected[end] - scratch.expected[first];
        if (n >= windows_.minimum_cases && static_cast<double>(n) > u && u > 0) {
            const Window found{likelihood_ratio(static_cast<double>(n), u, expected_.all),
                               static_cast<std::int32_t>(centre),
                               static_cast<std::int32_t>(k + 1),
                               static_cast<std::int32_t>(first),
                               static_cast<std::int32_t>(end),
                               n,
                               u};
            if (found.statistic >= scratch.from && is_better(found, scratch.best)) {
                scratch.best = found;
                // ties within rounding are still looked at
                raise(scratch, found.statistic);
            }
        }
        slack = std::min(slack, needed_.from(scratch.level, u * (1 - 1e-9)) - excess);
    }
    // What is needed is a lower bound, so a slack may well lie below 0: a next place may then take as much away again.
    constexpr std::int64_t lowest = std::numeric_limits<std::int32_t>::min();
    scratch.slack[w] = static_cast<std::int32_t>(std::clamp<std::int64_t>(slack, lowest, never));
}

void Sweep::sweep_centre(std::size_t centre, const Deviations& data, Scratch& scratch, SweepCount* count,
                         std::size_t keep_one_in) const {
    const auto places = circles_.about(centre);
    const std::size_t stride = quanta_.stride(), lengths = quanta_.length_stride();
    scratch.before.assign(stride + row_lanes, 0);
    for (std::size_t t = windows_.intervals + 1; t < scratch.before.size(); ++t)
        scratch.before[t] = out_of_windows(t - windows_.intervals - 1);
    scratch.grown.assign(lengths, 0);
    scratch.slack.assign(lengths, never);
    scratch.least.assign(lengths, 0);
    scratch.reached.resize(lengths);
    scratch.over.resize(lengths + 1);
    scratch.cases.assign(windows_.intervals + 1, 0);
    scratch.expected.assign(windows_.intervals + 1, 0);
    scratch.exact = 0;
    const CircleWindows circle{scratch.before.data(), windows_.intervals,   windows_.to_end,
                               scratch.least.data(),  scratch.slack.data(), scratch.grown.data()};
    std::size_t judged = 0;
    for (std::size_t k = 0; k < places.size(); ++k) {
        const auto place = static_cast<std::size_t>(places[k]);
        add_row(scratch.before.data(), &data.before[place * stride], stride);
        std::size_t reached =
            add_and_compare(scratch.grown.data(), &data.most[place * lengths], scratch.least.data(),
                            quanta_.least_row(place), scratch.slack.data(), lengths, scratch.reached.data());
        if (k == 0) {  // nothing is known of the centre yet
            reached = windows_.longest;
            std::iota(scratch.reached.begin(), scratch.reached.begin() + static_cast<std::ptrdiff_t>(reached), 0);
        }
        if (reached == 0 && keep_one_in == 0) continue;
        const std::size_t over =
            judge_lengths(circle, needed_.row(scratch.level), scratch.reached.data(), reached, scratch.over.data());
        for (std::size_t i = 0; i < over; ++i) judge_each(centre, k, scratch.over[i], data, scratch);
        for (std::size_t i = 0; i < reached; ++i) judged += windows_.starts(scratch.reached[i] + 1U);
        if (keep_one_in > 0 && k > 0 && reached < windows_.longest && ++scratch.since_kept >= keep_one_in) {
            scratch.since_kept = 0;
            const std::size_t w = (centre * 31 + k * 7) % windows_.longest;
            const auto end = scratch.reached.begin() + static_cast<std::ptrdiff_t>(reached);
            if (std::find(scratch.reached.begin(), end, static_cast<std::uint16_t>(w)) == end)
                count->ruled_out.push_back({static_cast<std::int32_t>(centre), static_cast<std::int32_t>(k + 1),
                                            static_cast<std::int32_t>(w + 1),
                                            std::max(scratch.best.statistic, scratch.from)});
        }
    }
    if (count != nullptr) count->judged += static_cast<double>(judged);
}

Window Sweep::greatest(const Deviations& data, double from, SweepCount* count, std::size_t keep_one_in) const {
    Scratch scratch;
    scratch.from = from;
    raise(scratch, from);
    for (const auto centre : order_) sweep_centre(centre, data, scratch, count, keep_one_in);
    return scratch.best;
}

Window Sweep::best_about(std::size_t centre, const Deviations& data, double from) const {
    Scratch scratch;
    scratch.from = from;
    raise(scratch, from);
    sweep_centre(centre, data, scratch, nullptr, 0);
    return scratch.best;
}

}  // namespace icosa::methods::scan
