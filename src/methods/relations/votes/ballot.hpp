/// The likelihood of one ballot under an ordered probit, and how it pulls on what it depends on.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "base/number.hpp"

namespace icosa::methods::votes {

inline double density(double z) { return std::numbers::inv_sqrtpi / std::numbers::sqrt2 * std::exp(-0.5 * z * z); }
inline double upper_tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

/// The normal hazard phi(z) / Phi(-z): cubic interpolation of values and slopes, relative error below 1e-8; beyond the
/// table its own expansions.
class Hazard {
public:
    Hazard() {
        for (std::size_t k = 0; k < knots_.size(); ++k) {
            const double z = first + static_cast<double>(k) / per_unit;
            const double h = density(z) / upper_tail(z);
            knots_[k] = {h, h * (h - z) / per_unit};  // the slope is h (h - z)
        }
    }
    [[nodiscard]] double operator()(double z) const {
        if (z >= last) return z + 1 / z - 2 / (z * z * z) + 10 / (z * z * z * z * z);
        if (!(z > first)) return density(z);
        const double position = (z - first) * per_unit;
        const auto k = static_cast<std::size_t>(position);
        const double t = position - static_cast<double>(k), u = 1 - t;
        const Knot &l = knots_[k], &r = knots_[k + 1];
        return u * u * (l.value * (1 + 2 * t) + l.slope * t) + t * t * (r.value * (1 + 2 * u) - r.slope * u);
    }

private:
    static constexpr double first = -9, last = 12, per_unit = 64;
    struct Knot {
        double value, slope;
    };
    std::array<Knot, static_cast<std::size_t>((last - first) * per_unit) + 2> knots_;
};
extern const Hazard hazard;

/// Derivatives of log P of one ballot, P = Phi(a) - Phi(b), a = upper cut - eta, b = lower cut - eta.
struct Pull {
    double s = 0;       ///< by eta
    double w = 0;       ///< minus the second, by eta
    double upper = 0;   ///< by the upper cut; minus that by the lower cut:
    double lower = 0;
    double uu = 0, ll = 0, ul = 0;  ///< minus the seconds, by the cuts
    double eu = 0, el = 0;          ///< minus the mixed seconds, by eta and a cut
};

/// The pull of a ballot whose choice lies between two cuts of the latent scale, -infinity and infinity at the ends; at
/// least one of them is finite. Called once a ballot and turn: it is in the header to be compiled into its callers.
inline Pull pull_of(double lower_cut, double upper_cut, double eta) {
    const double a = upper_cut - eta, b = lower_cut - eta;
    const bool has_upper = upper_cut<infinity, has_lower = lower_cut> - infinity;
    Pull out;
    if (!has_lower) {
        out.upper = hazard(-a);
    } else if (!has_upper) {
        out.lower = hazard(b);
    } else {
        const double pa = density(a), pb = density(b);
        const double p = std::max(b > 0 ? pb / hazard(b) - pa / hazard(a) : pa / hazard(-a) - pb / hazard(-b),
                                  1e-300);  // the side without cancellation
        out.upper = pa / p;
        out.lower = pb / p;
    }
    out.s = out.lower - out.upper;
    const double aa = has_upper ? a * out.upper : 0;
    const double bb = has_lower ? b * out.lower : 0;
    out.w = std::max(out.s * out.s + aa - bb, 0.0);
    out.uu = aa + out.upper * out.upper;
    out.ll = out.lower * out.lower - bb;
    out.ul = -out.upper * out.lower;
    out.eu = out.upper * out.s - aa;
    out.el = bb - out.lower * out.s;
    return out;
}

}  // namespace icosa::methods::votes
