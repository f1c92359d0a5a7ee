/// Edges by cell, countries at corners, and the path from a corner to a point.
#include "methods/space/land_grid.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/prio_grid.hpp"

namespace icosa::methods {
namespace {

constexpr std::int32_t cell_microdeg = 500'000;
constexpr std::int32_t west_microdeg = -180'000'000, south_microdeg = -90'000'000;

/// Does the edge pass the latitude of the point, and, if so, west of it? Both with the point shifted.
bool crosses_latitude(LandPoint a, LandPoint b, std::int32_t latitude) {
    return (a.latitude_microdeg <= latitude) != (b.latitude_microdeg <= latitude);
}
bool is_west_of(LandPoint a, LandPoint b, LandPoint point) {
    if (a.latitude_microdeg > b.latitude_microdeg) std::swap(a, b);
    const std::int64_t dx = b.longitude_microdeg - a.longitude_microdeg;
    const std::int64_t dy = b.latitude_microdeg - a.latitude_microdeg;
    const std::int64_t cross = dx * (point.latitude_microdeg - a.latitude_microdeg)
        - dy * (static_cast<std::int64_t>(point.longitude_microdeg) - a.longitude_microdeg);
    return cross < 0 || (cross == 0 && dx <= 0);
}

bool crosses_longitude(LandPoint a, LandPoint b, std::int32_t longitude) {
    return (a.longitude_microdeg <= longitude) != (b.longitude_microdeg <= longitude);
}
bool is_south_of(LandPoint a, LandPoint b, LandPoint point) {
    if (a.longitude_microdeg > b.longitude_microdeg) std::swap(a, b);
    const std::int64_t dx = b.longitude_microdeg - a.longitude_microdeg;
    const std::int64_t dy = b.latitude_microdeg - a.latitude_microdeg;
    return dy * (point.longitude_microdeg - a.longitude_microdeg)
        - dx * (static_cast<std::int64_t>(point.latitude_microdeg) - a.latitude_microdeg)
        <= 0;
}

/// Countries that were flipped an odd number of times.
class Parity {
public:
    void flip(std::uint8_t side) { bits_[side / 64U] ^= std::uint64_t{1} << (side % 64U); }
    [[nodiscard]] std::uint8_t first() const {
        if (const std::uint64_t low = bits_[0] & ~std::uint64_t{1}; low != 0)  // 0 is no country
            return static_cast<std::uint8_t>(std::countr_zero(low));
        for (std::size_t word = 1; word < bits_.size(); ++word)
            if (bits_[word] != 0)
                return static_cast<std::uint8_t>(64 * word + static_cast<unsigned>(std::countr_zero(bits_[word])));
        return 0;
    }

private:
    std::array<std::uint64_t, 4> bits_{};
};

int row_of(std::int64_t latitude) {
    return static_cast<int>(std::clamp<std::int64_t>((latitude - south_microdeg) / cell_microdeg, 0, grid_rows - 1));
}
int column_of(std::int64_t longitude) {
    return static_cast<int>(std::clamp<std::int64_t>((longitude - west_microdeg) / cell_microdeg, 0, grid_columns - 1));
}
std::size_t cell_of(int row, int column) { return static_cast<std::size_t>(row * grid_columns + column); }
LandPoint corner_of(int row, int column) {
    return {west_microdeg + column * cell_microdeg, south_microdeg + row * cell_microdeg};
}

}  // namespace

LandGrid::LandGrid(const Land& land)
    : at_corner_(static_cast<std::size_t>(grid_cells)), first_(static_cast<std::size_t>(grid_cells) + 1) {
    std::vector<Edge> all;
    for (const LandArc& arc : land.arcs) {
        const auto points = land.points_of(arc);
        for (std::size_t i = 1; i < points.size(); ++i) all.push_back({points[i - 1], points[i], arc.one, arc.other});
    }
    std::vector<std::vector<Edge>> cells(static_cast<std::size_t>(grid_cells));
    for (const Edge& edge : all) put(edge, cells);
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        first_[cell] = static_cast<std::uint32_t>(edges_.size());
        edges_.insert(edges_.end(), cells[cell].begin(), cells[cell].end());
    }
    first_.back() = static_cast<std::uint32_t>(edges_.size());
    set_corners(all);
}

