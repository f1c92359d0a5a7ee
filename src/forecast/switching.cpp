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
    const std::size_t window = std::min(here + 1, static_cast<std::size_t>(recipe_.own_window));
    const auto& share = fitted.shares[unit];
    std::vector<double> nearness(many);
    for (std::size_t apart = 0; apart < many; ++apart)
        nearness[apart] = std::exp(-static_cast<double>(apart) / recipe_.own_reach);
    std::vector<double> factors;
    for (int i = 0; i < spread_points; ++i)
        factors.push_back(std::exp(recipe_.own_spread * methods::normal_quantile((i + 0.5) / spread_points)));

    // How much each own month speaks for each level, for a December forecast and for another month.
    std::array<std::vector<double>, 2> own;   // [many][window], divided by the level's whole weight
    std::array<std::vector<double>, 2> left;  // [many], what is left to the level's law
    for (std::size_t kind = 0; kind < 2; ++kind) {
        own[kind].assign(many * window, 0.0);
        left[kind].assign(many, 1.0);
    }
    for (std::size_t age = 0; age < window; ++age) {
        const double weight = std::exp(-static_cast<double>(age) / recipe_.own_memory);
        const bool december = is_december(origin - static_cast<int>(age));
        const double* then = &share[(here - age) * many];
        for (std::size_t q = 0; q < many; ++q) {
            if (then[q] < 1e-3) continue;
            for (std::size_t k = q == 0 ? 0 : 1; k < (q == 0 ? 1 : many); ++k) {
                const double speaks = weight * then[q] * nearness[k > q ? k - q : q - k];
                own[0][k * window + age] += december ? speaks * recipe_.other_season : speaks;
                own[1][k * window + age] += december ? speaks : speaks * recipe_.other_season;
            }
        }
    }
    for (std::size_t kind = 0; kind < 2; ++kind) {
        for (std::size_t k = 0; k < many; ++k) {
            double sum = 0;
            for (std::size_t age = 0; age < window; ++age) sum += own[kind][k * window + age];
            left[kind][k] = recipe_.own_against / (recipe_.own_against + sum);
            for (std::size_t age = 0; age < window; ++age) own[kind][k * window + age] /= recipe_.own_against + sum;
        }
    }

    std::vector<methods::CountEnsemble> out;
    auto levels = methods::states_ahead(fitted.model, std::span(share).subspan(here * many, many), first_step);
    std::vector<double> of_month(window);
    for (int step = first_step; step <= last_step; ++step) {
        if (step > first_step) levels = methods::states_ahead(fitted.model, levels, 1);
        const std::size_t kind = is_december(origin + step) ? 1 : 0;
        auto& month = out.emplace_back();
        std::fill(of_month.begin(), of_month.end(), 0.0);
        for (std::size_t k = 0; k < many; ++k) {
            if (levels[k] < least_share) continue;
            for (const auto& one : fitted.laws[k]) month.push_back({one.value, one.weight * levels[k] * left[kind][k]});
            for (std::size_t age = 0; age < window; ++age) of_month[age] += levels[k] * own[kind][k * window + age];
        }
        for (std::size_t age = 0; age < window; ++age) {
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
