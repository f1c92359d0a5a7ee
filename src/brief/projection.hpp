/// Where a position stands on the map of the world.
#pragma once

#include "pack/places.hpp"

namespace icosa::brief {

/// East and north of the middle, in radii of the sphere.
struct PlanePoint {
    double x = 0;
    double y = 0;
};

/// In whole units of a sheet of 1000 x 435: the world from 84 N to 57 S.
struct MapPoint {
    int x = 0;
    int y = 0;
};
inline constexpr int map_width = 1000;
inline constexpr int map_height = 435;

/// The Equal Earth projection, whose areas are true:
///
///     sin t = sqrt(3) / 2 * sin(latitude)
///     x = 2 sqrt(3) longitude cos t / (3 (9 A4 t^8 + 7 A3 t^6 + 3 A2 t^2 + A1))
///     y = t (A4 t^8 + A3 t^6 + A2 t^2 + A1)
///
/// src   [savric2019]; scripts/make-map projects the coasts in the same way
[[nodiscard]] PlanePoint equal_earth(const pack::Position& at);
[[nodiscard]] MapPoint project(const pack::Position& at);

}  // namespace icosa::brief
