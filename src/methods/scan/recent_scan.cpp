/// Which places without cases a circle holds is worked out for the few windows that are told.
#include "methods/scan/recent_scan.hpp"
#include "methods/scan/statistic.hpp"

#include <algorithm>
#include <map>

#include "methods/scan/recent.hpp"
#include "methods/scan/replications.hpp"

namespace icosa::methods::scan {
namespace {

/// All places of the circle about a centre that ends with one, in its order; none where one is taken well inside.
std::vector<std::int32_t> places_up_to(std::int32_t centre, std::int32_t last, const std::vector<ChordPoint>& at,
                                       const std::vector<bool>& taken = {}) {
    const auto& middle = at[static_cast<std::size_t>(centre)];
    const double end = centre == last ? 0 : chord_km(middle, at[static_cast<std::size_t>(last)]);
    std::vector<NearPlace> near = {{-1, centre, 0}};
    for (std::size_t p = 0; p < at.size(); ++p) {
        const double km = chord_km(middle, at[p]);
        if (!taken.empty() && taken[p] && km < end - 1e-6) return {};
        if (static_cast<std::int32_t>(p) != centre && km <= end + 1e-6)
            near.push_back({km, static_cast<std::int32_t>(p), 0});
    }
    order_by_distance(near);
    std::vector<std::int32_t> out;
    for (const auto& one : near) {
        out.push_back(one.place);
        if (one.place == last) break;
    }
    return out;
}

/// Lists of a few centres, as circles of all.
Circles circles_of(const std::map<std::int32_t, std::vector<std::int32_t>>& lists, std::size_t centres) {
    Circles out;
    out.first.push_back(0);
    for (std::size_t c = 0; c < centres; ++c) {
        const auto found = lists.find(static_cast<std::int32_t>(c));
        if (found != lists.end()) out.place.insert(out.place.end(), found->second.begin(), found->second.end());
        out.first.push_back(out.place.size());
    }
    return out;
}

/// As apart_in_space(): best first, one that shares a place with a better kept one is dropped.
RecentFound apart(std::vector<RecentWindow> best, const CentreGroups& groups, const Reach& reach,
                  const Windows& windows) {
    std::stable_sort(best.begin(), best.end(),
                     [](const RecentWindow& a, const RecentWindow& b) { return a.statistic > b.statistic; });
    RecentFound out;
    std::map<std::int32_t, std::vector<std::int32_t>> lists;
    std::vector<bool> taken(groups.at.size(), false);
    struct Candidate {
        Window window;
        std::vector<std::int32_t> places;
    };
    for (std::size_t first = 0; first < best.size();) {
        std::vector<Candidate> equal;
        const double lead = best[first].statistic;
        for (; first < best.size() && best[first].statistic >= lead - same_statistic; ++first) {
            const auto& one = best[first];
            if (taken[static_cast<std::size_t>(one.centre)]) continue;
            auto places = places_up_to(one.centre, one.last_place, groups.at, taken);
            if (places.empty()) continue;
            const auto end = static_cast<std::int32_t>(windows.intervals);
            const double expected =
                static_cast<double>(one.cases) * reach.share(static_cast<std::size_t>(one.length - 1));
            const Window window{one.statistic,    one.centre, static_cast<std::int32_t>(places.size()),
                                end - one.length, end,        one.observed,
                                expected};
            equal.push_back({window, std::move(places)});
        }
        std::stable_sort(equal.begin(), equal.end(),
                         [](const Candidate& a, const Candidate& b) { return is_better(a.window, b.window); });
        for (auto& one : equal) {
            if (std::any_of(one.places.begin(), one.places.end(),
                            [&](auto place) { return taken[static_cast<std::size_t>(place)]; }))
                continue;
            for (const auto place : one.places) taken[static_cast<std::size_t>(place)] = true;
            out.windows.push_back(one.window);
            lists[one.window.centre] = std::move(one.places);
        }
    }
    out.circles = circles_of(lists, groups.at.size());
    return out;
}

/// Makes data sets of one scan.
class RecentDraws {
public:
    RecentDraws(std::span<const std::int32_t> counts, std::size_t intervals, const CentreGroups& groups,
                const Reach& reach)
        : draws_(counts, intervals), intervals_(intervals), groups_(groups), reach_(reach), held_(groups.at.size(), 0) {
        for (std::size_t h = 0; h < groups.with_cases.size(); ++h)
            held_[static_cast<std::size_t>(groups.with_cases[h])] = h;
    }

