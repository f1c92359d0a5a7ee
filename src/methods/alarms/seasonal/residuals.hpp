/// What four fits leave over: their dispersion, and the rows so high that the second fit weighs them down.
#pragma once

#include "methods/alarms/seasonal/estimate.hpp"
#include "methods/alarms/seasonal/progression.hpp"
#include "methods/alarms/seasonal/sums.hpp"

namespace icosa::methods::seasonal {

/// Sum of factor W ((y - mu) / mu)^2, W the weights of the last solve without their factors: gamma times it, over the
/// degrees, is Pearson's dispersion as R's glm has it.
ICOSA_INLINE void sum_squares(const Rows& rows, const Estimate& estimate, const Scratch& scratch, Lanes& out) {
    const auto& plan = rows.plan;
    const Lanes rate = estimate.b_last - 2.0 * estimate.b;
    Progression growth(rows, scratch.tables[0], estimate.b);
    Progression weight(rows, scratch.tables[1], rate);
    for (int l = 0; l < plan.levels; ++l) {  // m0: mean at time 0, m1: last mean over mean^2 there
        const Estimate::Level& level = estimate.levels[l];
        exponentiate(scratch.levels[l].m0, level.a);
        const Lanes x = level.a_last - 2.0 * level.a;
        exponentiate(scratch.levels[l].m1, x);
    }
    out = Lanes{};
    std::size_t row = 0;
    for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
        const auto& block = plan.blocks[i];
        growth.enter(i);
        weight.enter(i);
        const Scratch::Level& level = scratch.levels[block.level];
        const Lanes mean = level.m0 * growth.at_block();
        Lanes sum{};
        for (int r = 0; r < block.length; ++r, ++row) {
            Lanes y;
            load(y, &rows.series.y[rows.at(block, r)]);
            const Lanes off = y - mean * growth[r];
            sum += rows.factor[row] * weight[r] * (off * off);
        }
        out += level.m1 * weight.at_block() * sum;
    }
}

/// Sum of factor ((y - mu) / mu)^2: see Dispersion::Surveillance.
ICOSA_INLINE void slip_squares(const Rows& rows, const Estimate& estimate, const Scratch& scratch, Lanes& out) {
    const auto& plan = rows.plan;
    const Lanes rate = -estimate.b;
    Progression decay(rows, scratch.tables[0], rate);
    for (int l = 0; l < plan.levels; ++l) {  // m0: 1 / mean at time 0
        const Lanes x = -estimate.levels[l].a;
        exponentiate(scratch.levels[l].m0, x);
    }
    out = Lanes{};
    std::size_t row = 0;
    for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
        const auto& block = plan.blocks[i];
        decay.enter(i);
        const Lanes inverse = scratch.levels[block.level].m0 * decay.at_block();
        for (int r = 0; r < block.length; ++r, ++row) {
            Lanes y;
            load(y, &rows.series.y[rows.at(block, r)]);
            const Lanes off = y * (inverse * decay[r]) - 1.0;
            out += rows.factor[row] * (off * off);
        }
    }
}

/// Rows whose Anscombe residual lies above `threshold` get the factor s^-2; sums and gamma follow.
///
///     s = 1.5 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(phi (1 - h)),  h = W (1 / w0 + (time - w1)^2 / spread)
///
/// in    squares: as sum_squares leaves them after the first fit; rows with the factors of Sums::gather
ICOSA_INLINE void weigh_down(const Estimate& estimate, const Lanes& squares, double threshold, const Scratch& scratch,
                             Rows& rows, Sums& sums) {
    const auto& plan = rows.plan;
    const Lanes phi_raw = squares / estimate.degrees;
    const Lanes phi = phi_raw > 1.0 ? phi_raw : Lanes{} + 1.0;
    const Lanes limit = phi * (threshold * threshold);
    const Lanes sixth = estimate.b / 6.0, minus = estimate.b / -6.0;
    Progression growth(rows, scratch.tables[0], estimate.b_last);
    Progression root_growth(rows, scratch.tables[1], sixth);
    Progression inverse_growth(rows, scratch.tables[2], minus);
    Lanes spread;
    estimate.spread_of_times(spread);
    const Lanes by_spread = (estimate.trend ? Lanes{} + 1.0 : Lanes{}) / spread;
    for (int l = 0; l < plan.levels; ++l) {  // at time 0: m0 the last solve's mean, m1 mu^(1/6), m2 mu^(-1/6)
        const Estimate::Level& level = estimate.levels[l];
        exponentiate(scratch.levels[l].m0, level.a_last);
        const Lanes up = level.a / 6.0, down = level.a / -6.0;
        exponentiate(scratch.levels[l].m1, up);
        exponentiate(scratch.levels[l].m2, down);
    }
    Lanes total = sums.count;
    std::size_t row = 0;
    for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
        const auto& block = plan.blocks[i];
        growth.enter(i);
        root_growth.enter(i);
        inverse_growth.enter(i);
        const Estimate::Level& level = estimate.levels[block.level];
        const Lanes last = scratch.levels[block.level].m0 * growth.at_block();
        const Lanes root = scratch.levels[block.level].m1 * root_growth.at_block();
        const Lanes inverse_root = scratch.levels[block.level].m2 * inverse_growth.at_block();
        const Lanes level_part = 1.0 / level.w0;
        for (int r = 0; r < block.length; ++r, ++row) {
            Lanes y_part;
            load(y_part, &rows.series.y_two_thirds[rows.at(block, r)]);
            const Lanes q = root * root_growth[r];
            const Lanes numerator = 1.5 * (y_part * (inverse_root * inverse_growth[r]) - q * q * q);
            const Lanes off = (rows.time_of(block) + r) - level.w1;
            const Lanes rest = 1.0 - last * growth[r] * (level_part + off * off * by_spread);
            const Mask high =
                (numerator > 0.0) & (numerator * numerator > limit * rest) & (rows.factor[row] > 0.0) & (rest > 1e-10);
            if (!any(high)) continue;
            rows.plain[i] = false;
            const Lanes weight = high ? phi * rest / (numerator * numerator) : rows.factor[row];
            const Lanes change = weight - rows.factor[row];
            rows.factor[row] = weight;
            total += change;
            sums.correct(rows, block, r, change);
        }
    }
    rows.gamma = sums.count / total;
}

}  // namespace icosa::methods::seasonal
