/// Arrow-shaped normal equations, geometric progressions in place of exponentials, four periods a time.
#include "methods/alarms/seasonal_fit.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "methods/statistics/regression.hpp"

namespace icosa::methods {

SeasonPlan plan_seasons(int season, int years, int half_window, int periods, int excluded) {
    SeasonPlan plan;
    std::vector<int> level_of;  // by periods back, from the oldest row on; 0 = no row, else the level from 1
    plan.reach = season * years + half_window;
    level_of.assign(static_cast<std::size_t>(plan.reach) + 1, 0);
    const auto mark = [&](int from_back, int length, int level) {  // towards the present
        for (int i = 0; i < length; ++i) {
            if (from_back - i >= 0) level_of[static_cast<std::size_t>(from_back - i)] = level;
        }
    };
    const int gap = season - 2 * half_window - 1;
    for (int year = years; year >= 1; --year) {
        mark(season * year + half_window, 2 * half_window + 1, periods);
        if (periods == 1) continue;
        int back = season * year - half_window - 1;
        for (int part = 1; part < periods; ++part) {
            const int length = gap / (periods - 1) + (part <= gap % (periods - 1) ? 1 : 0);
            mark(back, length, part);
            back -= length;
        }
    }
    mark(half_window, half_window + 1, periods);  // the newest weeks too, where they are not left out
    for (int back = 0; back <= std::min(excluded, plan.reach); ++back) level_of[static_cast<std::size_t>(back)] = 0;
    std::vector<int> number(static_cast<std::size_t>(periods) + 1, -1);
    for (int back = plan.reach; back >= 1; --back) {
        const int level = level_of[static_cast<std::size_t>(back)];
        if (level == 0) continue;
        auto& at = number[static_cast<std::size_t>(level)];
        if (at < 0) at = plan.levels++;
        ++plan.rows;
        const bool goes_on = !plan.blocks.empty() && plan.blocks.back().level == at
            && plan.blocks.back().back - plan.blocks.back().length == back;
        if (goes_on) {
            ++plan.blocks.back().length;
        } else {
            plan.blocks.push_back({back, 1, at});
        }
    }
    plan.predicted = number[static_cast<std::size_t>(periods)];
    return plan;
}

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr int most_iterations = 25;
constexpr double tolerance = 1e-8;
constexpr double least_eta = -36;  // below, R's floor of the mean enters
constexpr double most_eta = 300;

using Lanes [[gnu::vector_size(32)]] = double;
using Mask [[gnu::vector_size(32)]] = std::int64_t;

#define ICOSA_INLINE inline __attribute__((always_inline))

// Vectors travel by reference: by value they would need AVX in the calling convention.
ICOSA_INLINE void load(Lanes& out, const double* from) { std::memcpy(&out, from, sizeof out); }
ICOSA_INLINE bool any(const Mask& m) { return (m[0] | m[1] | m[2] | m[3]) != 0; }
ICOSA_INLINE void keep_where(Lanes& target, const Mask& where, const Lanes& value) { target = where ? value : target; }

/// exp to about one unit in the last place, for |x| below 700.
ICOSA_INLINE void exponentiate(Lanes& out, const Lanes& argument) {
    constexpr double shift = 0x1.8p52;
    constexpr double ln2_high = 0x1.62e42fefa38p-1;
    constexpr double ln2_low = 0x1.ef35793c7673p-45;
    const Lanes high = argument > 700.0 ? Lanes{} + 700.0 : argument;
    const Lanes x = high < -700.0 ? Lanes{} - 700.0 : high;
    const Lanes shifted = x * 1.4426950408889634 + shift;
    const Lanes n = shifted - shift;
    const Lanes r = (x - n * ln2_high) - n * ln2_low;
    constexpr double inverse_factorial[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
        1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1,           1};
    Lanes sum = Lanes{} + inverse_factorial[0];
    for (int i = 1; i < 14; ++i) sum = sum * r + inverse_factorial[i];
    Mask bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    Lanes scale;
    std::memcpy(&scale, &bits, sizeof scale);
    out = sum * scale;
}

}  // namespace

/// Four periods of one series.
struct SeasonalKernel {
    SeasonalFitter& from;
    int t = 0;  ///< the first of them

