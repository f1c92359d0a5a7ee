/// Straight lines through the sphere obey the triangle's inequality, so a middle need not lie on it.
#include "methods/scan/centre_groups.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

namespace icosa::methods::scan {
namespace {

constexpr double margin_km = 1e-6;  // distances are good to a thousandth of it
constexpr std::size_t sizes[] = {64, 16, 4, 1};

/// Halves along the widest axis until few are left.
class Splitter {
public:
    explicit Splitter(CentreGroups& out) : out_(out) { out.levels.resize(std::size(sizes)); }

    void split(std::size_t first, std::size_t end, std::size_t level, std::size_t parent) {
        const std::span centres = std::span(out_.centres).subspan(first, end - first);
        ChordPoint low, high;
        low.fill(std::numeric_limits<double>::infinity());
        high.fill(-std::numeric_limits<double>::infinity());
        for (const auto centre : centres) {
            for (std::size_t axis = 0; axis < 3; ++axis) {
                low[axis] = std::min(low[axis], at(centre)[axis]);
                high[axis] = std::max(high[axis], at(centre)[axis]);
            }
        }
        while (level < std::size(sizes) && centres.size() <= sizes[level]) {
            CentreGroup group;
            for (std::size_t axis = 0; axis < 3; ++axis)
                group.middle[axis] = centres.size() == 1 ? low[axis] : (low[axis] + high[axis]) / 2;
            for (const auto centre : centres)
                group.spread_km = std::max(group.spread_km, chord_km(group.middle, at(centre)));
            group.first_centre = first;
            group.end_centre = end;
            group.parent = parent;
            if (level + 1 < std::size(sizes))
                group.first_child = group.end_child = out_.levels[level + 1].groups.size();
            parent = out_.levels[level].groups.size();
            out_.levels[level].groups.push_back(group);
            if (level > 0) out_.levels[level - 1].groups[group.parent].end_child = parent + 1;
            ++level;
        }
        if (centres.size() == 1) return;
        std::size_t widest = 0;
        for (std::size_t axis = 1; axis < 3; ++axis)
            if (high[axis] - low[axis] > high[widest] - low[widest]) widest = axis;
        const std::size_t half = centres.size() / 2;
        std::nth_element(centres.begin(), centres.begin() + static_cast<std::ptrdiff_t>(half), centres.end(),
                         [&](std::int32_t a, std::int32_t b) {
                             const double left = at(a)[widest], right = at(b)[widest];
                             return left < right || (left == right && a < b);
                         });
        split(first, first + half, level, parent);
        split(first + half, end, level, parent);
    }

private:
    [[nodiscard]] const ChordPoint& at(std::int32_t place) const { return out_.at[static_cast<std::size_t>(place)]; }

    CentreGroups& out_;
};

/// What one group brings to its level.
struct Part {
    std::vector<HeldNumber> held;
    std::vector<Band> bands;
};

class GroupLister {
public:
    GroupLister(const CentreGroups& all, const CircleLimits& limits, const Reach& reach)
        : all_(all), limits_(limits), reach_(reach) {}

