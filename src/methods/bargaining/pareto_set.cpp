/// Maxima of vectors of points, and of packages issue by issue.
#include "methods/bargaining/pareto_set.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>

namespace icosa::methods {
namespace {

constexpr PartyPoints lowest_points = std::numeric_limits<PartyPoints>::min() / 2;

/// No coordinate of a below that of b.
bool covers(const PointVector& a, const PointVector& b) {
    int below = 0;
    for (std::size_t d = 0; d < a.size(); ++d) below |= static_cast<int>(a[d] < b[d]);
    return below == 0;
}

std::int64_t sum_of(const PointVector& worth) { return std::accumulate(worth.begin(), worth.end(), std::int64_t{0}); }

/// Points that do not change any more. Is there one that covers a given point?
class StaticTree {
public:
    explicit StaticTree(std::vector<PointVector> points) : points_(std::move(points)) { build(0, points_.size()); }

    [[nodiscard]] bool covers_any(const PointVector& q) const { return search(0, 0, points_.size(), q); }
    [[nodiscard]] const std::vector<PointVector>& points() const { return points_; }

private:
    static constexpr std::size_t leaf = 8;

    std::size_t build(std::size_t from, std::size_t to) {
        const std::size_t node = highest_.size();
        PointVector high = points_[from], low = high;
        for (std::size_t i = from; i < to; ++i) {
            for (std::size_t d = 0; d < high.size(); ++d) {
                high[d] = std::max(high[d], points_[i][d]);
                low[d] = std::min(low[d], points_[i][d]);
            }
        }
        highest_.push_back(high);
        right_.push_back(0);
        if (to - from <= leaf) return node;
        std::size_t widest = 0;
        for (std::size_t d = 1; d < high.size(); ++d) {
            if (high[d] - low[d] > high[widest] - low[widest]) widest = d;
        }
        const std::size_t middle = (from + to) / 2;
        const auto at = [&](std::size_t i) { return points_.begin() + static_cast<std::ptrdiff_t>(i); };
        std::nth_element(at(from), at(middle), at(to),
                         [&](const auto& a, const auto& b) { return a[widest] > b[widest]; });
        build(from, middle);
        right_[node] = build(middle, to);
        return node;
    }

    [[nodiscard]] bool search(std::size_t node, std::size_t from, std::size_t to, const PointVector& q) const {
        if (!covers(highest_[node], q)) return false;
        if (to - from <= leaf)
            return std::any_of(points_.begin() + static_cast<std::ptrdiff_t>(from),
                               points_.begin() + static_cast<std::ptrdiff_t>(to),
                               [&](const PointVector& one) { return covers(one, q); });
        const std::size_t middle = (from + to) / 2;
        return search(node + 1, from, middle, q) || search(right_[node], middle, to, q);
    }

    std::vector<PointVector> points_;
    std::vector<PointVector> highest_;   ///< a node: the highest of each coordinate below it
    std::vector<std::size_t> right_;     ///< a node's second child; the first stands behind it
};

/// A growing set: a few newest points in a row, the others in trees of doubling sizes.
class GrowingSet {
public:
    [[nodiscard]] bool covers_any(const PointVector& q) const {
        if (killer_ && covers(*killer_, q)) return true;
        for (const StaticTree& tree : trees_) {
            if (tree.covers_any(q)) return true;
        }
        for (const PointVector& one : newest_) {
            if (!covers(one, q)) continue;
            killer_ = one;
            return true;
        }
        return false;
    }

