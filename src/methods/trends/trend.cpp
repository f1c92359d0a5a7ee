/// Mann-Kendall, seasonal Mann-Kendall, Theil-Sen, and their use at each period.
#include "methods/trends/trend.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "base/number.hpp"
#include "methods/change/level.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr std::size_t most_slopes_kept = 2000 * 1999 / 2;

struct Points {
    std::vector<double> at;
    std::vector<double> x;
};

Points observed_of(std::span<const double> values) {
    Points out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        out.at.push_back(static_cast<double>(i));
        out.x.push_back(values[i]);
    }
    return out;
}

double sign_of(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
double pairs(double n) { return n * (n - 1) / 2; }

/// Sorts, and returns how many pairs stood in falling order.
double sort_counting_falls(std::span<double> x, std::span<double> spare) {
    if (x.size() < 2) return 0;
    const std::size_t half = x.size() / 2;
    double falls = sort_counting_falls(x.first(half), spare.first(half))
        + sort_counting_falls(x.subspan(half), spare.subspan(half));
    std::size_t left = 0, right = half, out = 0;
    while (left < half && right < x.size()) {
        if (x[right] < x[left]) {
            falls += static_cast<double>(half - left);
            spare[out++] = x[right++];
        } else {
            spare[out++] = x[left++];
        }
    }
    while (left < half) spare[out++] = x[left++];
    std::copy(spare.begin(), spare.begin() + static_cast<std::ptrdiff_t>(out), x.begin());
    return falls;
}

struct Kendall {
    double s = 0;
    double variance = 0;
    double tied_pairs = 0;
};

/// Kendall's S and its variance with ties, in O(n log n).
Kendall kendall(std::vector<double> x) {
    const auto n = static_cast<double>(x.size());
    std::vector<double> spare(x.size());
    const double falls = sort_counting_falls(x, spare);
    Kendall out;
    double ties = 0;
    for (std::size_t i = 0; i < x.size();) {
        std::size_t end = i + 1;
        while (end < x.size() && x[end] == x[i]) ++end;
        const auto t = static_cast<double>(end - i);
        ties += t * (t - 1) * (2 * t + 5);
        out.tied_pairs += pairs(t);
        i = end;
    }
    out.s = pairs(n) - out.tied_pairs - 2 * falls;
    out.variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
    return out;
}

void set_probabilities(MannKendall& out) {
    if (!(out.variance > 0)) return;
    const double sd = std::sqrt(out.variance);
    out.rise = normal_cdf(out.s / sd);
    out.p_rise = normal_cdf(-(out.s - 1) / sd);
    out.p_fall = normal_cdf((out.s + 1) / sd);
}

std::vector<double> mid_ranks(const std::vector<double>& x) {
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    std::vector<double> out(x.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i + 1;
        while (end < order.size() && x[order[end]] == x[order[i]]) ++end;
        for (std::size_t k = i; k < end; ++k) out[order[k]] = static_cast<double>(i + end + 1) / 2;
        i = end;
    }
    return out;
}

/// Serial correlation at lag k of values on a grid of periods: the usual estimate where none is missing.
double serial_correlation(const std::vector<double>& grid, double mean, double mean_square, std::size_t lag) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = lag; i < grid.size(); ++i) {
        if (std::isnan(grid[i]) || std::isnan(grid[i - lag])) continue;
        sum += (grid[i] - mean) * (grid[i - lag] - mean);
        ++count;
    }
    if (count == 0 || mean_square == 0) return 0;
    const auto possible = static_cast<double>(grid.size() - lag);
    return sum / static_cast<double>(count) * (possible / static_cast<double>(grid.size())) / mean_square;
}

