/// Lays out panels.
#include "harmonise/panel.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "methods/statistics/probability.hpp"

namespace icosa::harmonise {
namespace {

constexpr std::int64_t minimum_common = 10;  ///< common ballots of a pair

/// The place whose coverage a unit needs: itself, or the one that a position is in; for other kinds of unit the world.
std::string covered_place(const model::Select& select, const std::string& unit) {
    if (select.unit == model::Unit::PlacePosition) return unit.substr(0, unit.rfind('|'));
    return select.unit == model::Unit::Place ? unit : std::string();
}

model::Panel empty_panel(const model::Select& select, const std::string& source, const std::set<std::string>& units,
                         int first_period, int last_period) {
    model::Panel panel;
    panel.source = source;
    panel.period = select.period;
    panel.first_period = first_period;
    panel.periods = std::max(0, last_period - first_period + 1);
    panel.units.assign(units.begin(), units.end());
    panel.values.assign(panel.units.size() * static_cast<std::size_t>(panel.periods), not_observed);
    panel.rows.assign(panel.values.size(), 0);
    return panel;
}

std::size_t index_of(const model::Panel& panel, const std::string& unit, int period) {
    const auto at = std::lower_bound(panel.units.begin(), panel.units.end(), unit) - panel.units.begin();
    return static_cast<std::size_t>(at) * static_cast<std::size_t>(panel.periods)
        + static_cast<std::size_t>(period - panel.first_period);
}

/// The middle value of each cell; values in order of unit and period.
void set_medians(model::Panel& panel, const std::vector<store::Value>& values, int last) {
    std::vector<double> same;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].period > last) continue;
        same.push_back(values[i].value);
        const bool more =
            i + 1 < values.size() && values[i + 1].unit == values[i].unit && values[i + 1].period == values[i].period;
        if (more) continue;
        panel.values[index_of(panel, values[i].unit, values[i].period)] = methods::median(same);
        same.clear();
    }
}

/// A source that fills its table with zeros until it first reports has not observed them.
void forget_early_zeros(model::Panel& panel) {
    panel.tells_first_reports = true;
    const auto periods = static_cast<std::size_t>(panel.periods);
    for (std::size_t u = 0; u < panel.units.size(); ++u) {
        for (std::size_t at = u * periods; at < (u + 1) * periods && !(panel.values[at] > 0); ++at)
            panel.values[at] = not_observed;
    }
}

}  // namespace

bool is_ratio(model::Quantity quantity) {
    using enum model::Quantity;
    return quantity == Agreement || quantity == YesShare || quantity == SScore || quantity == Kappa
        || quantity == Balance || quantity == IntensityMean || quantity == Last;
}

double ratio_of(model::Quantity quantity, const store::Group& group) {
    using enum model::Quantity;
    const bool of_ballots = quantity == Agreement || quantity == SScore || quantity == Kappa;
    if (quantity == Last && group.total_milli > 0) return static_cast<double>(group.sum_milli) / 1000.0;
    if (group.total_milli <= 0 || (of_ballots && group.rows < 2 * minimum_common)) return not_observed;
    return static_cast<double>(group.sum_milli) / static_cast<double>(group.total_milli);
}

