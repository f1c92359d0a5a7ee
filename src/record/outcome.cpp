/// Sums before and after.
#include "record/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/number.hpp"
#include "base/prio_grid.hpp"
#include "record/nearby.hpp"

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

double OutcomeTruth::before(std::size_t unit, int month) const {
    const int months = outcome_.months, usual = outcome_.usual_months;
    if (usual == 0) return sum(unit, month - months + 1, month);
    return sum(unit, month - months - usual + 1, month - months) * months / usual;
}

std::optional<bool> OutcomeTruth::happened(std::size_t unit, int month) const {
    const int months = outcome_.months;
    double before = this->before(unit, month);
    double after = sum(unit, month + 1, month + months);
    if (std::isnan(before) || std::isnan(after)) return std::nullopt;
    if (outcome_.within_km > 0 && !(before + sum(unit, month - months + 1, month) > 0)) return std::nullopt;
    if (outcome_.averages) {
        before /= months;
        after /= months;
    }
    return reached(before, after);
}

int OutcomeTruth::lead(std::size_t unit, int month) const {
    const int months = outcome_.months;
    if (outcome_.averages) return months;
    const double before = this->before(unit, month);
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
    if (outcome_.within_km > 0) return position(subject.substr(subject.rfind('|') + 1));
    return position(subject.substr(0, subject.find('|')));
}

std::optional<std::size_t> OutcomeTruth::unit_of(const model::Signal& signal) const {
    const auto own = unit_of(signal.subject);
    if (own || !signal.around || !(outcome_.within_km > 0)) return own;
    const int middle = gid_of_degrees(signal.around->latitude_deg, signal.around->longitude_deg);
    std::optional<std::size_t> out;
    double least_km = outcome_.within_km;
    for (std::size_t unit = 0; unit < panel_.units.size(); ++unit) {
        const auto cell = cell_of(panel_.units[unit]);
        const double km = cell ? *cell == middle ? 0 : distance_km(middle, *cell) : nan_value;
        if (!(km <= least_km) || (out && km == least_km)) continue;
        out = unit;
        least_km = km;
    }
    return out;
}

std::vector<std::size_t> OutcomeTruth::about(std::size_t unit) const {
    if (!(outcome_.within_km > 0)) return {unit};
    std::vector<std::size_t> out;
    const auto centre = cell_of(panel_.units[unit]);
    for (std::size_t other = 0; other < panel_.units.size(); ++other) {
        const auto cell = cell_of(panel_.units[other]);
        if (other == unit || (centre && cell && distance_km(*centre, *cell) <= outcome_.within_km))
            out.push_back(other);
    }
    return out;
}

}  // namespace icosa::record
