/// A million packages for six parties: the Pareto set, the three rules and the ranges of Nash's pick. Small cases are
/// held against all pairs of packages first; the rival is that same plain comparison, on as many packages as it can.
#include <algorithm>
#include <random>
#include <set>

#include <fmt/format.h>

#include "bench.hpp"
#include "methods/bargaining/agreement_rules.hpp"
#include "methods/bargaining/package_sensitivity.hpp"
#include "methods/bargaining/pareto_set.hpp"

namespace {

using namespace icosa;
using namespace icosa::methods;

/// Points that add up to a hundred for each party, an issue's best value counted; today is some package.
PackageSpace space_of(int parties, const std::vector<int>& values, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    PackageSpace out;
    out.parties = parties;
    for (const int n : values) {
        out.points.emplace_back(static_cast<std::size_t>(n), PointVector{});
        out.today.push_back(0);
    }
    for (std::size_t p = 0; p < static_cast<std::size_t>(parties); ++p) {
        std::vector<double> weights;
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += weights.emplace_back(1 + static_cast<double>(random() % 100));
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto& issue = out.points[i];
            const std::size_t best = random() % issue.size();
            for (std::size_t v = 0; v < issue.size(); ++v) {
                const double share = v == best ? 1 : static_cast<double>(random() % 100) / 100;
                issue[v][p] = static_cast<PartyPoints>(weights[i] / sum * 100 * points_unit * share);
            }
        }
    }
    return out;
}

std::vector<PackageDemand> no_worse(const PackageSpace& space) {
    const PointVector today = space.worth_of(space.number_of(space.today));
    std::vector<PackageDemand> out;
    for (int p = 0; p < space.parties; ++p) out.push_back({{}, p, today[static_cast<std::size_t>(p)]});
    return out;
}

/// Undominated packages by comparing all pairs.
std::set<PointVector> plain_pareto(const PackageSpace& space, std::span<const PackageDemand> demands) {
    std::vector<PointVector> kept;
    PackageWalk(space, demands).each([&](std::int64_t, const PointVector& worth, DemandSet broken) {
        if (broken == 0) kept.push_back(worth);
    });
    std::set<PointVector> out;
    for (const auto& one : kept) {
        const bool beaten = std::ranges::any_of(kept, [&](const PointVector& other) {
            for (std::size_t p = 0; p < one.size(); ++p) {
                if (other[p] < one[p]) return false;
            }
            return other != one;
        });
        if (!beaten) out.insert(one);
    }
    return out;
}

void check_small() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto space = space_of(6, seed % 2 ? std::vector<int>(11, 2) : std::vector<int>(6, 4), seed);
        auto demands = no_worse(space);
        if (seed % 3 == 0) demands.clear();
        demands.push_back({{{{0, 1}, {1, 1}}}, -1, 0});
        const auto expected = plain_pareto(space, demands);
        std::set<PointVector> found;
        for (const auto& one : pareto_set(space, demands)) found.insert(one.worth);
        if (found != expected)
            bench::stop(
                "bargaining_bench",
                fmt::format("the Pareto set is wrong at seed {}: {} for {}", seed, found.size(), expected.size()));
        const auto picks = agreement_rules(space, demands);
        for (const auto* pick : {&picks.nash, &picks.kalai_smorodinsky, &picks.egalitarian}) {
            if (*pick && !found.contains((*pick)->worth))
                bench::stop("bargaining_bench", "a rule's pick is no member of the Pareto set");
        }
    }
}

void time_case(const std::string& name, const PackageSpace& space, const std::vector<PackageDemand>& demands) {
    AgreementAnswers answers;
    std::vector<ParetoPoint> pareto;
    std::vector<FactorRange> ranges;
    const double rules = bench::seconds([&] { answers = agreement_rules(space, demands); });
    const double set = bench::seconds([&] { pareto = pareto_set(space, demands); });
    const double sure = bench::seconds([&] {
        if (answers.nash) ranges = nash_ranges(space, demands, *answers.nash);
    });
    fmt::print(
        "{}: {} packages, {} parties, {} keep the demands, {} undominated: rules {:.3f} s, Pareto set {:.3f} s, "
        "together {:.3f} s; ranges {:.3f} s\n",
        name, space.size(), space.parties, answers.packages, pareto.size(), rules, set, rules + set, sure);
}

}  // namespace

int main() {
    check_small();
    fmt::print("20 small cases: the Pareto set is that of all pairs, every pick is in it\n");
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto twenty = space_of(6, std::vector<int>(20, 2), seed);
        const auto ten = space_of(6, std::vector<int>(10, 4), seed);
        const auto six = space_of(6, std::vector<int>(6, 10), seed);
        time_case(fmt::format("20 issues of 2, seed {}, no demand", seed), twenty, {});
        time_case(fmt::format("20 issues of 2, seed {}, none worse off", seed), twenty, no_worse(twenty));
        time_case(fmt::format("10 issues of 4, seed {}, no demand", seed), ten, {});
        time_case(fmt::format("10 issues of 4, seed {}, none worse off", seed), ten, no_worse(ten));
        time_case(fmt::format("6 issues of 10, seed {}, no demand", seed), six, {});
        std::vector<PackageDemand> tied;
        for (int i = 0; i + 1 < 10; ++i) tied.push_back({{{{i, 0}, {i + 1, 1}}}, -1, 0});
        time_case(fmt::format("10 issues of 4, seed {}, all tied together", seed), ten, tied);
    }
    const auto small = space_of(6, std::vector<int>(13, 2), 9);
    std::size_t ours = 0, theirs = 0;
    const double quick = bench::seconds([&] { ours = pareto_set(small, {}).size(); });
    const double plain = bench::seconds([&] { theirs = plain_pareto(small, {}).size(); });
    fmt::print("{} packages: {:.4f} s for {} undominated; all pairs {:.2f} s for {}: {:.0f} times as long\n",
               small.size(), quick, ours, plain, theirs, plain / quick);
    return 0;
}
