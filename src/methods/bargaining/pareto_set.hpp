/// Pareto set: the packages that no other one beats for some party without being worse for another.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/bargaining/package_space.hpp"

namespace icosa::methods {

/// What some packages are worth to the parties.
struct ParetoPoint {
    PointVector worth{};
    std::int64_t package = 0;   ///< the first by number that is worth this
    std::int64_t packages = 1;  ///< how many are worth the same to every party
};

/// Undominated ones of any points, greatest sum first; equal points become one.
///
///     a dominates b:  a[p] >= b[p] for every party p, and a is not b
///
/// src   [kung1975] maxima of vectors; [bentley1980] a structure of static trees of doubling sizes
/// dif   points come by falling sum, so that one is dominated by earlier ones or never; each tree is a k-d tree whose
///       nodes know the highest value of each coordinate below them
/// cost  O(n log n) to sort; then a search a point, some hundred comparisons in six dimensions
[[nodiscard]] std::vector<ParetoPoint> maxima(std::vector<ParetoPoint> points);

/// The Pareto set among the packages that keep all demands.
///
/// in    demands as in PackageWalk
/// out   exact, as `maxima` gives it, of the packages that keep the demands
/// dif   worth is a sum over issues, so undominated packages are made of undominated parts: issues are joined one by
///       one and thinned at each step. Issues that one demand excludes together count as one issue. A demand of points
///       holds for what dominates a package that keeps it, so it only cuts off parts that cannot reach it any more
/// seen  methods/bargaining_test.cpp, bench/bargaining_bench.cpp: against all pairs of packages
[[nodiscard]] std::vector<ParetoPoint> pareto_set(const PackageSpace& space, std::span<const PackageDemand> demands);

/// Where parties state orders and no points: which packages no other one surely beats.
///
///     y surely beats x:  y's value is no worse than x's on every issue for every ordering party, y's points no fewer
///     for every other party, and for some party something is better
///
/// in    ranks[ordering parties][issues][values]: 0 = best; equal = alike to it.  points of ordering parties are 0
/// out   numbers of packages, ascending
/// cost  per package at most the product over issues of the values that are no worse, mostly a few
/// seen  methods/bargaining_test.cpp: against all pairs of packages
[[nodiscard]] std::vector<std::int64_t> surely_undominated(const PackageSpace& space,
                                                           std::span<const PackageDemand> demands,
                                                           std::span<const std::vector<std::vector<int>>> ranks);

}  // namespace icosa::methods
