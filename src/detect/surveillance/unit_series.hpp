/// The series of a panel's units, where a watch asks for it divided by those of another panel.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "model/evidence.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// "A|B|C" without its last part, which is the pair or place that the unit belongs to.
[[nodiscard]] inline std::string_view before_last_bar(std::string_view unit) { return unit.substr(0, unit.rfind('|')); }

/// Units of a second panel by what the first panel's units are joined on. A unit that is the key itself goes before one
/// that only leads to it.
class Partners {
public:
    /// panel must outlive it.
    Partners(const model::Panel& panel, pack::Join join);
    /// Nothing where no unit of the second panel has the key.
    [[nodiscard]] std::optional<std::size_t> of(std::string_view unit) const;
    /// NaN outside the panel.
    [[nodiscard]] double at(std::size_t unit, int period) const;

private:
    const model::Panel& panel_;
    pack::Join join_;
    std::map<std::string, std::size_t, std::less<>> by_key_;
};

/// From the panel's first period, or the one that holds first_day where that is later, to `newest`.
class UnitSeries {
public:
    /// panel must outlive it; first_day: no_day = no limit.
    UnitSeries(const model::Panel& panel, std::optional<Partners> per, int newest, Day first_day);
    [[nodiscard]] int first() const { return first_; }
    [[nodiscard]] int size() const { return std::max(0, newest_ - first_ + 1); }
    /// Periods whose silence says nothing, by offset from first(): they are not observed.
    void leave_out(std::vector<bool> periods) { left_out_ = std::move(periods); }
    [[nodiscard]] bool is_left_out(int offset) const {
        return static_cast<std::size_t>(offset) < left_out_.size() && left_out_[static_cast<std::size_t>(offset)];
    }
    /// values[size()], oldest first; NaN = not observed, left out, no partner, or none of what it is divided by.
    [[nodiscard]] std::vector<double> values(std::size_t unit) const;
    /// What its values are divided by, period by period; empty where they are not.
    [[nodiscard]] std::vector<double> divisors(std::size_t unit) const;
    /// As the panel has it, left out or not.
    [[nodiscard]] double undivided(std::size_t unit, int offset) const {
        const int index = first_ + offset - panel_.first_period;
        return index < panel_.periods ? panel_.at(unit, index) : nan_value;
    }

private:
    const model::Panel& panel_;
    std::optional<Partners> per_;
    int newest_;
    int first_ = 0;
    std::vector<bool> left_out_;
};

}  // namespace icosa::detect
