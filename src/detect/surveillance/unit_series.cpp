/// Joins of two panels' units, and values period by period.
#include "detect/surveillance/unit_series.hpp"

#include "base/number.hpp"

namespace icosa::detect {
namespace {

std::string_view join_key(std::string_view unit, pack::Join join) {
    switch (join) {
        case pack::Join::Unit: return unit;
        case pack::Join::Place: return unit.substr(0, unit.find('|'));
        case pack::Join::Parent: return before_last_bar(unit);
        case pack::Join::World: return {};
        case pack::Join::Both: return unit;
    }
    return unit;
}

}  // namespace

Partners::Partners(const model::Panel& panel, pack::Join join) : panel_(panel), join_(join) {
    for (std::size_t u = 0; u < panel.units.size(); ++u) by_key_.emplace(join_key(panel.units[u], join), u);
    for (std::size_t u = 0; u < panel.units.size(); ++u) by_key_.insert_or_assign(panel.units[u], u);
}

std::optional<std::size_t> Partners::of(std::string_view unit) const {
    const auto found = by_key_.find(join_key(unit, join_));
    return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

double Partners::at(std::size_t unit, int period) const {
    const int index = period - panel_.first_period;
    return index < 0 || index >= panel_.periods ? nan_value : panel_.at(unit, index);
}

UnitSeries::UnitSeries(const model::Panel& panel, std::optional<Partners> per, int newest, Day first_day)
    : panel_(panel), per_(std::move(per)), newest_(newest), first_(panel.first_period) {
    if (first_day != no_day) first_ = std::max(first_, period_of(first_day, panel.period));
}

std::vector<double> UnitSeries::values(std::size_t unit) const {
    std::vector<double> out(static_cast<std::size_t>(size()), nan_value);
    const auto partner = per_ ? per_->of(panel_.units[unit]) : std::nullopt;
    if (per_ && !partner) return out;
    for (int i = 0; i < size(); ++i) {
        double value = is_left_out(i) ? nan_value : undivided(unit, i);
        if (partner) {
            const double below = per_->at(*partner, first_ + i);
            value = below > 0 ? value / below : nan_value;
        }
        out[static_cast<std::size_t>(i)] = value;
    }
    return out;
}

std::vector<double> UnitSeries::divisors(std::size_t unit) const {
    const auto partner = per_ ? per_->of(panel_.units[unit]) : std::nullopt;
    std::vector<double> out;
    for (int i = 0; partner && i < size(); ++i) out.push_back(per_->at(*partner, first_ + i));
    return out;
}

}  // namespace icosa::detect