    // one slot a level
    struct Level {
        Lanes n, y0, y1;           // rows, sums of y, y time
        Lanes i0, i1, i2, z0, z1;  // of the start: weights times 1, time, time^2; of the working response times 1, time
        Lanes m0, m1, m2;  // of the current means
        Lanes w0, w1, w2;  // of the weights of the last solve
        Lanes a, a_last;
    };
    Level* levels = nullptr;
    Lanes* factor = nullptr;  // [rows], weight before normalisation: 0 where not observed
    Lanes* powers = nullptr;  // three tables [longest + 1]
    Lanes* powers_b = nullptr;
    Lanes* powers_c = nullptr;
    bool* plain = nullptr;  // [blocks]: all of its factors are 1

    Lanes b{}, b_last{}, deviance{}, start_deviance{}, y_log_y{}, gamma{}, count{}, largest{};
    Lanes squares{};  // sum of the last weights' ((y - mu) / mu)^2
    Lanes degrees{}, rank{};
    Mask odd{}, active{}, converged{};
    bool trend = true;

    /// A geometric progression over the rows: value at time x is exp(rate x).
    ICOSA_INLINE void progress(Lanes* table, const Lanes& rate) const {
        Lanes ratio;
        exponentiate(ratio, rate);
        table[0] = Lanes{} + 1.0;
        for (int r = 1; r <= from.longest_; ++r) table[r] = table[r - 1] * ratio;
    }
    /// Its value at a block's first row, from that of the block before where they touch.
    ICOSA_INLINE void at_block(Lanes& value, std::size_t index, const Lanes* table, const Lanes& rate) const {
        const auto& block = from.plan_.blocks[index];
        const bool touches =
            index % 8 != 0 && from.plan_.blocks[index - 1].back - from.plan_.blocks[index - 1].length == block.back;
        if (touches) {
            value = value * table[from.plan_.blocks[index - 1].length];
        } else {
            const Lanes x = rate * time_of(block);
            exponentiate(value, x);
        }
    }
    [[nodiscard]] ICOSA_INLINE double time_of(const SeasonPlan::Block& block) const {
        return from.middle_ - block.back;
    }

    ICOSA_INLINE void start_sums() {
        const auto& plan = from.plan_;
        std::memset(static_cast<void*>(levels), 0, static_cast<std::size_t>(plan.levels) * sizeof(Level));
        start_deviance = y_log_y = count = largest = Lanes{};
        std::size_t row = 0;
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            Lanes n{}, s0{}, s1{}, s2{}, z0{}, z1{}, y0{}, y1{};
            for (int r = 0; r < block.length; ++r, ++row) {
                const auto at = static_cast<std::size_t>(t - block.back + r);
                Lanes seen, start, z, y, part;
                load(seen, &from.seen_[at]);
                load(start, &from.start_[at]);
                load(z, &from.start_z_[at]);
                load(y, &from.y_[at]);
                factor[row] = seen;
                const double d = r;
                n += seen;
                s0 += start;
                s1 += start * d;
                s2 += start * (d * d);
                z0 += z;
                z1 += z * d;
                y0 += y;
                y1 += y * d;
                load(part, &from.start_deviance_[at]);
                start_deviance += part;
                load(part, &from.y_log_y_[at]);
                y_log_y += part;
                largest = y > largest ? y : largest;
            }
            plain[i] = !any(n != static_cast<double>(block.length));
            const double x = time_of(block);
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

    /// Means summed by level at the current coefficients.
    ICOSA_INLINE void means() {
        const auto& plan = from.plan_;
        if (!trend) {
            for (int l = 0; l < plan.levels; ++l) {
                Lanes mean;
                exponentiate(mean, levels[l].a);
                levels[l].m0 = mean * levels[l].n;
            }
            return;
        }
        progress(powers, b);
        Lanes* s0s = powers_b;  // sums over the first r rows of a plain block
        Lanes* s1s = powers_c;
        Lanes* s2s = powers_c + from.longest_ + 1;
        s0s[0] = s1s[0] = s2s[0] = Lanes{};
        for (int r = 0; r < from.longest_; ++r) {
            const double d = r;
            s0s[r + 1] = s0s[r] + powers[r];
            s1s[r + 1] = s1s[r] + powers[r] * d;
            s2s[r + 1] = s2s[r] + powers[r] * (d * d);
        }
        for (int l = 0; l < plan.levels; ++l) levels[l].m0 = levels[l].m1 = levels[l].m2 = Lanes{};
        std::size_t row = 0;
        Lanes g{};
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            at_block(g, i, powers, b);
            Lanes s0 = s0s[block.length], s1 = s1s[block.length], s2 = s2s[block.length];
            if (!plain[i]) {
                s0 = s1 = s2 = Lanes{};
                for (int r = 0; r < block.length; ++r) {
                    const double d = r;
                    const Lanes p = factor[row + static_cast<std::size_t>(r)] * powers[r];
                    s0 += p;
                    s1 += p * d;
                    s2 += p * (d * d);
                }
            }
            row += static_cast<std::size_t>(block.length);
            const double x = time_of(block);
            Level& level = levels[block.level];
            level.m0 += g * s0;
            level.m1 += g * (s1 + s0 * x);
            level.m2 += g * (s2 + s1 * (2 * x) + s0 * (x * x));
        }
        for (int l = 0; l < plan.levels; ++l) {
            Lanes mean;
            exponentiate(mean, levels[l].a);
            levels[l].m0 *= mean;
            levels[l].m1 *= mean;
            levels[l].m2 *= mean;
        }
    }

