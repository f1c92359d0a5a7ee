/// Every rule on one problem, and why there is none.
#include "respond/allocations/allocation_report.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/text.hpp"
#include "methods/allocation/claim_flow.hpp"
#include "methods/bargaining/irreducible_set.hpp"

namespace icosa::respond {
namespace {

using methods::AllocationRule;
using methods::Places;

struct NamedRule {
    AllocationRule rule;
    std::string_view name, meaning;
};

constexpr NamedRule rules_applied[] = {
    {AllocationRule::Proportional, "proportional", "the same share of each need, as near as whole places come"},
    {AllocationRule::Maximin, "maximin", "whoever has the least share of its need comes first"},
    {AllocationRule::EqualAwards, "equal-awards", "the same number for each, up to its need"},
    {AllocationRule::EqualLosses, "equal-losses", "the same number unmet for each, as far as needs go"},
};

/// Limits that keep the whole total from being given, a smallest set by inclusion.
std::vector<std::string> in_the_way(AllocationModel model) {
    using Kind = AllocationLimit::Kind;
    std::erase_if(model.limits, [](const auto& one) { return one.kind == Kind::LeastClass; });
    model.problem.must_place_all = true;
    std::vector<std::string> out;
    for (const auto n : methods::irreducible_set(model.limits.size(), [&](const std::vector<char>& kept) {
             return methods::ClaimFlow(with_limits(model, kept)).is_feasible();
         })) {
        const auto& one = model.limits[n];
        out.push_back(one.where.line > 0 ? fmt::format("{} (line {})", one.what, one.where.line) : one.what);
    }
    return out;
}

Result<void> check_possible(const AllocationModel& model) {
    using Kind = AllocationLimit::Kind;
    const bool by_flow = methods::ClaimFlow(model.problem).is_feasible();
    const bool has_classes =
        std::ranges::any_of(model.limits, [](const auto& one) { return one.kind == Kind::LeastClass; });
    const auto can_be_met = [&](const std::vector<char>& kept) {
        const auto problem = with_limits(model, kept);
        if (!methods::ClaimFlow(problem).is_feasible()) return false;
        if (!by_flow || !has_classes) return true;  // floors and limits alone are in one another's way
        const auto plan = methods::exact_plan(problem, methods::PlanAim::MostPlaces);
        return plan && (plan->exists || !plan->is_proven);
    };
    const auto conflict = methods::irreducible_set(model.limits.size(), can_be_met);
    if (conflict.empty()) return {};
    std::string what = conflict.size() == 1
        ? fmt::format("this cannot be kept with a total of {} and the hosts and fields there are:", model.problem.total)
        : fmt::format("these {} cannot be kept together; with any one of them given up the others can:",
                      conflict.size());
    for (const auto n : conflict) {
        const auto& one = model.limits[n];
        what += one.where.line > 0
            ? fmt::format("\n  {}:{}:{}: {}", one.where.file, one.where.line, one.where.column, one.what)
            : fmt::format("\n  {}", one.what);
    }
    return fail(Fault::Data, "no-allocation", model.limits[conflict.front()].where, std::move(what),
                "lower a floor or raise a limit of these");
}

RuleAwards told_awards(const AllocationModel& model, std::string name, std::string meaning, std::vector<Places> awards,
                       const std::vector<Places>& proportional) {
    RuleAwards out;
    out.name = std::move(name);
    out.meaning = std::move(meaning);
    out.awards = std::move(awards);
    out.placed = std::accumulate(out.awards.begin(), out.awards.end(), Places{0});
    const auto& claimants = model.problem.claimants;
    const auto before = [&](std::size_t i, std::size_t j) {
        const Places m = claimants[i].need(), n = claimants[j].need();
        if (m == 0 || n == 0) return m > n;
        return out.awards[i] * n < out.awards[j] * m;
    };
    for (std::size_t i = 1; i < claimants.size(); ++i) {
        if (before(i, out.least_served)) out.least_served = i;
    }
    for (std::size_t i = 0; i < claimants.size() && !proportional.empty(); ++i) {
        out.gain += out.awards[i] > proportional[i];
        out.lose += out.awards[i] < proportional[i];
        out.moved += std::max<Places>(0, out.awards[i] - proportional[i]);
    }
    return out;
}

std::string aim_words(methods::PlanAim aim) {
    switch (aim) {
        case methods::PlanAim::LeastServed:
            return "the least share of need as great as can be, then places in all, then near to proportion; classes, "
                   "hosts "
                   "and years kept";
        case methods::PlanAim::MostPlaces: return "as many places as can be, weighted; classes, hosts and years kept";
        case methods::PlanAim::Cost:
            return "as many places as can be, at the least cost; classes, hosts and years kept";
    }
    return {};
}

}  // namespace

Result<AllocationReport> judge_allocation(const AllocationModel& model) {
    AllocationReport out;
    const bool has_classes =
        std::ranges::any_of(model.problem.hosts, [](const auto& one) { return one.least_class > 1; });
    if (!methods::ClaimFlow(model.problem).is_feasible()) TRY(check_possible(model));
    out.plan = TRY(methods::exact_plan(model.problem, model.aim));
    if (!out.plan.exists && out.plan.is_proven && has_classes) TRY(check_possible(model));
    std::vector<Places> proportional;
    for (const NamedRule& rule : rules_applied) {
        auto awards = methods::allocate(model.problem, rule.rule);
        if (proportional.empty()) proportional = awards;
        out.rules.push_back(
            told_awards(model, std::string(rule.name), std::string(rule.meaning), std::move(awards), proportional));
    }
    if (out.rules.front().placed < model.problem.total) out.in_the_way = in_the_way(model);
    if (out.plan.exists)
        out.rules.push_back(told_awards(model, "plan", aim_words(model.aim), out.plan.awards, proportional));
    return out;
}

}  // namespace icosa::respond