double inflation_of(const Points& points, std::size_t length, const SenLine& line, Serial serial) {
    const auto n = static_cast<double>(points.x.size());
    std::vector<double> rest(points.x.size());
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = points.x[i] - line.slope * points.at[i];
    if (serial == Serial::HamedRao) rest = mid_ranks(rest);
    const double mean = std::accumulate(rest.begin(), rest.end(), 0.0) / n;
    double square = 0;
    for (const double x : rest) square += (x - mean) * (x - mean);
    square /= n;
    std::vector<double> grid(length, nan_value);
    for (std::size_t i = 0; i < rest.size(); ++i) grid[static_cast<std::size_t>(points.at[i])] = rest[i];
    if (serial == Serial::HamedRao) {
        double sum = 0;
        for (std::size_t k = 1; static_cast<double>(k) < n - 2 && k < length; ++k) {
            const double r = serial_correlation(grid, mean, square, k);
            const auto lag = static_cast<double>(k);
            if (std::fabs(r) > 1.959963984540054 / std::sqrt(n)) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * r;
        }
        return std::max(1.0, 1 + 2 * sum / (n * (n - 1) * (n - 2)));
    }
    double r = serial_correlation(grid, mean, square, 1);
    r = n > 4 ? std::clamp((n * r + 2) / (n - 4), 0.0, 0.99) : 0;
    double sum = 0, power = 1;
    for (double k = 1; k < n; ++k) {
        power *= r;
        sum += (1 - k / n) * power;
    }
    return 1 + 2 * sum;
}

/// All slopes between pairs of points, by rank, without keeping them all where there are many.
class Slopes {
public:
    explicit Slopes(const Points& points)
        : points_(points), count_(points.x.empty() ? 0 : points.x.size() * (points.x.size() - 1) / 2) {
        if (count_ > most_slopes_kept) return;
        kept_.reserve(count_);
        each([&](double slope) { kept_.push_back(slope); });
    }
    [[nodiscard]] std::size_t count() const { return count_; }

    /// The slopes of the given ranks (0 = the smallest), which must rise.
    [[nodiscard]] std::vector<double> at(const std::vector<std::size_t>& ranks) {
        std::vector<double> out;
        if (!kept_.empty()) {
            auto begin = kept_.begin();
            for (const std::size_t rank : ranks) {
                const auto nth = kept_.begin() + static_cast<std::ptrdiff_t>(rank);
                if (nth >= begin) std::nth_element(begin, nth, kept_.end());
                out.push_back(*nth);
                begin = nth;
            }
            return out;
        }
        const std::vector<double> sample = sampled();
        for (std::size_t i = 0; i < ranks.size(); ++i) {
            if (i > 0 && ranks[i] == ranks[i - 1]) out.push_back(out.back());
            else out.push_back(bracketed(ranks[i], sample));
        }
        return out;
    }

private:
    template <class Use> void each(Use use) const {
        const auto& [at, x] = points_;
        for (std::size_t j = 1; j < x.size(); ++j) {
            for (std::size_t i = 0; i < j; ++i) use((x[j] - x[i]) / (at[j] - at[i]));
        }
    }