    ICOSA_INLINE void check_range() {
        Lanes low = Lanes{} + 1e9, high = Lanes{} - 1e9;
        Mask bad{};
        for (int l = 0; l < from.plan_.levels; ++l) {
            const Mask used = levels[l].n > 0.0;
            const Lanes a = used ? levels[l].a : Lanes{};
            low = a < low ? a : low;
            high = a > high ? a : high;
            bad |= ~((a < most_eta) & (a > -most_eta));  // not a number too
        }
        const Lanes width = (b < 0.0 ? -b : b) * from.farthest_;
        bad |= ~((low - width > least_eta) & (high + width < most_eta));
        bad &= active;
        odd |= bad;
        active &= ~bad;
    }

    /// R's glm.fit from start to stop; `gamma` scales the factors.
    ICOSA_INLINE void iterate() {
        const int count_levels = from.plan_.levels;
        b = b_last = Lanes{};
        Lanes spread{}, tilt{};
        for (int l = 0; l < count_levels; ++l) {
            Level& level = levels[l];
            const Lanes i0 = level.n > 0.0 ? level.i0 : Lanes{} + 1.0;
            const Lanes mean_time = level.i1 / i0;
            spread += level.i2 - level.i1 * mean_time;
            tilt += level.z1 - level.z0 * mean_time;
        }
        if (trend) {
            odd |= ~(spread > 0.0);
            b = spread > 0.0 ? tilt / spread : Lanes{};
        }
        for (int l = 0; l < count_levels; ++l) {
            Level& level = levels[l];
            const Lanes i0 = level.n > 0.0 ? level.i0 : Lanes{} + 1.0;
            level.a = (level.z0 - b * level.i1) / i0;
            level.a_last = level.w0 = level.w1 = level.w2 = Lanes{};
        }
        active = ~odd;
        converged = Mask{};
        Lanes y_sum{}, y_time{};
        for (int l = 0; l < count_levels; ++l) {
            y_sum += levels[l].y0;
            y_time += levels[l].y1;
        }
        Lanes before = start_deviance * gamma;
        for (int iteration = 1;; ++iteration) {
            check_range();
            if (!any(active)) break;
            means();
            Lanes fitted{}, mean_sum{}, magnitude = y_log_y < 0.0 ? -y_log_y : y_log_y;
            for (int l = 0; l < count_levels; ++l) {
                const Lanes part = levels[l].a * levels[l].y0;
                fitted += part;
                mean_sum += levels[l].m0;
                magnitude += part < 0.0 ? -part : part;
            }
            deviance = 2.0 * (y_log_y - fitted - b * y_time - y_sum + mean_sum) * gamma;
            if (iteration > 1) {
                const Lanes moved = deviance - before;
                const Lanes size = deviance < 0.0 ? -deviance : deviance;
                const Lanes noise = (magnitude + mean_sum + y_sum) * gamma
                    * (8 * epsilon);  // what the sums themselves are uncertain by
                const Lanes allowed = tolerance * (size + 0.1);
                const Lanes limit = allowed > noise ? allowed : noise;
                const Mask done = active & ((moved < 0.0 ? -moved : moved) < limit);
                converged |= done;
                active &= ~done;
            }
            if (iteration == most_iterations || !any(active)) break;
            keep_where(before, active, deviance);
            keep_where(b_last, active, b);
            Lanes s{}, g{};
            for (int l = 0; l < count_levels; ++l) {
                Level& level = levels[l];
                keep_where(level.a_last, active, level.a);
                keep_where(level.w0, active, level.m0);
                if (!trend) continue;
                keep_where(level.w1, active, level.m1);
                keep_where(level.w2, active, level.m2);
                const Lanes m0 = level.n > 0.0 ? level.m0 : Lanes{} + 1.0;
                const Lanes mean_time = level.m1 / m0;
                s += level.m2 - level.m1 * mean_time;
                g += (level.y1 - level.m1) - (level.y0 - level.m0) * mean_time;
            }
            Lanes step{};
            if (trend) {
                const Mask singular = active & ~(s > 0.0);
                odd |= singular;
                active &= ~singular;
                step = active ? g / s : Lanes{};
                b += step;
            }
            for (int l = 0; l < count_levels; ++l) {
                Level& level = levels[l];
                const Lanes m0 = level.n > 0.0 ? level.m0 : Lanes{} + 1.0;
                const Lanes change = (level.y0 - level.m0 - (trend ? level.m1 * step : Lanes{})) / m0;
                level.a += (active & (level.n > 0.0)) ? change : Lanes{};
            }
        }
        rank = Lanes{} + (trend ? 1.0 : 0.0);
        for (int l = 0; l < count_levels; ++l) rank += levels[l].n > 0.0 ? Lanes{} + 1.0 : Lanes{};
        degrees = count - rank;
        for (int l = 0; l < count_levels; ++l) {  // w1 becomes the mean time, w2 the spread's share
            Level& level = levels[l];
            const Lanes w0 = level.w0 > 0.0 ? level.w0 : Lanes{} + 1.0;
            level.w1 = level.w1 / w0;
            level.w2 -= level.w1 * level.w1 * level.w0;
            keep_where(level.w0, level.w0 <= 0.0, Lanes{} + 1.0);
        }
    }

