/// Grids, fronts, distances.
#include "record/trigger_search.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/number.hpp"

namespace icosa::record {
namespace {

using Count = TriggerHistory::Count;

const std::vector<int> usual_sums{1, 2, 3, 4, 6, 9, 12};
const std::vector<int> usual_high_ofs{1, 3, 6, 12, 18, 24, 36, 60};

std::vector<int> with_own(std::vector<int> usual, int own) {
    if (std::ranges::find(usual, own) == usual.end()) usual.push_back(own);
    std::ranges::sort(usual);
    return usual;
}

/// Two digits are enough for a level that people agree on.
double two_digits(double value) {
    const double scale = std::pow(10, 1 - std::floor(std::log10(value)));
    return scale >= 1 ? std::round(value * scale) / scale : std::round(std::round(value * scale) / scale);
}

/// 1, 1.5, 2, 3, 5, 7, 10, 15 ... up to the first that is beyond all.
std::vector<double> ladder(double highest) {
    std::vector<double> out;
    for (double ten = 1; ten <= highest || out.empty(); ten *= 10) {
        for (const double step : {1.0, 1.5, 2.0, 3.0, 5.0, 7.0}) out.push_back(step * ten);
    }
    while (out.size() > 1 && out.back() > highest) out.pop_back();
    return out;
}

double cost_of(const Count& count, std::int64_t outcomes, const pack::TriggerCosts& costs) {
    return costs.act_in_vain * static_cast<double>(count.false_alarms())
        + costs.not_acting * static_cast<double>(outcomes - count.followed);
}

double trigger_distance(const pack::TriggerRule& a, const pack::TriggerRule& b) {
    return std::fabs(std::log2(static_cast<double>(a.sum) / b.sum)) + std::fabs(std::log2(a.at_least / b.at_least))
        + std::fabs(std::log2(static_cast<double>(a.high_of) / b.high_of));
}

}  // namespace

TriggerGrid wide_grid(const TriggerHistory& history) {
    return {usual_sums, usual_high_ofs, ladder(12 * history.highest_month())};
}

TriggerGrid grid_around(const pack::TriggerRule& rule) {
    TriggerGrid out{with_own(usual_sums, rule.sum), with_own(usual_high_ofs, rule.high_of), {rule.at_least}};
    for (const double share : {0.25, 1.0 / 3, 0.5, 2.0 / 3, 0.75, 0.8, 1.25, 4.0 / 3, 1.5, 2.0, 3.0, 4.0})
        out.levels.push_back(two_digits(share * rule.at_least));
    std::ranges::sort(out.levels);
    out.levels.erase(std::unique(out.levels.begin(), out.levels.end()), out.levels.end());
    return out;
}

std::vector<Count> pareto_front(std::vector<Count> counts) {
    const auto rank = [](const Count& one) {
        return std::tuple(one.false_alarms(), -one.followed, one.rule.sum, one.rule.high_of, -one.rule.at_least);
    };
    std::ranges::sort(counts, [&](const Count& a, const Count& b) { return rank(a) < rank(b); });
    std::vector<Count> out;
    for (const Count& one : counts) {
        if (one.followed > (out.empty() ? 0 : out.back().followed)) out.push_back(one);
    }
    return out;
}

std::vector<pack::TriggerRule> better_on_all_counts(const TriggerHistory& history, const pack::TriggerRule& rule,
                                                    std::size_t most) {
    const TriggerGrid grid = grid_around(rule);
    const std::vector<Count> counts = history.counts(grid.sums, grid.high_ofs, grid.levels);
    const auto own = std::ranges::find(counts, rule, &Count::rule);
    std::vector<pack::TriggerRule> out;
    for (const Count& one : counts) {
        if (one.followed > own->followed && one.false_alarms() < own->false_alarms()) out.push_back(one.rule);
    }
    std::ranges::stable_sort(out, {}, [&](const pack::TriggerRule& one) { return trigger_distance(one, rule); });
    if (out.size() > most) out.resize(most);
    return out;
}

std::optional<Count> cheapest(const std::vector<Count>& counts, std::int64_t outcomes,
                              const pack::TriggerCosts& costs) {
    std::optional<Count> out;
    double least = costs.not_acting * static_cast<double>(outcomes);
    for (const Count& one : counts) {
        const double cost = cost_of(one, outcomes, costs);
        if (cost >= least) continue;
        least = cost;
        out = one;
    }
    return out;
}

std::vector<CostPoint> cost_curve(const TriggerHistory& history, const pack::TriggerRule& rule,
                                  const pack::TriggerCosts& costs, Years years) {
    std::vector<double> levels = ladder(rule.sum * history.highest_month());
    levels.push_back(rule.at_least);
    std::ranges::sort(levels);
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    const TriggerRecord all = history.record(rule, years);
    std::vector<CostPoint> out;
    for (const Count& one : history.counts({rule.sum}, {rule.high_of}, levels, years)) {
        out.push_back({one.rule.at_least, one.followed, all.outcomes - one.followed, one.false_alarms(),
                       all.years > 0 ? cost_of(one, all.outcomes, costs) / all.years : nan_value});
    }
    return out;
}

}  // namespace icosa::record
