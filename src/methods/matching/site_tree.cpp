/// Boxes split at the median of their longest side; days and km count by their windows only when asked.
#include "methods/matching/site_tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "methods/space/great_circle.hpp"

namespace icosa::methods::matching {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::int32_t leaf_sites = 8;
/// A day beside a km, for choosing which side to split: windows are some ten km to a day.
constexpr double km_a_day = 12;
constexpr double rounding_km = 1e-6;

double outside(double at, double low, double high) { return std::max({low - at, at - high, 0.0}); }

}  // namespace

Nearness::Nearness(Reach reach, DaysBy days) : km_(reach.km), days_(reach.days), by_(days) {
    const double chord =
        2 * mean_earth_radius_km * std::sin(std::min(reach.km / (2 * mean_earth_radius_km), 1.5707963));
    least_km2_ = chord * chord * (1 - 1e-9);
    most_km2_ = chord * chord * (1 + 1e-9) + 1e-12;
    if (reach.km > 0) per_km2_ = 1 / (chord * chord);
    if (reach.days > 0) per_day2_ = 1 / (days_ * days_);
}

double Nearness::days_apart(const Spot& asked, const Spot& of_tree) const {
    if (by_ == DaysBy::Ends) return std::max(std::abs(asked[3] - of_tree[3]), std::abs(asked[4] - of_tree[4]));
    return std::max({of_tree[3] - asked[4], asked[3] - of_tree[4], 0.0});
}

double Nearness::closeness(const Event& asked, const Spot& at, const Event& other, const Spot& there) const {
    const double apart = days_apart(at, there);
    if (apart > days_) return infinite;
    double chord_km2 = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double step = std::abs(at[axis] - there[axis]);
        chord_km2 += step * step;
    }
    if (chord_km2 > most_km2_) return infinite;
    // at the very rim the distance along the globe decides, as it is told; a millimetre may be rounding
    if (chord_km2 > least_km2_
        && great_circle_km({asked.latitude_deg, asked.longitude_deg}, {other.latitude_deg, other.longitude_deg})
            > km_ + rounding_km)
        return infinite;
    return sum(chord_km2, apart);
}

// The same operations in the same order as closeness(), each no greater: rounding cannot make a box seem farther than a
// site of it.
double Nearness::least(const Spot& at, const Spot& low, const Spot& high) const {
    const double apart = by_ == DaysBy::Ends
        ? std::max(outside(at[3], low[3], high[3]), outside(at[4], low[4], high[4]))
        : std::max({low[3] - at[4], at[3] - high[4], 0.0});
    if (apart > days_) return infinite;
    double chord_km2 = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double step = outside(at[axis], low[axis], high[axis]);
        chord_km2 += step * step;
    }
    return chord_km2 > most_km2_ ? infinite : sum(chord_km2, apart);
}

SiteTrees::SiteTrees(const Sites& sites, std::span<const Event> events, std::int32_t kinds)
    : sites_(sites),
      events_(events),
      order_(sites.size()),
      roots_(static_cast<std::size_t>(kinds), -1),
      leaf_of_(sites.size()),
      forgotten_(sites.size(), 0) {
    std::iota(order_.begin(), order_.end(), 0);
    const auto kind_of = [&](std::int32_t site) { return sites.sites[static_cast<std::size_t>(site)].kind; };
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::int32_t x, std::int32_t y) { return kind_of(x) < kind_of(y); });
    boxes_.reserve(sites.size() / 2 + 1);
    for (std::size_t begin = 0; begin < order_.size();) {
        const std::int32_t kind = kind_of(order_[begin]);
        std::size_t end = begin;
        while (end < order_.size() && kind_of(order_[end]) == kind) ++end;
        roots_[static_cast<std::size_t>(kind)] =
            build(static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end), -1);
        begin = end;
    }
}

