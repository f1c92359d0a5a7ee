/// Sites of each kind in a tree of boxes, asked for the nearest one; sites used up are forgotten.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "methods/matching/sites.hpp"

namespace icosa::methods::matching {

/// How the days of two sites are compared.
enum class DaysBy : std::uint8_t {
    Ends,   ///< first with first, last with last, the farther counts
    Gap,   ///< days between the end of one and the beginning of the other; 0 where they overlap
};

/// Within which two sites may be one, ready to compare: km as a chord of the globe.
class Nearness {
public:
    Nearness(Reach reach, DaysBy days);

    [[nodiscard]] double days_apart(const Spot& asked, const Spot& of_tree) const;
    /// (chord / km)^2 + (days / window)^2, each within its window; infinite where not.
    [[nodiscard]] double closeness(const Event& asked, const Spot& at, const Event& other, const Spot& there) const;
    /// No site of the box is closer; infinite where none is within the windows.
    [[nodiscard]] double least(const Spot& at, const Spot& low, const Spot& high) const;

private:
    [[nodiscard]] double sum(double chord_km2, double days) const {
        return chord_km2 * per_km2_ + days * days * per_day2_;
    }

    double km_, least_km2_, most_km2_, days_;
    double per_km2_ = 0, per_day2_ = 0;
    DaysBy by_;
};

struct Nearest {
    std::int32_t site = -1;  ///< -1: none
    double misfit = Agreement::never;
    double closeness = 0;
};

class SiteTrees {
public:
    /// sites and events must outlive the trees.
    SiteTrees(const Sites& sites, std::span<const Event> events, std::int32_t kinds);

    /// misfits[kinds]: of the one asked about to each kind of the trees'. The best by misfit, closeness, number of the
    /// site; of what is not forgotten.
    [[nodiscard]] Nearest nearest(const Event& asked, const Spot& at, std::span<const double> misfits,
                                  const Nearness& nearness) const;
    /// Is there one of these windows at all, of whatever kind, forgotten or not?
    [[nodiscard]] bool has_any(const Event& asked, const Spot& at, const Nearness& nearness) const;
    [[nodiscard]] std::size_t kinds() const { return roots_.size(); }
    void forget(std::int32_t site);
    [[nodiscard]] const std::vector<std::int32_t>& order() const { return order_; }  ///< sites, neighbours together

private:
    struct Box {
        Spot low{}, high{};
        std::int32_t begin = 0, end = 0;  ///< of order_
        std::int32_t right = -1;  ///< -1: a leaf; the left one follows its parent
        std::int32_t parent = -1;
        std::int32_t left_over = 0;  ///< sites not forgotten
    };
    std::int32_t build(std::int32_t begin, std::int32_t end, std::int32_t parent);
    template <class OnSite>
    void visit(std::int32_t root, const Spot& at, const Nearness& nearness, const double& bound, bool with_forgotten,
               const OnSite& on_site) const;

    const Sites& sites_;
    std::span<const Event> events_;
    std::vector<std::int32_t> order_;
    std::vector<Box> boxes_;
    std::vector<std::int32_t> roots_;  ///< of each kind; -1 = it has no site
    std::vector<std::int32_t> leaf_of_;  ///< of each site
    std::vector<std::uint8_t> forgotten_;
};

}  // namespace icosa::methods::matching
