/// Weighted values of the past, near and far.
#include "methods/forecasts/count_model.hpp"

#include <algorithm>
#include <cmath>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr int spread_points = 10;
constexpr int longest_silence = 120;
constexpr double coordinate_weight[Situation::coordinates] = {0.3, 0.5, 0.8, 1.0, 0.4, 0.35};

/// exp(spread z_j) of the ten quantiles.
std::vector<double> factors(double spread) {
    std::vector<double> out;
    for (int j = 0; j < spread_points; ++j)
        out.push_back(std::exp(spread * normal_quantile((j + 0.5) / spread_points)));
    return out;
}

/// exp(-a / memory) of the newest value (a = 0) and those before it.
std::vector<double> decay(double memory, std::size_t window) {
    std::vector<double> out;
    for (std::size_t a = 0; a < window; ++a) out.push_back(std::exp(-static_cast<double>(a) / memory));
    return out;
}

double weighted_mean(std::span<const double> history, std::span<const double> newest_first) {
    double sum = 0, weight = 0;
    for (std::size_t a = 0; a < std::min(newest_first.size(), history.size()); ++a) {
        sum += newest_first[a] * history[history.size() - 1 - a];
        weight += newest_first[a];
    }
    return weight > 0 ? sum / weight : 0;
}

double plain_mean(std::span<const double> history, std::size_t window) {
    const std::size_t n = std::min(window, history.size());
    double sum = 0;
    for (std::size_t a = 0; a < n; ++a) sum += history[history.size() - 1 - a];
    return n > 0 ? sum / static_cast<double>(n) : 0;
}

}  // namespace

CountEnsemble decayed_history(std::span<const double> history, const DecayOptions& options) {
    CountEnsemble out;
    const auto spreads = options.spread > 0 ? factors(options.spread) : std::vector<double>{1};
    const YearEnd& year = options.year_end;
    const bool target_ends = year.season > 0 && year.target == year.season - 1;
    for (std::size_t a = 0; a < std::min(history.size(), static_cast<std::size_t>(options.window)); ++a) {
        double weight = std::exp(-static_cast<double>(a) / options.memory);
        if (year.season > 0) {
            const int position = (year.newest - static_cast<int>(a) % year.season + year.season) % year.season;
            if ((position == year.season - 1) != target_ends) weight *= year.other_weight;
        }
        const double value = history[history.size() - 1 - a];
        if (value == 0) {
            out.push_back({0, weight});
            continue;
        }
        for (const double factor : spreads)
            out.push_back({value * factor, weight / static_cast<double>(spreads.size())});
    }
    if (out.empty()) out.push_back({0, 1});
    return out;
}

CountEnsemble last_values(std::span<const double> history, int window) {
    CountEnsemble out;
    for (std::size_t a = 0; a < std::min(history.size(), static_cast<std::size_t>(window)); ++a)
        out.push_back({history[history.size() - 1 - a], 1});
    if (out.empty()) out.push_back({0, 1});
    return out;
}

CountEnsemble same_season(std::span<const double> history, int step, const SeasonOptions& options) {
    const int n = static_cast<int>(history.size());
    const auto season = static_cast<std::size_t>(options.season);
    CountEnsemble out;
    for (int year = 1; year <= options.years; ++year) {
        const int then = n - 1 - year * options.season;
        if (then < options.season - 1) break;
        const double level = plain_mean(history, season),
                     level_then = plain_mean(history.first(static_cast<std::size_t>(then) + 1), season);
        for (int d = -options.half_window; d <= options.half_window; ++d) {
            const int at = then + step + d;
            if (at >= n || at <= then) continue;
            const double weight = std::exp(-year / options.memory) * (d == 0 ? 1 : 0.5);
            out.push_back({history[static_cast<std::size_t>(at)] * (level + 1) / (level_then + 1), weight});
        }
    }
    return out;
}

