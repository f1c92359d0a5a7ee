/// Sums before and after.
#include "record/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/number.hpp"

namespace icosa::record {

double OutcomeTruth::sum(std::size_t unit, int first, int last) const {
    double out = 0;
    for (int month = first; month <= last; ++month) {
        const int index = month - panel_.first_period;
        if (index < 0 || index >= panel_.periods) return nan_value;
        out += panel_.at(unit, index);
    }
    return out;
}

bool OutcomeTruth::reached(double before, double after) const {
    if (outcome_.quiet_below > 0) return before < outcome_.quiet_below && after >= outcome_.least;
    return after >= outcome_.factor * before && after - before >= outcome_.least;
}

std::optional<bool> OutcomeTruth::happened(std::size_t unit, int month) const {
    const int months = outcome_.months;
    double before = sum(unit, month - months + 1, month);
    double after = sum(unit, month + 1, month + months);
    if (std::isnan(before) || std::isnan(after)) return std::nullopt;
    if (outcome_.averages) {
        before /= months;
        after /= months;
    }
    return reached(before, after);
}

int OutcomeTruth::lead(std::size_t unit, int month) const {
    const int months = outcome_.months;
    if (outcome_.averages) return months;
    const double before = sum(unit, month - months + 1, month);
    for (int ahead = 1; ahead < months; ++ahead) {
        if (reached(before, sum(unit, month + 1, month + ahead))) return ahead;
    }
    return months;
}

std::optional<std::size_t> OutcomeTruth::unit_of(std::string_view subject) const {
    const auto position = [&](std::string_view id) -> std::optional<std::size_t> {
        const auto at = std::lower_bound(panel_.units.begin(), panel_.units.end(), id);
        if (at == panel_.units.end() || *at != id) return std::nullopt;
        return static_cast<std::size_t>(at - panel_.units.begin());
    };
    if (const auto own = position(subject)) return own;
    return position(subject.substr(0, subject.find('|')));
}

}  // namespace icosa::record
