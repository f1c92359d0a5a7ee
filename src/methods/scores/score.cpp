/// Sums over sorted draws.
#include "methods/scores/score.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <vector>

#include "base/number.hpp"

namespace icosa::methods {
namespace {

std::vector<double> sorted(std::span<const double> draws) {
    std::vector<double> out(draws.begin(), draws.end());
    std::sort(out.begin(), out.end());
    return out;
}

constexpr std::size_t small_counts = 1024;

double size_of(std::span<const WeightedCount> tally) {
    double n = 0;
    for (const auto& one : tally) n += one.weight;
    return n;
}

/// The draw at this position, from 0.
double draw_at(std::span<const WeightedCount> tally, double position) {
    for (const auto& one : tally) {
        if (position < one.weight) return one.value;
        position -= one.weight;
    }
    return tally.back().value;
}

std::ptrdiff_t bin_of(double value) {
    const auto above = std::upper_bound(std::begin(ignorance_edges), std::end(ignorance_edges), value);
    return std::max<std::ptrdiff_t>(0, above - std::begin(ignorance_edges) - 1);
}

}  // namespace

double crps_sorted(std::span<const double> draws, double outcome) {
    if (draws.empty()) return nan_value;
    const double n = static_cast<double>(draws.size());
    const double middle =
        draws[draws.size() / 2];  // the spread does not move with the origin; sums of small numbers lose less
    double distance = 0, spread = 0, rank = 1 - n;
    for (const double x : draws) {
        distance += std::fabs(x - outcome);
        spread += (x - middle) * rank;
        rank += 2;
    }
    return distance / n - spread / (n * n);
}

double crps(std::span<const double> draws, double outcome) { return crps_sorted(sorted(draws), outcome); }

double ignorance(std::span<const double> draws, double outcome) {
    constexpr double bins = static_cast<double>(std::size(ignorance_edges));
    const auto bin = static_cast<std::size_t>(bin_of(outcome));
    const double low = bin == 0 ? -std::numeric_limits<double>::infinity() : ignorance_edges[bin];
    const double high =
        bin + 1 < std::size(ignorance_edges) ? ignorance_edges[bin + 1] : std::numeric_limits<double>::infinity();
    const auto inside = std::count_if(draws.begin(), draws.end(), [&](double x) { return x >= low && x < high; });
    return -std::log2((static_cast<double>(inside) + 1) / (static_cast<double>(draws.size()) + bins));
}

double quantile_sorted(std::span<const double> draws, double probability) {
    if (draws.empty()) return nan_value;
    const double at = static_cast<double>(draws.size() - 1) * probability;
    const auto low = static_cast<std::size_t>(std::floor(at));
    if (low + 1 >= draws.size()) return draws.back();
    return draws[low] + (at - std::floor(at)) * (draws[low + 1] - draws[low]);
}

double interval_score_sorted(std::span<const double> draws, double outcome, double alpha) {
    const double low = quantile_sorted(draws, alpha / 2);
    const double high = quantile_sorted(draws, 1 - alpha / 2);
    return high - low + 2 / alpha * (std::max(0.0, low - outcome) + std::max(0.0, outcome - high));
}

double interval_score(std::span<const double> draws, double outcome, double alpha) {
    return draws.empty() ? nan_value : interval_score_sorted(sorted(draws), outcome, alpha);
}

double brier(double probability, Happened happened) {
    const double off = happened == Happened::Yes ? 1 - probability : probability;
    return off * off;
}

double log_score(double probability, Happened happened) {
    return -std::log2(happened == Happened::Yes ? probability : 1 - probability);
}

double average_precision(std::span<const double> probabilities, std::span<const Happened> happened) {
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return probabilities[a] > probabilities[b]; });
    const auto all = static_cast<double>(std::count(happened.begin(), happened.end(), Happened::Yes));
    if (all == 0) return nan_value;
    double area = 0, right = 0, right_before = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        right += happened[order[i]] == Happened::Yes ? 1 : 0;
        if (i + 1 < order.size() && probabilities[order[i + 1]] == probabilities[order[i]]) continue;
        area += (right - right_before) / all * (right / static_cast<double>(i + 1));
        right_before = right;
    }
    return area;
}

