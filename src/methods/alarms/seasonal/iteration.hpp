/// R's glm.fit for four periods at once: start, solves and stop, on sums by level.
#pragma once

#include <limits>

#include "methods/alarms/seasonal/estimate.hpp"
#include "methods/alarms/seasonal/progression.hpp"
#include "methods/alarms/seasonal/sums.hpp"

namespace icosa::methods::seasonal {

/// From the sums to an estimate. A lane that has stopped, or has turned out odd, is passed over by the later solves.
///
/// Level means of the scratch: m0 sum of mu, m1 of mu time, m2 of mu time^2, each row with its factor. Without a trend
/// m1 and m2 are not set and have no part.
class Iteration {
public:
    ICOSA_INLINE Iteration(const Rows& rows, const Sums& sums, const Scratch& scratch, Estimate& estimate)
        : rows_(rows), sums_(sums), scratch_(scratch), estimate_(estimate) {}

    /// Sets all of the estimate but the lanes that were odd before: they stay so.
    ICOSA_INLINE void run() {
        start();
        for (int iteration = 1;; ++iteration) {
            leave_out_of_range();
            if (!any(active_)) break;
            sum_means();
            sum_deviance();
            if (iteration > 1) stop_where_still();
            if (iteration == most_iterations || !any(active_)) break;
            solve();
        }
        finish();
    }

private:
    static constexpr int most_iterations = 25;
    static constexpr double tolerance = 1e-8;
    static constexpr double least_eta = -36;  ///< below, R's floor of the mean enters
    static constexpr double most_eta = 300;

    /// The solve from R's start, mu = y + 0.1.
    ICOSA_INLINE void start() {
        Estimate& e = estimate_;
        e.b = e.b_last = Lanes{};
        Lanes spread{}, tilt{};
        for (int l = 0; l < e.count; ++l) {
            const Sums::Level& sum = sums_.levels[l];
            const Lanes i0 = sum.n > 0.0 ? sum.i0 : Lanes{} + 1.0;
            const Lanes mean_time = sum.i1 / i0;
            spread += sum.i2 - sum.i1 * mean_time;
            tilt += sum.z1 - sum.z0 * mean_time;
        }
        if (e.trend) {
            e.odd |= ~(spread > 0.0);
            e.b = spread > 0.0 ? tilt / spread : Lanes{};
        }
        y_sum_ = y_time_ = Lanes{};
        for (int l = 0; l < e.count; ++l) {
            const Sums::Level& sum = sums_.levels[l];
            Estimate::Level& level = e.levels[l];
            const Lanes i0 = sum.n > 0.0 ? sum.i0 : Lanes{} + 1.0;
            level.a = (sum.z0 - e.b * sum.i1) / i0;
            level.a_last = level.w0 = level.w1 = level.w2 = Lanes{};
            y_sum_ += sum.y0;
            y_time_ += sum.y1;
        }
        active_ = ~e.odd;
        e.converged = Mask{};
        before_ = sums_.start_deviance * rows_.gamma;
    }

    /// Lanes whose mean leaves the range in which sums and R agree become odd.
    ICOSA_INLINE void leave_out_of_range() {
        Estimate& e = estimate_;
        Lanes low = Lanes{} + 1e9, high = Lanes{} - 1e9;
        Mask bad{};
        for (int l = 0; l < e.count; ++l) {
            const Mask used = sums_.levels[l].n > 0.0;
            const Lanes a = used ? e.levels[l].a : Lanes{};
            low = a < low ? a : low;
            high = a > high ? a : high;
            bad |= ~((a < most_eta) & (a > -most_eta));  // not a number too
        }
        const Lanes width = (e.b < 0.0 ? -e.b : e.b) * rows_.extent.farthest;
        bad |= ~((low - width > least_eta) & (high + width < most_eta));
        bad &= active_;
        e.odd |= bad;
        active_ &= ~bad;
    }

    /// Means summed by level at the current coefficients.
    ICOSA_INLINE void sum_means() {
        if (!estimate_.trend) {
            for (int l = 0; l < estimate_.count; ++l) {
                Lanes mean;
                exponentiate(mean, estimate_.levels[l].a);
                scratch_.levels[l].m0 = mean * sums_.levels[l].n;
            }
            return;
        }
        for (int l = 0; l < estimate_.count; ++l)
            scratch_.levels[l].m0 = scratch_.levels[l].m1 = scratch_.levels[l].m2 = Lanes{};
        sum_progressions();
        for (int l = 0; l < estimate_.count; ++l) {
            Lanes mean;
            exponentiate(mean, estimate_.levels[l].a);
            scratch_.levels[l].m0 *= mean;
            scratch_.levels[l].m1 *= mean;
            scratch_.levels[l].m2 *= mean;
        }
    }

