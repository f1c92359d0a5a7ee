/// Cumulative sums over the periods since the baseline.
#include "methods/alarms/count_chart.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "base/number.hpp"

namespace icosa::methods {
namespace {

struct InControl {
    double mean = 0;
    int observed = 0;
};

/// The mean of the first periods, or nothing where none of them was observed or nothing follows.
std::optional<InControl> in_control(std::span<const double> counts, int until) {
    if (static_cast<std::size_t>(until) >= counts.size()) return std::nullopt;
    double sum = 0;
    int n = 0;
    for (const double y : counts.first(static_cast<std::size_t>(until))) {
        if (std::isnan(y)) continue;
        sum += y;
        ++n;
    }
    if (n == 0) return std::nullopt;
    return InControl{sum / n, n};
}

/// q of the negative binomial's log likelihood ratio.
double log_ratio(double size_inverse, double mean, double factor) {
    return std::log((1 + size_inverse * mean) / (1 + size_inverse * mean * factor));
}

/// The known rise: its share in L of one period, and the count that takes L over the limit.
struct KnownRise {
    double mean, theta, limit, size_inverse, q;

    KnownRise(double mean_, const LikelihoodRatioOptions& options)
        : mean(mean_),
          theta(options.theta),
          limit(options.limit),
          size_inverse(options.size_inverse),
          q(size_inverse > 0 ? log_ratio(size_inverse, mean, std::exp(theta)) : 0) {}
    [[nodiscard]] double step(double y) const {
        return size_inverse > 0 ? theta * y + (y + 1 / size_inverse) * q : theta * y + (1 - std::exp(theta)) * mean;
    }
    [[nodiscard]] double count_to_pass(double before) const {
        const double count = size_inverse > 0 ? (limit - before - q / size_inverse) / (theta + q)
                                              : (limit - before + mean * (std::exp(theta) - 1)) / theta;
        return std::max(0.0, count);
    }
};

/// Calls see(t, y, L before, L) for each period after the baseline.
template <class See>
void run_known(std::span<const double> counts, const LikelihoodRatioOptions& options, const KnownRise& rise, See see) {
    double value = 0;
    for (std::size_t t = static_cast<std::size_t>(options.baseline_until); t < counts.size(); ++t) {
        const double y = counts[t];
        const double before = value;
        if (!std::isnan(y)) value = std::max(0.0, before + rise.step(y));
        see(t, y, before, value);
        if (value > options.limit) value = 0;
    }
}

/// The likelihood of stretches of the chart: one-parameter families, so that the sum and the length of a stretch say
/// all.
struct UnknownChange {
    double mean, size_inverse;
    Side side;

