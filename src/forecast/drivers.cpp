/// Two stacks side by side: this month's and last month's, looking at the same months ahead.
#include "forecast/drivers.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace icosa::forecast {
namespace {

constexpr double least_effect = 0.01;  ///< counts a month
constexpr std::string_view activity_names[] = {"quiet", "low", "middle", "high", "a surge"};

/// All a stack says from one origin: the means of its parts, by step and component.
class View {
public:
    View(const Stack& stack, const Weights& weights, int origin, int first_step, int last_step)
        : stack_(stack),
          weights_(weights),
          origin_(origin),
          first_step_(first_step),
          last_step_(last_step),
          quiet_(stack.quiet_rates(origin)) {}

    [[nodiscard]] std::vector<std::array<Share, components>> shares(std::size_t unit) const {
        const auto outlook = stack_.outlook(unit, origin_, quiet_, FitsFor::Forecast);
        std::vector<std::array<Share, components>> out;
        for (int step = first_step_; step <= last_step_; ++step) out.push_back(stack_.shares(weights_, outlook, step));
        return out;
    }
    [[nodiscard]] Activity activity(std::size_t unit) const { return stack_.activity(unit, origin_); }

private:
    const Stack& stack_;
    const Weights& weights_;
    int origin_, first_step_, last_step_;
    std::vector<methods::CountEnsemble> quiet_;
};

}  // namespace

std::vector<Moved> what_moved(const CountPanel& panel, const Request& request, const Stack& stack,
                              const Weights& weights) {
    const int origin = request.origin, first_step = request.first - origin, last_step = request.last - origin;
    Stack earlier(panel, first_step + 1, last_step + 1, request.threads, request.lesson_every, stack.fitted());
    earlier.fitted()->fit_until(origin - 1);
    const View now(stack, weights, origin, first_step, last_step),
        before(earlier, weights, origin - 1, first_step + 1, last_step + 1);
    const double months = request.last - request.first + 1;

    std::vector<Moved> out(panel.series.size());
    for (std::size_t unit = 0; unit < panel.series.size(); ++unit) {
        const auto& series = panel.series[unit];
        if (!series.has(origin) || origin - series.first < Stack::fewest_months) continue;
        const auto here = now.shares(unit), there = before.shares(unit);
        std::map<std::string, double> effects;
        double of_weights = 0;
        for (std::size_t m = 0; m < here.size(); ++m) {
            for (std::size_t k = 0; k < components; ++k) {
                const auto [weight, mean] = here[m][k];
                const auto [old_weight, old_mean] = there[m][k];
                out[unit].mean_before += old_weight * old_mean / months;
                effects[std::string(component_driver(k))] += (weight + old_weight) / 2 * (mean - old_mean) / months;
                of_weights += (weight - old_weight) * (mean + old_mean) / 2 / months;
            }
        }
        const auto kind = now.activity(unit), old_kind = before.activity(unit);
        const auto name = [](Activity one) { return activity_names[static_cast<std::size_t>(one)]; };
        effects[kind == old_kind ? std::string("the months are nearer")
                                 : fmt::format("now counted as {}, last month as {}", name(kind), name(old_kind))] +=
            of_weights;
        for (const auto& [what, effect] : effects) {
            if (std::abs(effect) >= least_effect) out[unit].drivers.push_back({what, effect});
        }
        std::stable_sort(out[unit].drivers.begin(), out[unit].drivers.end(),
                         [](const Driver& a, const Driver& b) { return std::abs(a.effect) > std::abs(b.effect); });
    }
    return out;
}

}  // namespace icosa::forecast
