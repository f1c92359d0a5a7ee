/// Bayes' theorem in odds.
#include "methods/credibility/posterior.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods {

double false_alarm_share(double precision, double recall, double base_rate) {
    return recall * base_rate * (1 - precision) / (precision * (1 - base_rate));
}

double likelihood_ratio(const DoubtEvidence& rule) {
    if (rule.fires) return rule.precision * (1 - rule.base_rate) / ((1 - rule.precision) * rule.base_rate);
    if (std::isnan(rule.recall)) return 1;
    return (1 - rule.recall) / (1 - false_alarm_share(rule.precision, rule.recall, rule.base_rate));
}

double credibility_of(double wrong, std::span<const DoubtEvidence> rules) {
    double odds = wrong / (1 - wrong);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const auto is_of_group = [&](const DoubtEvidence& other) { return other.group == rules[i].group; };
        if (std::ranges::any_of(rules.first(i), is_of_group)) continue;  // counted with the first of its group
        double fired = 0, silent = std::numeric_limits<double>::infinity();
        for (const DoubtEvidence& rule : rules.subspan(i)) {
            if (!is_of_group(rule)) continue;
            if (rule.fires) fired = std::max(fired, likelihood_ratio(rule));
            else silent = std::min(silent, likelihood_ratio(rule));
        }
        odds *= fired > 0 ? fired : silent;
    }
    return 1 / (1 + odds);
}

std::size_t heaviest_of(std::span<const DoubtEvidence> rules) {
    std::size_t best = rules.size();
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].fires && (best == rules.size() || likelihood_ratio(rules[i]) > likelihood_ratio(rules[best])))
            best = i;
    }
    return best;
}

}  // namespace icosa::methods
