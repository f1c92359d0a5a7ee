/// Shares of places against all whole vectors of small cases, the published cases, and the plan against both.
#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <random>
#include <tuple>

#include <gtest/gtest.h>

#include "methods/allocation/allocation_rules.hpp"
#include "methods/allocation/claim_flow.hpp"
#include "methods/allocation/exact_plan.hpp"

namespace icosa::methods {
namespace {

using Random = std::mt19937_64;
using Vector = std::vector<Places>;

Places below(Random& random, Places n) { return static_cast<Places>(random() % static_cast<std::uint64_t>(n)); }

/// One pot, no hosts to speak of.
ClaimsProblem pot(Places total, const Vector& needs) {
    ClaimsProblem out;
    out.total = total;
    out.year_limits = {no_limit};
    out.groups = {{}};
    for (const Places need : needs) out.claimants.push_back({0, 0, no_limit, {need}, 1});
    out.hosts = {{{1}, {1}, {no_limit}, 0, 0}};
    return out;
}

ClaimsProblem random_problem(Random& random) {
    ClaimsProblem out;
    out.fields = 1 + static_cast<int>(below(random, 2));
    const auto fields = static_cast<std::size_t>(out.fields);
    out.total = 2 + below(random, 6);
    out.groups.resize(1 + static_cast<std::size_t>(below(random, 2)));
    for (auto& group : out.groups) {
        if (below(random, 4) == 0) group.floor = below(random, 3);
        if (below(random, 3) == 0) group.cap = group.floor + below(random, 4);
    }
    for (int i = 0; i < 3; ++i) {
        Claimant one;
        one.group = static_cast<int>(below(random, static_cast<Places>(out.groups.size())));
        for (std::size_t f = 0; f < fields; ++f) one.needs.push_back(below(random, 5));
        if (below(random, 3) == 0) one.floor = std::min<Places>(one.need(), below(random, 3));
        if (below(random, 3) == 0) one.cap = one.floor + below(random, 4);
        out.claimants.push_back(one);
    }
    out.year_limits.assign(1 + static_cast<std::size_t>(below(random, 2)), no_limit);
    if (below(random, 3) == 0) out.year_limits[0] = below(random, 5);
    for (int h = 0; h < 2; ++h) {
        HostOfPlaces host;
        for (std::size_t f = 0; f < fields; ++f) host.fields.push_back(below(random, 3) > 0);
        for (std::size_t g = 0; g < out.groups.size(); ++g) host.groups.push_back(below(random, 4) > 0);
        for (std::size_t y = 0; y < out.year_limits.size(); ++y) host.capacity.push_back(below(random, 5));
        host.cost = static_cast<double>(1 + below(random, 4));
        out.hosts.push_back(host);
    }
    return out;
}

/// Can these places be hosted? Place by place, by trial.
bool can_be_hosted(const ClaimsProblem& problem, const Vector& awards) {
    const std::size_t years = problem.year_limits.size();
    Vector host_left, year_left(problem.year_limits);
    for (const auto& host : problem.hosts)
        host_left.insert(host_left.end(), host.capacity.begin(), host.capacity.end());
    std::vector<Vector> need_left;
    for (const auto& one : problem.claimants) need_left.push_back(one.needs);
    Vector open = awards;
    const std::function<bool(std::size_t)> place = [&](std::size_t i) -> bool {
        while (i < open.size() && open[i] == 0) ++i;
        if (i == open.size()) return true;
        const auto group = static_cast<std::size_t>(problem.claimants[i].group);
        for (std::size_t f = 0; f < need_left[i].size(); ++f) {
            if (need_left[i][f] == 0) continue;
            for (std::size_t h = 0; h < problem.hosts.size(); ++h) {
                if (!problem.hosts[h].fields[f] || !problem.hosts[h].groups[group]) continue;
                for (std::size_t y = 0; y < years; ++y) {
                    if (host_left[h * years + y] == 0 || year_left[y] == 0) continue;
                    --need_left[i][f], --host_left[h * years + y], --year_left[y], --open[i];
                    const bool good = place(i);
                    ++need_left[i][f], ++host_left[h * years + y], ++year_left[y], ++open[i];
                    if (good) return true;
                }
            }
        }
        return false;
    };
    return place(0);
}

/// All vectors of awards that keep every floor and limit and place as many as can be placed.
std::vector<Vector> all_vectors(const ClaimsProblem& problem) {
    std::vector<Vector> out;
    Vector now(problem.claimants.size());
    const std::function<void(std::size_t)> choose = [&](std::size_t i) {
        if (i == now.size()) {
            const Places sum = std::accumulate(now.begin(), now.end(), Places{0});
            if (sum > problem.total || (problem.must_place_all && sum < problem.total)) return;
            Vector groups(problem.groups.size());
            for (std::size_t c = 0; c < now.size(); ++c)
                groups[static_cast<std::size_t>(problem.claimants[c].group)] += now[c];
            for (std::size_t g = 0; g < groups.size(); ++g) {
                if (groups[g] < problem.groups[g].floor || groups[g] > problem.groups[g].cap) return;
            }
            if (can_be_hosted(problem, now)) out.push_back(now);
            return;
        }
        const Claimant& one = problem.claimants[i];
        for (now[i] = one.floor; now[i] <= std::min({one.cap, one.need(), problem.total}); ++now[i]) choose(i + 1);
    };
    choose(0);
    Places most = 0;
    for (const auto& one : out) most = std::max(most, std::accumulate(one.begin(), one.end(), Places{0}));
    std::erase_if(out, [&](const auto& one) { return std::accumulate(one.begin(), one.end(), Places{0}) < most; });
    return out;
}

TEST(Allocation, claims_of_100_200_300) {  // [aumann1985], table I
    using enum AllocationRule;
    EXPECT_EQ(allocate(pot(99, {100, 200, 300}), EqualAwards), (Vector{33, 33, 33}));
    EXPECT_EQ(allocate(pot(300, {100, 200, 300}), EqualAwards), (Vector{100, 100, 100}));
    EXPECT_EQ(allocate(pot(100, {100, 200, 300}), EqualLosses), (Vector{0, 0, 100}));
    EXPECT_EQ(allocate(pot(300, {100, 200, 300}), EqualLosses), (Vector{0, 100, 200}));
    EXPECT_EQ(allocate(pot(300, {100, 200, 300}), Proportional), (Vector{50, 100, 150}));
    EXPECT_EQ(allocate(pot(300, {100, 200, 300}), Maximin), (Vector{50, 100, 150}));
}

TEST(Allocation, largest_remainders) {
    // Quotas 1.5, 3.3, 5.2 of ten: the last place goes to the largest remainder.
    EXPECT_EQ(allocate(pot(10, {15, 33, 52}), AllocationRule::Proportional), (Vector{2, 3, 5}));
    // With one place more the first falls back: the paradox of Alabama, which largest remainders have.
    EXPECT_EQ(allocate(pot(3, {3, 3, 1}), AllocationRule::Proportional), (Vector{1, 1, 1}));
    EXPECT_EQ(allocate(pot(4, {3, 3, 1}), AllocationRule::Proportional), (Vector{2, 2, 0}));
}

TEST(Allocation, quotas_keep_floors_and_caps_exactly) {
    Random random(1);
    for (int round = 0; round < 500; ++round) {
        std::vector<Claimant> claimants;
        Places floors = 0, most = 0;
        for (int i = 0; i < 6; ++i) {
            Claimant one{0, 0, no_limit, {1 + below(random, 50)}, 1};
            if (below(random, 2)) one.floor = below(random, one.need());
            if (below(random, 2)) one.cap = one.floor + below(random, 20);
            floors += one.floor;
            most += std::min(one.cap, one.need());
            claimants.push_back(one);
        }
        const Places total = floors + (most > floors ? below(random, most - floors + 1) : 0);
        const Quotas quotas = proportional_quotas(claimants, total);
        ASSERT_EQ(std::accumulate(quotas.places.begin(), quotas.places.end(), Places{0}), total * quotas.over);
        for (std::size_t i = 0; i < claimants.size(); ++i) {
            const Places least = claimants[i].floor * quotas.over;
            const Places highest = std::min(claimants[i].cap, claimants[i].need()) * quotas.over;
            EXPECT_GE(quotas.places[i], least);
            EXPECT_LE(quotas.places[i], highest);
            for (std::size_t j = 0; j < claimants.size(); ++j) {  // one share of need for all who are free
                const Places others_most = std::min(claimants[j].cap, claimants[j].need()) * quotas.over;
                if (quotas.places[i] > least && quotas.places[j] < others_most) {
                    EXPECT_LE(quotas.places[i] * claimants[j].need(), quotas.places[j] * claimants[i].need());
                }
            }
        }
    }
}

TEST(Allocation, each_rule_is_best_among_all_vectors) {
    Random random(2);
    int told = 0, infeasible = 0;
    for (int round = 0; round < 1500; ++round) {
        const ClaimsProblem problem = random_problem(random);
        const auto all = all_vectors(problem);
        const ClaimFlow flow(problem);
        ASSERT_EQ(flow.is_feasible(), !all.empty()) << "round " << round;
        if (all.empty()) {
            ++infeasible;
            continue;
        }
        ++told;
        const auto least_first = [&](const Vector& awards, AllocationRule rule) {
            std::vector<double> out;
            for (std::size_t i = 0; i < awards.size(); ++i) {
                const auto a = static_cast<double>(awards[i]), n = static_cast<double>(problem.claimants[i].need());
                if (rule == AllocationRule::EqualAwards) out.push_back(a);
                else if (rule == AllocationRule::EqualLosses) out.push_back(a - n);
                else if (n > 0) out.push_back(a / n);
            }
            std::ranges::sort(out);
            return out;
        };
        for (const auto rule : {AllocationRule::Maximin, AllocationRule::EqualAwards, AllocationRule::EqualLosses}) {
            const Vector found = allocate(problem, rule);
            ASSERT_NE(std::ranges::find(all, found), all.end()) << "round " << round;
            for (const auto& other : all)
                ASSERT_GE(least_first(found, rule), least_first(other, rule)) << "round " << round;
        }
        const Quotas quotas = proportional_quotas(problem.claimants, flow.placed());
        const auto off = [&](const Vector& awards) {
            Places out = 0;
            for (std::size_t i = 0; i < awards.size(); ++i) {
                const Places one = awards[i] * quotas.over - quotas.places[i];
                out += one * one;
            }
            return out;
        };
        const Vector found = allocate(problem, AllocationRule::Proportional);
        ASSERT_NE(std::ranges::find(all, found), all.end()) << "round " << round;
        for (const auto& other : all) ASSERT_LE(off(found), off(other)) << "round " << round;
    }
    EXPECT_GT(told, 300);
    EXPECT_GT(infeasible, 100);
}

TEST(Allocation, the_plan_is_best_among_all_vectors) {
    Random random(3);
    int told = 0;
    for (int round = 0; round < 60; ++round) {
        const ClaimsProblem problem = random_problem(random);
        const auto all = all_vectors(problem);
        const auto plan = exact_plan(problem, PlanAim::LeastServed);
        ASSERT_TRUE(plan);
        ASSERT_EQ(plan->exists, !all.empty()) << "round " << round;
        if (all.empty()) continue;
        ++told;
        ASSERT_TRUE(keeps_limits(problem, *plan));
        ASSERT_TRUE(plan->is_proven);
        const auto least = [&](const Vector& awards) {
            double out = 1;
            for (std::size_t i = 0; i < awards.size(); ++i) {
                if (const Places need = problem.claimants[i].need(); need > 0)
                    out = std::min(out, static_cast<double>(awards[i]) / static_cast<double>(need));
            }
            return out;
        };
        // What flows give, computed another way: the least share, and as many places as can be.
        EXPECT_DOUBLE_EQ(least(plan->awards), least(allocate(problem, AllocationRule::Maximin))) << "round " << round;
        EXPECT_EQ(plan->placed, ClaimFlow(problem).placed());
        const auto most = exact_plan(problem, PlanAim::MostPlaces);
        ASSERT_TRUE(most && most->exists);
        EXPECT_EQ(most->placed, plan->placed);
        const auto cheap = exact_plan(problem, PlanAim::Cost);
        ASSERT_TRUE(cheap && cheap->exists);
        EXPECT_EQ(cheap->placed, plan->placed);
        EXPECT_LE(cheap->cost, plan->cost + 1e-9);
        EXPECT_LE(cheap->cost, most->cost + 1e-9);
    }
    EXPECT_GT(told, 10);
}

/// Every way to host these places, each option of a claimant at most once in its order: is there one with whole
/// classes?
bool can_be_taught(const ClaimsProblem& problem, const Vector& awards) {
    const std::size_t years = problem.year_limits.size(), hosts = problem.hosts.size();
    const auto fields = static_cast<std::size_t>(problem.fields);
    Vector host(hosts * years), year(years), lessons(fields * hosts * years);
    std::vector<Vector> need(problem.claimants.size(), Vector(fields));
    const std::function<bool(std::size_t, std::size_t, Places)> place = [&](std::size_t i, std::size_t from,
                                                                            Places open) -> bool {
        if (open == 0) {
            if (i + 1 < awards.size()) return place(i + 1, 0, awards[i + 1]);
            for (std::size_t k = 0; k < lessons.size(); ++k) {
                if (lessons[k] > 0 && lessons[k] < problem.hosts[(k / years) % hosts].least_class) return false;
            }
            return true;
        }
        const auto group = static_cast<std::size_t>(problem.claimants[i].group);
        for (std::size_t k = from; k < lessons.size(); ++k) {
            const std::size_t f = k / years / hosts, h = (k / years) % hosts, y = k % years;
            const HostOfPlaces& one = problem.hosts[h];
            if (!one.fields[f] || !one.groups[group] || need[i][f] == problem.claimants[i].needs[f]
                || host[h * years + y] == one.capacity[y] || year[y] == problem.year_limits[y])
                continue;
            ++need[i][f], ++host[h * years + y], ++year[y], ++lessons[k];
            const bool good = place(i, k, open - 1);
            --need[i][f], --host[h * years + y], --year[y], --lessons[k];
            if (good) return true;
        }
        return false;
    };
    return place(0, 0, awards[0]);
}

TEST(Allocation, with_least_classes_the_plan_is_best_by_its_aim_in_turn) {
    Random random(4);
    int told = 0, none = 0;
    for (int round = 0; round < 60; ++round) {
        ClaimsProblem problem = random_problem(random);
        for (auto& host : problem.hosts) host.least_class = below(random, 4);
        const auto plan = exact_plan(problem, PlanAim::LeastServed);
        ASSERT_TRUE(plan);
        ASSERT_TRUE(plan->is_proven);
        const bool by_flow = ClaimFlow(problem).is_feasible();
        const Vector near = by_flow ? allocate(problem, AllocationRule::Proportional) : Vector();
        const auto standing = [&](const Vector& awards) {  // least share, places, and how far from proportion
            double least = 1;
            Places places = 0, off = 0;
            for (std::size_t i = 0; i < awards.size(); ++i) {
                const Places need = problem.claimants[i].need();
                if (need > 0) least = std::min(least, static_cast<double>(awards[i]) / static_cast<double>(need));
                places += awards[i];
                off -= by_flow ? std::abs(awards[i] - near[i]) : 0;
            }
            return std::tuple(least, places, off);
        };
        std::optional<std::tuple<double, Places, Places>> best;
        Vector now(3);
        const std::function<void(std::size_t)> choose = [&](std::size_t i) {
            if (i < now.size()) {
                const Claimant& one = problem.claimants[i];
                for (now[i] = one.floor; now[i] <= std::min({one.cap, one.need(), problem.total}); ++now[i])
                    choose(i + 1);
                return;
            }
            Vector groups(problem.groups.size());
            for (std::size_t c = 0; c < now.size(); ++c)
                groups[static_cast<std::size_t>(problem.claimants[c].group)] += now[c];
            bool good = now[0] + now[1] + now[2] <= problem.total;
            for (std::size_t g = 0; g < groups.size(); ++g)
                good = good && groups[g] >= problem.groups[g].floor && groups[g] <= problem.groups[g].cap;
            if (good && (!best || standing(now) > *best) && can_be_taught(problem, now)) best = standing(now);
        };
        choose(0);
        ASSERT_EQ(plan->exists, best.has_value()) << "round " << round;
        if (!best) {
            ++none;
            continue;
        }
        ++told;
        EXPECT_TRUE(keeps_limits(problem, *plan));
        EXPECT_EQ(standing(plan->awards), *best) << "round " << round;
    }
    EXPECT_GT(told, 10);
    EXPECT_GT(none, 3);
}

TEST(Allocation, a_class_has_its_least_number_or_is_not_held) {
    ClaimsProblem problem = pot(10, {4, 3});
    problem.fields = 2;
    problem.claimants[0].needs = {4, 0};
    problem.claimants[1].needs = {0, 3};
    problem.hosts = {{{1, 1}, {1}, {10}, 4, 1}};
    const auto plan = exact_plan(problem, PlanAim::MostPlaces);
    ASSERT_TRUE(plan && plan->exists);
    EXPECT_EQ(plan->awards, (Vector{4, 0}));  // three are no class of four
    problem.claimants[1].floor = 1;
    const auto none = exact_plan(problem, PlanAim::MostPlaces);
    ASSERT_TRUE(none);
    EXPECT_FALSE(none->exists);
}

TEST(Allocation, a_plan_that_breaks_a_limit_is_seen) {
    const ClaimsProblem problem = pot(5, {4, 3});
    Plan plan = *exact_plan(problem, PlanAim::MostPlaces);
    EXPECT_TRUE(keeps_limits(problem, plan));
    plan.rows[0].places += 1;
    EXPECT_FALSE(keeps_limits(problem, plan));
}

}  // namespace
}  // namespace icosa::methods