    /// within_km: circles that are smaller are this group's.
    Part make(CentreGroup& group, std::span<const HeldNumber> candidates, double within_km) {
        Part out;
        sort_by_distance(group, candidates, within_km);
        add_bands(group, out);
        return out;
    }

private:
    /// The places that circles of the group may hold, by distance: shared out to rings, then each ring sorted.
    void sort_by_distance(CentreGroup& group, std::span<const HeldNumber> candidates, double within_km) {
        constexpr std::size_t rings = 4096;
        constexpr double width_km = 2 * scan_earth_radius_km / (rings - 1);
        const std::size_t n = candidates.size();
        ring_cases_.assign(rings, 0);
        ring_first_.assign(rings + 1, 0);
        km_.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            const auto h = static_cast<std::size_t>(candidates[i]);
            if (h == all_.cases.size()) {
                km_[i] = -1;  // fills a block up
                continue;
            }
            km_[i] = chord_km(group.middle, all_.held_at[h]);
            const auto ring = std::min(rings - 1, static_cast<std::size_t>(km_[i] / width_km));
            ring_cases_[ring] += all_.cases[h];
            ++ring_first_[ring + 1];
        }
        std::size_t last = 0;
        for (std::int64_t within = 0; last + 1 < rings; ++last) {
            within += ring_cases_[last];
            if (static_cast<double>(within) > limits_.most) break;
        }
        // circles as great as this hold too much, or are not asked for
        beyond_km_ = static_cast<double>(last + 1) * width_km + group.spread_km + 2 * margin_km;
        if (limits_.max_radius_km > 0) beyond_km_ = std::min(beyond_km_, limits_.max_radius_km + 2 * margin_km);
        beyond_km_ = std::min(beyond_km_, within_km);
        group.listed_km = beyond_km_ + group.spread_km + 2 * margin_km;
        last = std::min(rings - 1, static_cast<std::size_t>(group.listed_km / width_km));
        for (std::size_t ring = 0; ring <= last; ++ring) ring_first_[ring + 1] += ring_first_[ring];
        sorted_.resize(ring_first_[last + 1]);
        auto next = ring_first_;
        for (std::size_t i = 0; i < n; ++i) {
            const auto ring = std::min(rings - 1, static_cast<std::size_t>(std::max(0.0, km_[i]) / width_km));
            if (ring <= last && km_[i] >= 0) sorted_[next[ring]++] = {km_[i], candidates[i]};
        }
        for (std::size_t ring = 0; ring <= last; ++ring)
            std::sort(sorted_.begin() + static_cast<std::ptrdiff_t>(ring_first_[ring]),
                      sorted_.begin() + static_cast<std::ptrdiff_t>(ring_first_[ring + 1]));
        before_.assign(sorted_.size() + 1, 0);
        for (std::size_t i = 0; i < sorted_.size(); ++i)
            before_[i + 1] = before_[i] + all_.cases[static_cast<std::size_t>(sorted_[i].second)];
    }

    /// How many places lie nearer the middle than this.
    [[nodiscard]] std::size_t nearer(double km) const {
        return static_cast<std::size_t>(std::lower_bound(sorted_.begin(), sorted_.end(), std::pair(km, -1))
                                        - sorted_.begin());
    }

    void add_bands(CentreGroup& group, Part& out) {
        constexpr std::size_t block = CentreGroups::block;
        const std::size_t n = sorted_.size();
        group.near_km = group.spread_km;
        double from = group.near_km;
        std::size_t outermost = 0;
        for (std::size_t i = nearer(from) / block * block; from < beyond_km_;) {
            std::size_t next = i + block;
            // a band ends a little before a place, so that places at one distance stay together
            while (next < n && sorted_[next].first - 1e-4 <= from) next += block;
            const double to = next < n ? std::min(beyond_km_, sorted_[next].first - 1e-4) : beyond_km_;
            Band band{from, to, 0, 0, 0, {}};
            const std::size_t inner = nearer(from - group.spread_km - margin_km) / block;
            const std::size_t outer = (nearer(to + group.spread_km + margin_km) + block - 1) / block;
            band.inner = static_cast<std::uint32_t>(inner);
            band.outer = static_cast<std::uint32_t>(outer);
            band.inner_cases = before_[inner * block];
            if (static_cast<double>(band.inner_cases) > limits_.most) break;
            band.node = reach_.node_of(static_cast<double>(band.inner_cases));
            outermost = std::max(outermost, outer);
            out.bands.push_back(band);
            from = to;
            i = next;
        }
        if (group.spread_km > 0)
            outermost = std::max(outermost, (n + block - 1) / block);  // its children choose from it
        for (std::size_t i = 0; i < outermost * block; ++i)
            out.held.push_back(
                static_cast<HeldNumber>(i < n ? static_cast<std::size_t>(sorted_[i].second) : all_.cases.size()));
    }

