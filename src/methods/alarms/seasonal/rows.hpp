/// The rows of four neighbouring fits: their blocks lie at the same distances, so one walk over them serves all four.
#pragma once

#include "methods/alarms/season_plan.hpp"
#include "methods/alarms/seasonal/lanes.hpp"
#include "methods/alarms/seasonal/series.hpp"

namespace icosa::methods::seasonal {

/// Where rows lie in the series, and the weight of each: gamma factor, so that the weights sum to the rows observed.
///
/// Arrays are the caller's memory, lanes aligned to 32 bytes. Rows are numbered in the order of the plan's blocks.
struct Rows {
    const SeasonPlan& plan;
    const PlanExtent& extent;
    const Series& series;
    Lanes* factor = nullptr;  ///< [plan.rows]; 0 where not observed
    bool* plain = nullptr;    ///< [plan.blocks]: all factors of the block are 1
    Lanes gamma{};
    int t = 0;                ///< the first of the four periods

    /// Of a block's first row, from the middle of the plan.
    [[nodiscard]] ICOSA_INLINE double time_of(const SeasonPlan::Block& block) const {
        return extent.middle - block.back;
    }
    /// Index into the series of the first period's row r of a block; the other three follow it.
    [[nodiscard]] ICOSA_INLINE std::size_t at(const SeasonPlan::Block& block, int r) const {
        return static_cast<std::size_t>(t - block.back + r);
    }
};

/// Memory that the steps of a fit use in turn; nothing in it outlasts the step.
struct Scratch {
    /// Up to three lanes a level; each step says what they are.
    struct Level {
        Lanes m0, m1, m2;
    };
    Level* levels = nullptr;  ///< [plan.levels]
    Lanes* tables[4] = {};    ///< [longest block + 1] each
};

}  // namespace icosa::methods::seasonal