    ICOSA_INLINE void spread_of_times(Lanes& out) const {
        out = Lanes{};
        for (int l = 0; l < from.plan_.levels; ++l) out += levels[l].w2;
        if (!trend) out = Lanes{} + 1.0;
    }

    /// sum of factor W_last ((y - mu) / mu)^2, W_last without its factor
    ICOSA_INLINE void sum_squares() {
        const auto& plan = from.plan_;
        const Lanes rate = b_last - 2.0 * b;
        progress(powers, b);
        progress(powers_b, rate);
        for (int l = 0; l < plan.levels; ++l) {  // m0: mean at time 0, m1: last mean over mean^2 there
            exponentiate(levels[l].m0, levels[l].a);
            const Lanes x = levels[l].a_last - 2.0 * levels[l].a;
            exponentiate(levels[l].m1, x);
        }
        squares = Lanes{};
        Lanes g{}, h{};
        std::size_t row = 0;
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            at_block(g, i, powers, b);
            at_block(h, i, powers_b, rate);
            const Level& level = levels[block.level];
            const Lanes mean = level.m0 * g;
            Lanes sum{};
            for (int r = 0; r < block.length; ++r, ++row) {
                Lanes y;
                load(y, &from.y_[static_cast<std::size_t>(t - block.back + r)]);
                const Lanes off = y - mean * powers[r];
                sum += factor[row] * powers_b[r] * (off * off);
            }
            squares += level.m1 * h * sum;
        }
    }

    /// sum of factor ((y - mu) / mu)^2
    ICOSA_INLINE void slip_squares(Lanes& out) {
        const auto& plan = from.plan_;
        const Lanes rate = -b;
        progress(powers, rate);
        for (int l = 0; l < plan.levels; ++l) {
            const Lanes x = -levels[l].a;
            exponentiate(levels[l].m0, x);
        }
        out = Lanes{};
        Lanes g{};
        std::size_t row = 0;
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            at_block(g, i, powers, rate);
            const Lanes inverse = levels[block.level].m0 * g;
            for (int r = 0; r < block.length; ++r, ++row) {
                Lanes y;
                load(y, &from.y_[static_cast<std::size_t>(t - block.back + r)]);
                const Lanes off = y * (inverse * powers[r]) - 1.0;
                out += factor[row] * (off * off);
            }
        }
    }

    /// Factors from Anscombe residuals, and the start's sums corrected where a factor is not 1.
    ICOSA_INLINE void weigh(double threshold) {
        const auto& plan = from.plan_;
        const Lanes phi_raw = squares / degrees;
        const Lanes phi = phi_raw > 1.0 ? phi_raw : Lanes{} + 1.0;
        const Lanes limit = phi * (threshold * threshold);
        const Lanes sixth = b / 6.0, minus = b / -6.0;
        progress(powers, b_last);
        progress(powers_b, sixth);
        progress(powers_c, minus);
        Lanes spread;
        spread_of_times(spread);
        const Lanes by_spread = (trend ? Lanes{} + 1.0 : Lanes{}) / spread;
        for (int l = 0; l < plan.levels; ++l) {
            exponentiate(levels[l].m0, levels[l].a_last);
            const Lanes up = levels[l].a / 6.0, down = levels[l].a / -6.0;
            exponentiate(levels[l].m1, up);
            exponentiate(levels[l].m2, down);
        }
        Lanes g{}, h{}, k{};
        Lanes total = count;
        std::size_t row = 0;
        for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
            const auto& block = plan.blocks[i];
            at_block(g, i, powers, b_last);
            at_block(h, i, powers_b, sixth);
            at_block(k, i, powers_c, minus);
            Level& level = levels[block.level];
            const Lanes last = level.m0 * g;
            const Lanes root = level.m1 * h;
            const Lanes inverse_root = level.m2 * k;
            const Lanes level_part = 1.0 / level.w0;
            for (int r = 0; r < block.length; ++r, ++row) {
                const auto at = static_cast<std::size_t>(t - block.back + r);
                Lanes y_part;
                load(y_part, &from.y_two_thirds_[at]);
                const Lanes q = root * powers_b[r];
                const Lanes numerator = 1.5 * (y_part * (inverse_root * powers_c[r]) - q * q * q);
                const Lanes off = (time_of(block) + r) - level.w1;
                const Lanes rest = 1.0 - last * powers[r] * (level_part + off * off * by_spread);
                const Mask high =
                    (numerator > 0.0) & (numerator * numerator > limit * rest) & (factor[row] > 0.0) & (rest > 1e-10);
                if (!any(high)) continue;
                plain[i] = false;
                const Lanes weight = high ? phi * rest / (numerator * numerator) : factor[row];
                const Lanes change = weight - factor[row];
                factor[row] = weight;
                total += change;
                Lanes start, z, y, part;
                load(start, &from.start_[at]);
                load(z, &from.start_z_[at]);
                load(y, &from.y_[at]);
                const double x = time_of(block) + r;
                level.n += change;
                level.i0 += change * start;
                level.i1 += change * start * x;
                level.i2 += change * start * (x * x);
                level.z0 += change * z;
                level.z1 += change * z * x;
                level.y0 += change * y;
                level.y1 += change * y * x;
                load(part, &from.start_deviance_[at]);
                start_deviance += change * part;
                load(part, &from.y_log_y_[at]);
                y_log_y += change * part;
            }
        }
        gamma = count / total;
    }

    ICOSA_INLINE void run(const SeasonalFitOptions& options, SeasonalFit* out, int wanted) {
        trend = options.trend != 0;
        odd = active = Mask{};
        gamma = Lanes{} + 1.0;
        start_sums();
        iterate();
        const Mask first_converged = converged;
        sum_squares();
        const Lanes first_dispersion = squares / degrees;
        const Lanes first_count = count;
        if (std::isfinite(options.weights_threshold)) {
            weigh(options.weights_threshold);
            iterate();
            sum_squares();
        }
        Lanes slip, spread;
        slip_squares(slip);
        spread_of_times(spread);
        const auto& plan = from.plan_;
        for (int lane = 0; lane < wanted; ++lane) {
            SeasonalFit& fit = out[lane];
            fit = {};
            fit.rows = static_cast<int>(first_count[lane]);
            fit.largest = largest[lane];
            fit.degrees = degrees[lane];
            if (plan.predicted < 0 || !(levels[plan.predicted].n[lane] > 0) || !(fit.degrees > 0)) continue;
            if (odd[lane] != 0) {
                fit = from.fit_dense(t + lane, options);
                continue;
            }
            const Level& level = levels[plan.predicted];
            fit.fitted = true;
            fit.converged = first_converged[lane] != 0;
            fit.slope = trend ? b[lane] : 0;
            fit.eta = level.a[lane] + fit.slope * from.middle_;
            const double off = from.middle_ - level.w1[lane];
            fit.unscaled = (1 / level.w0[lane] + (trend ? off * off / spread[lane] : 0)) / gamma[lane];
            fit.slope_unscaled = trend ? 1 / (spread[lane] * gamma[lane]) : 0;
            fit.dispersion = squares[lane] * gamma[lane] / fit.degrees;
            fit.first_dispersion = first_dispersion[lane];
            fit.slip = slip[lane] * gamma[lane] / fit.degrees;
        }
    }
};

