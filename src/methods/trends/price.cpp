/// IPA and ALPS.
#include "methods/trends/price.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr int quarter = 3;
constexpr int months_a_year = 12;

/// Compound growth a month over `months`.
double growth(std::span<const double> prices, int t, int months) {
    if (t < months) return nan_value;
    return std::pow(prices[static_cast<std::size_t>(t)] / prices[static_cast<std::size_t>(t - months)], 1.0 / months)
        - 1;
}

/// Weighted mean and deviation of a month's growth in the earlier years.
struct Usual {
    double mean = nan_value;
    double deviation = nan_value;
    double spread = 0;  ///< sum w^2 / (sum w)^2
    int years = 0;
};

/// rates[n] of one length of growth; `start`: the first month for which it can be.
Usual usual_of(std::span<const double> rates, int t, int start) {
    Usual out;
    const int oldest = t - (t - start) / months_a_year * months_a_year;  // same calendar month
    double weights = 0, sum = 0, squares = 0, weight = 1;
    for (int s = oldest; s < t; s += months_a_year, ++weight) {
        const double rate = rates[static_cast<std::size_t>(s)];
        if (std::isnan(rate)) continue;
        weights += weight;
        sum += weight * rate;
        squares += weight * weight;
        ++out.years;
    }
    if (out.years < 2) return out;
    out.mean = sum / weights;
    out.spread = squares / (weights * weights);
    double about = 0;
    weight = 1;
    for (int s = oldest; s < t; s += months_a_year, ++weight) {
        const double rate = rates[static_cast<std::size_t>(s)];
        if (!std::isnan(rate)) about += weight * (rate - out.mean) * (rate - out.mean);
    }
    out.deviation = std::sqrt(about / (weights * (out.years - 1) / out.years));
    return out;
}

/// The price at which the indicator has this value: it grows with the price, and is convex in its logarithm, so that
/// Newton's steps from above come down to it.
double price_at(double value, double alpha, double quarter_ago, double year_ago, const Usual& quarterly,
                const Usual& annual) {
    const auto indicator = [&](double log_price, double& slope) {
        const double q = std::exp((log_price - std::log(quarter_ago)) / quarter),
                     a = std::exp((log_price - std::log(year_ago)) / months_a_year);
        slope = alpha * q / quarter / quarterly.deviation + (1 - alpha) * a / months_a_year / annual.deviation;
        return alpha * (q - 1 - quarterly.mean) / quarterly.deviation
            + (1 - alpha) * (a - 1 - annual.mean) / annual.deviation - value;
    };
    double at = std::log(std::max(quarter_ago, year_ago)), slope = 0;
    while (indicator(at, slope) < 0 && at < 700) at += 1;
    for (int step = 0; step < 200; ++step) {
        const double next = at - indicator(at, slope) / slope;
        if (std::fabs(next - at) <= 1e-15 * std::max(1.0, std::fabs(at))) break;
        at = next;
    }
    return std::exp(at);
}

/// Standard deviation of the two parts' weighted sum, where each has 1 and the growths of a quarter and of the year
/// with it have correlation 1/2.
double joint_deviation(double alpha) {
    return std::sqrt(alpha * alpha + (1 - alpha) * (1 - alpha) + alpha * (1 - alpha));
}

/// Solves A x = b for symmetric positive definite A[n][n], in place.
template <std::size_t n> bool solve(std::array<std::array<double, n>, n>& a, std::array<double, n>& b) {
    for (std::size_t k = 0; k < n; ++k) {
        if (!(a[k][k] > 1e-9)) return false;
        for (std::size_t i = k + 1; i < n; ++i) {
            const double factor = a[i][k] / a[k][k];
            for (std::size_t j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
            b[i] -= factor * b[k];
        }
    }
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
        b[k] /= a[k][k];
    }
    return true;
}

}  // namespace

