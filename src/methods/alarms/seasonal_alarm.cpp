/// Season and trend; Farrington's methods over the seasonal fit.
#include "methods/alarms/seasonal_alarm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "base/number.hpp"
#include "methods/alarms/seasonal_fit.hpp"
#include "methods/forecasts/count_law.hpp"
#include "methods/statistics/probability.hpp"
#include "methods/statistics/regression.hpp"

namespace icosa::methods {
namespace {

constexpr double least_mean = std::numeric_limits<double>::epsilon();  // R's floor of a fitted mean
constexpr int least_years_for_trend = 3;

/// The past of one series, as a regression sees it.
struct Past {
    std::vector<double> counts;
    std::vector<int> when;
    double sum = 0;
    double largest = 0;

    /// What was observed from one period to another, both included.
    void take(std::span<const double> all, int from, int last) {
        counts.clear();
        when.clear();
        sum = largest = 0;
        for (int s = from; s <= last; ++s) {
            const double y = all[static_cast<std::size_t>(s)];
            if (std::isnan(y)) continue;
            counts.push_back(y);
            when.push_back(s);
            sum += y;
            largest = std::max(largest, y);
        }
    }
};

struct Model {
    bool trend = false;
    int harmonics = 0;

    [[nodiscard]] std::size_t columns() const {
        return 1 + (trend ? 1U : 0U) + 2 * static_cast<std::size_t>(harmonics);
    }
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

/// What the two methods of Farrington's family have in common.
struct SeasonalModel {
    int years = 5;
    double trend_level = 0.05;
    Trend trend = Trend::WhereSignificant;
    double weights_threshold = 1;
    Dispersion dispersion = Dispersion::Pearson;
    /// Is a period passed over whose plain fit does not converge?
    enum class Unconverged { Judged, PassedOver } unconverged = Unconverged::Judged;

    /// R's quantity under the square root of a standard error.
    [[nodiscard]] double error_dispersion(const SeasonalFit& fit) const {
        if (dispersion == Dispersion::Pearson) return std::max(fit.dispersion, 1.0);
        return std::isfinite(weights_threshold) ? fit.slip : fit.dispersion;
    }
    [[nodiscard]] bool keeps_trend(const SeasonalFit& fit) const {
        if (!fit.fitted || !fit.converged || years < least_years_for_trend || !(std::exp(fit.eta) <= fit.largest))
            return false;
        const double spread = dispersion == Dispersion::Pearson ? fit.dispersion : error_dispersion(fit);
        const double t = std::fabs(fit.slope) / std::sqrt(spread * fit.slope_unscaled);
        if (trend_level >= 1) return t > 0;
        return 2 * student_t_cdf(-t, fit.degrees) < trend_level;
    }
};

/// Calls judge(t, fit) for each period from `first` on that has its whole past, oldest first.
template <class Judge>
void for_each_fit(std::span<const double> counts, const SeasonPlan& plan, const SeasonalModel& model, int first,
                  Judge judge_fit) {
    constexpr int lanes = SeasonalFitter::lanes;
    const int n = static_cast<int>(counts.size());
    first = std::max(first, plan.reach);
    if (first >= n) return;
    SeasonalFitter fitter(counts, plan);
    std::array<SeasonalFit, lanes> with{}, without{};
    for (int t = first; t < n; t += lanes) {
        const auto wanted = static_cast<std::size_t>(std::min(lanes, n - t));
        const std::span<SeasonalFit> kept{with.data(), wanted};
        bool again = model.trend == Trend::Never;
        std::array<bool, lanes> drop{};
        if (!again) {
            fitter.fit(t, kept, {model.weights_threshold, 1});
            for (std::size_t i = 0; i < wanted; ++i) again |= drop[i] = !model.keeps_trend(kept[i]);
        } else {
            drop.fill(true);
        }
        if (again) fitter.fit(t, {without.data(), wanted}, {model.weights_threshold, 0});
        for (std::size_t i = 0; i < wanted; ++i) {
            const SeasonalFit& fit = drop[i] ? without[i] : kept[i];
            const bool passed_over = model.unconverged == SeasonalModel::Unconverged::PassedOver && !fit.converged;
            if (fit.fitted && !passed_over) judge_fit(t + static_cast<int>(i), fit);
        }
    }
}

/// A count and its mean on a scale where the count is nearly normal.
struct Transformed {
    double power = 2.0 / 3;
    double centre = 0;
    double deviation = 0;

