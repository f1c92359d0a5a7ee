/// Rules that share places among claimants: in proportion, the least served first, equal awards, equal losses.
#pragma once

#include <vector>

#include "methods/allocation/claim_flow.hpp"

namespace icosa::methods {

enum class AllocationRule { Proportional, Maximin, EqualAwards, EqualLosses };

/// A quota as a fraction: places / over.
struct Quotas {
    std::vector<Places> places;  ///< [claimants]
    Places over = 1;
};

/// Shares in proportion to needs, none below its floor or above its cap.
///
///     quota[i] = min(cap, need, max(floor, lambda need[i])),  lambda so that the quotas add up to the total
///
/// in    total between the sum of floors and that of caps
/// out   exact
/// src   [kiwiel2008] fixing those at a bound by whichever side weighs more
[[nodiscard]] Quotas proportional_quotas(const std::vector<Claimant>& claimants, Places total);

/// Whole places for each claimant.
///
///     Proportional   nearest to the quotas: the least sum of (places - quota)^2. Where no host or group limit binds,
///                    this is the method of largest remainders
///     Maximin        the greatest least places / need, then the greatest second least, ...
///     EqualAwards    the greatest least places, then the greatest second least, ...: constrained equal awards
///     EqualLosses    the least greatest need - places, then the least second greatest, ...: constrained equal losses
///
/// in    a problem whose floors and limits can be kept (ClaimFlow::is_feasible); least_class is not looked at
/// out   [claimants]; as many places in all as can be placed. Of equals: Proportional and EqualLosses the larger need,
///       Maximin the smaller, EqualAwards the larger unmet need; then the one named first
/// src   [thomson2019] constrained equal awards and losses; [balinski1982] largest remainders; [federgruen1986] the
///       greedy procedure by which each is exact within limits of groups, hosts and years
/// seen  methods/allocation_test.cpp: the cases of [aumann1985], and all whole vectors of random small cases
[[nodiscard]] std::vector<Places> allocate(const ClaimsProblem& problem, AllocationRule rule);

/// The same within a flow of the problem, which then holds who of which field goes to which host and year.
void give_by_rule(ClaimFlow& flow, const ClaimsProblem& problem, AllocationRule rule);

}  // namespace icosa::methods
