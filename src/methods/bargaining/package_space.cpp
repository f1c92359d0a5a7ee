/// Packages as numbers, and the demands that each breaks.
#include "methods/bargaining/package_space.hpp"

#include <algorithm>
#include <unordered_set>

#include "methods/bargaining/irreducible_set.hpp"

namespace icosa::methods {

std::int64_t PackageSpace::size() const {
    std::int64_t out = 1;
    for (const auto& values : points) out *= static_cast<std::int64_t>(values.size());
    return out;
}

std::vector<int> PackageSpace::values_of(std::int64_t package) const {
    std::vector<int> out(points.size());
    for (std::size_t i = points.size(); i-- > 0;) {
        const auto radix = static_cast<std::int64_t>(points[i].size());
        out[i] = static_cast<int>(package % radix);
        package /= radix;
    }
    return out;
}

std::int64_t PackageSpace::number_of(std::span<const int> values) const {
    std::int64_t out = 0;
    for (std::size_t i = 0; i < points.size(); ++i) out = out * static_cast<std::int64_t>(points[i].size()) + values[i];
    return out;
}

PointVector PackageSpace::worth_of(std::int64_t package) const {
    PointVector out{};
    const auto values = values_of(package);
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t p = 0; p < out.size(); ++p) out[p] += points[i][static_cast<std::size_t>(values[i])][p];
    }
    return out;
}

PackageWalk::PackageWalk(const PackageSpace& space, std::span<const PackageDemand> demands) : space_(space) {
    for (const auto& values : space.points) {
        single_.emplace_back(values.size(), 0);
        joint_.emplace_back(values.size());
    }
    for (std::size_t d = 0; d < demands.size(); ++d) {
        const DemandSet bit = DemandSet{1} << d;
        for (auto picks : demands[d].never) {
            if (picks.empty()) continue;
            std::ranges::sort(picks);
            const Pick last = picks.back();
            picks.pop_back();
            const auto issue = static_cast<std::size_t>(last.issue), value = static_cast<std::size_t>(last.value);
            if (picks.empty()) single_[issue][value] |= bit;
            else joint_[issue][value].push_back({std::move(picks), bit});
        }
        if (demands[d].party >= 0)
            least_.push_back({static_cast<std::size_t>(demands[d].party), demands[d].least, bit});
    }
}

bool PackageWalk::holds(const Joint& joint, const std::vector<int>& digits) {
    return std::ranges::all_of(
        joint.others, [&](const Pick& pick) { return digits[static_cast<std::size_t>(pick.issue)] == pick.value; });
}

Feasibility feasibility(const PackageSpace& space, std::span<const PackageDemand> demands, DemandSet dropped) {
    Feasibility out;
    std::unordered_set<DemandSet> kinds;
    DemandSet last = 0;
    PackageWalk(space, demands).each([&](std::int64_t, const PointVector&, DemandSet broken) {
        broken &= ~dropped;
        out.packages += broken == 0;
        if (broken != last) kinds.insert(last = broken);
    });
    if (out.packages > 0) return out;
    out.conflict = irreducible_set(demands.size(), [&](const std::vector<char>& kept) {
        DemandSet asked = 0;
        for (std::size_t d = 0; d < kept.size(); ++d) asked |= kept[d] ? DemandSet{1} << d : 0;
        return std::ranges::any_of(kinds, [&](DemandSet broken) { return (broken & asked & ~dropped) == 0; });
    });
    return out;
}

}  // namespace icosa::methods
