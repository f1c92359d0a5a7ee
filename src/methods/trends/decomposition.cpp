/// STL by turns of loess, and its use at each period.
#include "methods/trends/decomposition.hpp"

#include <algorithm>
#include <cmath>

#include "base/number.hpp"
#include "methods/change/level.hpp"

namespace icosa::methods {
namespace {

constexpr int robust_rounds = 15;

using Values = std::span<const double>;

struct Loess {
    int window = 7;  ///< points
    int degree = 1;
    int step = 1;    ///< fitted at every so-many-th point, straight lines between
};

/// The loess value at position `at` (0-based, may lie one off the ends) from points first..last; nothing where they
/// have no weight.
struct Local {
    double value = 0;
    bool known = false;
};

Local local_fit(Values y, Values weights, const Loess& loess, double at, int first, int last,
                std::vector<double>& spare) {
    const int n = static_cast<int>(y.size());
    double reach = std::max(at - first, last - at);
    const int beyond = (loess.window - n) / 2;  // a whole number, as the published program has it
    if (loess.window > n) reach += beyond;
    double total = 0;
    for (int j = first; j <= last; ++j) {
        const double distance = std::fabs(j - at);
        double weight = 0;
        if (distance <= 0.999 * reach) {
            const double share = distance / reach;
            const double rest = 1 - share * share * share;
            weight = distance <= 0.001 * reach ? 1 : rest * rest * rest;
            if (!weights.empty()) weight *= weights[static_cast<std::size_t>(j)];
        }
        spare[static_cast<std::size_t>(j)] = weight;
        total += weight;
    }
    if (!(total > 0)) return {};
    double mean = 0;
    for (int j = first; j <= last; ++j) {
        spare[static_cast<std::size_t>(j)] /= total;
        mean += spare[static_cast<std::size_t>(j)] * j;
    }
    double slope = 0;
    if (reach > 0 && loess.degree > 0) {
        double spread = 0;
        for (int j = first; j <= last; ++j) spread += spare[static_cast<std::size_t>(j)] * (j - mean) * (j - mean);
        if (std::sqrt(spread) > 0.001 * (n - 1)) slope = (at - mean) / spread;
    }
    Local out{0, true};
    for (int j = first; j <= last; ++j)
        out.value += spare[static_cast<std::size_t>(j)] * (slope * (j - mean) + 1) * y[static_cast<std::size_t>(j)];
    return out;
}

/// First of the `window` points that serve position i of n.
int first_near(int i, int window, int n) { return std::clamp(i - (window + 1) / 2 + 1, 0, std::max(0, n - window)); }

/// Loess at every point.
void smooth(Values y, Values weights, const Loess& loess, std::span<double> out, std::vector<double>& spare) {
    const int n = static_cast<int>(y.size());
    if (n < 2) {
        std::copy(y.begin(), y.end(), out.begin());
        return;
    }
    const int step = std::min(loess.step, n - 1);
    const auto fit = [&](int i) {
        const int first = first_near(i, loess.window, n);
        const Local local = local_fit(y, weights, loess, i, first, std::min(n, first + loess.window) - 1, spare);
        out[static_cast<std::size_t>(i)] = local.known ? local.value : y[static_cast<std::size_t>(i)];
    };
    const auto bridge = [&](int from, int to) {
        const double a = out[static_cast<std::size_t>(from)], b = out[static_cast<std::size_t>(to)];
        for (int i = from + 1; i < to; ++i) out[static_cast<std::size_t>(i)] = a + (b - a) / (to - from) * (i - from);
    };
    int last = 0;
    for (int i = 0; i < n; i += step) {
        fit(i);
        if (i > 0) bridge(last, i);
        last = i;
    }
    if (last == n - 1) return;
    fit(n - 1);
    bridge(last, n - 1);
}

/// The sub-series of each season smoothed, and led on by one season at both ends: n + 2 season values.
void smooth_seasons(Values y, Values weights, int season, const Loess& loess, std::vector<double>& out,
                    std::vector<double>& spare) {
    const int n = static_cast<int>(y.size());
    std::vector<double> own, own_weights, smoothed;
    for (int g = 0; g < season; ++g) {
        own.clear();
        own_weights.clear();
        for (int i = g; i < n; i += season) {
            own.push_back(y[static_cast<std::size_t>(i)]);
            if (!weights.empty()) own_weights.push_back(weights[static_cast<std::size_t>(i)]);
        }
        const int years = static_cast<int>(own.size());
        smoothed.assign(own.size() + 2, 0);
        smooth(own, own_weights, loess, std::span(smoothed).subspan(1, own.size()), spare);
        const Local before = local_fit(own, own_weights, loess, -1, 0, std::min(loess.window, years) - 1, spare);
        smoothed.front() = before.known ? before.value : smoothed[1];
        const Local after =
            local_fit(own, own_weights, loess, years, std::max(0, years - loess.window), years - 1, spare);
        smoothed.back() = after.known ? after.value : smoothed[own.size()];
        for (std::size_t year = 0; year < smoothed.size(); ++year)
            out[year * static_cast<std::size_t>(season) + static_cast<std::size_t>(g)] = smoothed[year];
    }
}

/// Means of `width` neighbours; the result is width - 1 shorter.
std::vector<double> moving_average(const std::vector<double>& x, int width) {
    std::vector<double> out;
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum += x[i];
        if (i + 1 < static_cast<std::size_t>(width)) continue;
        out.push_back(sum / width);
        sum -= x[i + 1 - static_cast<std::size_t>(width)];
    }
    return out;
}

/// (1 - (r / 6 median|r|)^2)^2 of the observed values.
void weigh(Values y, Values fit, Values observed, std::vector<double>& weights) {
    std::vector<double> sizes;
    for (std::size_t i = 0; i < y.size(); ++i) {
        if (observed.empty() || observed[i] > 0) sizes.push_back(std::fabs(y[i] - fit[i]));
    }
    const std::vector<double> each = sizes;
    const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    const double upper = *middle;
    const double lower = sizes.size() % 2 == 1 ? upper : *std::max_element(sizes.begin(), middle);
    const double reach = 3 * (upper + lower);
    weights.resize(y.size());
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double size = std::fabs(y[i] - fit[i]);
        const double share = size / reach;
        weights[i] = size <= 0.001 * reach ? 1 : size <= 0.999 * reach ? (1 - share * share) * (1 - share * share) : 0;
        if (!observed.empty()) weights[i] *= observed[i];
    }
}

