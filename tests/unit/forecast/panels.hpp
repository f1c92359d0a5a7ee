/// Made panels: units that are quiet, that simmer, that are at war, that begin late.
#pragma once

#include <cmath>
#include <random>
#include <string>

#include "forecast/count_panel.hpp"

namespace icosa::forecast {

inline constexpr int january_2000 = 360;

inline CountPanel made_panel(int months, int units = 12) {
    CountPanel panel;
    for (int u = 0; u < units; ++u) {
        std::mt19937_64 random(static_cast<std::uint64_t>(u) + 100);
        CountSeries series{std::to_string(u + 1), january_2000 + (u % 5 == 4 ? 30 : 0), {}};
        double level = u % 3 == 0 ? -3 : u % 3 == 1 ? 1 : 4;
        for (int month = series.first; month < january_2000 + months; ++month) {
            level += (static_cast<double>(random() % 2001) - 1000) / 3000;
            level = std::min(level, 7.0);
            const double mean = u % 3 == 0 && u != 3 ? 0 : std::exp(level);
            series.counts.push_back(std::floor(mean * static_cast<double>(random() % 1000) / 500));
        }
        panel.series.push_back(std::move(series));
    }
    return panel;
}

/// Units at a level of their own that holds, half as high again in summer; counts vary little.
inline CountPanel steady_panel(int months, int units = 4) {
    CountPanel panel;
    std::mt19937_64 random(1);
    for (int u = 0; u < units; ++u) {
        CountSeries series{std::to_string(u + 1), january_2000, {}};
        for (int m = 0; m < months; ++m)
            series.counts.push_back(40.0 * (u + 1) * (m % 12 >= 5 && m % 12 <= 7 ? 1.5 : 1)
                                    + static_cast<double>(random() % 11));
        panel.series.push_back(std::move(series));
    }
    return panel;
}

/// Each unit beside the next.
inline CountPanel with_neighbours(CountPanel panel) {
    panel.neighbours.clear();
    for (std::size_t u = 0; u < panel.series.size(); ++u) panel.neighbours.push_back({(u + 1) % panel.series.size()});
    return panel;
}

/// Without anything later than the month; all units must have begun by then where the panel knows more than their
/// counts.
inline CountPanel cut(const CountPanel& panel, int last) {
    CountPanel out;
    for (const auto& series : panel.series) {
        if (series.first > last) continue;
        CountSeries kept = series;
        if (kept.end() > last + 1) kept.counts.resize(static_cast<std::size_t>(last + 1 - kept.first));
        out.series.push_back(std::move(kept));
    }
    out.neighbours = panel.neighbours;
    out.regions = panel.regions;
    out.covariates = panel.covariates;
    return out;
}

}  // namespace icosa::forecast