namespace {

#if defined(__x86_64__)
__attribute__((target("avx2"))) void run_wide(SeasonalKernel& kernel, const SeasonalFitOptions& options,
                                              SeasonalFit* out, int wanted) {
    kernel.run(options, out, wanted);
}
bool has_wide() { return __builtin_cpu_supports("avx2") != 0; }
#else
void run_wide(SeasonalKernel& kernel, const SeasonalFitOptions& options, SeasonalFit* out, int wanted) {
    kernel.run(options, out, wanted);
}
bool has_wide() { return false; }
#endif
void run_narrow(SeasonalKernel& kernel, const SeasonalFitOptions& options, SeasonalFit* out, int wanted) {
    kernel.run(options, out, wanted);
}

template <class T> T* take(char*& from, std::size_t count) {
    T* out = reinterpret_cast<T*>(from);
    from += (count * sizeof(T) + 31) / 32 * 32;
    return out;
}

}  // namespace

SeasonalFitter::SeasonalFitter(std::span<const double> counts, const SeasonPlan& plan) : plan_(plan), counts_(counts) {
    const std::size_t n = counts.size() + lanes;
    for (auto* column : {&y_, &seen_, &start_, &start_z_, &y_log_y_, &start_deviance_, &y_two_thirds_})
        column->assign(n, 0.0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double y = counts[i];
        if (std::isnan(y)) continue;
        const double start = y + 0.1, log_start = std::log(start);
        const double log_y = y > 0 ? y * std::log(y) : 0;
        const double cube_root = std::cbrt(y);
        y_[i] = y;
        seen_[i] = 1;
        start_[i] = start;
        start_z_[i] = start * log_start - 0.1;
        y_log_y_[i] = log_y;
        start_deviance_[i] = 2 * ((y > 0 ? y * std::log(y / start) : 0) + 0.1);
        y_two_thirds_[i] = cube_root * cube_root;
    }
    if (plan.blocks.empty()) return;
    const int oldest = plan.blocks.front().back;
    const int newest = plan.blocks.back().back - plan.blocks.back().length + 1;
    middle_ = 0.5 * (oldest + newest);
    farthest_ = 0.5 * (oldest - newest);
    for (const auto& block : plan.blocks) longest_ = std::max(longest_, block.length);
    const auto longest = static_cast<std::size_t>(longest_) + 1;
    const std::size_t bytes = static_cast<std::size_t>(plan.levels) * sizeof(SeasonalKernel::Level)
        + (static_cast<std::size_t>(plan.rows) + 4 * longest) * sizeof(Lanes) + plan.blocks.size() + 256;
    work_.assign(bytes, std::byte{});
}