    void add(const PointVector& point) {
        newest_.push_back(point);
        if (newest_.size() < row) return;
        std::vector<PointVector> joined = std::move(newest_);
        newest_.clear();
        while (!trees_.empty() && trees_.back().points().size() <= joined.size()) {
            const auto& last = trees_.back().points();
            joined.insert(joined.end(), last.begin(), last.end());
            trees_.pop_back();
        }
        trees_.emplace_back(std::move(joined));
    }

private:
    static constexpr std::size_t row = 64;
    std::vector<StaticTree> trees_;
    std::vector<PointVector> newest_;
    mutable std::optional<PointVector> killer_;
};

/// A part of packages: some issues joined, what is left of their combinations.
using Part = std::vector<ParetoPoint>;

/// Issues that some demand excludes together, as groups; each issue is in one.
std::vector<std::vector<int>> tied_issues(const PackageSpace& space, std::span<const PackageDemand> demands) {
    std::vector<int> group(space.points.size());
    std::iota(group.begin(), group.end(), 0);
    for (const auto& demand : demands) {
        for (const auto& picks : demand.never) {
            for (const Pick& pick : picks) {
                const int from = group[static_cast<std::size_t>(pick.issue)];
                const int to = group[static_cast<std::size_t>(picks.front().issue)];
                std::ranges::replace(group, from, to);
            }
        }
    }
    std::vector<std::vector<int>> out(group.size());
    for (std::size_t i = 0; i < group.size(); ++i)
        out[static_cast<std::size_t>(group[i])].push_back(static_cast<int>(i));
    std::erase_if(out, [](const auto& one) { return one.empty(); });
    return out;
}

/// All combinations of these issues' values that no demand excludes, undominated ones only.
Part part_of(const PackageSpace& space, std::span<const PackageDemand> demands, const std::vector<int>& issues) {
    PackageSpace own;
    own.parties = space.parties;
    std::vector<int> place(space.points.size(), -1);
    std::vector<std::int64_t> strides;
    for (const int issue : issues) {
        place[static_cast<std::size_t>(issue)] = static_cast<int>(own.points.size());
        own.points.push_back(space.points[static_cast<std::size_t>(issue)]);
        std::int64_t stride = 1;
        for (std::size_t i = static_cast<std::size_t>(issue) + 1; i < space.points.size(); ++i)
            stride *= static_cast<std::int64_t>(space.points[i].size());
        strides.push_back(stride);
    }
    PackageDemand excluded;
    for (const auto& demand : demands) {
        for (auto picks : demand.never) {
            if (picks.empty() || place[static_cast<std::size_t>(picks.front().issue)] < 0) continue;
            for (Pick& pick : picks) pick.issue = place[static_cast<std::size_t>(pick.issue)];
            excluded.never.push_back(std::move(picks));
        }
    }
    Part all;
    PackageWalk(own, {&excluded, 1}).each([&](std::int64_t number, const PointVector& worth, DemandSet broken) {
        if (broken != 0) return;
        const auto values = own.values_of(number);
        std::int64_t package = 0;
        for (std::size_t i = 0; i < values.size(); ++i) package += strides[i] * values[i];
        all.push_back({worth, package, 1});
    });
    return maxima(std::move(all));
}

/// The highest that each coordinate reaches in a part.
PointVector highest_of(const Part& part) {
    PointVector out;
    out.fill(lowest_points);
    for (const auto& one : part) {
        for (std::size_t d = 0; d < out.size(); ++d) out[d] = std::max(out[d], one.worth[d]);
    }
    return out;
}

/// Many points are beaten by one of the few with the greatest sums: those go before anything is sorted.
void thin(std::vector<ParetoPoint>& points) {
    constexpr std::size_t few = 256, many = 20'000;
    if (points.size() < many) return;
    std::vector<std::pair<std::int64_t, std::uint32_t>> order;
    order.reserve(points.size());
    for (std::uint32_t i = 0; i < points.size(); ++i) order.emplace_back(-sum_of(points[i].worth), i);
    std::nth_element(order.begin(), order.begin() + few, order.end());
    std::vector<PointVector> strong;
    for (std::size_t n = 0; n < few; ++n) strong.push_back(points[order[n].second].worth);
    std::erase_if(points, [&](const ParetoPoint& one) {
        for (std::size_t n = 0; n < few; ++n) {
            if (!covers(strong[n], one.worth) || strong[n] == one.worth) continue;
            if (n > 0) std::swap(strong[n], strong[n / 2]);  // what beats often comes to the front
            return true;
        }
        return false;
    });
}

PointVector sum_of(PointVector a, const PointVector& b) {
    for (std::size_t d = 0; d < a.size(); ++d) a[d] += b[d];
    return a;
}

}  // namespace

std::vector<ParetoPoint> maxima(std::vector<ParetoPoint> points) {
    thin(points);
    std::vector<std::pair<std::int64_t, std::uint32_t>> order;
    order.reserve(points.size());
    for (std::uint32_t i = 0; i < points.size(); ++i) order.emplace_back(-sum_of(points[i].worth), i);
    std::ranges::sort(order, [&](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        return std::tie(points[a.second].worth, points[a.second].package)
            < std::tie(points[b.second].worth, points[b.second].package);
    });
    std::vector<ParetoPoint> out;
    GrowingSet kept;
    std::size_t known = 0;  // points of one sum leave each other alone: they enter when the sum falls
    for (std::size_t n = 0; n < order.size(); ++n) {
        const ParetoPoint& one = points[order[n].second];
        if (n > 0 && order[n].first != order[n - 1].first) {
            for (; known < out.size(); ++known) kept.add(out[known].worth);
        }
        if (!out.empty() && out.back().worth == one.worth) {
            out.back().packages += one.packages;
            continue;
        }
        if (!kept.covers_any(one.worth)) out.push_back(one);
    }
    return out;
}

std::vector<ParetoPoint> pareto_set(const PackageSpace& space, std::span<const PackageDemand> demands) {
    std::vector<Part> parts;
    for (const auto& issues : tied_issues(space, demands)) parts.push_back(part_of(space, demands, issues));
    if (std::ranges::any_of(parts, &Part::empty)) return {};
    std::ranges::stable_sort(parts, std::greater{}, &Part::size);
    PointVector least;
    least.fill(lowest_points);
    for (const auto& demand : demands) {
        if (demand.party < 0) continue;
        auto& own = least[static_cast<std::size_t>(demand.party)];
        own = std::max(own, demand.least);
    }
    std::vector<PointVector> still(parts.size() + 1, PointVector{});  // what the parts from this one on may add
    for (std::size_t i = parts.size(); i-- > 0;) still[i] = sum_of(still[i + 1], highest_of(parts[i]));
    Part joined = {{}};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Part next;
        next.reserve(joined.size() * parts[i].size());
        for (const auto& a : joined) {
            for (const auto& b : parts[i]) {
                const PointVector worth = sum_of(a.worth, b.worth);
                if (covers(sum_of(worth, still[i + 1]), least))
                    next.push_back({worth, a.package + b.package, a.packages * b.packages});
            }
        }
        joined = maxima(std::move(next));
    }
    return joined;
}

