/// The greatest statistic of all windows that reach the end, of a permutation scan over many places.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/scan/centre_groups.hpp"
#include "methods/scan/lanes.hpp"
#include "methods/scan/pruned.hpp"
#include "methods/scan/sweep.hpp"

namespace icosa::methods::scan {

/// A data set as it is read here: a row for each place that holds cases, and one of nothing behind them.
struct RecentCases {
    std::vector<std::int32_t> recent;  ///< [held + 1][lanes]: cases of the last 1, 2, ... steps
    /// [held + 1][lanes / 16]: the same, and by how much they exceed their expectation (0 where they do not), rounded
    /// up to parts of a case. Short, so that the table stays near the processor; where counts are too large, whole.
    std::vector<ShortLine> shorts;
    std::vector<WholeLine> wholes;
    float part = 1;  ///< of a case

    void add_to(std::int32_t* into, const std::int32_t* before, std::span<const HeldNumber> held,
                std::size_t lines) const {
        if (wholes.empty()) add_lines(into, before, shorts.data(), held.data(), held.size(), lines);
        else add_lines(into, before, wholes.data(), held.data(), held.size(), lines);
    }
    void clear(std::size_t held, const Reach& reach) { recent.assign((held + 1) * reach.lanes(), 0); }
    /// A case `ago` steps before the last.
    void add(std::size_t held, std::size_t ago, const Reach& reach) {
        if (ago < reach.lengths()) ++recent[held * reach.lanes() + ago];
    }
    /// After all were added.
    void work_out(const CentreGroups& groups, const Reach& reach);
};

/// A window that reached a level. Which places without cases lie in it is not known here.
struct RecentWindow {
    double statistic = 0;
    std::int32_t centre = -1;
    std::int32_t last_place = -1;  ///< the farthest that holds cases
    std::int32_t length = 0;  ///< steps
    std::int64_t observed = 0, cases = 0;  ///< cases: of the circle in all time
};

/// Circles about all centres of a group lie between two circles about its middle, D the excess over expectation:
///
///     D(circle) <= D(places it must hold) + sum over places that it may hold of their excess where that is above 0
///
/// Where that stays below what the level asks for at the expectation of the places it must hold (more is asked for at
/// more), no circle of the group and band is looked at. What is left is looked at in the groups it consists of, down to
/// single centres, the likeliest first.
class RecentSweep {
public:
    /// chance: data sets as replications are, from which it is seen what is best left to which groups.
    RecentSweep(CentreGroups groups, const Reach& reach, const CircleLimits& limits,
                std::span<const RecentCases> chance, int threads);

    /// The greatest statistic from `from` on; 0 = none reaches it. judged: windows looked at, counted up.
    [[nodiscard]] double greatest(const RecentCases& data, double from, double& judged) const;
    /// Some windows that it rules out, about one in so many bands: `statistic` is the level they stay below.
    [[nodiscard]] std::vector<RecentWindow> ruled_out(const RecentCases& data, double from, std::size_t one_in) const;
    /// The best window about each centre that has one that reaches `from`, in the order of centres.
    [[nodiscard]] std::vector<RecentWindow> best_about_each(const RecentCases& data, double from, int threads) const;

    [[nodiscard]] const CentreGroups& groups() const { return groups_; }
    [[nodiscard]] std::size_t bands() const;
    /// Circles that end with a place that holds cases; about, for they are counted about the middles of groups.
    [[nodiscard]] double circles() const { return circles_; }

private:
    struct Search;
    struct Left;
    struct Refined;

    void prepare(std::span<const RecentCases> chance, int threads);
    [[nodiscard]] double circles_about_middles(const CentreLevel& level) const;
    [[nodiscard]] std::size_t level_to_expect(const RecentCases& chance) const;
    void sweep(std::size_t first, std::size_t end, const RecentCases& data, Search& search) const;
    void look_into(const Left& left, const RecentCases& data, Search& search) const;
    void keep_ruled_out(const CentreLevel& level, const CentreGroup& group, const Band& band, Search& search) const;
    void sum_up(const CentreLevel& level, const CentreGroup& group, const RecentCases& data, Search& search) const;
    void set_level(std::size_t level, const CentreGroup& group, Search& search) const;
    [[nodiscard]] bool is_left(const Band& band, const RecentCases& data, const Search& search) const;
    void far_circles(std::size_t level, std::size_t group, const RecentCases& data, Search& search) const;
    void refine(std::size_t level, std::size_t group, std::size_t depth, const RecentCases& data, Search& search) const;
    void circles_about(std::size_t centre, const Refined& of, const RecentCases& data, Search& search) const;
    void add_place(std::size_t held, std::size_t centre, const RecentCases& data, Search& search) const;

    CentreGroups groups_;
    const Reach& reach_;
    CircleLimits limits_;
    double circles_ = 0;
};

}  // namespace icosa::methods::scan
