/// Decayed sums kept by cell, summed over boxes by a summed-area table, distances by two passes of a distance
/// transform.
#include "forecast/cell_features.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/prio_grid.hpp"
#include "methods/space/distance_transform.hpp"

namespace icosa::forecast {
namespace {

constexpr int widest = 5;               ///< rings looked at
constexpr int padded = grid_columns + 2 * widest + 1;
constexpr int wrapped = 180;            ///< columns repeated on either side for distances across the date line
constexpr float row_km = 55.6F;
constexpr float furthest_km = 3000;
constexpr int longest_since = 240;
constexpr float forgotten = 1e-9F;      ///< a decayed sum below it is 0
constexpr float never = std::numeric_limits<float>::infinity();

/// Weights exp(-age / memory) of `months` months, added up.
double total_weight(double memory, int months) {
    const double r = std::exp(-1 / memory);
    return (1 - std::pow(r, months)) / (1 - r);
}

}  // namespace

CellFeaturesWalk::CellFeaturesWalk(const CellPanel& panel) : panel_(panel), month_(panel.first - 1) {
    const std::size_t n = panel.gids.size();
    for (auto& one : count_) one.assign(n, 0.0F);
    for (auto& one : active_) one.assign(n, 0.0F);
    newest_.assign(n, 0.0F);
    last_.assign(n, -1);
    around_.assign(n, {});
    for (auto& one : near_) one.assign(n, furthest_km);
    if (n > 0) {
        row_begin_ = grid_row(panel.gids.front());
        row_end_ = grid_row(panel.gids.back()) + 1;
    }
    std::map<int, std::size_t> numbers;
    for (std::size_t cell = 0; cell < n; ++cell) {
        const int country = panel.countries.empty() ? 0 : panel.countries[cell];
        country_.push_back(numbers.try_emplace(country, numbers.size()).first->second);
        country_cells_.resize(numbers.size(), 0);
        country_cells_[country_.back()] += 1;
    }
}

double CellFeaturesWalk::decayed(const std::vector<float>& sums, std::size_t cell, double memory) const {
    return sums[cell] / total_weight(memory, month_ - panel_.first + 1);
}

void CellFeaturesWalk::step() {
    ++month_;
    for (std::size_t k = 0; k < count_memories.size(); ++k) {
        const auto r = static_cast<float>(std::exp(-1 / count_memories[k]));
        for (float& one : count_[k]) one = one < forgotten ? 0 : one * r;
    }
    for (std::size_t k = 0; k < active_memories.size(); ++k) {
        const auto r = static_cast<float>(std::exp(-1 / active_memories[k]));
        for (float& one : active_[k]) one = one < forgotten ? 0 : one * r;
    }
    std::fill(newest_.begin(), newest_.end(), 0.0F);
    for (const auto& one : panel_.months[static_cast<std::size_t>(month_ - panel_.first)]) {
        const auto count = static_cast<float>(one.count);
        for (auto& sums : count_) sums[one.cell] += count;
        for (auto& sums : active_) sums[one.cell] += 1;
        newest_[one.cell] = count;
        last_[one.cell] = month_ - panel_.first;
    }
}

/// The sums as a summed-area table over the panel's rows and `widest` more on either side; columns repeat across the
/// date line.
void CellFeaturesWalk::lay(const std::vector<float>& sums, double memory) {
    const int rows = row_end_ - row_begin_ + 2 * widest;
    map_.assign(static_cast<std::size_t>((rows + 1) * padded), 0.0);
    const double weight = total_weight(memory, month_ - panel_.first + 1);
    const auto put = [&](int row, int column, double value) {
        map_[static_cast<std::size_t>((row + 1) * padded + column + 1)] = value;
    };
    for (std::size_t cell = 0; cell < sums.size(); ++cell) {
        if (sums[cell] == 0) continue;
        const int row = grid_row(panel_.gids[cell]) - row_begin_ + widest,
                  column = grid_column(panel_.gids[cell]) + widest;
        const double value = sums[cell] / weight;
        put(row, column, value);
        if (column < 2 * widest) put(row, column + grid_columns, value);
        if (column >= grid_columns) put(row, column - grid_columns, value);
    }
    for (int row = 1; row <= rows; ++row) {
        double along = 0;
        double* here = map_.data() + static_cast<std::ptrdiff_t>(row) * padded;
        const double* above = here - padded;
        for (int column = 1; column < padded; ++column) {
            along += here[column];
            here[column] = along + above[column];
        }
    }
}

double CellFeaturesWalk::box(std::size_t cell, int k) const {
    const int row = grid_row(panel_.gids[cell]) - row_begin_ + widest, column = grid_column(panel_.gids[cell]) + widest;
    const auto at = [&](int r, int c) { return map_[static_cast<std::size_t>(r * padded + c)]; };
    const double sum = at(row + k + 1, column + k + 1) - at(row - k, column + k + 1) - at(row + k + 1, column - k)
        + at(row - k, column - k);
    return sum < 1e-6 ? 0 : sum;  // what differences of large sums leave of nothing
}

void CellFeaturesWalk::look_around() {
    const std::size_t n = panel_.gids.size();
    const auto set = [&](std::size_t slot, int outer, int inner) {
        for (std::size_t cell = 0; cell < n; ++cell)
            around_[cell][slot] = static_cast<float>(std::max(0.0, box(cell, outer) - box(cell, inner)));
    };
    lay(count_[1], count_memories[1]);
    set(0, 1, 0);
    set(2, 2, 1);
    lay(active_[1], active_memories[1]);
    set(1, 1, 0);
    lay(count_[2], count_memories[2]);
    set(3, widest, 2);
    lay(active_[3], active_memories[3]);
    set(4, 2, 0);
    distances(5, near_[0]);
    distances(30, near_[1]);
    country_count_.assign(country_cells_.size(), 0);
    country_active_.assign(country_cells_.size(), 0);
    for (std::size_t cell = 0; cell < n; ++cell) {
        country_count_[country_[cell]] += count_[1][cell];
        country_active_[country_[cell]] += active_[1][cell];
    }
    for (std::size_t c = 0; c < country_cells_.size(); ++c) {
        country_count_[c] /= country_cells_[c] * total_weight(count_memories[1], month_ - panel_.first + 1);
        country_active_[c] /= country_cells_[c] * total_weight(active_memories[1], month_ - panel_.first + 1);
    }
}

void CellFeaturesWalk::distances(float km_a_month, std::vector<float>& out) {
    const int rows = row_end_ - row_begin_;
    cost_.assign(static_cast<std::size_t>(rows * grid_columns), never);
    std::vector<char> has_source(static_cast<std::size_t>(rows), 0);
    for (std::size_t cell = 0; cell < last_.size(); ++cell) {
        if (last_[cell] < 0) continue;
        const auto row = static_cast<std::size_t>(grid_row(panel_.gids[cell]) - row_begin_);
        const float head_start = static_cast<float>(month_ - panel_.first - last_[cell]) * km_a_month;
        cost_[row * grid_columns + static_cast<std::size_t>(grid_column(panel_.gids[cell]))] = head_start * head_start;
        has_source[row] = 1;
    }
    constexpr int width = grid_columns + 2 * wrapped;
    std::vector<float> line(width), found(width);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
        if (has_source[row] == 0) continue;
        float* here = cost_.data() + row * grid_columns;
        for (int column = 0; column < width; ++column)
            line[static_cast<std::size_t>(column)] = here[(column - wrapped + grid_columns) % grid_columns];
        const double latitude = centre_latitude_deg(static_cast<int>(row) + row_begin_) * 0.017453292519943295;
        methods::distance_transform(line, row_km * static_cast<float>(std::cos(latitude)), found);
        std::copy_n(found.begin() + wrapped, grid_columns, here);
    }
    // Down the columns that hold cells; the panel's cells are by row, so a column's are found once.
    std::vector<std::vector<std::size_t>> of_column(grid_columns);
    for (std::size_t cell = 0; cell < last_.size(); ++cell)
        of_column[static_cast<std::size_t>(grid_column(panel_.gids[cell]))].push_back(cell);
    line.assign(static_cast<std::size_t>(rows), never);
    found.assign(static_cast<std::size_t>(rows), never);
    for (std::size_t column = 0; column < grid_columns; ++column) {
        if (of_column[column].empty()) continue;
        for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row)
            line[row] = cost_[row * grid_columns + column];
        methods::distance_transform(line, row_km, found);
        for (const std::size_t cell : of_column[column])
            out[cell] = std::min(furthest_km,
                                 std::sqrt(found[static_cast<std::size_t>(grid_row(panel_.gids[cell]) - row_begin_)]));
    }
}

CellFeatures CellFeaturesWalk::at(std::size_t cell) const {
    const auto count = [&](std::size_t k) { return static_cast<float>(decayed(count_[k], cell, count_memories[k])); };
    const auto active = [&](std::size_t k) {
        return static_cast<float>(decayed(active_[k], cell, active_memories[k]));
    };
    const int since = last_[cell] < 0 ? longest_since : std::min(longest_since, month_ - panel_.first - last_[cell]);
    const auto& around = around_[cell];
    return {newest_[cell],
            count(0),
            count(2),
            count(3),
            active(0),
            active(2),
            active(4),
            static_cast<float>(since),
            around[0],
            around[1],
            around[2],
            around[3],
            around[4],
            near_[0][cell],
            near_[1][cell],
            static_cast<float>(country_count_[country_[cell]]),
            static_cast<float>(country_active_[country_[cell]])};
}

}  // namespace icosa::forecast
