/// Three numbers in space.
#pragma once

#include <array>
#include <cmath>

namespace icosa::methods::orbit {

using Vector = std::array<double, 3>;

[[nodiscard]] inline double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
[[nodiscard]] inline double length(const Vector& a) { return std::sqrt(dot(a, a)); }
[[nodiscard]] inline Vector minus(const Vector& a, const Vector& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
[[nodiscard]] inline Vector times(double k, const Vector& a) { return {k * a[0], k * a[1], k * a[2]}; }
[[nodiscard]] inline Vector cross(const Vector& a, const Vector& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
[[nodiscard]] inline Vector unit(const Vector& a) { return times(1 / length(a), a); }

}  // namespace icosa::methods::orbit