    const CentreGroups& all_;
    const CircleLimits& limits_;
    const Reach& reach_;
    std::vector<std::pair<double, std::int32_t>> sorted_;
    std::vector<std::int64_t> before_;
    std::vector<double> km_;
    std::vector<std::int64_t> ring_cases_;
    std::vector<std::size_t> ring_first_;
    double beyond_km_ = 0;
};

}  // namespace

CentreGroups grouped_centres(std::span<const GlobePoint> places, std::span<const std::int64_t> cases,
                             const CircleLimits& limits) {
    CentreGroups out;
    for (std::size_t p = 0; p < places.size(); ++p) {
        out.at.push_back(on_sphere(places[p]));
        if (cases[p] > 0) {
            out.with_cases.push_back(static_cast<std::int32_t>(p));
            out.cases.push_back(cases[p]);
            out.held_at.push_back(out.at.back());
        }
        if (static_cast<double>(cases[p]) <= limits.most) out.centres.push_back(static_cast<std::int32_t>(p));
    }
    Splitter splitter(out);
    if (!out.centres.empty()) splitter.split(0, out.centres.size(), 0, 0);
    return out;
}

void list_places(CentreGroups& all, std::size_t level, const CircleLimits& limits, const Reach& reach, int threads) {
    auto& of = all.levels[level];
    std::vector<HeldNumber> everything(all.cases.size());
    std::iota(everything.begin(), everything.end(), HeldNumber{0});
    std::vector<Part> parts(of.groups.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        GroupLister lister(all, limits, reach);
        for (std::size_t g = next++; g < parts.size(); g = next++) {
            auto& group = of.groups[g];
            if (level == 0) {
                parts[g] = lister.make(group, everything, 4 * scan_earth_radius_km);
                continue;
            }
            const auto& above = all.levels[level - 1];
            const auto& parent = above.groups[group.parent];
            const bool is_enough =
                parent.near_km + group.spread_km + chord_km(parent.middle, group.middle) + 1 < parent.listed_km;
            const auto listed = std::span(above.held)
                                    .subspan(parent.first_block * CentreGroups::block,
                                             (parent.end_block - parent.first_block) * CentreGroups::block);
            parts[g] = lister.make(group, is_enough ? listed : everything, parent.near_km);
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 1; i < threads; ++i) workers.emplace_back(work);
        work();
    }
    for (std::size_t g = 0; g < parts.size(); ++g) {
        auto& group = of.groups[g];
        group.first_block = of.held.size() / CentreGroups::block;
        group.first_band = of.bands.size();
        of.held.insert(of.held.end(), parts[g].held.begin(), parts[g].held.end());
        of.bands.insert(of.bands.end(), parts[g].bands.begin(), parts[g].bands.end());
        group.end_block = of.held.size() / CentreGroups::block;
        group.end_band = of.bands.size();
        parts[g] = {};
    }
}

void leave_to_children(CentreLevel& level, std::span<const std::int32_t> left, int tried) {
    // What its children spend on a band given to them, of what is spent on one that was kept and is left to look at:
    // from 1/16 to 1/5 the whole takes about as long.
    constexpr double children_cost = 1.0 / 8;
    for (auto& group : level.groups) {
        if (group.spread_km <= 0) continue;
        // from the farthest band inwards: what the bands kept cost, against what the children then save
        double kept = 0, best = 0;
        std::size_t from = group.end_band;
        for (std::size_t b = group.end_band; b-- > group.first_band;) {
            kept += static_cast<double>(left[b]) / tried - children_cost;
            if (kept < best) {
                best = kept;
                from = b;
            }
        }
        if (from == group.end_band) {
            if (group.first_band < group.end_band) group.near_km = level.bands[from - 1].to_km;
        } else {
            group.near_km = level.bands[from].from_km;
        }
        group.first_band = from;
    }
}

}  // namespace icosa::methods::scan
