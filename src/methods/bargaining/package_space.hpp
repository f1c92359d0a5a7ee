/// Packages: one value of each issue, worth so many points to each party; what a package must not be.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icosa::methods {

/// Points are whole millionths, so that sums, ties and dominance are exact.
using PartyPoints = std::int32_t;
inline constexpr PartyPoints points_unit = 1'000'000;
inline constexpr int most_parties = 8;

/// Points of one package for each party; 0 past the last party.
using PointVector = std::array<PartyPoints, most_parties>;

/// All packages: the product of the issues' values. A package is a number of mixed radix, the last issue's value
/// turning fastest.
///
///     worth(package, party) = sum over issues of points[issue][value][party]
struct PackageSpace {
    int parties = 0;                                ///< 1 to most_parties
    std::vector<std::vector<PointVector>> points;   ///< [issues][values], each 0 or more; no sum above 10^9
    std::vector<int> today;                         ///< [issues]: the values as they stand

    [[nodiscard]] std::int64_t size() const;
    [[nodiscard]] std::vector<int> values_of(std::int64_t package) const;
    [[nodiscard]] std::int64_t number_of(std::span<const int> values) const;
    [[nodiscard]] PointVector worth_of(std::int64_t package) const;
};

/// One value of one issue.
struct Pick {
    int issue = 0;
    int value = 0;
    auto operator<=>(const Pick&) const = default;
};

/// One demand. It is broken by a package that has all picks of one of `never`, or that is worth less than `least` to
/// `party`.
struct PackageDemand {
    std::vector<std::vector<Pick>> never;
    int party = -1;  ///< -1 = it asks for no points
    PartyPoints least = 0;
};

/// Demands as bits, for a walk over all packages.
inline constexpr int most_demands = 64;
using DemandSet = std::uint64_t;

/// Walks all packages in ascending order of their numbers.
///
/// in    demands: at most most_demands
/// out   visit(package, worth, broken): broken has a bit for each demand that the package breaks
/// cost  O(1) a package and party, amortised; a few nanoseconds
class PackageWalk {
public:
    PackageWalk(const PackageSpace& space, std::span<const PackageDemand> demands);

    template <class Visit> void each(const Visit& visit) {
        std::vector<int> digits(space_.points.size(), 0);
        std::int64_t package = 0;
        step(0, {}, 0, digits, package, visit);
    }

private:
    /// Picks that are excluded together, listed at the last issue of them.
    struct Joint {
        std::vector<Pick> others;
        DemandSet bit;
    };

    template <class Visit>
    void step(std::size_t issue, const PointVector& so_far, DemandSet broken, std::vector<int>& digits,
              std::int64_t& package, const Visit& visit) {
        if (issue == space_.points.size()) {
            for (const auto& [party, least, bit] : least_) broken |= so_far[party] < least ? bit : 0;
            visit(package++, so_far, broken);
            return;
        }
        const auto& values = space_.points[issue];
        for (std::size_t v = 0; v < values.size(); ++v) {
            digits[issue] = static_cast<int>(v);
            PointVector sum = so_far;
            for (std::size_t p = 0; p < sum.size(); ++p) sum[p] += values[v][p];
            DemandSet now = broken | single_[issue][v];
            for (const Joint& joint : joint_[issue][v]) now |= holds(joint, digits) ? joint.bit : 0;
            step(issue + 1, sum, now, digits, package, visit);
        }
    }
    [[nodiscard]] static bool holds(const Joint& joint, const std::vector<int>& digits);

    const PackageSpace& space_;
    struct Least {
        std::size_t party;
        PartyPoints least;
        DemandSet bit;
    };
    std::vector<Least> least_;
    std::vector<std::vector<DemandSet>> single_;           ///< [issues][values]
    std::vector<std::vector<std::vector<Joint>>> joint_;   ///< [issues][values]
};

/// The packages that keep all demands but those of `dropped`; and an irreducible set of demands where there is none.
struct Feasibility {
    std::int64_t packages = 0;
    std::vector<std::size_t> conflict;  ///< numbers of demands
};
[[nodiscard]] Feasibility feasibility(const PackageSpace& space, std::span<const PackageDemand> demands,
                                      DemandSet dropped = 0);

}  // namespace icosa::methods
