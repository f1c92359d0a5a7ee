/// Shares of levels moved ahead, each level told in the unit's own counts where it has been near it.
#include "forecast/switching.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "methods/statistics/probability.hpp"

namespace icosa::forecast {
namespace {

constexpr int law_points = 10, spread_points = 5;
constexpr double least_share = 1e-4;

bool is_december(int month) { return (month % 12 + 12) % 12 == 11; }

/// How much each own month speaks for each level, for a December forecast and for another month.
struct OwnMonths {
    std::size_t many = 0, window = 0;
    std::array<std::vector<double>, 2> own;   // [many][window], divided by the level's whole weight
    std::array<std::vector<double>, 2> left;  // [many], what is left to the level's law
};

/// share[months][many] of the levels, of which `here` is the origin's month.
OwnMonths own_months(const SwitchingRecipe& recipe, const std::vector<double>& share, std::size_t many,
                     std::size_t here, int origin) {
    OwnMonths out;
    out.many = many;
    const std::size_t window = out.window = std::min(here + 1, static_cast<std::size_t>(recipe.own_window));
    std::vector<double> nearness(many);
    for (std::size_t apart = 0; apart < many; ++apart)
        nearness[apart] = std::exp(-static_cast<double>(apart) / recipe.own_reach);
    for (std::size_t kind = 0; kind < 2; ++kind) {
        out.own[kind].assign(many * window, 0.0);
        out.left[kind].assign(many, 1.0);
    }
    for (std::size_t age = 0; age < window; ++age) {
        const double weight = std::exp(-static_cast<double>(age) / recipe.own_memory);
        const bool in_december = is_december(origin - static_cast<int>(age));
        const double* then = &share[(here - age) * many];
        for (std::size_t q = 0; q < many; ++q) {
            if (then[q] < 1e-3) continue;
            for (std::size_t k = q == 0 ? 0 : 1; k < (q == 0 ? 1 : many); ++k) {
                const double speaks = weight * then[q] * nearness[k > q ? k - q : q - k];
                out.own[0][k * window + age] += in_december ? speaks * recipe.other_season : speaks;
                out.own[1][k * window + age] += in_december ? speaks : speaks * recipe.other_season;
            }
        }
    }
    for (std::size_t kind = 0; kind < 2; ++kind) {
        for (std::size_t k = 0; k < many; ++k) {
            double sum = 0;
            for (std::size_t age = 0; age < window; ++age) sum += out.own[kind][k * window + age];
            out.left[kind][k] = recipe.own_against / (recipe.own_against + sum);
            for (std::size_t age = 0; age < window; ++age) out.own[kind][k * window + age] /= recipe.own_against + sum;
        }
    }
    return out;
}

/// Factors on own counts, equally likely.
std::array<double, spread_points> spread_factors(const SwitchingRecipe& recipe) {
    std::array<double, spread_points> out{};
    for (int i = 0; i < spread_points; ++i)
        out[static_cast<std::size_t>(i)] =
            std::exp(recipe.own_spread * methods::normal_quantile((i + 0.5) / spread_points));
    return out;
}

}  // namespace

Switching::Switching(const CountPanel& panel, const SwitchingRecipe& recipe) : panel_(panel), recipe_(recipe) {}

FittedSwitching Switching::fit(int origin, const FittedSwitching* from) const {
    FittedSwitching out;
    out.origin = origin;
    std::vector<std::span<const double>> until;
    for (const auto& series : panel_.series) {
        if (series.first <= origin)
            until.push_back(
                std::span(series.counts)
                    .first(std::min(series.counts.size(), static_cast<std::size_t>(origin - series.first + 1))));
    }
    out.model = methods::fit_switching_counts(
        until, {.states = recipe_.states, .means = methods::StateMeans::Ladder, .borrowed = recipe_.borrowed},
        from ? &from->model : nullptr);
    for (const auto& state : out.model.states) {
        auto& law = out.laws.emplace_back();
        for (int i = 0; i < law_points; ++i)
            law.push_back({methods::negative_binomial_quantile((i + 0.5) / law_points, state.mean, state.size),
                           1.0 / law_points});
    }
    for (const auto& series : panel_.series)
        out.shares.push_back(methods::filtered_states(out.model, series.counts).share);
    return out;
}

std::vector<methods::CountEnsemble> Switching::ahead(const FittedSwitching& fitted, std::size_t unit, int origin,
                                                     int first_step, int last_step) const {
    const auto& series = panel_.series[unit];
    const std::size_t many = fitted.model.many(), here = static_cast<std::size_t>(origin - series.first);
    const auto& share = fitted.shares[unit];
    const OwnMonths months = own_months(recipe_, share, many, here, origin);
    const auto factors = spread_factors(recipe_);
    std::vector<methods::CountEnsemble> out;
    auto levels = methods::states_ahead(fitted.model, std::span(share).subspan(here * many, many), first_step);
    std::vector<double> of_month(months.window);
    for (int step = first_step; step <= last_step; ++step) {
        if (step > first_step) levels = methods::states_ahead(fitted.model, levels, 1);
        const std::size_t kind = is_december(origin + step) ? 1 : 0;
        const auto& own = months.own[kind];
        auto& month = out.emplace_back();
        std::fill(of_month.begin(), of_month.end(), 0.0);
        for (std::size_t k = 0; k < many; ++k) {
            if (levels[k] < least_share) continue;
            for (const auto& one : fitted.laws[k])
                month.push_back({one.value, one.weight * levels[k] * months.left[kind][k]});
            for (std::size_t age = 0; age < months.window; ++age)
                of_month[age] += levels[k] * own[k * months.window + age];
        }
        for (std::size_t age = 0; age < months.window; ++age) {
            const double count = series.counts[here - age];
            if (of_month[age] < least_share) continue;
            if (count == 0) {
                month.push_back({0, of_month[age]});
                continue;
            }
            for (const double factor : factors) month.push_back({count * factor, of_month[age] / spread_points});
        }
    }
    return out;
}

}  // namespace icosa::forecast
