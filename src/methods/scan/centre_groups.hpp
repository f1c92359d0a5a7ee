/// Centres in groups of groups, with the places that hold cases by their distance from each group's middle: what every
/// circle of a group must hold and may hold.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/scan/circles.hpp"
#include "methods/scan/reach.hpp"

namespace icosa::methods::scan {

/// Circles about the group's centres of radius [from_km, to_km): each holds all places of the group's list before block
/// `inner`, and none from block `outer` on.
struct Band {
    double from_km = 0, to_km = 0;
    std::uint32_t inner = 0, outer = 0;
    std::int64_t inner_cases = 0;
    Reach::Node node;  ///< of the inner cases
};

struct CentreGroup {
    ChordPoint middle{};
    double spread_km = 0;  ///< to the farthest of its centres
    std::size_t first_centre = 0, end_centre = 0;  ///< in CentreGroups::centres
    std::size_t first_child = 0, end_child = 0;  ///< groups of the next level
    std::size_t parent = 0;
    double near_km = 0;  ///< smaller circles are left to its children
    double listed_km = 0;  ///< its list has all places so near
    std::size_t first_block = 0, end_block = 0;  ///< of CentreLevel::held
    std::size_t first_band = 0, end_band = 0;
};

/// The number of a place among those that hold cases: short, for the lists are long.
using HeldNumber = std::uint16_t;

/// Groups of about one size, apart from one another.
struct CentreLevel {
    std::vector<CentreGroup> groups;
    std::vector<HeldNumber> held;  ///< by distance from a middle, blocks filled up with a number past the last
    std::vector<Band> bands;
};

struct CentreGroups {
    static constexpr std::size_t block = 16;  ///< places

    std::vector<ChordPoint> at;  ///< of all places
    std::vector<std::int32_t> with_cases;  ///< the places that hold cases, by number
    std::vector<std::int64_t> cases;  ///< of those
    std::vector<ChordPoint> held_at;  ///< of those
    std::vector<std::int32_t> centres;  ///< places, group by group
    std::vector<CentreLevel> levels;  ///< the largest groups first; those of the last are one centre each
};

/// Without lists of places.
///
/// in    cases[places]: of all time, some above 0, at most 65,535 of them
/// out   no centre that alone holds more than limits.most
[[nodiscard]] CentreGroups grouped_centres(std::span<const GlobePoint> places, std::span<const std::int64_t> cases,
                                           const CircleLimits& limits);

/// Lists and bands of a level, for circles smaller than what the parents have kept to themselves.
/// cost  O(groups x held), and sorting what is listed
void list_places(CentreGroups& all, std::size_t level, const CircleLimits& limits, const Reach& reach, int threads);

/// Moves near_km of each group to where the work is least, given how often of `tried` each band was left to look at.
void leave_to_children(CentreLevel& level, std::span<const std::int32_t> left, int tried);

}  // namespace icosa::methods::scan