void SeasonalFitter::fit(int first, std::span<SeasonalFit> out, const SeasonalFitOptions& options) {
    if (plan_.blocks.empty() || plan_.predicted < 0) {
        std::fill(out.begin(), out.end(), SeasonalFit{});
        return;
    }
    char* free = reinterpret_cast<char*>(work_.data());
    free += (32 - reinterpret_cast<std::uintptr_t>(free) % 32) % 32;
    const auto longest = static_cast<std::size_t>(longest_) + 1;
    SeasonalKernel kernel{.from = *this};
    kernel.levels = take<SeasonalKernel::Level>(free, static_cast<std::size_t>(plan_.levels));
    kernel.factor = take<Lanes>(free, static_cast<std::size_t>(plan_.rows));
    kernel.powers = take<Lanes>(free, longest);
    kernel.powers_b = take<Lanes>(free, longest);
    kernel.powers_c = take<Lanes>(free, 2 * longest);
    kernel.plain = take<bool>(free, plan_.blocks.size());
    static const bool wide = has_wide();
    for (std::size_t i = 0; i < out.size(); i += lanes) {
        kernel.t = first + static_cast<int>(i);
        const int wanted = static_cast<int>(std::min<std::size_t>(lanes, out.size() - i));
        (wide ? run_wide : run_narrow)(kernel, options, &out[i], wanted);
    }
}

