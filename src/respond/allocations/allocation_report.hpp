/// Rules side by side: what each gives to whom, who gains and loses against proportion, the plan of who goes where;
/// or which floors and limits are in one another's way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "methods/allocation/allocation_rules.hpp"
#include "methods/allocation/exact_plan.hpp"
#include "respond/allocations/allocation_model.hpp"

namespace icosa::respond {

/// What one rule gives.
struct RuleAwards {
    std::string name;     ///< "proportional"
    std::string meaning;  ///< in a line
    std::vector<methods::Places> awards;  ///< [claimants]
    methods::Places placed = 0;
    std::size_t least_served = 0;         ///< the claimant with the least share of its need
    std::size_t gain = 0, lose = 0;       ///< claimants with more, fewer than by proportion
    methods::Places moved = 0;            ///< places that pass from the latter to the former
};

struct AllocationReport {
    std::vector<RuleAwards> rules;  ///< proportional first, the plan last
    methods::Plan plan;
    std::vector<std::string> in_the_way;  ///< limits that keep the whole total from being given
};

/// err   Data: no-allocation, naming floors and limits that cannot be kept together, each with its place
[[nodiscard]] Result<AllocationReport> judge_allocation(const AllocationModel& model);

[[nodiscard]] std::string allocation_text(const AllocationModel& model, const AllocationReport& report);
[[nodiscard]] std::string allocation_json(const AllocationModel& model, const AllocationReport& report);

}  // namespace icosa::respond
