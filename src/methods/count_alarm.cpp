/// EARS C2, season and trend, first reports.
#include "methods/count_alarm.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "methods/probability.hpp"
#include "methods/regression.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
const Alarm no_judgement{nan_value, nan_value, nan_value, 0, false, nan_value};

/// The negative binomial with this mean and variance-to-mean ratio; Poisson where the ratio is 1.
struct CountLaw {
    double mean = 0;
    double ratio = 1;

    [[nodiscard]] double size() const { return ratio > 1 + 1e-9 ? mean / (ratio - 1) : std::numeric_limits<double>::infinity(); }
    [[nodiscard]] double quantile(double p) const { return negative_binomial_quantile(p, mean, size()); }
    /// P(Y >= y), P(Y <= y).
    [[nodiscard]] double tail(double y, Side side) const {
        const double cdf = negative_binomial_cdf(std::floor(y), mean, size());
        return side == Side::Lower ? cdf : std::clamp(1 - cdf + negative_binomial_pmf(std::floor(y), mean, size()), 0.0, 1.0);
    }
    [[nodiscard]] double middle(double y) const {
        const double whole = std::floor(y);
        return negative_binomial_cdf(whole, mean, size()) - 0.5 * negative_binomial_pmf(whole, mean, size());
    }
};

void judge(Alarm& alarm, double count, Side side) {
    if (std::isnan(count)) {
        alarm.unusualness = nan_value;
        return;
    }
    alarm.alarm = side == Side::Upper ? count > alarm.threshold : count < alarm.threshold;
}

/// The past of one series, as a regression sees it.
struct Past {
    std::vector<double> counts;
    std::vector<int> when;
    double sum = 0;
    double largest = 0;
};

struct Model {
    bool trend = false;
    int harmonics = 0;

    [[nodiscard]] std::size_t columns() const { return 1 + (trend ? 1U : 0U) + 2 * static_cast<std::size_t>(harmonics); }
    /// The row of the design for period s; the trend is centred on `origin` and counted in seasons.
    void row(int s, int origin, int season, double* out) const {
        *out++ = 1;
        if (trend) *out++ = static_cast<double>(s - origin) / season;
        for (int k = 1; k <= harmonics; ++k) {
            const double angle = 2 * std::numbers::pi * k * (s % season) / season;
            *out++ = std::cos(angle);
            *out++ = std::sin(angle);
        }
    }
};

struct Prediction {
    CountLaw law;
    double mean = 0;
};

/// The count law of period t from a model, or nothing where the fit fails or the trend does not earn its place.
std::optional<Prediction> predict(const Past& past, const Model& model, int t, const SeasonTrendOptions& options) {
    const std::size_t p = model.columns();
    const std::size_t n = past.counts.size();
    if (n <= p) return std::nullopt;
    Design design{n, p, std::vector<double>(n * p)};
    for (std::size_t i = 0; i < n; ++i) model.row(past.when[i], t, options.season, &design.values[i * p]);
    const LogLinearFit fit = fit_log_linear(design, past.counts);
    if (!fit.converged) return std::nullopt;
    const double phi = std::max(fit.dispersion, 1.0);
    std::vector<double> x(p);
    model.row(t, t, options.season, x.data());
    double eta = 0;
    for (std::size_t a = 0; a < p; ++a) eta += x[a] * fit.coefficients[a];
    const double mean = std::exp(eta);
    if (!std::isfinite(mean)) return std::nullopt;
    if (model.trend) {
        const double error = std::sqrt(fit.dispersion * fit.unscaled[p + 1]);
        const double tail = 2 * student_t_cdf(-std::fabs(fit.coefficients[1] / error), fit.degrees);
        if (!(tail < options.trend_level) || mean > past.largest) return std::nullopt;
    }
    const double ratio = phi * (1 + mean * quadratic_form(x, fit.unscaled));
    return Prediction{{std::max(mean, options.floor), ratio}, mean};
}

/// Mean and Pearson dispersion without a regression; holds for a past of zeros too.
Prediction plain_mean(const Past& past, const SeasonTrendOptions& options) {
    const auto n = static_cast<double>(past.counts.size());
    const double mean = past.sum / n;
    double phi = 1;
    if (mean > 0 && n > 1) {
        double sum = 0;
        for (const double y : past.counts) sum += (y - mean) * (y - mean) / mean;
        phi = std::max(1.0, sum / (n - 1));
    }
    return {{std::max(mean, options.floor), phi * (1 + 1 / n)}, mean};
}

}  // namespace