std::vector<PriceAnomaly> price_anomaly(std::span<const double> prices, const PriceAnomalyOptions& options) {
    PriceAnomaly none;
    none.alarm = {nan_value, nan_value, nan_value, 0, false};
    std::vector<PriceAnomaly> out(prices.size(), none);
    const int size = static_cast<int>(prices.size());
    int start = 0;
    while (start < size && std::isnan(prices[static_cast<std::size_t>(start)])) ++start;
    std::vector<double> quarterly_rates, annual_rates;
    for (int t = 0; t < size; ++t) {
        quarterly_rates.push_back(growth(prices, t, quarter));
        annual_rates.push_back(growth(prices, t, months_a_year));
    }
    for (int t = std::max(options.first, start + months_a_year); t < size; ++t) {
        const auto i = static_cast<std::size_t>(t);
        const double year_ago = prices[i - months_a_year], quarter_ago = prices[i - quarter];
        PriceAnomaly& one = out[i];
        if (std::isnan(year_ago) || std::isnan(quarter_ago)) continue;
        const Usual quarterly = usual_of(quarterly_rates, t, start + quarter),
                    annual = usual_of(annual_rates, t, start + months_a_year);
        const Usual& fewer = annual.years <= quarterly.years ? annual : quarterly;
        one.alarm.reference = fewer.years;
        if (fewer.years < options.minimum_years || !(quarterly.deviation > 0) || !(annual.deviation > 0)) continue;
        one.alarm.expected = price_at(0, options.alpha, quarter_ago, year_ago, quarterly, annual);
        one.alarm.threshold = price_at(options.at_least, options.alpha, quarter_ago, year_ago, quarterly, annual);
        if (std::isnan(prices[i])) continue;
        one.quarterly = (quarterly_rates[i] - quarterly.mean) / quarterly.deviation;
        one.annual = (annual_rates[i] - annual.mean) / annual.deviation;
        one.indicator = options.alpha * one.quarterly + (1 - options.alpha) * one.annual;
        one.alarm.alarm = one.indicator >= options.at_least;
        one.alarm.unusualness = student_t_cdf(
            one.indicator / (joint_deviation(options.alpha) * std::sqrt(1 + fewer.spread)), fewer.years - 1);
        one.alarm.p_value = 1 - one.alarm.unusualness;
    }
    return out;
}

PriceLevel price_level(double indicator) {
    return indicator >= 1  ? PriceLevel::AbnormallyHigh
        : indicator >= 0.5 ? PriceLevel::ModeratelyHigh
                           : PriceLevel::Normal;
}

double price_anomaly_chance(const PriceAnomalyOptions& options) {
    const double n = options.minimum_years;
    const double spread = 2 * (2 * n + 1) / (3 * n * (n + 1));  // of the weights 1 .. n
    return student_t_cdf(-options.at_least / (joint_deviation(options.alpha) * std::sqrt(1 + spread)), n - 1);
}

std::vector<Alarm> price_spike(std::span<const double> prices, const PriceSpikeOptions& options) {
    constexpr std::size_t columns = months_a_year + 1;  // a month each, and the trend
    std::vector<Alarm> out(prices.size(), Alarm{nan_value, nan_value, nan_value, 0, false});
    std::array<std::array<double, columns>, columns> moments{};
    std::array<double, columns> products{};
    double squares = 0;
    int n = 0;
    for (std::size_t t = 0; t < prices.size(); ++t) {
        const std::size_t month = t % months_a_year;
        const auto time = static_cast<double>(t);
        Alarm& alarm = out[t];
        alarm.reference = n;
        if (n >= options.minimum_months && static_cast<int>(t) >= options.first) {
            auto a = moments;
            auto beta = products;
            if (solve(a, beta)) {
                double rest = squares;
                for (std::size_t k = 0; k < columns; ++k) rest -= beta[k] * products[k];
                const double degrees = n - static_cast<double>(columns);
                const double deviation = std::sqrt(std::max(rest, 0.0) / degrees);
                alarm.expected = beta[month] + beta[months_a_year] * time;
                alarm.threshold = alarm.expected + options.at_least * deviation;
                if (!std::isnan(prices[t]) && deviation > 1e-9 * std::fabs(alarm.expected)) {
                    const double gap = (prices[t] - alarm.expected) / deviation;
                    alarm.unusualness = student_t_cdf(gap, degrees);
                    alarm.alarm = gap >= options.at_least;
                }
            }
        }
        if (std::isnan(prices[t])) continue;
        ++n;
        moments[month][month] += 1;
        moments[month][months_a_year] += time;
        moments[months_a_year][month] += time;
        moments[months_a_year][months_a_year] += time * time;
        products[month] += prices[t];
        products[months_a_year] += time * prices[t];
        squares += prices[t] * prices[t];
    }
    return out;
}

}  // namespace icosa::methods
