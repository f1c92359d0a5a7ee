/// Objects sorted by their direction from the Earth's centre, so that neighbours in the sky are neighbours in memory.
#include "methods/orbit/direction_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace icosa::methods::orbit {

namespace {

constexpr double half_turn = std::numbers::pi;
constexpr int most_bands = 400;
constexpr int cells_per_angle = 2;

/// Longitudes and latitudes are good to far less than this.
constexpr double slack_rad = 1e-6;

}  // namespace

void DirectionCells::sort(double angle, std::span<const double> latitude, std::span<const double> longitude,
                          std::span<const std::uint8_t> is_in) {
    const double wide = std::max(angle + slack_rad, half_turn / most_bands);
    const int count = std::clamp(static_cast<int>(half_turn / wide), 1, most_bands);
    const double height = half_turn / count;
    bands_.assign(static_cast<std::size_t>(count), {});
    band_of_cell_.clear();
    int cells = 0;
    for (int b = 0; b < count; ++b) {
        Band& band = bands_[static_cast<std::size_t>(b)];
        const double south = -half_turn / 2 + b * height, north = south + height;
        const double flattest = south < 0 && north > 0 ? 0.0 : std::min(std::abs(south), std::abs(north));
        const double steepest = std::max(std::abs(south), std::abs(north));
        band.first = cells;
        band.cells = std::max(1, static_cast<int>(2 * half_turn * std::cos(flattest) / wide * cells_per_angle));
        if (steepest + wide < half_turn / 2 - slack_rad) {
            const double away = std::asin(std::sin(wide) / std::cos(steepest)) + slack_rad;
            band.turn_share = away / (2 * half_turn);
            band.spread = static_cast<int>(std::ceil(band.turn_share * band.cells));
            band.is_whole = 2 * band.spread + 1 >= band.cells;
        }
        cells += band.cells;
        band_of_cell_.insert(band_of_cell_.end(), static_cast<std::size_t>(band.cells), static_cast<std::uint16_t>(b));
    }

    const std::size_t n = is_in.size();
    cell_.resize(n);
    place_.resize(n);
    start_.assign(static_cast<std::size_t>(cells) + 1, 0);
    for (std::size_t i = 0; i < n; ++i) {
        cell_[i] = -1;
        if (is_in[i] == 0) continue;
        const int b = std::clamp(static_cast<int>((latitude[i] + half_turn / 2) / height), 0, count - 1);
        const Band& band = bands_[static_cast<std::size_t>(b)];
        const int c =
            std::clamp(static_cast<int>((longitude[i] + half_turn) / (2 * half_turn) * band.cells), 0, band.cells - 1);
        cell_[i] = band.first + c;
        ++start_[static_cast<std::size_t>(cell_[i]) + 1];
    }
    for (std::size_t c = 1; c < start_.size(); ++c) start_[c] += start_[c - 1];
    order_.resize(start_.back());
    for (std::size_t i = 0; i < n; ++i) {
        if (cell_[i] < 0) continue;
        place_[i] = start_[static_cast<std::size_t>(cell_[i])]++;
        order_[place_[i]] = static_cast<std::uint32_t>(i);
    }
    for (std::size_t c = start_.size() - 1; c > 0; --c) start_[c] = start_[c - 1];
    start_[0] = 0;
}

DirectionCells::Reached DirectionCells::reached_above(std::size_t band, int cell) const {
    const Band& own = bands_[band];
    const Band& above = bands_[band + 1];
    if (own.turn_share == 0.0) return {0, above.cells - 1};
    const double west = static_cast<double>(cell) / own.cells - own.turn_share - slack_rad;
    const double east = static_cast<double>(cell + 1) / own.cells + own.turn_share + slack_rad;
    const int from = static_cast<int>(std::floor(west * above.cells)),
              to = static_cast<int>(std::floor(east * above.cells));
    if (to - from + 1 >= above.cells) return {0, above.cells - 1};
    const int shift = from < 0 ? above.cells : 0;
    return {from + shift, to + shift};
}

bool DirectionCells::are_neighbours(std::uint32_t a, std::uint32_t b) const {
    int low = cell_[a], high = cell_[b];
    if (low > high) std::swap(low, high);
    const std::size_t band = band_of_cell_[static_cast<std::size_t>(low)];
    const std::size_t other = band_of_cell_[static_cast<std::size_t>(high)];
    const Band& own = bands_[band];
    if (band == other) {
        const int apart = high - low;
        return own.is_whole || apart <= own.spread || own.cells - apart <= own.spread;
    }
    if (other != band + 1) return false;
    const Reached reached = reached_above(band, low - own.first);
    const int c = high - bands_[other].first;
    return (c >= reached.from && c <= reached.to) || c + bands_[other].cells <= reached.to;
}

std::uint32_t DirectionCells::end_of_own_run(std::uint32_t index) const {
    const int cell = cell_[index];
    const Band& own = bands_[band_of_cell_[static_cast<std::size_t>(cell)]];
    const int end = own.first + own.cells;
    const int last = own.is_whole ? end - 1 : std::min(cell + own.spread, end - 1);
    return start_[static_cast<std::size_t>(last) + 1];
}

}  // namespace icosa::methods::orbit