std::vector<Alarm> ears_c2(std::span<const double> counts, const EarsOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const double z = normal_quantile(1 - options.alpha);
    const int least = options.minimum_reference > 0 ? options.minimum_reference : options.baseline;
    for (int t = std::max(options.first, options.baseline + options.guard); t < static_cast<int>(counts.size()); ++t) {
        const auto baseline = counts.subspan(static_cast<std::size_t>(t - options.guard - options.baseline), static_cast<std::size_t>(options.baseline));
        double sum = 0;
        int n = 0;
        for (const double y : baseline) {
            if (std::isnan(y)) continue;
            sum += y;
            ++n;
        }
        if (n < std::max(least, 2)) continue;
        const double mean = sum / n;
        double squares = 0;  // two passes: equal counts give exactly 0
        for (const double y : baseline) {
            if (!std::isnan(y)) squares += (y - mean) * (y - mean);
        }
        const double sigma = std::max(std::sqrt(squares / (n - 1)), options.minimum_sigma);
        const double count = counts[static_cast<std::size_t>(t)];
        Alarm& alarm = out[static_cast<std::size_t>(t)];
        alarm = {mean, 0, 0, n, false};
        const double sign = options.side == Side::Upper ? 1 : -1;
        alarm.threshold = mean + sign * z * sigma;
        if (options.side == Side::Lower) alarm.threshold = std::max(alarm.threshold, 0.0);
        if (!std::isnan(count)) {
            const double distance = sign * (count - mean);
            alarm.unusualness = sigma > 0 ? normal_cdf(distance / sigma) : (distance > 0 ? 1.0 : distance < 0 ? 0.0 : 0.5);
            if (sigma > 0) alarm.p_value = student_t_cdf(-distance / (sigma * std::sqrt(1 + 1.0 / n)), n - 1);
        }
        if (options.floor > 0) {
            const CountLaw law{std::max(mean, options.floor), 1};
            if (!std::isnan(count)) alarm.p_value = std::fmax(alarm.p_value, law.tail(count, options.side));
            if (options.side == Side::Upper) {
                alarm.threshold = std::max(alarm.threshold, law.quantile(1 - options.alpha));
                alarm.unusualness = std::min(alarm.unusualness, law.middle(count));
            } else {
                alarm.threshold = std::min(alarm.threshold, law.quantile(options.alpha));
                alarm.unusualness = std::min(alarm.unusualness, 1 - law.middle(count));
            }
        }
        judge(alarm, count, options.side);
    }
    return out;
}

std::vector<Alarm> season_trend(std::span<const double> counts, const SeasonTrendOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const bool annual = options.season == 1;
    const int least = std::max(8, std::min(options.season, 12));
    const int trend_least = annual ? 8 : 3 * options.season;
    Past past;
    for (int t = std::max(options.first, least); t < static_cast<int>(counts.size()); ++t) {
        const int last = t - options.guard - 1;
        const int from = std::max(0, last + 1 - options.years * options.season);
        past.counts.clear();
        past.when.clear();
        past.sum = past.largest = 0;
        for (int s = from; s <= last; ++s) {
            const double y = counts[static_cast<std::size_t>(s)];
            if (std::isnan(y)) continue;
            past.counts.push_back(y);
            past.when.push_back(s);
            past.sum += y;
            past.largest = std::max(past.largest, y);
        }
        const int n = static_cast<int>(past.counts.size());
        if (n < least) continue;
        const int harmonics = !annual && n >= 2 * options.season ? std::min(options.harmonics, (options.season - 1) / 2) : 0;
        const bool may_trend = options.trend == Trend::WhereSignificant && n >= trend_least;
        std::optional<Prediction> found;
        if (past.sum > 0) {
            if (may_trend) found = predict(past, {true, harmonics}, t, options);
            if (!found && harmonics > 0) found = predict(past, {false, harmonics}, t, options);
        }
        if (!found) found = plain_mean(past, options);
        const double count = counts[static_cast<std::size_t>(t)];
        Alarm& alarm = out[static_cast<std::size_t>(t)];
        alarm = {found->mean, 0, 0, n, false};
        const bool upper = options.side == Side::Upper;
        alarm.threshold = found->law.quantile(upper ? 1 - options.alpha : options.alpha);
        if (!std::isnan(count)) {
            alarm.unusualness = upper ? found->law.middle(count) : 1 - found->law.middle(count);
            alarm.p_value = found->law.tail(count, options.side);
        }
        judge(alarm, count, options.side);
    }
    return out;
}

std::vector<Alarm> first_report(std::span<const double> counts, const FirstReportOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    for (int t = std::max(options.first, options.quiet); t < static_cast<int>(counts.size()); ++t) {
        int observed = 0;
        bool empty = true;
        for (const double y : counts.subspan(static_cast<std::size_t>(t - options.quiet), static_cast<std::size_t>(options.quiet))) {
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