std::int32_t SiteTrees::build(std::int32_t begin, std::int32_t end, std::int32_t parent) {
    const auto number = static_cast<std::int32_t>(boxes_.size());
    Box box;
    box.low.fill(infinite);
    box.high.fill(-infinite);
    box.begin = begin;
    box.end = end;
    box.parent = parent;
    box.left_over = end - begin;
    const auto spot = [&](std::int32_t site) -> const Spot& {
        return sites_.sites[static_cast<std::size_t>(site)].spot;
    };
    for (std::int32_t i = begin; i < end; ++i) {
        const Spot& at = spot(order_[static_cast<std::size_t>(i)]);
        for (std::size_t axis = 0; axis < at.size(); ++axis) {
            box.low[axis] = std::min(box.low[axis], at[axis]);
            box.high[axis] = std::max(box.high[axis], at[axis]);
        }
    }
    boxes_.push_back(box);
    std::size_t side = 0;
    double longest = 0;
    for (std::size_t axis = 0; axis < box.low.size(); ++axis) {
        const double length = (box.high[axis] - box.low[axis]) * (axis < 3 ? 1 : km_a_day);
        if (length <= longest) continue;
        longest = length;
        side = axis;
    }
    if (end - begin <= leaf_sites || longest <= 0) {
        for (std::int32_t i = begin; i < end; ++i)
            leaf_of_[static_cast<std::size_t>(order_[static_cast<std::size_t>(i)])] = number;
        return number;
    }
    const std::int32_t middle = begin + (end - begin) / 2;
    std::nth_element(order_.begin() + begin, order_.begin() + middle, order_.begin() + end,
                     [&](std::int32_t x, std::int32_t y) {
                         const double of_x = spot(x)[side], of_y = spot(y)[side];
                         return of_x != of_y ? of_x < of_y : x < y;
                     });
    build(begin, middle, number);
    const std::int32_t right = build(middle, end, number);
    boxes_[static_cast<std::size_t>(number)].right = right;
    return number;
}

template <class OnSite>
void SiteTrees::visit(std::int32_t root, const Spot& at, const Nearness& nearness, const double& bound,
                      bool with_forgotten, const OnSite& on_site) const {
    struct Step {
        std::int32_t box;
        double least;
    };
    std::array<Step, 128> steps;  // a step down leaves one behind, and halves: 2^31 sites are 32 steps deep
    std::size_t depth = 0;
    const auto look = [&](std::int32_t number) {
        const Box& box = boxes_[static_cast<std::size_t>(number)];
        return box.left_over == 0 && !with_forgotten ? infinite : nearness.least(at, box.low, box.high);
    };
    if (const double least = look(root); least < infinite) steps[depth++] = {root, least};
    while (depth > 0) {
        const Step step = steps[--depth];
        if (step.least > bound) continue;
        const Box& box = boxes_[static_cast<std::size_t>(step.box)];
        if (box.right < 0) {
            for (std::int32_t i = box.begin; i < box.end; ++i) on_site(order_[static_cast<std::size_t>(i)]);
            continue;
        }
        const Step left{step.box + 1, look(step.box + 1)}, right{box.right, look(box.right)};
        const Step& far = left.least <= right.least ? right : left;
        const Step& near = left.least <= right.least ? left : right;
        if (far.least < infinite && far.least <= bound) steps[depth++] = far;
        if (near.least < infinite && near.least <= bound) steps[depth++] = near;
    }
}

Nearest SiteTrees::nearest(const Event& asked, const Spot& at, std::span<const double> misfits,
                           const Nearness& nearness) const {
    Nearest best;
    best.closeness = infinite;
    for (std::size_t kind = 0; kind < roots_.size(); ++kind) {
        const double misfit = misfits[kind];
        if (roots_[kind] < 0 || misfit > 1 || misfit > best.misfit) continue;
        // of a better misfit anything within the windows is better than the best so far
        const bool is_better = misfit < best.misfit;
        double bound = is_better ? std::numeric_limits<double>::max() : best.closeness;
        bool has_best = !is_better;
        visit(roots_[kind], at, nearness, bound, false, [&](std::int32_t site) {
            if (forgotten_[static_cast<std::size_t>(site)]) return;
            const Site& one = sites_.sites[static_cast<std::size_t>(site)];
            const double close = nearness.closeness(asked, at, events_[static_cast<std::size_t>(one.event)], one.spot);
            if (close > bound || (has_best && close == best.closeness && site > best.site)) return;
            best = {site, misfit, close};
            bound = close;
            has_best = true;
        });
    }
    return best;
}

bool SiteTrees::has_any(const Event& asked, const Spot& at, const Nearness& nearness) const {
    bool found = false;
    double bound = std::numeric_limits<double>::max();
    for (const std::int32_t root : roots_) {
        if (root < 0 || found) continue;
        visit(root, at, nearness, bound, true, [&](std::int32_t site) {
            const Site& one = sites_.sites[static_cast<std::size_t>(site)];
            if (found
                || nearness.closeness(asked, at, events_[static_cast<std::size_t>(one.event)], one.spot) == infinite)
                return;
            found = true;
            bound = -1;
        });
    }
    return found;
}

void SiteTrees::forget(std::int32_t site) {
    forgotten_[static_cast<std::size_t>(site)] = 1;
    for (std::int32_t box = leaf_of_[static_cast<std::size_t>(site)]; box >= 0;
         box = boxes_[static_cast<std::size_t>(box)].parent)
        --boxes_[static_cast<std::size_t>(box)].left_over;
}

}  // namespace icosa::methods::matching