PitInterval pit(std::span<const double> draws, double outcome) {
    if (draws.empty()) return {nan_value, nan_value};
    double below = 0, equal = 0;
    for (const double x : draws) {
        below += x < outcome;
        equal += x == outcome;
    }
    const double n = static_cast<double>(draws.size());
    return {below / n, (below + equal) / n};
}

bool covers_sorted(std::span<const double> draws, double outcome, double share) {
    return outcome >= quantile_sorted(draws, (1 - share) / 2) && outcome <= quantile_sorted(draws, (1 + share) / 2);
}

void Tally::count(std::span<const double> draws) {
    values_.clear();
    others_.clear();
    small_.resize(small_counts, 0);
    std::int64_t zeros = 0;
    for (const double x : draws) zeros += x == 0;  // in a loop of its own, since most draws of most cells are 0
    std::size_t most = 0;
    if (zeros < static_cast<std::int64_t>(draws.size())) {
        for (const double x : draws) {
            if (x == 0) continue;
            const bool is_small = x > 0 && x < static_cast<double>(small_counts);
            const auto whole = is_small ? static_cast<std::size_t>(x) : 0;
            if (is_small && static_cast<double>(whole) == x) {
                ++small_[whole];
                most = std::max(most, whole);
            } else {
                others_.push_back(x);
            }
        }
    }
    std::sort(others_.begin(), others_.end());
    std::size_t other = 0;
    const auto add_others_below = [&](double limit) {
        for (; other < others_.size() && others_[other] < limit; ++other) {
            if (!values_.empty() && values_.back().value == others_[other]) values_.back().weight += 1;
            else values_.push_back({others_[other], 1});
        }
    };
    add_others_below(0);
    if (zeros > 0) values_.push_back({0, static_cast<double>(zeros)});
    for (std::size_t value = 1; value <= most; ++value) {
        if (small_[value] == 0) continue;
        add_others_below(static_cast<double>(value));
        values_.push_back({static_cast<double>(value), static_cast<double>(small_[value])});
        small_[value] = 0;
    }
    add_others_below(std::numeric_limits<double>::infinity());
}

double crps_tallied(std::span<const WeightedCount> tally, double outcome) {
    if (tally.empty()) return nan_value;
    const double n = size_of(tally);
    const double middle = draw_at(tally, std::floor(n / 2));
    double distance = 0, spread = 0, below = 0;
    for (const auto& [value, times] : tally) {
        distance += std::fabs(value - outcome) * times;
        spread += (value - middle) * times * (2 * below + times - n);
        below += times;
    }
    return distance / n - spread / (n * n);
}

double ignorance_tallied(std::span<const WeightedCount> tally, double outcome) {
    const auto bin = bin_of(outcome);
    double inside = 0;
    for (const auto& [value, times] : tally) inside += bin_of(value) == bin ? times : 0;
    return -std::log2((inside + 1) / (size_of(tally) + static_cast<double>(std::size(ignorance_edges))));
}

double quantile_tallied(std::span<const WeightedCount> tally, double probability) {
    if (tally.empty()) return nan_value;
    const double at = (size_of(tally) - 1) * probability;
    const double low = draw_at(tally, std::floor(at));
    return low + (at - std::floor(at)) * (draw_at(tally, std::floor(at) + 1) - low);
}

double interval_score_tallied(std::span<const WeightedCount> tally, double outcome, double alpha) {
    const double low = quantile_tallied(tally, alpha / 2);
    const double high = quantile_tallied(tally, 1 - alpha / 2);
    return high - low + 2 / alpha * (std::max(0.0, low - outcome) + std::max(0.0, outcome - high));
}

bool covers_tallied(std::span<const WeightedCount> tally, double outcome, double share) {
    return outcome >= quantile_tallied(tally, (1 - share) / 2) && outcome <= quantile_tallied(tally, (1 + share) / 2);
}

}  // namespace icosa::methods
