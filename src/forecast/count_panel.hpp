/// What forecasts are made from: a count a unit and month, without gaps; units may begin at different months.
#pragma once

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
};

struct CountPanel {
    std::vector<CountSeries> series;  ///< in the order of the units' names

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
