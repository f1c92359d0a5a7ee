/// A made panel of cells: one front that moves east along a row, simmering cells around it, the rest silent.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>

#include "base/prio_grid.hpp"
#include "forecast/cell_panel.hpp"

namespace icosa::forecast {

inline CellPanel made_cells(int months, int first = 360, int rows = 12, int columns = 24) {
    CellPanel panel;
    panel.first = first;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) panel.gids.push_back(gid_at(200 + row, 700 + column));
    }
    std::sort(panel.gids.begin(), panel.gids.end());
    panel.months.resize(static_cast<std::size_t>(months));
    std::mt19937_64 bits(7);
    std::vector<double> heat(panel.gids.size(), 0.0);
    for (auto& month : panel.months) {
        for (std::size_t cell = 0; cell < panel.gids.size(); ++cell) {
            double around = 0;
            for (const int gid : ring(panel.gids[cell], 1)) {
                const auto found = std::lower_bound(panel.gids.begin(), panel.gids.end(), gid);
                if (found != panel.gids.end() && *found == gid)
                    around += heat[static_cast<std::size_t>(found - panel.gids.begin())];
            }
            const double chance = std::min(0.7, 0.002 + 0.25 * heat[cell] + 0.015 * around);
            if (static_cast<double>(bits() % 100'000) < 100'000 * chance)
                month.push_back({cell, std::floor(std::exp(static_cast<double>(bits() % 500) / 100))});
        }
        for (double& one : heat) one *= 0.75;
        for (const auto& one : month) heat[one.cell] += 1;
    }
    return panel;
}

inline CellPanel cut(CellPanel panel, int last) {
    panel.months.resize(static_cast<std::size_t>(last - panel.first + 1));
    return panel;
}

}  // namespace icosa::forecast
