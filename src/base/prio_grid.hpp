/// PRIO-GRID: half-degree cells of the earth, numbered from the south-west, row by row.
#pragma once

#include <cstdint>
#include <vector>

namespace icosa {

/// gid = 720 row + column + 1;  rows from 90 S, columns from 180 W, both from 0.
///
/// src   [tollefsen2012] the grid; numbers as UCDP GED's column priogrid_gid has them
inline constexpr int grid_rows = 360;
inline constexpr int grid_columns = 720;
inline constexpr int grid_cells = grid_rows * grid_columns;
inline constexpr double grid_step_deg = 0.5;

[[nodiscard]] constexpr bool is_gid(std::int64_t number) { return number >= 1 && number <= grid_cells; }
[[nodiscard]] constexpr int grid_row(int gid) { return (gid - 1) / grid_columns; }
[[nodiscard]] constexpr int grid_column(int gid) { return (gid - 1) % grid_columns; }
/// column: any number; it wraps at the date line.  row: 0 to 359
[[nodiscard]] constexpr int gid_at(int row, int column) {
    return row * grid_columns + (column % grid_columns + grid_columns) % grid_columns + 1;
}

/// The cell that holds a position; the poles and 180 E belong to the last row and column.
///
/// in    latitude +-90e6, longitude +-180e6 microdegrees
[[nodiscard]] int gid_of(std::int32_t latitude_microdeg, std::int32_t longitude_microdeg);
/// The same of degrees, to a millionth.
[[nodiscard]] int gid_of_degrees(double latitude_deg, double longitude_deg);

[[nodiscard]] constexpr double centre_latitude_deg(int row) { return (row + 0.5) * grid_step_deg - 90; }
[[nodiscard]] constexpr double centre_longitude_deg(int column) { return (column + 0.5) * grid_step_deg - 180; }

/// Cells k steps away (the larger of rows and columns apart), by row, then from the west; k = 0 is the cell itself.
/// Ring 1 has 8 cells, ring 2 has 16; fewer where the grid ends at a pole. Columns wrap at the date line.
///
/// in    gid 1 to 259200;  k 0 to 359
[[nodiscard]] std::vector<int> ring(int gid, int k);

/// Between centres, along a great circle of a sphere of radius 6371.0088 km, by the haversine.
[[nodiscard]] double distance_km(int gid, int other);

}  // namespace icosa
