/// What forecasts of grid cells are made from: the counts above 0 of cells and months; all else within the panel's
/// months is zero.
#pragma once

#include <cstddef>
#include <vector>

namespace icosa::forecast {

struct CellPanel {
    struct Count {
        std::size_t cell = 0;   ///< in gids
        double count = 0;       ///< above 0
    };
    int first = 0;                             ///< month, from 1970-01
    std::vector<int> gids;                     ///< rising; PRIO-GRID numbers
    std::vector<int> countries;                ///< of each cell, any number; empty = not known for any
    std::vector<std::vector<Count>> months;    ///< of month first + i, by cell, a cell once

    [[nodiscard]] int end() const { return first + static_cast<int>(months.size()); }  ///< the month after the last
};

/// Counts of one cell by month, those above 0.
struct CellHistory {
    struct At {
        int month = 0;
        double count = 0;
    };
    std::vector<At> at;  ///< by month
};

/// Of every cell, up to and with the month `last`.
[[nodiscard]] std::vector<CellHistory> histories(const CellPanel& panel, int last);

}  // namespace icosa::forecast
