/// All that the iteration needs to know of the counts: sums by level, which a row's change of weight corrects.
#pragma once

#include <cstring>

#include "methods/alarms/seasonal/rows.hpp"

namespace icosa::methods::seasonal {

/// Sums over the rows of four fits, weighted with the rows' factors.
struct Sums {
    struct Level {
        Lanes n, y0, y1;   ///< rows, sums of y, y time
        Lanes i0, i1, i2;  ///< of the start: weights times 1, time, time^2
        Lanes z0, z1;      ///< its working response times 1, time
    };
    Level* levels = nullptr;  ///< [plan.levels]; the caller's memory
    Lanes count{}, largest{};  ///< rows observed, and the largest count among them; no weight changes them
    Lanes start_deviance{}, y_log_y{};

    /// Every observed row with factor 1, which is written to `rows`; a block is summed about its own first row.
    ICOSA_INLINE void gather(Rows& rows) {
        const auto& plan = rows.plan;
        std::memset(static_cast<void*>(levels), 0, static_cast<std::size_t>(plan.levels) * sizeof(Level));
        start_deviance = y_log_y = count = largest = Lanes{};
        std::size_t row = 0;
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            Lanes n{}, s0{}, s1{}, s2{}, z0{}, z1{}, y0{}, y1{};
            for (int r = 0; r < block.length; ++r, ++row) {
                const std::size_t at = rows.at(block, r);
                Lanes seen, start, z, y, part;
                load(seen, &rows.series.seen[at]);
                load(start, &rows.series.start[at]);
                load(z, &rows.series.start_z[at]);
                load(y, &rows.series.y[at]);
                rows.factor[row] = seen;
                const double d = r;
                n += seen;
                s0 += start;
                s1 += start * d;
                s2 += start * (d * d);
                z0 += z;
                z1 += z * d;
                y0 += y;
                y1 += y * d;
                load(part, &rows.series.start_deviance[at]);
                start_deviance += part;
                load(part, &rows.series.y_log_y[at]);
                y_log_y += part;
                largest = y > largest ? y : largest;
            }
            rows.plain[i] = !any(n != static_cast<double>(block.length));
            const double x = rows.time_of(block);
            Level& level = levels[block.level];
            level.n += n;
            count += n;
            level.i0 += s0;
            level.i1 += s1 + s0 * x;
            level.i2 += s2 + s1 * (2 * x) + s0 * (x * x);
            level.z0 += z0;
            level.z1 += z1 + z0 * x;
            level.y0 += y0;
            level.y1 += y1 + y0 * x;
        }
    }

    /// The factor of row r of a block has grown by `change`.
    ICOSA_INLINE void correct(const Rows& rows, const SeasonPlan::Block& block, int r, const Lanes& change) {
        const std::size_t at = rows.at(block, r);
        Lanes start, z, y, part;
        load(start, &rows.series.start[at]);
        load(z, &rows.series.start_z[at]);
        load(y, &rows.series.y[at]);
        const double x = rows.time_of(block) + r;
        Level& level = levels[block.level];
        level.n += change;
        level.i0 += change * start;
        level.i1 += change * start * x;
        level.i2 += change * start * (x * x);
        level.z0 += change * z;
        level.z1 += change * z * x;
        level.y0 += change * y;
        level.y1 += change * y * x;
        load(part, &rows.series.start_deviance[at]);
        start_deviance += change * part;
        load(part, &rows.series.y_log_y[at]);
        y_log_y += change * part;
    }
};

}  // namespace icosa::methods::seasonal