int odd_from(double x) {
    const int up = static_cast<int>(std::ceil(x));
    return up % 2 == 0 ? up + 1 : up;
}

int tenth(int window) { return (window + 9) / 10; }

/// Straight lines over what is not observed, so that a place without weight still has a number.
std::vector<double> bridged(Values values) {
    std::vector<double> out(values.begin(), values.end());
    std::size_t last = out.size();
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (std::isnan(out[i])) continue;
        if (last == out.size()) std::fill(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(i), out[i]);
        else {
            for (std::size_t k = last + 1; k < i; ++k)
                out[k] =
                    out[last] + (out[i] - out[last]) * static_cast<double>(k - last) / static_cast<double>(i - last);
        }
        last = i;
    }
    if (last < out.size()) std::fill(out.begin() + static_cast<std::ptrdiff_t>(last), out.end(), out[last]);
    return out;
}

/// Is every season of the year observed at least once?
bool covers_seasons(Values values, int season) {
    if (values.size() < 2 * static_cast<std::size_t>(season)) return false;
    for (int g = 0; g < season; ++g) {
        bool seen = false;
        for (auto i = static_cast<std::size_t>(g); i < values.size(); i += static_cast<std::size_t>(season))
            seen = seen || !std::isnan(values[i]);
        if (!seen) return false;
    }
    return true;
}

