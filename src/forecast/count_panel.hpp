/// What forecasts are made from: a count a unit and month, without gaps; units may begin at different months.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace icosa::forecast {

/// counts[i] is of month first + i; months count from 1970-01.
struct CountSeries {
    std::string unit;
    int first = 0;
    std::vector<double> counts;

    [[nodiscard]] int end() const { return first + static_cast<int>(counts.size()); }  ///< the month after the last
    [[nodiscard]] bool has(int month) const { return month >= first && month < end(); }
    [[nodiscard]] double at(int month) const { return counts[static_cast<std::size_t>(month - first)]; }
    /// The counts until a month that it has, oldest first.
    [[nodiscard]] std::span<const double> up_to(int month) const {
        return std::span(counts).first(static_cast<std::size_t>(month - first + 1));
    }
};

/// A figure about a unit other than its own count: population, output, a rank of governance, troops, displaced persons.
struct Covariate {
    struct Value {
        int month = 0;  ///< the last month that the figure is about
        int known = 0;  ///< the month from whose end on it was public: month + the source's lag; an origin before it
                        ///< does not see the value
        double value = 0;
    };
    std::string name;
    std::vector<std::vector<Value>> of_unit;  ///< as CountPanel::series; each by month; empty = nothing known
};

struct CountPanel {
    std::vector<CountSeries> series;  ///< in the order of the units' names
    std::vector<std::vector<std::size_t>>
        neighbours;  ///< of each unit, as positions in series; empty = not known for any
    std::vector<std::string> regions;  ///< of each unit; empty = not known for any
    std::vector<Covariate> covariates;

    /// Does any unit have a count in the month?
    [[nodiscard]] bool has(int month) const {
        for (const auto& one : series)
            if (one.has(month)) return true;
        return false;
    }
    [[nodiscard]] int first() const {
        int out = series.empty() ? 0 : series.front().first;
        for (const auto& one : series) out = one.first < out ? one.first : out;
        return out;
    }
    [[nodiscard]] int end() const {
        int out = series.empty() ? 0 : series.front().end();
        for (const auto& one : series) out = one.end() > out ? one.end() : out;
        return out;
    }
};

}  // namespace icosa::forecast