    /// Every so-many-th pair by a fixed walk: the same in every run.
    [[nodiscard]] std::vector<double> sampled() const {
        std::vector<double> out;
        const auto& [at, x] = points_;
        std::uint64_t state = 0x9E3779B97F4A7C15;
        for (int k = 0; k < 1 << 16; ++k) {
            state = state * 6364136223846793005 + 1442695040888963407;
            const std::size_t i = (state >> 33) % x.size();
            state = state * 6364136223846793005 + 1442695040888963407;
            const std::size_t j = (state >> 33) % x.size();
            if (i != j) out.push_back((x[j] - x[i]) / (at[j] - at[i]));
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    /// Counts what lies below a bracket from the sample and sorts out what lies in it; widens it where the rank is not
    /// inside. The bracket stays for the next rank.
    [[nodiscard]] double bracketed(std::size_t rank, const std::vector<double>& sample) {
        const auto size = static_cast<double>(sample.size());
        const double middle = static_cast<double>(rank) / static_cast<double>(count_) * size;
        for (double half = 3 * std::sqrt(size); rank < below_ || rank >= below_ + equal_ + inside_.size(); half *= 4) {
            const double low = middle - half < 0 ? -infinity : sample[static_cast<std::size_t>(middle - half)];
            const double high = middle + half >= size ? infinity : sample[static_cast<std::size_t>(middle + half)];
            lowest_ = low;
            below_ = equal_ = 0;
            inside_.clear();
            each([&](double slope) {
                if (slope < low) ++below_;
                else if (slope == low) ++equal_;  // many ties: kept as a number
                else if (slope <= high) inside_.push_back(slope);
            });
        }
        if (rank < below_ + equal_) return lowest_;
        const auto nth = inside_.begin() + static_cast<std::ptrdiff_t>(rank - below_ - equal_);
        std::nth_element(inside_.begin(), nth, inside_.end());
        return *nth;
    }

    const Points& points_;
    std::size_t count_;
    std::vector<double> kept_;  ///< all of them, where there are few
    double lowest_ = 0;  ///< the bracket: below it, at its lower end, in it
    std::size_t below_ = 0, equal_ = 0;
    std::vector<double> inside_;
};

/// The median slope and the level; without an interval.
SenLine line_of(const Points& points, Slopes& slopes) {
    SenLine out;
    const std::size_t count = slopes.count();
    if (count == 0) return out;
    const auto middle = slopes.at({(count - 1) / 2, count / 2});
    out.slope = (middle[0] + middle[1]) / 2;
    std::vector<double> rest(points.x.size());
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = points.x[i] - out.slope * points.at[i];
    out.intercept = median(rest);
    return out;
}

/// The interval's limits by rank; infinite where the ranks lie beyond all slopes.
void add_limits(SenLine& line, Slopes& slopes, double z, double variance) {
    const auto total = static_cast<double>(slopes.count());
    const double half = z * std::sqrt(std::max(variance, 0.0));
    const double low = std::floor((total - half) / 2), high = std::ceil((total + half) / 2) + 1;  // counted from 1
    line.low = -infinity;
    line.high = infinity;
    if (!(z > 0) || low < 1 || high > total) return;
    const auto limits = slopes.at({static_cast<std::size_t>(low) - 1, static_cast<std::size_t>(high) - 1});
    line.low = limits[0];
    line.high = limits[1];
}

MannKendall test_of(const Points& points, std::size_t length, const SenLine& line, Serial serial) {
    MannKendall out;
    out.n = static_cast<int>(points.x.size());
    out.tau = nan_value;
    if (out.n < 2) return out;
    const Kendall found = kendall(points.x);
    const double all = pairs(out.n);
    out.s = found.s;
    if (found.tied_pairs < all) out.tau = found.s / std::sqrt((all - found.tied_pairs) * all);
    if (out.n < 4) return out;
    if (serial != Serial::None) out.inflation = inflation_of(points, length, line, serial);
    out.variance = found.variance * out.inflation;
    set_probabilities(out);
    return out;
}

double value_at(std::span<const double> values, std::size_t i) { return i < values.size() ? values[i] : nan_value; }

/// Pairs of years in which two seasons moved the same way, less those in which they moved apart.
double in_step(std::span<const double> values, std::size_t width, std::size_t g, std::size_t h) {
    const std::size_t years = (values.size() + width - 1) / width;
    const auto step = [&](std::size_t season, std::size_t from, std::size_t to) {
        return value_at(values, to * width + season) - value_at(values, from * width + season);
    };
    double out = 0;
    for (std::size_t j = 0; j < years; ++j) {
        for (std::size_t i = 0; i < j; ++i) out += sign_of(step(g, i, j) * step(h, i, j));  // a NaN has sign 0
    }
    return out;
}

}  // namespace

MannKendall mann_kendall(std::span<const double> values, Serial serial) {
    const Points points = observed_of(values);
    if (serial == Serial::None || points.x.size() < 4) return test_of(points, values.size(), {}, Serial::None);
    Slopes slopes(points);
    return test_of(points, values.size(), line_of(points, slopes), serial);
}

MannKendall seasonal_mann_kendall(std::span<const double> values, int season, Seasons seasons) {
    const auto width = static_cast<std::size_t>(season);
    const std::size_t years = (values.size() + width - 1) / width;
    const auto at = [&](std::size_t g, std::size_t year) { return value_at(values, year * width + g); };
    MannKendall out;
    std::vector<std::vector<double>> ranks(width, std::vector<double>(years));
    std::vector<double> observed(width, 0);
    double untied = 0, all = 0;
    for (std::size_t g = 0; g < width; ++g) {
        std::vector<double> x;
        for (std::size_t year = 0; year < years; ++year) {
            if (!std::isnan(at(g, year))) x.push_back(at(g, year));
        }
        observed[g] = static_cast<double>(x.size());
        const std::vector<double> own = mid_ranks(x);
        for (std::size_t year = 0, k = 0; year < years; ++year)
            ranks[g][year] = std::isnan(at(g, year)) ? (observed[g] + 1) / 2 : own[k++];
        out.n += static_cast<int>(x.size());
        if (x.size() < 2) continue;
        const Kendall found = kendall(std::move(x));
        out.s += found.s;
        out.variance += found.variance;
        all += pairs(observed[g]);
        untied += pairs(observed[g]) - found.tied_pairs;
    }
    out.tau = untied > 0 ? out.s / std::sqrt(all * untied) : nan_value;
    const double independent = out.variance;
    if (seasons == Seasons::Dependent) {
        const auto n = static_cast<double>(years);
        for (std::size_t g = 0; g < width; ++g) {
            for (std::size_t h = g + 1; h < width; ++h) {
                double products = 0;
                for (std::size_t j = 0; j < years; ++j) products += ranks[g][j] * ranks[h][j];
                const double k = in_step(values, width, g, h);
                out.variance += 2 * (k + 4 * products - n * (observed[g] + 1) * (observed[h] + 1)) / 3;
            }
        }
        out.variance = std::max(out.variance, independent);
    }
    out.inflation = independent > 0 ? out.variance / independent : 1;
    set_probabilities(out);
    return out;
}

SenLine theil_sen(std::span<const double> values, double z, double variance) {
    const Points points = observed_of(values);
    Slopes slopes(points);
    SenLine out = line_of(points, slopes);
    if (slopes.count() > 0) add_limits(out, slopes, z, variance);
    return out;
}

std::vector<TrendJudgement> trend_alarm(std::span<const double> values, const TrendOptions& options) {
    TrendJudgement none;
    none.alarm = {nan_value, nan_value, nan_value, 0, false};
    std::vector<TrendJudgement> out(values.size(), none);
    const double z = normal_quantile(1 - options.alpha);
    const bool upper = options.side == Side::Upper;
    for (int t = std::max(options.first, 0); t < static_cast<int>(values.size()); ++t) {
        TrendJudgement& one = out[static_cast<std::size_t>(t)];
        one.from = std::max(0, t - options.window + 1);
        const auto window =
            values.subspan(static_cast<std::size_t>(one.from), static_cast<std::size_t>(t - one.from + 1));
        const Points points = observed_of(window);
        one.alarm.reference = static_cast<int>(points.x.size());
        if (one.alarm.reference < std::max(options.minimum_reference, 4)) continue;
        Slopes slopes(points);
        one.line = line_of(points, slopes);
        one.test = options.season > 1 ? seasonal_mann_kendall(window, options.season, options.seasons)
                                      : test_of(points, window.size(), one.line, options.serial);
        add_limits(one.line, slopes, z, one.test.variance);
        const double half = upper ? one.line.slope - one.line.low : one.line.high - one.line.slope;
        if (!std::isfinite(half)) continue;
        const double middle = median(points.at);
        const double distance = static_cast<double>(window.size() - 1) - middle;
        one.alarm.expected = median(points.x);
        one.alarm.threshold = one.alarm.expected + (upper ? half : -half) * distance;
        one.line.intercept -= one.line.slope * one.from;
        if (std::isnan(values[static_cast<std::size_t>(t)])) continue;
        one.alarm.p_value = upper ? one.test.p_rise : one.test.p_fall;
        one.alarm.unusualness = upper ? one.test.rise : 1 - one.test.rise;
        const double x = values[static_cast<std::size_t>(t)];
        one.alarm.alarm =
            one.alarm.p_value < options.alpha && (upper ? x > one.alarm.expected : x < one.alarm.expected);
    }
    return out;
}

std::vector<Alarm> off_trend(std::span<const double> values, const OffTrendOptions& options) {
    const int size = static_cast<int>(values.size());
    std::vector<double> expected(values.size(), nan_value);
    for (int t = std::max(0, options.first - options.errors); t < size; ++t) {
        const int from = std::max(0, t - options.window);
        const Points points =
            observed_of(values.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(t - from)));
        if (static_cast<int>(points.x.size()) < std::max(options.minimum_reference, 4)) continue;
        Slopes slopes(points);
        expected[static_cast<std::size_t>(t)] = level_at(line_of(points, slopes), t - from);
    }
    return off_expected(
        values, expected,
        {.window = options.errors, .alpha = options.alpha, .side = options.side, .first = options.first});
}

}  // namespace icosa::methods
