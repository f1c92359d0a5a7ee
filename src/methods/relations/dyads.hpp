/// Dyads: how alike two voters vote, how two actors deal with each other, and whether the signs of many ties fit
/// together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods {

/// Ballots of two voters in their common roll calls, crossed: counts[a][b], categories in the order yes, abstain, no.
struct CrossedBallots {
    std::array<std::array<std::int64_t, 3>, 3> counts{};
    std::int64_t one_sided = 0;  ///< roll calls in which one of them cast no ballot: left out of every measure

    [[nodiscard]] std::int64_t common() const;
};

/// Identical ballots among common ones.
///
///     sum n_aa / n;   NaN where n < minimum_common
[[nodiscard]] double agreement(const CrossedBallots& ballots, int minimum_common = 1);

/// Similarity of foreign policy: one less twice the mean distance, as a share of the greatest one; every roll call
/// weighs the same.
///
///     S = 1 - 2 sum n_ab |a - b| / (2 n),  a, b in {0 yes, 1 abstain, 2 no}
///
/// out   -1 (always opposite) to 1 (always alike); NaN where n < minimum_common
/// src   [signorino1999] eq. for S with absolute distances on votes
/// seen  methods/dyads_test.cpp: by hand
[[nodiscard]] double s_score(const CrossedBallots& ballots, int minimum_common = 1);

enum class DisagreementWeight { Linear, Squared };

/// Agreement beyond what the two voters' own shares of yes, abstain and no would give by chance.
///
///     kappa = 1 - sum v_ab n_ab / (sum v_ab n_a. n_.b / n),  v_ab = |a - b| or (a - b)^2
///
/// out   at most 1; 0 as by chance; NaN where n < minimum_common, or where chance leaves no disagreement (both always
/// cast the same) src   [cohen1968] weighted kappa; [hage2011] why it and not S for roll calls: S takes a general habit
/// of voting yes for agreement seen  methods/dyads_test.cpp: by hand, and values of R's vcd
[[nodiscard]] double weighted_kappa(const CrossedBallots& ballots,
                                    DisagreementWeight weight = DisagreementWeight::Linear, int minimum_common = 1);

/// Balance of what two actors did: from -1, conflict only, to 1, cooperation only.
///
///     (c - k) / (c + k)
///
/// in    counts >= 0;  out   NaN where there is neither
[[nodiscard]] double cooperation_balance(double cooperation, double conflict);

/// Signed ties among n nodes: signs[n][n], symmetric; -1 hostile, 1 friendly, 0 none or not known. The diagonal is not
/// read.
struct SignedTies {
    std::size_t nodes = 0;
    std::vector<std::int8_t> signs;

    [[nodiscard]] int at(std::size_t a, std::size_t b) const { return signs[a * nodes + b]; }
};

struct StructuralBalance {
    std::int64_t triangles = 0;  ///< with all three ties known
    std::int64_t balanced = 0;  ///< the product of their signs is positive: friends of friends, enemies of enemies
    double share = 0;  ///< balanced among triangles; NaN where there is none
    int frustration =
        -1;  ///< fewest ties whose sign would have to change for two camps; -1 = more nodes than `exact_nodes`
};

/// Share of balanced triangles, and the line index of balance by trying every division into two camps.
///
/// in    exact_nodes 2 to 24: up to so many nodes the index is computed
/// src   [heider1946] [cartwright1956] balance of triangles and graphs; [harary1959] the line index
/// cost  O(nodes^3 + 2^nodes)
/// seen  methods/dyads_test.cpp
[[nodiscard]] StructuralBalance structural_balance(const SignedTies& ties, std::size_t exact_nodes = 16);

}  // namespace icosa::methods
