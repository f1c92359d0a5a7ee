/// Place by place, by whom a rule ranks first.
#include "methods/allocation/allocation_rules.hpp"

#include <algorithm>

#include "methods/allocation/claim_flow.hpp"

namespace icosa::methods {
namespace {

Places most_of(const Claimant& one) { return std::min(one.cap, one.need()); }

/// How a rule ranks claimants for the next place.
class ClaimRanking {
public:
    ClaimRanking(const ClaimsProblem& problem, AllocationRule rule, Places placed)
        : rule_(rule), given_(problem.claimants.size()) {
        for (const auto& one : problem.claimants) need_.push_back(one.need());
        if (rule == AllocationRule::Proportional) quotas_ = proportional_quotas(problem.claimants, placed);
    }

    void set(std::size_t claimant, Places given) { given_[claimant] = given; }

    /// Does i come before j?
    [[nodiscard]] bool before(std::size_t i, std::size_t j) const {
        const Places a = given_[i], b = given_[j], m = need_[i], n = need_[j];
        switch (rule_) {
            case AllocationRule::Proportional: {
                const Places left = a * quotas_.over - quotas_.places[i], right = b * quotas_.over - quotas_.places[j];
                return left != right ? left < right : m != n ? m > n : i < j;
            }
            case AllocationRule::Maximin: {
                const Places left = a * n, right = b * m;
                return left != right ? left < right : m != n ? m < n : i < j;
            }
            case AllocationRule::EqualAwards: return a != b ? a < b : m != n ? m > n : i < j;
            case AllocationRule::EqualLosses: return m - a != n - b ? m - a > n - b : m != n ? m > n : i < j;
        }
        return i < j;
    }

private:
    AllocationRule rule_;
    std::vector<Places> given_, need_;
    Quotas quotas_;
};

}  // namespace

Quotas proportional_quotas(const std::vector<Claimant>& claimants, Places total) {
    enum class At { Free, Floor, Most };
    std::vector<At> at(claimants.size(), At::Free);
    Places rest = total, needs = 0;
    for (const auto& one : claimants) needs += one.need();
    while (needs > 0) {
        Places under = 0, over = 0;  // times needs
        for (std::size_t i = 0; i < claimants.size(); ++i) {
            if (at[i] != At::Free) continue;
            const Places share = rest * claimants[i].need();
            under += std::max<Places>(0, claimants[i].floor * needs - share);
            over += std::max<Places>(0, share - most_of(claimants[i]) * needs);
        }
        if (under == 0 && over == 0) break;
        const Places now_rest = rest, now_needs = needs;
        for (std::size_t i = 0; i < claimants.size(); ++i) {
            if (at[i] != At::Free) continue;
            const Places share = now_rest * claimants[i].need(), most = most_of(claimants[i]);
            if (under >= over && share < claimants[i].floor * now_needs) at[i] = At::Floor;
            else if (over >= under && share > most * now_needs) at[i] = At::Most;
            else continue;
            rest -= at[i] == At::Floor ? claimants[i].floor : most;
            needs -= claimants[i].need();
        }
    }
    Quotas out;
    out.over = std::max<Places>(needs, 1);
    for (std::size_t i = 0; i < claimants.size(); ++i) {
        out.places.push_back(at[i] == At::Floor      ? claimants[i].floor * out.over
                                 : at[i] == At::Most ? most_of(claimants[i]) * out.over
                                                     : rest * claimants[i].need());
    }
    return out;
}

void give_by_rule(ClaimFlow& flow, const ClaimsProblem& problem, AllocationRule rule) {
    ClaimRanking ranking(problem, rule, flow.placed());
    std::vector<std::size_t> open;
    Places given = 0;
    for (std::size_t i = 0; i < problem.claimants.size(); ++i) {
        given += flow.given(i);
        ranking.set(i, flow.given(i));
        open.push_back(i);
    }
    while (given < flow.placed() && !open.empty()) {
        const auto next =
            std::ranges::min_element(open, [&](std::size_t i, std::size_t j) { return ranking.before(i, j); });
        if (!flow.give(*next)) {
            open.erase(next);
            continue;
        }
        ranking.set(*next, flow.given(*next));
        ++given;
    }
}

std::vector<Places> allocate(const ClaimsProblem& problem, AllocationRule rule) {
    ClaimFlow flow(problem);
    give_by_rule(flow, problem, rule);
    std::vector<Places> out;
    for (std::size_t i = 0; i < problem.claimants.size(); ++i) out.push_back(flow.given(i));
    return out;
}

}  // namespace icosa::methods