SeasonalFit SeasonalFitter::fit_dense(int t, const SeasonalFitOptions& options) const {
    SeasonalFit out;
    const std::size_t columns = static_cast<std::size_t>(plan_.levels) + static_cast<std::size_t>(options.trend);
    std::vector<std::size_t> column_of(static_cast<std::size_t>(plan_.levels), columns);
    std::vector<double> y;
    std::vector<std::pair<int, double>> rows;  // level, time
    for (const auto& block : plan_.blocks) {
        for (int r = 0; r < block.length; ++r) {
            const double count = counts_[static_cast<std::size_t>(t - block.back + r)];
            if (std::isnan(count)) continue;
            y.push_back(count);
            rows.emplace_back(block.level, middle_ - block.back + r);
            out.largest = std::max(out.largest, count);
        }
    }
    std::size_t used = 0;
    for (const auto& [level, time] : rows) {
        auto& at = column_of[static_cast<std::size_t>(level)];
        if (at == columns) at = used++;
    }
    const std::size_t p = used + static_cast<std::size_t>(options.trend);
    const std::size_t n = y.size();
    out.rows = static_cast<int>(n);
    if (n <= p || column_of[static_cast<std::size_t>(plan_.predicted)] == columns) return out;
    Design design{n, p, std::vector<double>(n * p, 0.0)};
    for (std::size_t i = 0; i < n; ++i) {
        design.values[i * p + column_of[static_cast<std::size_t>(rows[i].first)]] = 1;
        if (options.trend != 0) design.values[i * p + used] = rows[i].second;
    }
    LogLinearFit fit = fit_log_linear(design, y);
    if (fit.coefficients.empty()) return out;
    out.converged = fit.converged;
    out.first_dispersion = fit.dispersion;
    std::vector<double> omega(n, 1.0);
    if (std::isfinite(options.weights_threshold)) {
        const double phi = std::max(fit.dispersion, 1.0);
        double total = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double mu = fit.fitted[i];
            const double rest = 1 - fit.weights[i] * quadratic_form({&design.values[i * p], p}, fit.unscaled);
            const double residual = 1.5 * (std::cbrt(y[i]) * std::cbrt(y[i]) * std::pow(mu, -1.0 / 6) - std::sqrt(mu));
            const double limit = options.weights_threshold * options.weights_threshold * phi * rest;
            if (residual > 0 && rest > 1e-10 && residual * residual > limit)
                omega[i] = phi * rest / (residual * residual);
            total += omega[i];
        }
        for (double& one : omega) one *= static_cast<double>(n) / total;
        fit = fit_log_linear(design, y, omega);
        if (fit.coefficients.empty()) return out;
    }
    std::vector<double> x(p, 0.0);
    x[column_of[static_cast<std::size_t>(plan_.predicted)]] = 1;
    if (options.trend != 0) x[used] = middle_;
    out.fitted = true;
    for (std::size_t a = 0; a < p; ++a) out.eta += x[a] * fit.coefficients[a];
    out.unscaled = quadratic_form(x, fit.unscaled);
    out.dispersion = fit.dispersion;
    out.degrees = fit.degrees;
    double slip = 0;
    for (std::size_t i = 0; i < n; ++i) slip += omega[i] * (y[i] / fit.fitted[i] - 1) * (y[i] / fit.fitted[i] - 1);
    out.slip = slip / fit.degrees;
    if (options.trend != 0) {
        out.slope = fit.coefficients[used];
        out.slope_unscaled = fit.unscaled[used * p + used];
    }
    return out;
}

}  // namespace icosa::methods
