/// Running sums over each unit's months, then of others around it.
#include "forecast/features.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

namespace icosa::forecast {
namespace {

constexpr double not_observed = std::numeric_limits<double>::quiet_NaN();
constexpr int lags = 3;
constexpr int windows[] = {3, 6, 12, 36};
constexpr double memories[] = {3, 12};
constexpr double silence_from[] = {1, 25};
constexpr double silence_memory = 12;
constexpr int share_window = 12;  // of the spread too
constexpr std::size_t of_others = 4;  // columns about a group of other units
constexpr std::size_t of_covariate = 2;
constexpr std::size_t of_horizon = 2;

// Positions of what others are told by.
constexpr std::size_t first_decayed = lags + std::size(windows);
constexpr std::size_t first_silence = first_decayed + std::size(memories);

/// The means of decayed means and the greatest S_1 of a group in a month, with what it takes to leave one member out.
struct Around {
    double sum[std::size(memories)] = {};
    int units = 0;
    double greatest = -1, second = -1;

    void add(const double* decayed, double silence) {
        for (std::size_t m = 0; m < std::size(memories); ++m) sum[m] += decayed[m];
        ++units;
        if (silence > greatest) {
            second = greatest;
            greatest = silence;
        } else if (silence > second) {
            second = silence;
        }
    }
};

void name_others(std::vector<Column>& columns, std::string_view whose, Aspect aspect) {
    for (const double memory : memories)
        columns.push_back({fmt::format("{} log1p decayed mean, memory {:g}", whose, memory), aspect});
    columns.push_back({fmt::format("{} latest count, decayed", whose), aspect});
    columns.push_back({fmt::format("{} counts not observed", whose), aspect});
}

/// Standard deviation of log1p, summed from the newest on.
double log_spread(std::span<const double> counts) {
    const auto n = static_cast<double>(counts.size());
    double centre = 0, squares = 0;
    for (std::size_t a = counts.size(); a-- > 0;) centre += std::log1p(counts[a]) / n;
    for (std::size_t a = counts.size(); a-- > 0;)
        squares += (std::log1p(counts[a]) - centre) * (std::log1p(counts[a]) - centre);
    return std::sqrt(squares / n);
}

}  // namespace

std::string_view aspect_name(Aspect aspect) {
    switch (aspect) {
        case Aspect::Recent: return "own newest months";
        case Aspect::Level: return "own longer past";
        case Aspect::Silence: return "time since the last counts";
        case Aspect::Neighbours: return "neighbours";
        case Aspect::Region: return "the region";
        case Aspect::World: return "the world";
        case Aspect::Covariates: return "covariates";
        case Aspect::Horizon: return "how far ahead";
    }
    return {};
}

Features::Features(const CountPanel& panel) {
    for (const auto& series : panel.series) {
        spans_.push_back({series.first, series.end()});
        counts_.push_back(series.counts);
    }
    stride_ = first_silence + std::size(silence_from) + 2 + of_others + (panel.neighbours.empty() ? 0 : of_others)
        + (panel.regions.empty() ? 0 : of_others) + of_covariate * panel.covariates.size();
    for (const auto& counts : counts_) values_.emplace_back(counts.size() * stride_, not_observed);
    columns_.reserve(stride_ + of_horizon);
    add_own();
    if (!panel.neighbours.empty()) add_neighbours(panel.neighbours);
    if (!panel.regions.empty()) add_rest_of(panel.regions, "the region's", Aspect::Region);
    add_rest_of(std::vector<std::string>(panel.series.size(), "world"), "the world's", Aspect::World);
    for (const auto& covariate : panel.covariates) add_covariate(covariate);
    columns_.push_back({"log of steps ahead", Aspect::Horizon});
    columns_.push_back({"a December", Aspect::Horizon});
}

double& Features::cell(std::size_t unit, int month, std::size_t column) {
    return values_[unit][static_cast<std::size_t>(month - spans_[unit].first) * stride_ + column];
}

void Features::name_own() {
    for (int lag = 0; lag < lags; ++lag)
        columns_.push_back({lag == 0 ? "log1p newest month"
                                     : fmt::format("log1p {} month{} before the newest", lag, lag > 1 ? "s" : ""),
                            Aspect::Recent});
    for (const int window : windows)
        columns_.push_back(
            {fmt::format("log1p mean of {} months", window), window <= 6 ? Aspect::Recent : Aspect::Level});
    for (const double memory : memories)
        columns_.push_back(
            {fmt::format("log1p decayed mean, memory {:g}", memory), memory < 6 ? Aspect::Recent : Aspect::Level});
    for (const double from : silence_from)
        columns_.push_back({fmt::format("latest count of {:g} or more, decayed", from), Aspect::Silence});
    columns_.push_back({"share of 12 months with a count", Aspect::Silence});
    columns_.push_back({"spread of log1p over 12 months", Aspect::Level});
}

void Features::add_own() {
    name_own();
    const double fading = std::exp(-1 / silence_memory);
    for (std::size_t unit = 0; unit < units(); ++unit) {
        const auto& counts = counts_[unit];
        double decayed[std::size(memories)] = {}, weight[std::size(memories)] = {}, since[std::size(silence_from)] = {};
        std::vector<double> sums(counts.size() + 1, 0.0), with_count(counts.size() + 1, 0.0);  // whole numbers: exact
        for (std::size_t t = 0; t < counts.size(); ++t) {
            sums[t + 1] = sums[t] + counts[t];
            with_count[t + 1] = with_count[t] + (counts[t] > 0 ? 1 : 0);
            double* out = &values_[unit][t * stride_];
            for (std::size_t lag = 0; lag < lags; ++lag) *out++ = lag <= t ? std::log1p(counts[t - lag]) : not_observed;
            for (const int window : windows) {
                const std::size_t n = std::min(t + 1, static_cast<std::size_t>(window));
                *out++ = std::log1p((sums[t + 1] - sums[t + 1 - n]) / static_cast<double>(n));
            }
            for (std::size_t m = 0; m < std::size(memories); ++m) {
                const double kept = std::exp(-1 / memories[m]);
                decayed[m] = decayed[m] * kept + counts[t];
                weight[m] = weight[m] * kept + 1;
                *out++ = std::log1p(decayed[m] / weight[m]);
            }
            for (std::size_t c = 0; c < std::size(silence_from); ++c)
                *out++ = since[c] = counts[t] >= silence_from[c] ? 1 : since[c] * fading;
            const std::size_t n = std::min(t + 1, static_cast<std::size_t>(share_window));
            *out++ = (with_count[t + 1] - with_count[t + 1 - n]) / static_cast<double>(n);
            *out++ = log_spread(std::span(counts).subspan(t + 1 - n, n));
        }
    }
}

void Features::add_neighbours(const std::vector<std::vector<std::size_t>>& neighbours) {
    const std::size_t to = columns_.size();
    name_others(columns_, "neighbours'", Aspect::Neighbours);
    for (std::size_t unit = 0; unit < units(); ++unit) {
        for (int month = spans_[unit].first; month < spans_[unit].end; ++month) {
            Around around;
            for (const std::size_t other : neighbours[unit]) {
                if (!has(other, month)) continue;
                const double decayed[] = {std::expm1(cell(other, month, first_decayed)),
                                          std::expm1(cell(other, month, first_decayed + 1))};
                around.add(decayed, cell(other, month, first_silence));
            }
            double* out = &cell(unit, month, to);
            for (const double sum : around.sum)
                *out++ = around.units > 0 ? std::log1p(sum / around.units) : not_observed;
            *out++ = around.units > 0 ? around.greatest : not_observed;
            *out = around.units > 0 ? 0 : 1;
        }
    }
}

void Features::add_rest_of(const std::vector<std::string>& groups, std::string_view whose, Aspect aspect) {
    const std::size_t to = columns_.size();
    name_others(columns_, whose, aspect);
    std::map<std::string_view, std::map<int, Around>> known;
    for (std::size_t unit = 0; unit < units(); ++unit) {
        if (groups[unit].empty()) continue;
        auto& months = known[groups[unit]];
        for (int month = spans_[unit].first; month < spans_[unit].end; ++month) {
            const double decayed[] = {std::expm1(cell(unit, month, first_decayed)),
                                      std::expm1(cell(unit, month, first_decayed + 1))};
            months[month].add(decayed, cell(unit, month, first_silence));
        }
    }
    for (std::size_t unit = 0; unit < units(); ++unit) {
        for (int month = spans_[unit].first; month < spans_[unit].end; ++month) {
            double* out = &cell(unit, month, to);
            const Around around = groups[unit].empty() ? Around{} : known[groups[unit]][month];
            const int others = around.units - 1;
            for (std::size_t m = 0; m < std::size(memories); ++m) {
                const double rest = around.sum[m] - std::expm1(cell(unit, month, first_decayed + m));
                *out++ = others > 0 ? std::log1p(std::max(0.0, rest) / others) : not_observed;
            }
            *out++ = others > 0
                ? (cell(unit, month, first_silence) == around.greatest ? around.second : around.greatest)
                : not_observed;
            *out = others > 0 ? 0 : 1;
        }
    }
}

void Features::add_covariate(const Covariate& covariate) {
    const std::size_t to = columns_.size();
    columns_.push_back({"asinh " + covariate.name, Aspect::Covariates});
    columns_.push_back({covariate.name + " not known", Aspect::Covariates});
    for (std::size_t unit = 0; unit < units(); ++unit) {
        auto values = covariate.of_unit[unit];
        std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.known < b.known; });
        std::size_t next = 0;
        const Covariate::Value* newest = nullptr;
        for (int month = spans_[unit].first; month < spans_[unit].end; ++month) {
            for (; next < values.size() && values[next].known <= month; ++next) {
                if (!newest || values[next].month >= newest->month) newest = &values[next];
            }
            cell(unit, month, to) = newest ? std::asinh(newest->value) : not_observed;
            cell(unit, month, to + 1) = newest ? 0 : 1;
        }
    }
}

void Features::row(std::size_t unit, int origin, int step, std::span<double> row) const {
    const double* from = &values_[unit][static_cast<std::size_t>(origin - spans_[unit].first) * stride_];
    std::copy(from, from + stride_, row.begin());
    row[stride_] = std::log(static_cast<double>(step));
    row[stride_ + 1] = ((origin + step) % 12 + 12) % 12 == 11 ? 1 : 0;
}

std::vector<double> Features::row(std::size_t unit, int origin, int step) const {
    std::vector<double> out(width());
    row(unit, origin, step, out);
    return out;
}

}  // namespace icosa::forecast
