/// Rules that pick among packages by what each party gains over today: Nash, Kalai and Smorodinsky, egalitarian.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "methods/bargaining/package_space.hpp"

namespace icosa::methods {

/// What a rule picks.
struct PickedPackage {
    std::int64_t package = 0;  ///< the first by number
    PointVector worth{};
    std::int64_t ties = 1;     ///< packages that the rule ranks first, this one included
};

struct AgreementAnswers {
    std::int64_t packages = 0;      ///< that keep the demands
    std::int64_t for_all = 0;       ///< of these: nobody is below today
    PointVector today{};
    PointVector most{};             ///< the most each party gains in a package in which nobody is below today
    PointVector most_at_all{};      ///< the most each party is worth in a package that keeps the demands
    std::optional<PickedPackage> nash;
    std::optional<PickedPackage> kalai_smorodinsky;
    std::optional<PickedPackage> egalitarian;
    std::optional<PickedPackage> greatest_sum;
};

/// The picks over the finite set of packages that keep the demands, d = today.
///
///     g[p] = worth[p] - d[p]
///     nash               most parties with g > 0, then the greatest product of their g;  all g >= 0
///     kalai-smorodinsky  the greatest least g[p] / most[p], then the greatest second least, ...;  all g >= 0
///     egalitarian        the greatest least g[p], then the greatest second least, ...
///     greatest_sum       the greatest sum of worth over parties
///
/// in    space, demands as in PackageWalk;  dropped: demands not asked
/// out   a rule without a package has no pick. Of equals the first by number, with their count. A party that can gain
///       nothing (most = 0) is left out of the shares of kalai-smorodinsky
/// src   [nash1950] the product of gains; [kalai1975] gains in proportion to the most each could gain, lexicographic as
/// in
///       [imai1983]; [kalai1977] the egalitarian rule, lexicographic as in [chun1988]
/// dif   the papers have convex sets, where each rule's pick is one point; here it is the rule over a finite set, so
///       Kalai and Smorodinsky's equality of shares becomes the lexicographic maximin of shares. Products are compared
///       as whole numbers wherever they are near
/// cost  two walks
/// seen  methods/bargaining_test.cpp: the barter of [nash1950], and a brute force of random small cases
[[nodiscard]] AgreementAnswers agreement_rules(const PackageSpace& space, std::span<const PackageDemand> demands,
                                               DemandSet dropped = 0);

/// -1, 0 or 1 as the product of a's positive entries is below, equal to or above that of b's; exact.
[[nodiscard]] int compare_products(const PointVector& a, const PointVector& b);

}  // namespace icosa::methods
