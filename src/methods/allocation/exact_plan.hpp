/// A whole plan of who goes where and when, by integer programming: classes need a least number, places have a cost.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "methods/allocation/claims_problem.hpp"

namespace icosa::methods {

/// What the plan makes as good as it can be; then, in brackets, what comes next.
enum class PlanAim {
    LeastServed,  ///< the share of its need that the least served claimant gets (then places in all, then near to
                  ///< proportion)
    MostPlaces,   ///< places in all, each times its claimant's weight
    Cost,         ///< the cost of as many places as can be given: the least
};

/// Places of one claimant at one host in one year.
struct PlannedPlaces {
    std::size_t claimant, field, host, year;
    Places places;
};

struct Plan {
    bool exists = false;
    bool is_proven = true;           ///< false: the search ended at its limit of nodes, so another may be better
    std::vector<Places> awards;      ///< [claimants]
    std::vector<PlannedPlaces> rows; ///< by claimant, field, host, year
    Places placed = 0;
    double cost = 0;
    Places least_places = 0, least_need = 1;  ///< LeastServed: the least share, as a fraction
};

/// The plan within all floors and limits, least classes included.
///
///     x[g][f][h][y] whole = places for group g in field f at host h in year y;  z[i][f] whole = places of claimant i
///     sum over h, y of x[g][f] = sum over i in g of z[i][f];  z[i][f] <= needs[i][f];  floor <= sum over f of z[i] <=
///     cap sum over g, f of x[h][y] <= capacity;  least_class b <= sum over g of x[f][h][y] <= capacity b,  b is 0 or 1
///
/// in    any problem;  nodes: the most that the search may look at before it stops
/// out   exists = false: proven that there is none. Every plan is checked against the problem before it is given out
/// err   Data: plan-unchecked (what came back keeps some limit not: never seen)
/// src   [forrest2005] the branch-and-cut search of COIN-OR
/// dif   a plan in proportion that flows find is taken without a search where no plan can serve the least served
///       better: flows without least classes bound every plan. Where a search ends without any plan, one by flows with
///       small classes closed stands in, not proven
/// cost  milliseconds for tens of claimants; the search is exponential at worst
/// seen  methods/allocation_test.cpp: against all plans of random small cases
[[nodiscard]] Result<Plan> exact_plan(const ClaimsProblem& problem, PlanAim aim, int nodes = 5'000);

/// Does a plan keep every floor and limit of the problem? Of rows and awards alone.
[[nodiscard]] bool keeps_limits(const ClaimsProblem& problem, const Plan& plan);

}  // namespace icosa::methods
