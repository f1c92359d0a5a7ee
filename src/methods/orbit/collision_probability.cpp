/// Integrals over the disc of the hard bodies, and the covariance that makes them largest.
#include "methods/orbit/collision_probability.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace icosa::methods::orbit {
namespace {

/// Gauss and Legendre's rule of eight points on [-1, 1], by half.
///
/// src   [abramowitz1964] table 25.4
constexpr std::array<double, 4> legendre_points = {0.183434642495650, 0.525532409916329, 0.796666477413627,
                                                   0.960289856497536};
constexpr std::array<double, 4> legendre_weights = {0.362683783378362, 0.313706645877887, 0.222381034453374,
                                                    0.101228536290376};
constexpr double least_sigma_by_radius = 1e-3;
constexpr double closed_form_up_to = 0.06;  ///< of aspect R / d

/// Nothing of a vector without length.
std::optional<Vector> direction(const Vector& a) { return length(a) > 0 ? std::optional(unit(a)) : std::nullopt; }

Vector applied(const CovarianceMatrix& m, const Vector& a) {
    return {m[0] * a[0] + m[1] * a[1] + m[2] * a[2], m[3] * a[0] + m[4] * a[1] + m[5] * a[2],
            m[6] * a[0] + m[7] * a[1] + m[8] * a[2]};
}

/// The density around a circle, summed by the trapezoid rule: exact to rounding where the points are dense enough.
double around_circle(const EncounterPlane& plane, double second, double r, int points) {
    double sum = 0;
    for (int i = 0; i < points; ++i) {
        const double angle = 2 * std::numbers::pi * i / points;
        const double a = (plane.miss_first_km + r * std::cos(angle)) / plane.sigma_first_km;
        const double b = (plane.miss_second_km + r * std::sin(angle)) / second;
        sum += std::exp(-(a * a + b * b) / 2);
    }
    return sum / points;
}

double mahalanobis_squared(const EncounterPlane& plane) {
    const double a = plane.miss_first_km / plane.sigma_first_km, b = plane.miss_second_km / plane.sigma_second_km;
    return a * a + b * b;
}

}  // namespace

std::optional<EncounterPlane> encounter_plane(const Vector& relative_km, const Vector& relative_km_s,
                                              const CovarianceMatrix& covariance_km2) {
    const auto along = direction(relative_km_s);
    if (!along) return std::nullopt;
    auto across = direction(cross(relative_km, relative_km_s));
    if (!across) {  // they meet: any axis across will do
        const Vector other = std::abs((*along)[0]) < 0.5 ? Vector{1, 0, 0} : Vector{0, 1, 0};
        across = direction(cross(*along, other));
    }
    const Vector x = cross(*along, *across);
    const double xx = dot(x, applied(covariance_km2, x)), zz = dot(*across, applied(covariance_km2, *across));
    const double xz = (dot(x, applied(covariance_km2, *across)) + dot(*across, applied(covariance_km2, x))) / 2;
    const double middle = (xx + zz) / 2, apart = std::hypot((xx - zz) / 2, xz);
    // the product of both is the determinant: the smaller one by it keeps its digits
    const double first = middle + apart, second = (xx * zz - xz * xz) / first;
    if (!(first > 0) || !(second > 0)) return std::nullopt;
    const double angle = std::atan2(2 * xz, xx - zz) / 2;
    const double miss_x = dot(relative_km, x), miss_z = dot(relative_km, *across);
    return EncounterPlane{miss_x * std::cos(angle) + miss_z * std::sin(angle),
                          miss_z * std::cos(angle) - miss_x * std::sin(angle), std::sqrt(first), std::sqrt(second)};
}