/// Into every cell that the edge touches, perhaps into one beside it too: a microdegree more on each side.
void LandGrid::put(const Edge& edge, std::vector<std::vector<Edge>>& cells) const {
    auto [a, b] = std::pair(edge.a, edge.b);
    if (a.latitude_microdeg > b.latitude_microdeg) std::swap(a, b);
    const double height = std::max(1, b.latitude_microdeg - a.latitude_microdeg);
    const auto longitude_at = [&](double latitude) {
        const double share = std::clamp((latitude - a.latitude_microdeg) / height, 0.0, 1.0);
        return a.longitude_microdeg
            + share * (static_cast<double>(b.longitude_microdeg) - static_cast<double>(a.longitude_microdeg));
    };
    const bool is_level = a.latitude_microdeg == b.latitude_microdeg;
    for (int row = row_of(a.latitude_microdeg - 1LL); row <= row_of(b.latitude_microdeg + 1LL); ++row) {
        const double south = south_microdeg + static_cast<double>(row) * cell_microdeg;
        const double from = is_level ? a.longitude_microdeg : longitude_at(south);
        const double to = is_level ? b.longitude_microdeg : longitude_at(south + cell_microdeg);
        const auto west = static_cast<std::int64_t>(std::floor(std::min(from, to))) - 1;
        const auto east = static_cast<std::int64_t>(std::ceil(std::max(from, to))) + 1;
        for (int column = column_of(west); column <= column_of(east); ++column)
            cells[cell_of(row, column)].push_back(edge);
    }
}

/// Along the south side of each row of cells, from the west: an edge that passes it flips all corners to its east.
void LandGrid::set_corners(const std::vector<Edge>& all) {
    struct Flip {
        int column;
        std::uint8_t one, other;
    };
    std::vector<std::vector<Flip>> rows(static_cast<std::size_t>(grid_rows));
    for (const Edge& edge : all) {
        const auto [low, high] = std::minmax(edge.a.latitude_microdeg, edge.b.latitude_microdeg);
        for (int row = row_of(low); row <= row_of(high); ++row) {
            const LandPoint corner = corner_of(row, 0);
            if (!crosses_latitude(edge.a, edge.b, corner.latitude_microdeg)) continue;
            int column = column_of(std::min(edge.a.longitude_microdeg, edge.b.longitude_microdeg));
            while (column < grid_columns && !is_west_of(edge.a, edge.b, corner_of(row, column))) ++column;
            if (column < grid_columns) rows[static_cast<std::size_t>(row)].push_back({column, edge.one, edge.other});
        }
    }
    for (int row = 0; row < grid_rows; ++row) {
        auto& flips = rows[static_cast<std::size_t>(row)];
        std::ranges::stable_sort(flips, {}, &Flip::column);
        Parity parity;
        auto next = flips.begin();
        for (int column = 0; column < grid_columns; ++column) {
            for (; next != flips.end() && next->column == column; ++next) {
                parity.flip(next->one);
                parity.flip(next->other);
            }
            at_corner_[cell_of(row, column)] = parity.first();
        }
    }
}

std::uint8_t LandGrid::country_at(LandPoint at) const {
    if (at.longitude_microdeg == -west_microdeg) at.longitude_microdeg = west_microdeg;
    const int row = row_of(at.latitude_microdeg), column = column_of(at.longitude_microdeg);
    const std::size_t cell = cell_of(row, column);
    if (first_[cell] == first_[cell + 1]) return at_corner_[cell];
    const LandPoint corner = corner_of(row, column), turn{corner.longitude_microdeg, at.latitude_microdeg};
    Parity parity;
    parity.flip(at_corner_[cell]);
    for (std::uint32_t i = first_[cell]; i < first_[cell + 1]; ++i) {
        const Edge& edge = edges_[i];
        bool is_crossed = crosses_longitude(edge.a, edge.b, corner.longitude_microdeg)
            && is_south_of(edge.a, edge.b, corner) != is_south_of(edge.a, edge.b, turn);
        is_crossed ^= crosses_latitude(edge.a, edge.b, at.latitude_microdeg)
            && is_west_of(edge.a, edge.b, turn) != is_west_of(edge.a, edge.b, at);
        if (!is_crossed) continue;
        parity.flip(edge.one);
        parity.flip(edge.other);
    }
    return parity.first();
}

const LandGrid& land_grid() {
    static const LandGrid grid(land());
    return grid;
}

}  // namespace icosa::methods