    Transformed(double mean, double ratio, PowerTransform transform) {
        switch (transform) {
            case PowerTransform::TwoThirds: deviation = std::sqrt(4.0 / 9 * std::cbrt(mean) * ratio); break;
            case PowerTransform::Half: power = 0.5, deviation = std::sqrt(ratio / 4); break;
            case PowerTransform::None: power = 1, deviation = std::sqrt(mean * ratio); break;
        }
        centre = std::pow(mean, power);
    }
    [[nodiscard]] double bound(double z) const { return std::pow(centre + z * deviation, 1 / power); }
    [[nodiscard]] double distance(double count) const { return (std::pow(count, power) - centre) / deviation; }
};

/// The bound of the delta method, and the alarm.
Alarm judge_delta(const SeasonalFit& fit, double phi, double spread, double z, PowerTransform power, double count) {
    const double mean = std::max(std::exp(fit.eta), least_mean);
    const double error = mean * std::sqrt(spread * fit.unscaled);
    const Transformed scale(mean, phi + error * error / mean, power);
    Alarm alarm{mean, scale.bound(z), nan_value, fit.rows, false, nan_value};
    if (!std::isfinite(alarm.threshold)) return no_judgement;
    if (std::isnan(count)) return alarm;
    alarm.unusualness = normal_cdf(scale.distance(count));
    alarm.p_value = normal_cdf(-scale.distance(count));
    alarm.alarm = count > alarm.threshold;
    return alarm;
}

/// The bound of a count law, and the alarm.
Alarm judge_law(const SeasonalFit& fit, const CountLaw& law, double alpha, Dispersion dispersion, double count) {
    if (!std::isfinite(law.mean)) return no_judgement;
    Alarm alarm{std::exp(fit.eta), law.quantile(1 - alpha), nan_value, fit.rows, false, nan_value};
    if (!std::isfinite(alarm.threshold)) return no_judgement;
    if (std::isnan(count)) return alarm;
    alarm.p_value = law.upper_tail(count);
    alarm.unusualness = 1 - alarm.p_value + 0.5 * law.pmf(count);
    alarm.alarm = count > alarm.threshold;
    // R takes the logarithm of the mean for the mean here: no alarm where the bound lies below it
    if (dispersion == Dispersion::Surveillance)
        alarm.alarm = count > 0 && (count - fit.eta) / (alarm.threshold - fit.eta) > 1;
    return alarm;
}

/// Cases in the newest periods; NaN where one of them was not observed.
struct Recent {
    double observed = 0;
    double all = 0;

    Recent(std::span<const double> counts, int t, int periods) {
        for (int s = std::max(0, t - periods + 1); s <= t; ++s) {
            const double y = counts[static_cast<std::size_t>(s)];
            all += y;
            observed += std::isnan(y) ? 0 : y;
        }
    }
};

}  // namespace

std::vector<Alarm> season_trend(std::span<const double> counts, const SeasonTrendOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const bool annual = options.season == 1;
    const int least = std::max(8, std::min(options.season, 12));
    const int trend_least = annual ? 8 : 3 * options.season;
    Past past;
    for (int t = std::max(options.first, least); t < static_cast<int>(counts.size()); ++t) {
        const int last = t - options.guard - 1;
        const int from = std::max(0, last + 1 - options.years * options.season);
        past.take(counts, from, last);
        const int n = static_cast<int>(past.counts.size());
        if (n < least) continue;
        const int harmonics =
            !annual && n >= 2 * options.season ? std::min(options.harmonics, (options.season - 1) / 2) : 0;
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
            alarm.p_value = upper ? found->law.upper_tail(count) : found->law.cdf(count);
        }
        judge(alarm, count, options.side);
    }
    return out;
}

std::vector<Alarm> farrington(std::span<const double> counts, const FarringtonOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const SeasonPlan plan = plan_seasons(options.season, options.years, options.half_window, 1,
                                         options.half_window);  // without the newest weeks
    const SeasonalModel model{
        .years = options.years,
        .trend = options.trend,
        .weights_threshold = options.reweight == Reweight::Once ? 1.0 : std::numeric_limits<double>::infinity()};
    const double z = normal_quantile(1 - options.alpha / 2);
    for_each_fit(counts, plan, model, options.first, [&](int t, const SeasonalFit& fit) {
        const auto at = static_cast<std::size_t>(t);
        const double phi = std::max(fit.dispersion, 1.0);
        out[at] = judge_delta(fit, phi, phi, z, options.power, counts[at]);
        if (Recent(counts, t, options.limit_periods).observed < options.limit_cases) {
            out[at].threshold = 0;
            out[at].alarm = false;
        }
    });
    return out;
}

std::vector<Alarm> farrington_noufaily(std::span<const double> counts, const NoufailyOptions& options) {
    std::vector<Alarm> out(counts.size(), no_judgement);
    const int excluded = options.excluded < 0 ? options.half_window : options.excluded;
    const SeasonPlan plan = plan_seasons(options.season, options.years, options.half_window, options.periods, excluded);
    const bool surveillance = options.dispersion == Dispersion::Surveillance;
    const SeasonalModel model{
        options.years,
        options.trend_level,
        options.trend,
        options.reweight == Reweight::Once ? options.weights_threshold : std::numeric_limits<double>::infinity(),
        options.dispersion,
        SeasonalModel::Unconverged::PassedOver};
    const double z = normal_quantile(1 - options.alpha);
    for_each_fit(counts, plan, model, options.first, [&](int t, const SeasonalFit& fit) {
        const auto at = static_cast<std::size_t>(t);
        const double count = counts[at];
        const Recent recent(counts, t, options.limit_periods);
        if (!((surveillance ? recent.all : recent.observed) >= options.limit_cases)) return;
        const double phi = std::max(fit.dispersion, 1.0);
        const double spread = model.error_dispersion(fit);
        if (options.threshold == Threshold::Delta) {
            out[at] = judge_delta(fit, phi, spread, z, options.power, count);
            return;
        }
        const double up = options.threshold == Threshold::Muan ? z * std::sqrt(spread * fit.unscaled) : 0;
        out[at] = judge_law(fit, {std::exp(fit.eta + up), phi}, options.alpha, options.dispersion, count);
    });
    return out;
}

}  // namespace icosa::methods
