/// Cross tables, balances, triangles.
#include "methods/relations/dyads.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/number.hpp"

namespace icosa::methods {
namespace {

double disagreement(std::size_t a, std::size_t b, DisagreementWeight weight) {
    const double d = a > b ? static_cast<double>(a - b) : static_cast<double>(b - a);
    return weight == DisagreementWeight::Linear ? d : d * d;
}

bool too_few(const CrossedBallots& ballots, int minimum_common) {
    return ballots.common() < std::max(minimum_common, 1);
}

}  // namespace

std::int64_t CrossedBallots::common() const {
    std::int64_t sum = 0;
    for (const auto& row : counts) {
        for (const std::int64_t n : row) sum += n;
    }
    return sum;
}

double agreement(const CrossedBallots& ballots, int minimum_common) {
    if (too_few(ballots, minimum_common)) return nan_value;
    const std::int64_t same = ballots.counts[0][0] + ballots.counts[1][1] + ballots.counts[2][2];
    return static_cast<double>(same) / static_cast<double>(ballots.common());
}

double s_score(const CrossedBallots& ballots, int minimum_common) {
    if (too_few(ballots, minimum_common)) return nan_value;
    double sum = 0;
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b)
            sum += static_cast<double>(ballots.counts[a][b]) * disagreement(a, b, DisagreementWeight::Linear);
    }
    return 1 - sum / static_cast<double>(ballots.common());
}

double weighted_kappa(const CrossedBallots& ballots, DisagreementWeight weight, int minimum_common) {
    if (too_few(ballots, minimum_common)) return nan_value;
    std::array<double, 3> first{}, second{};
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b) {
            first[a] += static_cast<double>(ballots.counts[a][b]);
            second[b] += static_cast<double>(ballots.counts[a][b]);
        }
    }
    double observed = 0, by_chance = 0;
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b) {
            const double v = disagreement(a, b, weight);
            observed += v * static_cast<double>(ballots.counts[a][b]);
            by_chance += v * first[a] * second[b];
        }
    }
    return by_chance == 0 ? nan_value : 1 - observed * static_cast<double>(ballots.common()) / by_chance;
}

double cooperation_balance(double cooperation, double conflict) {
    const double both = cooperation + conflict;
    return both > 0 ? (cooperation - conflict) / both : nan_value;
}

StructuralBalance structural_balance(const SignedTies& ties, std::size_t exact_nodes) {
    StructuralBalance out;
    const std::size_t n = ties.nodes;
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b) {
            if (ties.at(a, b) == 0) continue;
            for (std::size_t c = b + 1; c < n; ++c) {
                const int product = ties.at(a, b) * ties.at(b, c) * ties.at(a, c);
                out.triangles += product != 0;
                out.balanced += product > 0;
            }
        }
    }
    out.share = out.triangles > 0 ? static_cast<double>(out.balanced) / static_cast<double>(out.triangles) : nan_value;
    if (n > std::min<std::size_t>(exact_nodes, 24)) return out;
    // Divisions in Gray order: one node changes camps at a time, node 0 never does.
    std::vector<int> camp(n, 1);
    int wrong = 0;
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 1; b < n; ++b) wrong += ties.at(a, b) < 0;
    }
    int fewest = wrong;
    const std::uint32_t divisions = n > 1 ? std::uint32_t{1} << (n - 1) : 1;
    for (std::uint32_t step = 1; step < divisions; ++step) {
        const auto moved = static_cast<std::size_t>(std::countr_zero(step)) + 1;
        for (std::size_t other = 0; other < n; ++other) {
            if (other != moved)
                wrong += ties.at(moved, other) * camp[moved] * camp[other];  // right before is wrong after
        }
        camp[moved] = -camp[moved];
        fewest = std::min(fewest, wrong);
    }
    out.frustration = fewest;
    return out;
}

}  // namespace icosa::methods
