/// Whole lanes beyond the longest window never reach a limit: their rows are 0 and their limits are the greatest int.
#include "methods/scan/sweep.hpp"

#include <algorithm>
#include <cmath>

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
    std::vector<std::int32_t> before;    ///< [stride]: of the circle, quanta
    std::vector<std::int32_t> grown;     ///< [length_stride]: since the length was last judged
    std::vector<std::int32_t> slack;
    std::vector<float> least;            ///< expected, of each length
    std::vector<std::uint16_t> reached;
    std::vector<std::int64_t> cases;     ///< [intervals + 1]: of the first `exact` places, as far as asked for
    std::vector<double> expected;
    std::size_t exact = 0;
    Window best;
    double from = 0;
    std::size_t level = 0;
    double at_most = 0;  ///< the excess needed where as much is expected as can be
    double fewest = 0;   ///< expected, at which the least cases asked for reach the level
    std::size_t since_kept = 0;
};

Sweep::Sweep(const Circles& circles, const Expected& expected, const Windows& windows, double most_expected)
    : circles_(circles),
      expected_(expected),
      windows_(windows),
      most_expected_(std::min(most_expected, expected.all)),
      quanta_(expected, windows),
      bounds_(expected.all) {
    for (std::size_t c = 0; c + 1 < circles.first.size(); ++c)
        rounding_ = std::max(rounding_, static_cast<std::int64_t>(circles.first[c + 1] - circles.first[c]) + 2);
}

void Sweep::raise(Scratch& scratch, double statistic) const {
    scratch.level = std::max(scratch.level, bounds_.level_at(std::max(0.0, statistic - 2 * same_statistic)));
    scratch.at_most = bounds_.excess(scratch.level, most_expected_);
    const double level = bounds_.statistic_of(scratch.level), least_cases = windows_.minimum_cases;
    double low = 0, high = std::min(least_cases, most_expected_);
    for (int i = 0; i < 50; ++i) {
        const double middle = (low + high) / 2;
        (likelihood_ratio(least_cases, middle, expected_.all) > level ? low : high) = middle;
    }
    scratch.fewest = low;
}

void Sweep::judge(std::size_t centre, std::size_t k, std::size_t w, const Deviations& data, Scratch& scratch,
                  SweepCount* count) const {
    const std::size_t starts = windows_.starts(w + 1), offset = windows_.to_end ? windows_.intervals - w - 1 : 0;
    const std::int32_t* before = scratch.before.data() + offset;
    if (count != nullptr) count->judged += static_cast<double>(starts);
    const std::int32_t most = greatest_difference(before + w + 1, before, starts);
    const double unit = quanta_.per_case();
    // Floats were added up: what they may have lost is given back.
    const double least = std::min(scratch.least[w] * (1 - 1e-4), most_expected_);
    // Windows of fewer cases than the least asked for are no cluster: below `fewest` expected, that asks for more.
    const auto needed_at = [&](double u) {
        return std::min(bounds_.excess(scratch.level, std::max(u, scratch.fewest)), scratch.at_most);
    };
    const auto in_quanta = [&](double excess) {
        return static_cast<std::int64_t>(std::min(excess, 1e9 / unit) * unit) - rounding_;
    };
    const std::int64_t needed = in_quanta(needed_at(least));
    std::int64_t slack = needed - most;
    if (slack <= 0) {
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
        slack = never;
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
            slack = std::min(slack, in_quanta(needed_at(u * (1 - 1e-9))) - excess);
        }
    }
    scratch.slack[w] = static_cast<std::int32_t>(std::clamp<std::int64_t>(slack, 0, never));
    scratch.grown[w] = 0;
}

void Sweep::sweep_centre(std::size_t centre, const Deviations& data, Scratch& scratch, SweepCount* count,
                         std::size_t keep_one_in) const {
    const auto places = circles_.about(centre);
    const std::size_t stride = quanta_.stride(), lengths = quanta_.length_stride();
    scratch.before.assign(stride, 0);
    scratch.grown.assign(lengths, 0);
    scratch.slack.assign(lengths, never);
    scratch.least.assign(lengths, 0);
    scratch.reached.resize(lengths + 1);
    scratch.cases.assign(windows_.intervals + 1, 0);
    scratch.expected.assign(windows_.intervals + 1, 0);
    scratch.exact = 0;
    for (std::size_t k = 0; k < places.size(); ++k) {
        const auto place = static_cast<std::size_t>(places[k]);
        add_row(scratch.before.data(), &data.before[place * stride], stride);
        const std::size_t reached =
            add_and_compare(scratch.grown.data(), &data.most[place * lengths], scratch.least.data(),
                            quanta_.least_row(place), scratch.slack.data(), lengths, scratch.reached.data());
        if (k == 0) {  // nothing is known of the centre yet
            for (std::size_t w = 0; w < windows_.longest; ++w) judge(centre, k, w, data, scratch, count);
            continue;
        }
        for (std::size_t i = 0; i < reached; ++i) judge(centre, k, scratch.reached[i], data, scratch, count);
        if (keep_one_in > 0 && reached < windows_.longest && ++scratch.since_kept >= keep_one_in) {
            scratch.since_kept = 0;
            const std::size_t w = (centre * 31 + k * 7) % windows_.longest;
            const auto end = scratch.reached.begin() + static_cast<std::ptrdiff_t>(reached);
            if (std::find(scratch.reached.begin(), end, static_cast<std::uint16_t>(w)) == end)
                count->ruled_out.push_back({static_cast<std::int32_t>(centre), static_cast<std::int32_t>(k + 1),
                                            static_cast<std::int32_t>(w + 1),
                                            std::max(scratch.best.statistic, scratch.from)});
        }
    }
}

Window Sweep::greatest(const Deviations& data, double from, SweepCount* count, std::size_t keep_one_in) const {
    Scratch scratch;
    scratch.from = from;
    raise(scratch, from);
    for (std::size_t c = 0; c + 1 < circles_.first.size(); ++c) sweep_centre(c, data, scratch, count, keep_one_in);
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