model::Panel panel_of_groups(const model::Select& select, const std::string& source,
                             const std::vector<store::Group>& groups, const CompleteCoverage& coverage, Day as_of,
                             Day known_through) {
    int first = std::numeric_limits<int>::max();
    int last = std::numeric_limits<int>::min();
    std::set<std::string> units;
    for (const auto& group : groups) {
        units.insert(group.unit);
        first = std::min(first, group.period);
        last = std::max(last, group.period);
    }
    const bool complete = coverage.any() && !is_ratio(select.quantity);
    if (complete) {
        const int covered_first = period_of(coverage.first(), select.period);
        const int covered_last = period_of(coverage.last(), select.period);
        // a silent lead before the first record is observed too, but only as far as coverage reaches
        first = std::min(first, covered_first);
        last = std::max(last, covered_last);
        if (select.unit == model::Unit::Place) {
            for (const std::string& place : select.places) {
                if (coverage.observed(place, coverage.last(), coverage.last())) units.insert(place);
            }
        }
        if (select.unit == model::Unit::World) units.insert("world");
    }
    if (first > last) return empty_panel(select, source, {}, 0, -1);
    last = std::min(last, period_of(as_of, select.period));
    if (select.since != first_possible_day) first = std::max(first, period_of(select.since, select.period));
    model::Panel panel = empty_panel(select, source, units, first, last);
    panel.complete = complete;
    if (complete) {
        std::size_t at = 0;
        for (const std::string& unit : panel.units) {
            const std::string place = covered_place(select, unit);
            for (int p = first; p <= last; ++p, ++at) {
                if (coverage.observed(place, first_day_of(p, select.period), last_day_of(p, select.period)))
                    panel.values[at] = 0;
            }
        }
    }
    int newest_with_rows = first - 1;
    for (const auto& group : groups) {
        if (group.period > last) continue;
        const std::size_t at = index_of(panel, group.unit, group.period);
        panel.rows[at] =
            static_cast<std::int32_t>(std::min<std::int64_t>(group.rows, std::numeric_limits<std::int32_t>::max()));
        panel.rows_total += group.rows;
        newest_with_rows = std::max(newest_with_rows, group.period);
        if (is_ratio(select.quantity)) {
            panel.values[at] = ratio_of(select.quantity, group);
        } else if (!complete || panel.values[at] == 0) {
            panel.values[at] = static_cast<double>(group.sum_milli) / 1000.0;
        }
    }
    // A period is whole only when all of it could be known, whatever its rows say: half a year of votes is no year's
    // share.
    for (int p = last; !complete && p >= first && last_day_of(p, select.period) > known_through; --p) {
        for (std::size_t u = 0; u < panel.units.size(); ++u)
            panel.values[u * static_cast<std::size_t>(panel.periods) + static_cast<std::size_t>(p - first)] =
                not_observed;
        newest_with_rows = std::min(newest_with_rows, p - 1);
    }
    panel.observed_through = complete
        ? coverage.last()
        : (newest_with_rows >= first ? last_day_of(newest_with_rows, select.period) : no_day);
    return panel;
}

model::Panel panel_of_values(const model::Select& select, const std::string& source,
                             const std::vector<store::Value>& values, Day as_of, pack::EarlyZeros early) {
    int first = std::numeric_limits<int>::max();
    int last = std::numeric_limits<int>::min();
    std::set<std::string> units;
    const int newest = period_of(as_of, select.period);
    for (const auto& value : values) {
        if (value.period > newest) continue;
        units.insert(value.unit);
        first = std::min(first, value.period);
        last = std::max(last, value.period);
    }
    if (first > last) return empty_panel(select, source, {}, 0, -1);
    model::Panel panel = empty_panel(select, source, units, first, last);
    for (const auto& value : values) {  // in a total order, so that sums of doubles are the same every time
        if (value.period > last) continue;
        const std::size_t at = index_of(panel, value.unit, value.period);
        double& cell = panel.values[at];
        const bool fresh = panel.rows[at] == 0;
        if (select.quantity == model::Quantity::Last || fresh) cell = value.value;
        else cell += value.value;
        ++panel.rows[at];
        ++panel.rows_total;
    }
    if (select.quantity == model::Quantity::Mean) {
        for (std::size_t at = 0; at < panel.values.size(); ++at) {
            if (panel.rows[at] > 1) panel.values[at] /= panel.rows[at];
        }
    }
    if (select.quantity == model::Quantity::Median) set_medians(panel, values, last);
    if (early == pack::EarlyZeros::NotObserved) forget_early_zeros(panel);
    panel.observed_through = std::min(last_day_of(last, select.period), as_of);
    return panel;
}

}  // namespace icosa::harmonise
