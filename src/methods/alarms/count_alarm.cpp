/// EARS and first reports.
#include "methods/alarms/count_alarm.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/number.hpp"
#include "methods/forecasts/count_law.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

/// Mean and spread of the periods before t, or nothing where too few of them were observed.
struct Baseline {
    double mean = 0;
    double sigma = 0;
    int observed = 0;
};
std::optional<Baseline> baseline_of(std::span<const double> counts, int t, const EarsOptions& options) {
    const int from = t - options.guard - options.baseline;
    if (from < 0) return std::nullopt;
    const auto baseline = counts.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(options.baseline));
    double sum = 0;
    int n = 0;
    for (const double y : baseline) {
        if (std::isnan(y)) continue;
        sum += y;
        ++n;
    }
    const int least = options.minimum_reference > 0 ? options.minimum_reference : options.baseline;
    if (n < std::max(least, 2)) return std::nullopt;
    const double mean = sum / n;
    double squares = 0;  // two passes: equal counts give exactly 0
    for (const double y : baseline) {
        if (!std::isnan(y)) squares += (y - mean) * (y - mean);
    }
    return Baseline{mean, std::max(std::sqrt(squares / (n - 1)), options.minimum_sigma), n};
}

/// The Poisson bound beside the normal one: the milder of the two holds.
void with_floor(Alarm& alarm, double mean, double count, const EarsOptions& options) {
    const CountLaw law{std::max(mean, options.floor), 1};
    const bool upper = options.side == Side::Upper;
    const double bound = law.quantile(upper ? 1 - options.alpha : options.alpha);
    alarm.threshold = upper ? std::max(alarm.threshold, bound) : std::min(alarm.threshold, bound);
    if (std::isnan(count)) return;
    alarm.unusualness = std::min(alarm.unusualness, upper ? law.middle(count) : 1 - law.middle(count));
    alarm.p_value = std::fmax(alarm.p_value, upper ? law.upper_tail(count) : law.cdf(count));
}

}  // namespace

std::vector<Alarm> ears(std::span<const double> counts, const EarsOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const double z = normal_quantile(1 - options.alpha);
    for (int t = std::max(options.first, options.baseline + options.guard); t < static_cast<int>(counts.size()); ++t) {
        const auto past = baseline_of(counts, t, options);
        if (!past) continue;
        const auto [mean, sigma, n] = *past;
        const double count = counts[static_cast<std::size_t>(t)];
        Alarm& alarm = out[static_cast<std::size_t>(t)];
        alarm = {mean, 0, 0, n, false};
        const double sign = options.side == Side::Upper ? 1 : -1;
        alarm.threshold = mean + sign * z * sigma;
        if (options.side == Side::Lower) alarm.threshold = std::max(alarm.threshold, 0.0);
        if (!std::isnan(count)) {
            const double distance = sign * (count - mean);
            alarm.unusualness = sigma > 0 ? normal_cdf(distance / sigma)
                                          : (distance > 0       ? 1.0
                                                 : distance < 0 ? 0.0
                                                                : 0.5);
            if (sigma > 0) alarm.p_value = student_t_cdf(-distance / (sigma * std::sqrt(1 + 1.0 / n)), n - 1);
        }
        if (options.floor > 0) with_floor(alarm, mean, count, options);
        judge(alarm, count, options.side);
    }
    return out;
}

std::vector<Alarm> ears_c3(std::span<const double> counts, const EarsOptions& options, C3 variant) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const double z = normal_quantile(1 - options.alpha);
    const bool published = variant == C3::Published;
    const auto excess_of = [&](int t) {  // of one period over one standard deviation
        const double count = counts[static_cast<std::size_t>(t)];
        const auto past = baseline_of(counts, t, options);
        if (!past || std::isnan(count)) return published ? 0.0 : nan_value;
        if (past->sigma == 0 && count == past->mean) return published ? 0.0 : nan_value;
        return std::max(0.0, (count - past->mean) / past->sigma - 1);
    };
    const int start = options.baseline + options.guard + 2;
    for (int t = std::max(options.first, start); t < static_cast<int>(counts.size()); ++t) {
        const auto past = baseline_of(counts, t, options);
        if (!past) continue;
        const double count = counts[static_cast<std::size_t>(t)];
        const double earlier = excess_of(t - 1) + excess_of(t - 2);
        Alarm& alarm = out[static_cast<std::size_t>(t)];
        alarm = {past->mean, 0, nan_value, past->observed, false};
        if (!published) {
            const double bound = count + past->sigma * (z - earlier);
            alarm.threshold = std::isnan(bound) ? nan_value : std::max(0.0, bound);
            alarm.alarm = count > alarm.threshold;
            alarm.unusualness = normal_cdf(earlier);
            continue;
        }
        alarm.threshold = earlier > z ? 0.0 : std::max(0.0, past->mean + past->sigma * (1 + z - earlier));
        if (!std::isnan(count)) alarm.unusualness = count > 0 ? normal_cdf(earlier + excess_of(t)) : 0.5;
        if (options.floor > 0) with_floor(alarm, past->mean, count, options);
        alarm.p_value = nan_value;  // the sum of three periods has no known law
        judge(alarm, count, Side::Upper);
    }
    return out;
}

std::vector<Alarm> first_report(std::span<const double> counts, const FirstReportOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    for (int t = std::max(options.first, options.quiet); t < static_cast<int>(counts.size()); ++t) {
        int observed = 0;
        bool empty = true;
        for (const double y :
             counts.subspan(static_cast<std::size_t>(t - options.quiet), static_cast<std::size_t>(options.quiet))) {
            if (std::isnan(y)) continue;
            ++observed;
            empty = empty && y == 0;
        }
        if (observed < options.observed_share * options.quiet) continue;
        const double count = counts[static_cast<std::size_t>(t)];
        Alarm& alarm = out[static_cast<std::size_t>(t)];
        alarm = {0, 0, nan_value, observed, false};
        if (std::isnan(count)) continue;
        alarm.alarm = empty && count > 0;
        alarm.unusualness = alarm.alarm ? 1 - 1.0 / (observed + 2) : 0.5;
    }
    return out;
}

}  // namespace icosa::methods
