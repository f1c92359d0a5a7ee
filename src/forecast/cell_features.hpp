/// What a cell's own past and its surroundings look like at a month: kept up month by month over the whole grid, read
/// cell by cell.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "forecast/cell_panel.hpp"

namespace icosa::forecast {

/// Own past, decayed; the rings around it, decayed; distance in space and time; the country's level.
enum class CellFeature {
    Newest,             ///< the month's own count
    Count3,
    Count12,
    Count48,     ///< decayed mean count, memory in months
    Active6,
    Active24,
    Active96,  ///< decayed share of months with a count
    Since,              ///< months since the last count, at most 240
    Ring1Count6,
    Ring1Active12,   ///< of the 8 cells around: sums of decayed means
    Ring2Count6,        ///< of the next 16
    Around12,           ///< of rings 3 to 5
    Around60,           ///< decayed shares, memory 60, of rings 1 and 2
    Near5,
    Near30,      ///< kilometres to the nearest past count, a month of age counting 5 or 30 km; at most 3,000
    CountryCount6,
    CountryActive12,  ///< decayed means a cell of the country; of the whole panel where countries are not known
};
inline constexpr std::size_t cell_features = 17;
using CellFeatures = std::array<float, cell_features>;

/// Walks a panel forwards; at each month everything it says uses that month and earlier ones only.
///
///     decayed mean, memory m:  D_t = (y_t + r y_(t-1) + r^2 y_(t-2) + ..) / (1 + r + r^2 + ..),  r = exp(-1/m), from
///     the panel's first month distance:  min over cells q with a past count of  sqrt( km(p, q)^2 + (age_q in months x
///     km a month)^2 )
///
/// in    the panel must outlive it
/// src   [tollefsen2012] the grid; [felzenszwalb2012] distances over the whole map at once; [hegre2019] decays and
/// spatial lags of the kind dif   km(p, q) by rows of 55.6 km and columns as wide as the source's row has them: exact
/// to 1 % within 500 km up to 60 degrees of latitude cost  a month: O(cells);  surroundings: about 30 ms for the whole
/// earth
class CellFeaturesWalk {
public:
    explicit CellFeaturesWalk(const CellPanel& panel);

    void step();                                  ///< to the next month; at first to the panel's first
    [[nodiscard]] int month() const { return month_; }
    void look_around();                           ///< makes the surroundings of this month readable
    [[nodiscard]] CellFeatures at(std::size_t cell) const;   ///< after look_around()
    [[nodiscard]] double level(std::size_t cell) const {
        return decayed(count_[1], cell, 6);
    }  ///< decayed mean, memory 6
    [[nodiscard]] bool has_past(std::size_t cell) const { return last_[cell] >= 0; }
    [[nodiscard]] int since(std::size_t cell) const {
        return month_ - panel_.first - last_[cell];
    }  ///< months since the last count; with a past only

private:
    static constexpr std::array<double, 4> count_memories = {3, 6, 12, 48};
    static constexpr std::array<double, 5> active_memories = {6, 12, 24, 60, 96};
    [[nodiscard]] double decayed(const std::vector<float>& sums, std::size_t cell, double memory) const;
    void distances(float km_a_month, std::vector<float>& out);
    void lay(const std::vector<float>& sums, double memory);
    [[nodiscard]] double box(std::size_t cell, int k) const;  ///< of what was laid last: the cell and k rings around it

    const CellPanel& panel_;
    int month_;
    std::array<std::vector<float>, 4> count_;  ///< [cells] decayed sums by memory
    std::array<std::vector<float>, 5> active_;
    std::vector<float> newest_;  ///< [cells]
    std::vector<int> last_;  ///< [cells] months from the panel's first to the last count; -1 = none
    int row_begin_ = 0, row_end_ = 0;  ///< rows of the grid that the panel's cells touch
    std::vector<double> map_;  ///< a summed-area table
    std::vector<float> cost_;  ///< of those rows: squared distances so far
    std::vector<std::array<float, 5>>
        around_;  ///< [cells] ring 1 counts, ring 1 shares, ring 2 counts, rings 3-5, long shares of rings 1-2
    std::vector<float> near_[2];
    std::vector<std::size_t> country_;  ///< [cells]
    std::vector<double> country_cells_, country_count_, country_active_;
};

}  // namespace icosa::forecast
