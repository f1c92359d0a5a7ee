/// Probability that two objects collide in a short encounter: from a covariance where one is known, the largest there
/// can be where none is.
#pragma once

#include <array>
#include <optional>

#include "methods/orbit/vector.hpp"

namespace icosa::methods::orbit {

using CovarianceMatrix = std::array<double, 9>;  ///< row by row

/// The plane through the point of closest approach across the relative velocity, by the axes of the combined
/// covariance in it: the first is its longest.
struct EncounterPlane {
    double miss_first_km = 0, miss_second_km = 0;
    double sigma_first_km = 0, sigma_second_km = 0;  ///< sigma_first >= sigma_second > 0
};

/// The combined covariance of two positions, and the miss, projected on that plane.
///
///     C = C1 + C2,   y = v / |v|,   z = r x v / |r x v|,   x = y x z;   (x, z) C (x, z)'
///
/// in    r = r1 - r2 in km, v = v1 - v2 in km/s, C1 + C2 in km^2, in one inertial frame
/// out   nothing where there is no relative velocity, or the projected covariance is not positive
/// src   [foster1992]; [chan2008] ch. 4
[[nodiscard]] std::optional<EncounterPlane> encounter_plane(const Vector& relative_km, const Vector& relative_km_s,
                                                            const CovarianceMatrix& covariance_km2);

/// The normal density over the disc of the combined hard bodies, in polar coordinates.
///
///     P = 1 / (2 pi s1 s2)  int_0^R int_0^2pi  exp(-((m1 + r cos t)^2 / s1^2 + (m2 + r sin t)^2 / s2^2) / 2) r dt dr
///
/// in    radius_km > 0: both bodies' together
/// out   0 to 1
/// src   [foster1992];   dif  sigma_second below a thousandth of the radius counts as that much
/// cost  O((R / sigma_second)^2), 1024 exponentials at the least;   seen  collision_probability_test.cpp
[[nodiscard]] double foster_estes(const EncounterPlane& plane, double radius_km);

/// The density at the miss, taken to be the same all over the disc: for radii small beside the covariance.
///
///     P = R^2 / (2 s1 s2)  exp(-v / 2),   v = m1^2 / s1^2 + m2^2 / s2^2
///
/// src   [alfriend1999]
[[nodiscard]] double alfriend(const EncounterPlane& plane, double radius_km);

/// The disc as one of the same area in the scaled plane: a Rice distribution, summed as its series.
///
///     P = exp(-v / 2)  sum_m (v / 2)^m / m!  (1 - exp(-u / 2) sum_(k <= m) (u / 2)^k / k!),   u = R^2 / (s1 s2)
///
/// src   [chan2008] ch. 6;   dif  summed until a term changes the sum by less than 1e-16 of it
[[nodiscard]] double chan_series(const EncounterPlane& plane, double radius_km);

/// The largest probability that any covariance gives whose axes in the encounter plane are as `aspect` to one: its
/// longest axis lies along the miss, and its size is the worst.
struct MaxProbability {
    double probability = 0;
    double sigma_first_km = 0;  ///< at which it is reached
};

/// Where the radius is small beside the miss, s1 = d / sqrt 2 and
///
///     P = aspect (R / d)^2 / e  (1 - (aspect^2 - 1) (R / d)^2 / 4),
///
/// the second bracket by the curvature of the density over the disc; else the largest of foster_estes over s1.
///
/// in    miss_km >= 0, radius_km > 0, aspect >= 1
/// out   1 where the miss is no greater than the radius; else relative error below 1e-5
/// src   [alfano2005]
[[nodiscard]] MaxProbability max_probability(double miss_km, double radius_km, double aspect);

}  // namespace icosa::methods::orbit
