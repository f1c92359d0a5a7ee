/// Robust deviation, change, threshold, drawdown, rolling rise.
#include "methods/change/level.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

/// Values seen so far, in order, for the rank of the next.
class Ranks {
public:
    /// (below + equal / 2 + 1/2) / (m + 1) of x among those added before.
    [[nodiscard]] double of(double x) const {
        const auto [low, high] = std::equal_range(sorted_.begin(), sorted_.end(), x);
        const auto below = static_cast<double>(low - sorted_.begin());
        const auto equal = static_cast<double>(high - low);
        return (below + equal / 2 + 0.5) / (static_cast<double>(sorted_.size()) + 1);
    }
    void add(double x) { sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), x), x); }

private:
    std::vector<double> sorted_;
};

/// From the median absolute deviation; where that is 0, from the mean one.
double scale_of(std::span<const double> window, double centre) {
    const auto n = static_cast<double>(window.size());
    const double scale = 1.4826 * median_absolute_deviation(window) * n / (n - 0.8);
    if (scale != 0) return scale;
    double sum = 0;
    for (const double x : window) sum += std::fabs(x - centre);
    return 1.2533 * sum / n;
}

}  // namespace

std::vector<Alarm> robust_deviation(std::span<const double> values, const RobustDeviationOptions& options) {
    std::vector<Alarm> out(values.size(), no_judgement);
    const double sign = options.side == Side::Upper ? 1 : -1;
    std::vector<double> window;
    for (int t = std::max(options.first, 0); t < static_cast<int>(values.size()); ++t) {
        window.clear();
        for (int s = std::max(0, t - options.guard - options.window); s < t - options.guard; ++s) {
            if (const double x = values[static_cast<std::size_t>(s)]; !std::isnan(x)) window.push_back(x);
        }
        const auto n = static_cast<double>(window.size());
        if (window.size() < static_cast<std::size_t>(std::max(options.minimum_reference, 3))) continue;
        const double centre = median(window);
        double scale = scale_of(window, centre);
        scale = std::max({scale, options.minimum_scale, options.minimum_scale_share * std::fabs(centre)});
        const double degrees = 0.44 * n;
        const double spread =
            options.score == Score::Student ? scale * std::sqrt(1 + std::numbers::pi / (2 * n)) : scale;
        const double q = options.score == Score::Student ? student_t_quantile(1 - options.alpha, degrees)
                                                         : normal_quantile(1 - options.alpha);
        const double x = values[static_cast<std::size_t>(t)];
        Alarm& alarm = out[static_cast<std::size_t>(t)];
        alarm = {centre, centre + sign * q * spread, nan_value, static_cast<int>(window.size()), false};
        if (std::isnan(x)) continue;
        const double distance = sign * (x - centre);
        alarm.alarm = distance > sign * (alarm.threshold - centre);
        if (scale == 0) {
            alarm.unusualness = distance > 0 ? 1 - 1 / (n + 2) : distance < 0 ? 1 / (n + 2) : 0.5;
            continue;
        }
        const bool student = options.score == Score::Student;
        alarm.unusualness = student ? student_t_cdf(distance / spread, degrees) : normal_cdf(distance / spread);
        alarm.p_value = student ? student_t_cdf(-distance / spread, degrees) : normal_cdf(-distance / spread);
    }
    return out;
}

std::vector<Alarm> change(std::span<const double> values, const ChangeOptions& options) {
    std::vector<Alarm> out(values.size(), no_judgement);
    const double sign = options.side == Side::Upper ? 1 : -1;
    Ranks ranks;
    int earlier = 0;
    for (int t = options.lag; t < static_cast<int>(values.size()); ++t) {
        const double base = values[static_cast<std::size_t>(t - options.lag)];
        const bool share = options.kind == ChangeKind::Share;
        if (std::isnan(base) || (share && base < 0)) continue;
        Alarm alarm{base, share ? base * (1 + sign * options.by) : base + sign * options.by, nan_value, earlier, false};
        if (const double x = values[static_cast<std::size_t>(t)]; !std::isnan(x)) {
            double moved =
                share ? (base == 0 ? (x > 0 ? std::numeric_limits<double>::max() : 0) : x / base - 1) : x - base;
            moved *= sign;
            alarm.alarm = sign * (x - alarm.threshold) >= 0 && x != base;
            alarm.unusualness = ranks.of(moved);
            ranks.add(moved);
            ++earlier;
        }
        if (t >= options.first) out[static_cast<std::size_t>(t)] = alarm;
    }
    return out;
}