namespace {

/// One package against all that are no worse on each issue for the parties that order.
class SureRival {
public:
    SureRival(const PackageSpace& space, std::span<const std::vector<std::vector<int>>> ranks,
              const std::vector<char>& keeps)
        : space_(space), keeps_(keeps) {
        for (std::size_t i = 0; i < space.points.size(); ++i) {
            auto& issue = no_worse_.emplace_back();
            const int values = static_cast<int>(space.points[i].size());
            for (int v = 0; v < values; ++v) {
                auto& list = issue.emplace_back();
                for (int w = 0; w < values; ++w) {
                    bool good = true, better = false;
                    for (const auto& party : ranks) {
                        const int here = party[i][static_cast<std::size_t>(v)];
                        const int there = party[i][static_cast<std::size_t>(w)];
                        good = good && there <= here;
                        better = better || there < here;
                    }
                    if (good) list.push_back({w, better});
                }
            }
        }
    }

    [[nodiscard]] bool beats(const std::vector<int>& values, const PointVector& worth) const {
        return search(0, values, worth, {}, 0, false);
    }

private:
    struct Other {
        int value;
        bool is_better;  ///< for some party that orders
    };

    [[nodiscard]] bool search(std::size_t issue, const std::vector<int>& values, const PointVector& worth,
                              const PointVector& so_far, std::int64_t number, bool better) const {
        if (issue == space_.points.size())
            return keeps_[static_cast<std::size_t>(number)] != 0 && covers(so_far, worth)
                && (better || so_far != worth);
        const auto radix = static_cast<std::int64_t>(space_.points[issue].size());
        for (const Other& other : no_worse_[issue][static_cast<std::size_t>(values[issue])]) {
            const auto& add = space_.points[issue][static_cast<std::size_t>(other.value)];
            if (search(issue + 1, values, worth, sum_of(so_far, add), number * radix + other.value,
                       better || other.is_better))
                return true;
        }
        return false;
    }

    const PackageSpace& space_;
    const std::vector<char>& keeps_;
    std::vector<std::vector<std::vector<Other>>> no_worse_;  ///< [issues][values]
};

}  // namespace

std::vector<std::int64_t> surely_undominated(const PackageSpace& space, std::span<const PackageDemand> demands,
                                             std::span<const std::vector<std::vector<int>>> ranks) {
    std::vector<char> keeps(static_cast<std::size_t>(space.size()), 0);
    PackageWalk walk(space, demands);
    walk.each([&](std::int64_t package, const PointVector&, DemandSet broken) {
        keeps[static_cast<std::size_t>(package)] = broken == 0;
    });
    const SureRival rival(space, ranks, keeps);
    std::vector<std::int64_t> out;
    walk.each([&](std::int64_t package, const PointVector& worth, DemandSet broken) {
        if (broken == 0 && !rival.beats(space.values_of(package), worth)) out.push_back(package);
    });
    return out;
}

}  // namespace icosa::methods