    void observed(std::span<const std::int32_t> counts, RecentCases& out) const {
        out.clear(groups_.with_cases.size(), reach_);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const std::size_t ago = intervals_ - 1 - i % intervals_;
            if (counts[i] > 0 && ago < reach_.lengths())
                out.recent[held_[i / intervals_] * reach_.lanes() + ago] += counts[i];
        }
        out.work_out(groups_, reach_);
    }
    void made(Stream stream, std::vector<std::uint32_t>& left, RecentCases& out) const {
        out.clear(groups_.with_cases.size(), reach_);
        draws_.deal(stream, left, [&](std::uint32_t place, std::uint32_t interval) {
            out.add(held_[place], intervals_ - 1 - interval, reach_);
        });
        out.work_out(groups_, reach_);
    }

private:
    PermutedDraws draws_;
    std::size_t intervals_;
    const CentreGroups& groups_;
    const Reach& reach_;
    std::vector<std::size_t> held_;  ///< number of each place among those that hold cases
};

Probes probe_some(const RecentSweep& sweep, const RecentCases& chance, double from, const Data& data,
                  const Options& options, const CircleLimits& limits, std::span<const std::int32_t> counts,
                  std::size_t intervals) {
    const auto& groups = sweep.groups();
    const std::size_t one_in = std::max<std::size_t>(1, sweep.bands() / static_cast<std::size_t>(options.probes));
    std::vector<RuledOut> ruled_out;
    std::map<std::int32_t, std::vector<std::int32_t>> lists;
    std::vector<std::int64_t> by_place(data.places.size(), 0), by_step(intervals, 0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        by_place[i / intervals] += counts[i];
        by_step[i % intervals] += counts[i];
    }
    for (const auto& one : sweep.ruled_out(chance, from, one_in)) {
        auto places = places_up_to(one.centre, one.last_place, groups.at);
        std::int64_t cases = 0;
        for (const auto place : places) cases += by_place[static_cast<std::size_t>(place)];
        if (static_cast<double>(cases) > limits.most) continue;
        ruled_out.push_back({one.centre, static_cast<std::int32_t>(places.size()), one.length, one.statistic});
        auto& list = lists[one.centre];
        if (places.size() > list.size()) list = std::move(places);
    }
    return probe(ruled_out, counts, expected_by_margins(by_place, by_step), circles_of(lists, groups.at.size()),
                 options.minimum_cases, true);
}

}  // namespace

RecentFound recent_scan(const Data& data, const Options& options, std::span<const std::int32_t> counts,
                        const Windows& windows, const CircleLimits& limits, double all,
                        const std::function<void(int)>& progress, Scan& out) {
    const std::size_t intervals = windows.intervals;
    std::vector<std::int64_t> by_place(data.places.size(), 0);
    std::vector<double> by_step(intervals, 0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        by_place[i / intervals] += counts[i];
        by_step[i % intervals] += counts[i];
    }
    std::vector<double> shares;
    double recent = 0;
    for (std::size_t w = 0; w < windows.longest; ++w) {
        recent += by_step[intervals - 1 - w];
        shares.push_back(recent / all);
    }
    const Reach reach(all, limits.most, windows.minimum_cases, std::move(shares));
    const CentreGroups groups = grouped_centres(data.places, by_place, limits);
    const RecentDraws draws(counts, intervals, groups, reach);
    constexpr std::size_t tried = 4;
    std::vector<RecentCases> chance(tried);
    std::vector<std::uint32_t> left;
    for (std::size_t i = 0; i < tried; ++i) draws.made(Stream(options.seed, (1U << 30U) + i), left, chance[i]);
    const RecentSweep sweep(groups, reach, limits, chance, options.threads);
    out.windows = sweep.circles() * static_cast<double>(windows.longest);

    RecentCases observed;
    draws.observed(counts, observed);
    double statistic = 0, not_counted = 0;
    for (double from = 5; statistic <= 0; from = from > 0.01 ? from * 0.6 : 0) {
        statistic = sweep.greatest(observed, from, not_counted);
        if (from <= 0) break;
    }
    replicate(
        options, statistic,
        [&] {
            return [&, at = -1, made = RecentCases(), scratch = std::vector<std::uint32_t>()](
                       int replication, double from, double& judged) mutable {
                if (at != replication)
                    draws.made(Stream(options.seed, static_cast<std::uint64_t>(replication)), scratch, made);
                at = replication;
                return sweep.greatest(made, from, judged);
            };
        },
        progress, out);
    const double least = out.maxima.empty() ? 0 : *std::min_element(out.maxima.begin(), out.maxima.end());
    auto found = apart(sweep.best_about_each(observed, least, options.threads), groups, reach, windows);
    if (options.probes > 0) {
        RecentCases made;
        draws.made(Stream(options.seed, 0), left, made);
        std::vector<std::int32_t> drawn;
        Stream stream(options.seed, 0);
        PermutedDraws(counts, intervals).draw(stream, drawn);
        out.probed = probe_some(sweep, made, out.maxima.empty() ? 5 : out.maxima.front() * 0.9, data, options, limits,
                                drawn, intervals);
    }
    return found;
}

}  // namespace icosa::methods::scan
