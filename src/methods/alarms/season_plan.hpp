/// The past periods that Farrington's methods hold a count against: windows of earlier years, and the time between
/// them.
#pragma once

#include <vector>

namespace icosa::methods {

/// Which past periods a count is held against, counted back from it, and the season level of each.
struct SeasonPlan {
    /// A run of periods of one level: t - back, t - back + 1, ... for `length` of them.
    struct Block {
        int back = 0;
        int length = 0;
        int level = 0;
    };
    std::vector<Block> blocks;  ///< oldest first, none empty
    int rows = 0;
    int levels = 0;  ///< of them that have rows, numbered from 0
    int predicted = 0;  ///< the level of the period itself; -1 where it has no rows
    int reach = 0;  ///< the first period that has all its rows is this one
};

/// The reference periods of Farrington (periods = 1: windows around the same time of earlier years) and of the flexible
/// method (periods > 1: the whole past, the window as the last level, the time between two windows cut into periods - 1
/// levels, the older ones longer by one where the division leaves a rest; the newest half_window periods belong to the
/// last level).
///
/// in    season periods a year; years >= 1; 2 half_window + 1 <= season; periods - 1 <= season - 2 half_window - 1;
/// excluded >= 0: so many
///       newest periods before the current one have no part
/// src   [farrington1996] sec. 3.2, [noufaily2013] sec. 3.3.1; where a rest goes, as R surveillance 1.20
[[nodiscard]] SeasonPlan plan_seasons(int season, int years, int half_window, int periods, int excluded);

/// How far the rows of a plan lie apart; all 0 where it has none.
struct PlanExtent {
    double middle = 0;  ///< of the rows, in periods back: times are measured from there
    double farthest = 0;  ///< row from the middle, in periods
    int longest = 0;  ///< block, in rows
};

[[nodiscard]] PlanExtent extent_of(const SeasonPlan& plan);

}  // namespace icosa::methods
