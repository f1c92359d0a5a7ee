/// Can these floors and limits be kept together, and may one claimant have one place more? By flows.
#pragma once

#include <vector>

#include "methods/allocation/claims_problem.hpp"

namespace icosa::methods {

/// A circulation of whole places, each with a floor and a limit:
///
///     all -> group -> claimant -> field of its group -> host and year -> year -> all
///
/// The vectors of places that claimants can have are then the bases of an integral generalised polymatroid: giving
/// place by place to the claimant that a separable rule ranks first, wherever one more can still be had, is exact.
///
/// src   [hoffman1960] when a circulation exists; [federgruen1986] the greedy procedure over polymatroids
/// cost  a search over the edges for a place
/// seen  methods/allocation_test.cpp: against all whole vectors of random small cases
class ClaimFlow {
public:
    explicit ClaimFlow(const ClaimsProblem& problem);

    [[nodiscard]] bool is_feasible() const { return feasible_; }
    /// Places given in all: as many as can be, at most the total. 0 where it is not feasible.
    [[nodiscard]] Places placed() const { return placed_; }
    /// Gives the claimant one place more, for good, if the rest can still be kept.
    [[nodiscard]] bool give(std::size_t claimant);
    [[nodiscard]] Places given(std::size_t claimant) const;
    /// Places by [claimants][fields], and by [groups][fields][hosts][years], as they flow now.
    [[nodiscard]] std::vector<std::vector<Places>> by_field() const;
    [[nodiscard]] Places by_host(std::size_t group, std::size_t field, std::size_t host, std::size_t year) const;

private:
    struct Edge {
        int from, to;
        Places floor, limit, flow = 0;
    };

    int add_edge(int from, int to, Places floor, Places limit);
    /// Raises the flow of an edge by up to `by` through a cycle of what is free; how much it rose.
    Places raise(int edge, Places by);
    [[nodiscard]] bool fill();

    std::vector<Edge> edges_;
    std::vector<std::vector<int>> at_;       ///< [nodes]: edges that touch it
    std::vector<int> claimant_edges_;        ///< [claimants]: from its group
    std::vector<std::vector<int>> need_edges_;  ///< [claimants][fields], -1 = none
    std::vector<int> host_edges_;            ///< [groups][fields][hosts][years], -1 = none
    std::size_t fields_, hosts_, years_;
    int all_edge_ = -1;
    bool feasible_ = false;
    Places placed_ = 0;
};

}  // namespace icosa::methods
