/// Rows, columns, rings and distances of the half-degree grid.
#include "base/prio_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace icosa {

int gid_of(std::int32_t latitude_microdeg, std::int32_t longitude_microdeg) {
    const int row = std::min((latitude_microdeg + 90'000'000) / 500'000, grid_rows - 1);
    const int column = std::min((longitude_microdeg + 180'000'000) / 500'000, grid_columns - 1);
    return gid_at(row, column);
}

int gid_of_degrees(double latitude_deg, double longitude_deg) {
    const auto micro = [](double degrees) { return static_cast<std::int32_t>(std::lround(degrees * 1e6)); };
    return gid_of(micro(latitude_deg), micro(longitude_deg));
}

std::vector<int> ring(int gid, int k) {
    std::vector<int> out;
    const int row = grid_row(gid), column = grid_column(gid);
    for (int r = std::max(0, row - k); r <= std::min(grid_rows - 1, row + k); ++r) {
        const bool is_edge = std::abs(r - row) == k;
        for (int c = column - k; c <= column + k; c += is_edge || k == 0 ? 1 : 2 * k) out.push_back(gid_at(r, c));
    }
    return out;
}

double distance_km(int gid, int other) {
    constexpr double earth_radius_km = 6371.0088, radians = std::numbers::pi / 180;
    const double latitude = centre_latitude_deg(grid_row(gid)) * radians,
                 other_latitude = centre_latitude_deg(grid_row(other)) * radians;
    const double north = std::sin((other_latitude - latitude) / 2);
    const double east = std::sin((grid_column(other) - grid_column(gid)) * grid_step_deg * radians / 2);
    return 2 * earth_radius_km
        * std::asin(
               std::min(1.0, std::sqrt(north * north + std::cos(latitude) * std::cos(other_latitude) * east * east)));
}

}  // namespace icosa
