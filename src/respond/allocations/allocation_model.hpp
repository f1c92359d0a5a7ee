/// A file of an allocation: what there is to give, who needs it, who hosts it, and within which floors and limits.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "methods/allocation/claims_problem.hpp"
#include "methods/allocation/exact_plan.hpp"

namespace icosa::respond {

/// A claimant, group or host as it is told, and where it stands.
struct AllocationName {
    std::string id;
    std::string title;
    Where where;
};

/// One floor or limit, so that a conflict can be told: taken away by `relax`.
struct AllocationLimit {
    enum class Kind { Floor, Cap, GroupFloor, GroupCap, Capacity, LeastClass, YearLimit, Needs, All };
    Kind kind;
    std::size_t number = 0;  ///< of the claimant, group, host or year
    std::string what;
    Where where;
};

struct AllocationModel {
    std::string path;
    std::string title, note;
    std::string what = "places";
    std::string author, date, source;
    methods::PlanAim aim = methods::PlanAim::LeastServed;
    methods::ClaimsProblem problem;
    std::vector<std::string> fields;  ///< one without a name where the file has none
    std::vector<std::string> years;
    std::vector<AllocationName> claimants, groups, hosts;
    bool has_groups = false, has_hosts = false;
    std::vector<AllocationLimit> limits;
};

/// err   into faults: syntax, unknown-key, missing-key, unknown-field, unknown-group, out-of-range, floor-above-cap,
///       floor-above-need, ... each with its place
[[nodiscard]] AllocationModel load_allocation(const std::string& path, Diagnostics& faults);

/// The problem with only the limits kept that are marked; [limits].
[[nodiscard]] methods::ClaimsProblem with_limits(const AllocationModel& model, const std::vector<char>& kept);

}  // namespace icosa::respond