double foster_estes(const EncounterPlane& plane, double radius_km) {
    constexpr int least_points = 64, points_by_ratio = 20;
    const double second = std::max(plane.sigma_second_km, least_sigma_by_radius * radius_km);
    const double ratio = radius_km / second;
    const int points = least_points + static_cast<int>(std::ceil(points_by_ratio * ratio));
    const int panels = 2 + static_cast<int>(std::ceil(ratio));
    const double half = radius_km / panels / 2;
    double sum = 0;
    for (int panel = 0; panel < panels; ++panel) {
        const double middle = (2 * panel + 1) * half;
        for (std::size_t i = 0; i < legendre_points.size(); ++i) {
            for (const double r : {middle - half * legendre_points[i], middle + half * legendre_points[i]})
                sum += legendre_weights[i] * half * r * around_circle(plane, second, r, points);
        }
    }
    return std::clamp(sum / (plane.sigma_first_km * second), 0.0, 1.0);
}

double alfriend(const EncounterPlane& plane, double radius_km) {
    return radius_km * radius_km / (2 * plane.sigma_first_km * plane.sigma_second_km)
        * std::exp(-mahalanobis_squared(plane) / 2);
}

double chan_series(const EncounterPlane& plane, double radius_km) {
    constexpr int most_terms = 100'000;
    constexpr double settled = 1e-16;
    const double u = radius_km * radius_km / (plane.sigma_first_km * plane.sigma_second_km) / 2;
    const double v = mahalanobis_squared(plane) / 2;
    // what the Poisson law of mean u has beyond m, from its own series: 1 - exp(-u) sum would lose its digits
    const auto tail_beyond = [&](int m) {
        double term = std::exp(-u + (m + 1) * std::log(u) - std::lgamma(m + 2.0)), sum = 0;
        for (int k = m + 2; k < m + most_terms && term > settled * sum; ++k) {
            sum += term;
            term *= u / k;
        }
        return sum;
    };
    double weight = std::exp(-v), tail = tail_beyond(0), sum = 0;
    if (weight == 0) {  // v beyond 745: the logarithm of each term keeps it in range
        for (int m = 0; m < most_terms; ++m) {
            const double term = std::exp(-v + m * std::log(v) - std::lgamma(m + 1.0) + std::log(tail_beyond(m)));
            sum += term;
            if (m > v && term <= settled * sum) break;
            if (tail_beyond(m) == 0) break;
        }
        return std::clamp(sum, 0.0, 1.0);
    }
    for (int m = 0; m < most_terms; ++m) {
        const double term = weight * tail;
        sum += term;
        if (term <= settled * sum && m > v) break;
        weight *= v / (m + 1);
        tail = tail_beyond(m + 1);
        if (tail == 0) break;
    }
    return std::clamp(sum, 0.0, 1.0);
}

MaxProbability max_probability(double miss_km, double radius_km, double aspect) {
    if (miss_km <= radius_km) return {1, 0};
    const double ratio = radius_km / miss_km;
    if (aspect * ratio <= closed_form_up_to)
        return {aspect * ratio * ratio / std::numbers::e * (1 - (aspect * aspect - 1) * ratio * ratio / 4),
                miss_km / std::numbers::sqrt2};
    const auto at = [&](double log_sigma) {
        const double sigma = std::exp(log_sigma);
        return foster_estes({miss_km, 0, sigma, sigma / aspect}, radius_km);
    };
    // one hump over the logarithm of the size: a golden section finds its top
    constexpr double golden = 1 / std::numbers::phi;
    constexpr int sections = 32;
    double low = std::log(0.05 * miss_km), high = std::log(3 * miss_km);
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double of_left = at(left), of_right = at(right);
    for (int i = 0; i < sections; ++i) {
        if (of_left < of_right) {
            low = left;
            left = right;
            of_left = of_right;
            right = low + golden * (high - low);
            of_right = at(right);
        } else {
            high = right;
            right = left;
            of_right = of_left;
            left = high - golden * (high - low);
            of_left = at(left);
        }
    }
    return of_left > of_right ? MaxProbability{of_left, std::exp(left)} : MaxProbability{of_right, std::exp(right)};
}

}  // namespace icosa::methods::orbit
