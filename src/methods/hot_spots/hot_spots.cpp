/// Step by step, then the p-values of all steps together.
#include "methods/hot_spots/hot_spots.hpp"

#include <algorithm>
#include <cmath>

#include "methods/alarms/false_discovery.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods::hot_spots {
namespace {

State state_of(const HotSpot& one, const Judging& judging) {
    if (std::isnan(one.p_value)) return State::NotComputed;
    const bool is_told =
        judging.false_discovery > 0 ? one.adjusted_p <= judging.false_discovery : one.p_value <= judging.alpha;
    if (!is_told || one.of.z == 0) return State::None;
    if (judging.statistic != Statistic::Moran) {
        // Gi* counts the place's own value, a deal leaves it be: a peak among low neighbours is neither hot nor cold
        if (judging.chance.permutations > 0 && one.of.lean * one.of.z <= 0) return State::None;
        return one.of.z > 0 ? State::Hot : State::Cold;
    }
    if (one.of.own > 0) return one.of.around > 0 ? State::HighHigh : State::HighLow;
    return one.of.around > 0 ? State::LowHigh : State::LowLow;
}

}  // namespace

std::string_view name_of(State state) {
    constexpr std::string_view names[] = {"", "none", "hot", "cold", "high-high", "low-low", "high-low", "low-high"};
    return names[static_cast<std::size_t>(state)];
}

std::vector<HotSpot> hot_spots(std::span<const double> values, std::size_t steps, const Neighbours& neighbours,
                               const Judging& judging, const std::function<void(std::int64_t)>& progress) {
    const std::size_t places = neighbours.places();
    std::vector<HotSpot> out(places * steps);
    std::vector<double> p_values(out.size()), of_step(places);
    for (std::size_t t = 0; t < steps; ++t) {
        for (std::size_t i = 0; i < places; ++i) of_step[i] = values[i * steps + t];
        const auto statistics = local_statistics(of_step, neighbours, judging.statistic);
        std::vector<double> permuted;
        if (judging.chance.permutations > 0) {
            Chance chance = judging.chance;
            chance.first_stream += t * places;
            permuted = permuted_p_values(of_step, neighbours, chance, [&](std::int64_t done) {
                if (progress) progress(static_cast<std::int64_t>(t * places) + done);
            });
        }
        for (std::size_t i = 0; i < places; ++i) {
            auto& one = out[i * steps + t];
            one.of = statistics[i];
            one.p_value = permuted.empty() ? std::min(1.0, 2 * normal_cdf(-std::abs(one.of.z))) : permuted[i];
            if (std::isnan(one.of.z)) one.p_value = nan_value;
            p_values[i * steps + t] = one.p_value;
        }
    }
    const auto adjusted = adjusted_p_values(p_values, Dependence::Positive);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].adjusted_p = adjusted[i];
        out[i].state = state_of(out[i], judging);
    }
    return out;
}

}  // namespace icosa::methods::hot_spots