std::vector<Alarm> threshold(std::span<const double> values, const ThresholdOptions& options) {
    std::vector<Alarm> out(values.size(), no_judgement);
    const double sign = options.side == Side::Upper ? 1 : -1;
    Ranks ranks;
    double before = nan_value;
    int earlier = 0;
    for (int t = 0; t < static_cast<int>(values.size()); ++t) {
        const double x = values[static_cast<std::size_t>(t)];
        Alarm alarm{before, options.limit, nan_value, earlier, false};
        if (!std::isnan(x)) {
            const bool beyond = sign * (x - options.limit) >= 0;
            const bool beyond_before = sign * (before - options.limit) >= 0;  // false for the first
            alarm.alarm =
                beyond && (options.crossing == Crossing::WhileBeyond || (!beyond_before && !std::isnan(before)));
            alarm.unusualness = ranks.of(sign * x);
            ranks.add(sign * x);
            before = x;
            ++earlier;
        }
        if (t >= options.first) out[static_cast<std::size_t>(t)] = alarm;
    }
    return out;
}

std::vector<Alarm> drawdown(std::span<const double> values, const DrawdownOptions& options) {
    std::vector<Alarm> out(values.size(), no_judgement);
    Ranks ranks;
    int earlier = 0;
    for (int t = 1; t < static_cast<int>(values.size()); ++t) {
        double peak = -1;
        bool before = false;
        for (int s = std::max(0, t - options.window + 1); s <= t; ++s) {
            const double x = values[static_cast<std::size_t>(s)];
            if (std::isnan(x)) continue;
            peak = std::max(peak, x);
            before = before || s < t;
        }
        if (!before) continue;
        Alarm alarm{peak, options.share * peak, nan_value, earlier, false};
        if (const double x = values[static_cast<std::size_t>(t)]; !std::isnan(x)) {
            alarm.alarm = peak >= options.minimum_peak && peak > 0 && x <= alarm.threshold;
            const double lost = peak > 0 ? 1 - x / peak : 0;
            alarm.unusualness = ranks.of(lost);
            ranks.add(lost);
            ++earlier;
        }
        if (t >= options.first) out[static_cast<std::size_t>(t)] = alarm;
    }
    return out;
}

std::vector<Alarm> off_expected(std::span<const double> values, std::span<const double> expected,
                                const RobustDeviationOptions& options) {
    std::vector<double> errors(values.size());
    for (std::size_t i = 0; i < errors.size(); ++i) {
        const double error = values[i] - expected[i];
        errors[i] = std::fabs(error) <= 1e-9 * std::fmax(std::fabs(values[i]), std::fabs(expected[i])) ? 0 : error;
    }
    std::vector<Alarm> out = robust_deviation(errors, options);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].expected += expected[i];
        out[i].threshold += expected[i];
    }
    return out;
}

std::vector<double> rolling_sums(std::span<const double> values, int window) {
    if (window == 1) return {values.begin(), values.end()};
    std::vector<double> out(values.size(), nan_value);
    for (std::size_t t = static_cast<std::size_t>(window) - 1; t < values.size(); ++t) {
        double sum = 0;
        for (std::size_t s = t + 1 - static_cast<std::size_t>(window); s <= t; ++s) sum += values[s];
        out[t] = sum;
    }
    return out;
}

std::vector<Alarm> rolling_rise(std::span<const double> sums, const RollingRiseOptions& options) {
    std::vector<Alarm> out(sums.size(), no_judgement);
    Ranks ranks;
    int earlier = 0;
    for (int t = options.lag; t < static_cast<int>(sums.size()); ++t) {
        const double before = sums[static_cast<std::size_t>(t - options.lag)];
        if (std::isnan(before)) continue;
        Alarm alarm{before, std::max(options.at_least, options.ratio * before), nan_value, earlier, false};
        if (const double now = sums[static_cast<std::size_t>(t)]; !std::isnan(now)) {
            alarm.alarm = now >= alarm.threshold && now > before;
            const double rise = (now + 1) / (before + 1);
            alarm.unusualness = ranks.of(rise);
            ranks.add(rise);
            ++earlier;
        }
        if (t >= options.first) out[static_cast<std::size_t>(t)] = alarm;
    }
    return out;
}

}  // namespace icosa::methods
