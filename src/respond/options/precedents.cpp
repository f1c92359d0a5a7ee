/// Counts episodes by whether the option was there.
#include "respond/options/precedents.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::respond {
namespace {

constexpr double as_large = 2;  ///< a situation is alike within half and twice

/// Of months first .. last of a unit; NaN where one is not observed.
double sum_of(const model::Panel& panel, std::size_t unit, int first, int last) {
    double out = 0;
    for (int month = first; month <= last; ++month) {
        if (month < 0 || month >= panel.periods) return std::nan("");
        out += panel.at(unit, month);
    }
    return out;
}

}  // namespace

std::optional<double> newest_sum(const model::Panel& panel, const std::string& unit, int months, Day oldest) {
    const auto own = std::ranges::find(panel.units, unit);
    if (own == panel.units.end()) return std::nullopt;
    const auto at = static_cast<std::size_t>(own - panel.units.begin());
    int newest = panel.periods - 1;
    while (newest >= 0 && std::isnan(panel.at(at, newest))) --newest;
    if (newest < 0 || last_day_of(panel.first_period + newest, PeriodKind::Month) < oldest) return std::nullopt;
    const double sum = sum_of(panel, at, newest - months + 1, newest);
    return std::isnan(sum) ? std::nullopt : std::optional(sum);
}

std::optional<model::Precedent> precedent_of(const model::Panel& panel, double here, const PastRule& rule,
                                             const std::function<bool(const std::string&, Day)>& had) {
    if (!(here >= rule.least)) return std::nullopt;
    model::Precedent out;  // months count from 1970-01
    for (std::size_t one = 0; one < panel.units.size(); ++one) {
        for (int month = rule.months - 1; month + rule.months < panel.periods; ++month) {
            const double before = sum_of(panel, one, month - rule.months + 1, month);
            if (!(before >= rule.least && before * as_large >= here && before <= here * as_large)) continue;
            const double after = sum_of(panel, one, month + 1, month + rule.months);
            if (std::isnan(after)) continue;
            const int period = panel.first_period + month;
            const bool fell = after <= rule.fall * before;
            const bool with = had(panel.units[one], last_day_of(period, PeriodKind::Month));
            ++(with ? out.with : out.without);
            if (fell) ++(with ? out.with_fell : out.without_fell);
            const int year = 1970 + period / 12;
            out.first_year = out.first_year == 0 ? year : std::min(out.first_year, year);
            out.last_year = std::max(out.last_year, year);
            month += rule.months - 1;  // the next situation of this unit begins after what followed
        }
    }
    return out;
}

}  // namespace icosa::respond