/// 1 where observed, else 0; empty where all are.
std::vector<double> observed_where(Values values) {
    std::vector<double> out;
    if (std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) {
        for (const double x : values) out.push_back(std::isnan(x) ? 0 : 1);
    }
    return out;
}

/// Every year the same: of each season its mean.
void make_periodic(std::vector<double>& seasonal, std::size_t season) {
    for (std::size_t g = 0; g < season; ++g) {
        double sum = 0, years = 0;
        for (std::size_t i = g; i < seasonal.size(); i += season, ++years) sum += seasonal[i];
        for (std::size_t i = g; i < seasonal.size(); i += season) seasonal[i] = sum / years;
    }
}

}  // namespace

Decomposition stl(std::span<const double> values, const StlOptions& options) {
    const int season = options.season;
    if (season < 2 || !covers_seasons(values, season)) return {};
    const std::size_t n = values.size();
    const bool periodic = options.seasonal_window == 0;
    Loess seasonal{periodic ? 10 * static_cast<int>(n) + 1 : options.seasonal_window,
                   periodic ? 0 : options.seasonal_degree, 1};
    Loess trend{options.trend_window > 0 ? options.trend_window : odd_from(1.5 * season / (1 - 1.5 / seasonal.window)),
                1, 1};
    Loess low_pass{odd_from(season), 1, 1};
    for (Loess* loess : {&seasonal, &trend, &low_pass}) loess->step = tenth(loess->window);

    const std::vector<double> y = bridged(values);
    const std::vector<double> observed = observed_where(values);
    std::vector<double> weights = observed, cycle(n + 2 * static_cast<std::size_t>(season)), rest(n), low(n),
                        spare(cycle.size());
    Decomposition out;
    out.seasonal.assign(n, 0);
    out.trend.assign(n, 0);
    const int rounds = options.robust == Robust::Yes ? robust_rounds : 0;
    const int passes = options.robust == Robust::Yes ? 1 : 2;
    for (int round = 0; round <= rounds; ++round) {
        for (int pass = 0; pass < passes; ++pass) {
            for (std::size_t i = 0; i < n; ++i) rest[i] = y[i] - out.trend[i];
            smooth_seasons(rest, weights, season, seasonal, cycle, spare);
            const std::vector<double> level = moving_average(moving_average(moving_average(cycle, season), season), 3);
            smooth(level, {}, low_pass, low, spare);
            for (std::size_t i = 0; i < n; ++i) {
                out.seasonal[i] = cycle[i + static_cast<std::size_t>(season)] - low[i];
                rest[i] = y[i] - out.seasonal[i];
            }
            smooth(rest, weights, trend, out.trend, spare);
        }
        if (round == rounds) break;
        for (std::size_t i = 0; i < n; ++i) rest[i] = out.seasonal[i] + out.trend[i];
        weigh(y, rest, observed, weights);
    }
    if (periodic) make_periodic(out.seasonal, static_cast<std::size_t>(season));
    out.weight = weights.empty() ? std::vector<double>(n, 1) : weights;
    out.remainder.resize(n);
    for (std::size_t i = 0; i < n; ++i) out.remainder[i] = values[i] - out.seasonal[i] - out.trend[i];
    return out;
}

std::vector<Alarm> off_season(std::span<const double> values, const OffSeasonOptions& options) {
    std::vector<double> expected(values.size(), nan_value), window;
    for (int t = std::max(0, options.first - options.errors); t < static_cast<int>(values.size()); ++t) {
        const int from = std::max(0, t - options.window);
        window.assign(values.begin() + from, values.begin() + t);
        if (!covers_seasons(window, options.stl.season)) continue;
        window.push_back(nan_value);
        const Decomposition parts = stl(window, options.stl);
        expected[static_cast<std::size_t>(t)] = parts.seasonal.back() + parts.trend.back();
    }
    return off_expected(
        values, expected,
        {.window = options.errors, .alpha = options.alpha, .side = options.side, .first = options.first});
}

}  // namespace icosa::methods