CountEnsemble poisson_ensemble(double mean) {
    constexpr int most = 400;
    if (mean <= 0) return {{0, 1}};
    const double low = poisson_quantile(1e-6, mean), high = poisson_quantile(1 - 1e-6, mean);
    CountEnsemble out;
    if (high - low < most) {
        for (double count = low; count <= high; ++count) out.push_back({count, poisson_pmf(count, mean)});
    } else {
        for (int i = 0; i < most; ++i) out.push_back({poisson_quantile((i + 0.5) / most, mean), 1});
    }
    return out;
}

std::vector<Situation> situations(std::span<const double> series) {
    std::vector<Situation> out(series.size());
    const auto fast = decay(4, 48), slow = decay(5, 48);
    int since = longest_silence;
    for (std::size_t t = 0; t < series.size(); ++t) {
        const auto past = series.first(t + 1);
        since = series[t] > 0 ? 0 : std::min(longest_silence, since + 1);
        Situation& one = out[t];
        one.since_last = since;
        one.level = weighted_mean(past, slow);
        const double measures[Situation::coordinates] = {series[t],
                                                         plain_mean(past, 3),
                                                         plain_mean(past, 12),
                                                         weighted_mean(past, fast),
                                                         plain_mean(past, 36),
                                                         static_cast<double>(since)};
        std::transform(std::begin(measures), std::end(measures), std::begin(one.at),
                       [](double x) { return std::log1p(x); });
    }
    return out;
}

double distance(const Situation& a, const Situation& b) {
    double sum = 0;
    for (int k = 0; k < Situation::coordinates; ++k) {
        const double apart = coordinate_weight[k] * (a.at[k] - b.at[k]);
        sum += apart * apart;
    }
    return sum;
}

double rescaled(double followed, double level, double level_then) {
    return followed == 0 ? 0 : followed * std::pow((level + 1) / (level_then + 1), 0.8);
}

void normalise(CountEnsemble& ensemble) {
    std::stable_sort(ensemble.begin(), ensemble.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    std::size_t kept = 0;
    double total = 0;
    for (std::size_t i = 0; i < ensemble.size(); ++i) {
        total += ensemble[i].weight;
        if (kept > 0 && ensemble[kept - 1].value == ensemble[i].value) ensemble[kept - 1].weight += ensemble[i].weight;
        else ensemble[kept++] = ensemble[i];
    }
    ensemble.resize(kept);
    for (auto& one : ensemble) one.weight /= total;
}

double mean(std::span<const WeightedCount> normalised) {
    double sum = 0;
    for (const auto& one : normalised) sum += one.weight * one.value;
    return sum;
}

double quantile(std::span<const WeightedCount> normalised, double probability) {
    double sum = 0;
    for (const auto& one : normalised) {
        sum += one.weight;
        if (sum >= probability - 1e-12) return one.value;
    }
    return normalised.empty() ? std::nan("") : normalised.back().value;
}

double share_from(std::span<const WeightedCount> normalised, double value) {
    double sum = 0;
    for (const auto& one : normalised) sum += one.value >= value ? one.weight : 0;
    return std::min(1.0, sum);
}

std::uint64_t Stream::next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

std::uint64_t Stream::below(std::uint64_t bound) {
    const std::uint64_t unfair = (0 - bound) % bound;  // 2^64 mod bound: draws below it would favour small numbers
    for (;;) {
        const std::uint64_t drawn = next();
        if (drawn >= unfair) return drawn % bound;
    }
}

void Stream::shuffle(std::span<double> values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
}

std::vector<double> stratified_draws(std::span<const WeightedCount> normalised, int n) {
    std::vector<double> out;
    out.reserve(static_cast<std::size_t>(n));
    std::size_t at = 0;
    double reached = normalised.front().weight;
    for (int i = 0; i < n; ++i) {
        const double probability = (i + 0.5) / n;
        while (reached < probability && at + 1 < normalised.size()) reached += normalised[++at].weight;
        out.push_back(std::min(largest_draw, std::round(normalised[at].value)));
    }
    return out;
}

}  // namespace icosa::methods