    /// exp(b time) summed by level: a plain block by its length alone, another row by row.
    ICOSA_INLINE void sum_progressions() {
        const auto& plan = rows_.plan;
        Progression growth(rows_, scratch_.tables[0], estimate_.b);
        Lanes* s0s = scratch_.tables[1];  // sums over the first r rows of a plain block
        Lanes* s1s = scratch_.tables[2];
        Lanes* s2s = scratch_.tables[3];
        s0s[0] = s1s[0] = s2s[0] = Lanes{};
        for (int r = 0; r < rows_.extent.longest; ++r) {
            const double d = r;
            s0s[r + 1] = s0s[r] + growth[r];
            s1s[r + 1] = s1s[r] + growth[r] * d;
            s2s[r + 1] = s2s[r] + growth[r] * (d * d);
        }
        std::size_t row = 0;
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            growth.enter(i);
            Lanes s0 = s0s[block.length], s1 = s1s[block.length], s2 = s2s[block.length];
            if (!rows_.plain[i]) {
                s0 = s1 = s2 = Lanes{};
                for (int r = 0; r < block.length; ++r) {
                    const double d = r;
                    const Lanes p = rows_.factor[row + static_cast<std::size_t>(r)] * growth[r];
                    s0 += p;
                    s1 += p * d;
                    s2 += p * (d * d);
                }
            }
            row += static_cast<std::size_t>(block.length);
            const double x = rows_.time_of(block);
            Scratch::Level& level = scratch_.levels[block.level];
            level.m0 += growth.at_block() * s0;
            level.m1 += growth.at_block() * (s1 + s0 * x);
            level.m2 += growth.at_block() * (s2 + s1 * (2 * x) + s0 * (x * x));
        }
    }

    /// The deviance at the means, and what the sums themselves are uncertain by.
    ICOSA_INLINE void sum_deviance() {
        const Lanes& y_log_y = sums_.y_log_y;
        Lanes fitted{}, mean_sum{}, magnitude = y_log_y < 0.0 ? -y_log_y : y_log_y;
        for (int l = 0; l < estimate_.count; ++l) {
            const Lanes part = estimate_.levels[l].a * sums_.levels[l].y0;
            fitted += part;
            mean_sum += scratch_.levels[l].m0;
            magnitude += part < 0.0 ? -part : part;
        }
        deviance_ = 2.0 * (y_log_y - fitted - estimate_.b * y_time_ - y_sum_ + mean_sum) * rows_.gamma;
        noise_ = (magnitude + mean_sum + y_sum_) * rows_.gamma * (8 * std::numeric_limits<double>::epsilon());
    }

    /// R's stopping rule, not finer than rounding allows.
    ICOSA_INLINE void stop_where_still() {
        const Lanes moved = deviance_ - before_;
        const Lanes size = deviance_ < 0.0 ? -deviance_ : deviance_;
        const Lanes allowed = tolerance * (size + 0.1);
        const Lanes limit = allowed > noise_ ? allowed : noise_;
        const Mask done = active_ & ((moved < 0.0 ? -moved : moved) < limit);
        estimate_.converged |= done;
        active_ &= ~done;
    }

    /// A Newton step of the active lanes; the weights that it is made with are kept.
    ICOSA_INLINE void solve() {
        Estimate& e = estimate_;
        keep_where(before_, active_, deviance_);
        keep_where(e.b_last, active_, e.b);
        Lanes s{}, g{};
        for (int l = 0; l < e.count; ++l) {
            const Sums::Level& sum = sums_.levels[l];
            const Scratch::Level& mean = scratch_.levels[l];
            Estimate::Level& level = e.levels[l];
            keep_where(level.a_last, active_, level.a);
            keep_where(level.w0, active_, mean.m0);
            if (!e.trend) continue;
            keep_where(level.w1, active_, mean.m1);
            keep_where(level.w2, active_, mean.m2);
            const Lanes m0 = sum.n > 0.0 ? mean.m0 : Lanes{} + 1.0;
            const Lanes mean_time = mean.m1 / m0;
            s += mean.m2 - mean.m1 * mean_time;
            g += (sum.y1 - mean.m1) - (sum.y0 - mean.m0) * mean_time;
        }
        Lanes step{};
        if (e.trend) {
            const Mask singular = active_ & ~(s > 0.0);
            e.odd |= singular;
            active_ &= ~singular;
            step = active_ ? g / s : Lanes{};
            e.b += step;
        }
        for (int l = 0; l < e.count; ++l) {
            const Sums::Level& sum = sums_.levels[l];
            const Scratch::Level& mean = scratch_.levels[l];
            const Lanes m0 = sum.n > 0.0 ? mean.m0 : Lanes{} + 1.0;
            const Lanes change = (sum.y0 - mean.m0 - (e.trend ? mean.m1 * step : Lanes{})) / m0;
            e.levels[l].a += (active_ & (sum.n > 0.0)) ? change : Lanes{};
        }
    }

    /// Degrees of freedom; the sums of the last weights become mean times and spreads.
    ICOSA_INLINE void finish() {
        Estimate& e = estimate_;
        Lanes rank = Lanes{} + (e.trend ? 1.0 : 0.0);
        for (int l = 0; l < e.count; ++l) rank += sums_.levels[l].n > 0.0 ? Lanes{} + 1.0 : Lanes{};
        e.degrees = sums_.count - rank;
        for (int l = 0; l < e.count; ++l) {
            Estimate::Level& level = e.levels[l];
            const Lanes w0 = level.w0 > 0.0 ? level.w0 : Lanes{} + 1.0;
            level.w1 = level.w1 / w0;
            level.w2 -= level.w1 * level.w1 * level.w0;
            keep_where(level.w0, level.w0 <= 0.0, Lanes{} + 1.0);
        }
    }

    const Rows& rows_;
    const Sums& sums_;
    const Scratch& scratch_;
    Estimate& estimate_;
    Mask active_{};
    Lanes y_sum_{}, y_time_{};
    Lanes deviance_{}, before_{};  ///< at the current coefficients, and those before
    Lanes noise_{};
};

}  // namespace icosa::methods::seasonal
