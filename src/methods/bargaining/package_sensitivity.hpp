/// How far may a party's points on an issue be wrong before another package is picked?
#pragma once

#include <span>
#include <string>
#include <vector>

#include "methods/bargaining/agreement_rules.hpp"

namespace icosa::methods {

/// The points of one party on one issue, times a factor.
struct FactorRange {
    int party = 0;
    int issue = 0;
    double from = 0;  ///< 0 to 1; 0 = however small
    double to = 2;    ///< 1 to 2; 2 = at least up to twice
};

/// Factors for which Nash's pick stays first, the other points as they are, exactly.
///
///     N(x; s) = A(x) (B(x) + s C(x)):  A = product of the others' gains, C = the party's gain on the issue, B = its
///     gain on the rest.  A straight line in s for each package, so the range ends where a line first crosses the
///     pick's own
///
/// in    pick = agreement_rules(...).nash with a gain for every party; demands as there. A demand of points on the
///       party itself stays as it is at the stated points, save that it be no worse off than today
/// out   one row a party and issue on which its points differ, factors within 0 to 2. A range of 1 to 1 on a side: an
///       equal is there, which any error prefers
/// dif   the party's other points are not brought to a sum of 100 again: Nash's pick does not depend on a party's scale
/// cost  a walk; O(issues * parties) for packages near the pick
/// seen  methods/bargaining_test.cpp: just within the range the same pick, just outside it another
[[nodiscard]] std::vector<FactorRange> nash_ranges(const PackageSpace& space, std::span<const PackageDemand> demands,
                                                   const PickedPackage& pick);

/// A change of one party's points on one issue under which a rule picks another package.
struct Upset {
    int party = 0;
    int issue = 0;
    double factor = 1;  ///< the nearest to 1 of those tried
};

/// Changes that upset each rule, one a party, issue and side of 1.
struct Upsets {
    std::vector<Upset> nash, kalai_smorodinsky, egalitarian;
};

/// Tries each party's points on each issue, times each factor, its points then brought to their old sum; demands that
/// no party be worse off than today are asked of the changed points.
///
/// in    factors: those to try; no_worse: numbers of the demands whose `least` is what today is worth to the party
/// cost  parties * issues * factors runs of agreement_rules
/// seen  methods/bargaining_test.cpp: each change told upsets the rule, the next nearer one does not
[[nodiscard]] Upsets tried_factors(const PackageSpace& space, std::vector<PackageDemand> demands,
                                   std::span<const std::size_t> no_worse, std::span<const double> factors);

}  // namespace icosa::methods