    /// sup over theta of the log likelihood ratio of a stretch of n periods with this sum
    [[nodiscard]] double best(double sum, double n) const {
        const double base = n * mean;
        const bool departs = side == Side::Upper ? sum > base : sum < base;
        if (!departs) return 0;
        if (size_inverse > 0) {
            const double factor = sum / base;
            const double q = log_ratio(size_inverse, mean, factor);
            return (sum > 0 ? std::log(factor) * sum : 0) + (sum + n / size_inverse) * q;
        }
        return sum > 0 ? std::log(sum / base) * sum - (sum - base) : base;
    }
};

/// Calls see(t, starts, sums): the stretches that end before t and go on with it, shortest first, given as sums[j] over
/// lengths[j] observed periods; returns whether the chart alarms there.
struct Stretch {
    double sum = 0;
    double length = 0;  ///< observed periods
};
template <class See> void run_unknown(std::span<const double> counts, const GeneralisedOptions& options, See see) {
    std::vector<Stretch> before;
    std::size_t start = static_cast<std::size_t>(options.baseline_until);
    for (std::size_t t = start; t < counts.size(); ++t) {
        before.clear();
        Stretch sum;
        const std::size_t oldest = options.window > 0 && t - start > static_cast<std::size_t>(options.window)
            ? t - static_cast<std::size_t>(options.window)
            : start;
        for (std::size_t s = t + 1; s-- > oldest;) {
            if (s < t && !std::isnan(counts[s])) {
                sum.sum += counts[s];
                sum.length += 1;
            }
            if (t - s + 1 >= static_cast<std::size_t>(options.least)) before.push_back(sum);
        }
        if (see(t, counts[t], before)) start = t + 1;
    }
}

double largest(const std::vector<Stretch>& before, double y, const UnknownChange& change) {
    double out = 0;
    for (const Stretch& one : before)
        out = std::max(out,
                       std::isnan(y) ? (one.length > 0 ? change.best(one.sum, one.length) : 0)
                                     : change.best(one.sum + y, one.length + 1));
    return out;
}

/// The count nearest to the mean that alarms: by doubling away from what is known not to, then halving.
double first_alarming(const std::vector<Stretch>& before, const UnknownChange& change, double limit) {
    const auto alarms = [&](double y) { return largest(before, y, change) >= limit; };
    if (change.side == Side::Lower) {  // the largest count that alarms
        if (!alarms(0)) return nan_value;
        double low = 0, high = 1;
        for (double step = 1; alarms(high); high += step) low = high, step *= 2;
        while (high - low > 1) {
            const double middle = low + std::floor((high - low) / 2);
            (alarms(middle) ? low : high) = middle;
        }
        return low;
    }
    if (alarms(0)) return 0;
    double low = 0, high = std::max(1.0, std::ceil(change.mean));
    for (double step = high; !alarms(high); high += step) {
        low = high, step *= 2;
        if (high > 1e15) return nan_value;
    }
    while (high - low > 1) {
        const double middle = low + std::floor((high - low) / 2);
        (alarms(middle) ? high : low) = middle;
    }
    return high;
}

}  // namespace

std::vector<Alarm> cusum_rossi(std::span<const double> counts, const RossiOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const auto base = in_control(counts, options.baseline_until);
    if (!base || !(base->mean > 0)) return out;
    const double m = base->mean, root = std::sqrt(m);
    double value = 0;
    for (std::size_t t = static_cast<std::size_t>(options.baseline_until); t < counts.size(); ++t) {
        const double y = counts[t];
        const double a = options.h + options.k - value;
        const double bound = 2 * a * root + 5 * m - 2 * std::sqrt(4 * m * m + 2 * m * root * a);
        if (!std::isnan(y))
            value = std::max(0.0, value + ((y - 3 * m + 2 * std::sqrt(y * m)) / (2 * root) - options.k));
        if (t < static_cast<std::size_t>(std::max(options.first, 0))) continue;
        out[t] = {m, bound > 0 ? bound : 0, nan_value, base->observed, false, nan_value};
        if (std::isnan(y)) continue;
        out[t].alarm = value >= options.h;
        out[t].p_value = std::exp(-2 * options.k * value);
        out[t].unusualness = 1 - out[t].p_value;
    }
    return out;
}

std::vector<Alarm> likelihood_ratio_cusum(std::span<const double> counts, const LikelihoodRatioOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const auto base = in_control(counts, options.baseline_until);
    if (!base) return out;
    const KnownRise rise(base->mean, options);
    run_known(counts, options, rise, [&](std::size_t t, double y, double before, double value) {
        if (t < static_cast<std::size_t>(std::max(options.first, 0))) return;
        out[t] = {base->mean, rise.count_to_pass(before), nan_value, base->observed, false, nan_value};
        if (std::isnan(y)) return;
        out[t].alarm = value > options.limit;
        out[t].p_value = std::exp(-value);
        out[t].unusualness = 1 - out[t].p_value;
    });
    return out;
}

std::vector<double> likelihood_ratio_values(std::span<const double> counts, const LikelihoodRatioOptions& options) {
    std::vector<double> out(counts.size(), nan_value);
    const auto base = in_control(counts, options.baseline_until);
    if (!base) return out;
    run_known(counts, options, KnownRise(base->mean, options),
              [&](std::size_t t, double, double, double value) { out[t] = value; });
    return out;
}

std::vector<Alarm> generalised_likelihood_ratio(std::span<const double> counts, const GeneralisedOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const auto base = in_control(counts, options.baseline_until);
    if (!base || !(base->mean > 0)) return out;
    const UnknownChange change{base->mean, options.size_inverse, options.side};
    run_unknown(counts, options, [&](std::size_t t, double y, const std::vector<Stretch>& before) {
        const double value = largest(before, y, change);
        const bool alarm = !std::isnan(y) && value >= options.limit;
        if (t < static_cast<std::size_t>(std::max(options.first, 0)) || before.empty()) return alarm;
        out[t] = {base->mean, first_alarming(before, change, options.limit), nan_value, base->observed, alarm,
                  nan_value};
        if (std::isnan(y)) return false;
        out[t].p_value = std::min(1.0, static_cast<double>(before.size()) * std::exp(-value));
        out[t].unusualness = 1 - out[t].p_value;
        return alarm;
    });
    return out;
}

std::vector<double> generalised_values(std::span<const double> counts, const GeneralisedOptions& options) {
    std::vector<double> out(counts.size(), nan_value);
    const auto base = in_control(counts, options.baseline_until);
    if (!base || !(base->mean > 0)) return out;
    const UnknownChange change{base->mean, options.size_inverse, options.side};
    run_unknown(counts, options, [&](std::size_t t, double y, const std::vector<Stretch>& before) {
        out[t] = before.empty() ? nan_value : largest(before, y, change);
        return !std::isnan(y) && out[t] >= options.limit;
    });
    return out;
}

double generalised_alarm_rate(double limit) {
    const double b = std::sqrt(2 * limit);
    constexpr double rate = 2 * 0.583;  // the integral of x exp(-rate x) from 0 to b
    const double integral = (1 - std::exp(-rate * b) * (1 + rate * b)) / (rate * rate);
    const double run_length = 2 * std::sqrt(2 * std::numbers::pi) * std::exp(limit) / (b * integral);
    return std::min(1.0, 1 / run_length);
}

}  // namespace icosa::methods
