/// Where an object of the catalogue is: mean elements carried forward by SGP4, and by SDP4 where a period is long.
#include "methods/orbit/sgp4.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number.hpp"

namespace icosa::methods::orbit {

namespace {

constexpr double two_pi = 2 * std::numbers::pi;

/// As the published numbers were made: through one Julian date, good to 40 microseconds, which shows (object 23333 of
/// the verification set moves by 4e-6 km).
double days_since_1950(Instant at) {
    constexpr int days_1950_to_1970 = 7306;
    constexpr double julian_1950 = 2433281.5;
    const double days = static_cast<double>(at.day.value + days_1950_to_1970)
        + static_cast<double>(at.microsecond) / static_cast<double>(microseconds_per_day);
    return (days + julian_1950) - julian_1950;
}

double wrapped_positive(double angle) {
    const double out = std::fmod(angle, two_pi);
    return out < 0.0 ? out + two_pi : out;
}

/// Greenwich sidereal time at epoch: IAU 1982, or as the operational code counted from 1970.
double sidereal_rad(double days, Mode mode) {
    if (mode == Mode::Operational) {
        const double since_1970 = days - 7305.0;
        const double whole = std::floor(since_1970 + 1.0e-8);
        constexpr double per_day = 1.72027916940703639e-2;
        return wrapped_positive(1.7321343856509374 + per_day * whole + (per_day + two_pi) * (since_1970 - whole)
                                + since_1970 * since_1970 * 5.07551419432269442e-15);
    }
    const double centuries = (days + 2433281.5 - 2451545.0) / 36525.0;
    const double seconds = -6.2e-6 * centuries * centuries * centuries + 0.093104 * centuries * centuries
        + (876600.0 * 3600 + 8640184.812866) * centuries + 67310.54841;
    return wrapped_positive(std::fmod(seconds * (std::numbers::pi / 180.0) / 240.0, two_pi));
}

/// The mean motion of Brouwer from that of Kozai, and the semi-major axis that goes with it.
void set_size(Satellite& s, const GravityConstants& g) {
    const Elements& el = s.elements;
    const double c2 = s.cos_i * s.cos_i, beta2 = 1.0 - el.eccentricity * el.eccentricity;
    const double a1 = std::pow(g.ke / el.mean_motion_rad_min, 2.0 / 3.0);
    const double d = 0.75 * g.j2 * (3.0 * c2 - 1.0) / (std::sqrt(beta2) * beta2);
    const double d1 = d / (a1 * a1);
    const double a0 = a1 * (1.0 - d1 * d1 - d1 * (1.0 / 3.0 + 134.0 * d1 * d1 / 81.0));
    s.mean_motion_rad_min = el.mean_motion_rad_min / (1.0 + d / (a0 * a0));
    s.semi_major_radii = std::pow(g.ke / s.mean_motion_rad_min, 2.0 / 3.0);
}

/// xl's long-period coefficient; the divisor is kept from 0 where the inclination is 180 degrees.
double long_period_l(double j3_per_j2, double sin_i, double cos_i) {
    const double divisor = std::abs(cos_i + 1.0) > 1.5e-12 ? 1.0 + cos_i : 1.5e-12;
    return -0.25 * j3_per_j2 * sin_i * (3.0 + 5.0 * cos_i) / divisor;
}

/// Height of the atmosphere's fitted foot and its density there, lowered with a low perigee.
struct Atmosphere {
    double s;
    double q4;  ///< (q0 - s)^4
};

Atmosphere atmosphere_of(double perigee_km, double radius_km) {
    const double s_km = perigee_km < 98.0 ? 20.0 : (perigee_km < 156.0 ? perigee_km - 78.0 : 78.0);
    const double q = (120.0 - s_km) / radius_km, q2 = q * q;
    return {s_km / radius_km + 1.0, q2 * q2};
}

void set_drag(Satellite& s, const GravityConstants& g) {
    const Elements& el = s.elements;
    const double a = s.semi_major_radii, e = el.eccentricity, n = s.mean_motion_rad_min, bstar = el.drag_per_radius;
    const double beta2 = 1.0 - e * e, con41 = s.three_c2_1;
    const double perigee = a * (1.0 - e);
    s.is_simple = perigee < 220.0 / g.radius_km + 1.0;
    const Atmosphere air = atmosphere_of((perigee - 1.0) * g.radius_km, g.radius_km);

    const double xi = 1.0 / (a - air.s), xi2 = xi * xi;
    s.eta = a * e * xi;
    const double eta2 = s.eta * s.eta, e_eta = e * s.eta, psi2 = std::abs(1.0 - eta2);
    const double coef = air.q4 * (xi2 * xi2), coef1 = coef / std::pow(psi2, 3.5);
    const double c2 = coef1 * n
        * (a * (1.0 + 1.5 * eta2 + e_eta * (4.0 + eta2))
           + 0.375 * g.j2 * xi / psi2 * con41 * (8.0 + 3.0 * eta2 * (8.0 + eta2)));
    const double c3 = e > 1.0e-4 ? -2.0 * coef * xi * g.j3_per_j2 * n * s.sin_i / e : 0.0;
    s.c1 = bstar * c2;
    s.c4 = 2.0 * n * coef1 * a * beta2
        * (s.eta * (2.0 + 0.5 * eta2) + e * (0.5 + 2.0 * eta2)
           - g.j2 * xi / (a * psi2)
               * (-3.0 * con41 * (1.0 - 2.0 * e_eta + eta2 * (1.5 - 0.5 * e_eta))
                  + 0.75 * s.one_c2 * (2.0 * eta2 - e_eta * (1.0 + eta2)) * std::cos(2.0 * el.perigee_rad)));
    s.c5 = 2.0 * coef1 * a * beta2 * (1.0 + 2.75 * (eta2 + e_eta) + e_eta * eta2);
    s.perigee_drag = bstar * c3 * std::cos(el.perigee_rad);
    s.anomaly_drag = e > 1.0e-4 ? -(2.0 / 3.0) * coef * bstar / e_eta : 0.0;
    const double d = 1.0 + s.eta * std::cos(el.mean_anomaly_rad);
    s.anomaly_at_epoch = d * d * d;
    s.sin_anomaly = std::sin(el.mean_anomaly_rad);
    s.t2 = 1.5 * s.c1;

    // the higher terms of drag: what is simple does without them
    const double c1_2 = s.c1 * s.c1;
    s.d2 = 4.0 * a * xi * c1_2;
    const double third = s.d2 * xi * s.c1 / 3.0;
    s.d3 = (17.0 * a + air.s) * third;
    s.d4 = 0.5 * third * a * xi * (221.0 * a + 31.0 * air.s) * s.c1;
    s.t3 = s.d2 + 2.0 * c1_2;
    s.t4 = 0.25 * (3.0 * s.d3 + s.c1 * (12.0 * s.d2 + 10.0 * c1_2));
    s.t5 = 0.2 * (3.0 * s.d4 + 12.0 * s.c1 * s.d3 + 6.0 * s.d2 * s.d2 + 15.0 * c1_2 * (2.0 * s.d2 + c1_2));
}

void set_rates(Satellite& s, const GravityConstants& g) {
    const double e = s.elements.eccentricity, n = s.mean_motion_rad_min;
    const double beta2 = 1.0 - e * e, p = s.semi_major_radii * beta2, p_inverse2 = 1.0 / (p * p);
    const double c2 = s.cos_i * s.cos_i, c4 = c2 * c2;
    const double k1 = 1.5 * g.j2 * p_inverse2 * n;
    const double k2 = 0.5 * k1 * g.j2 * p_inverse2;
    const double k3 = -0.46875 * g.j4 * p_inverse2 * p_inverse2 * n;
    s.anomaly_rate = n + 0.5 * k1 * std::sqrt(beta2) * s.three_c2_1
        + 0.0625 * k2 * std::sqrt(beta2) * (13.0 - 78.0 * c2 + 137.0 * c4);
    s.perigee_rate = -0.5 * k1 * (1.0 - 5.0 * c2) + 0.0625 * k2 * (7.0 - 114.0 * c2 + 395.0 * c4)
        + k3 * (3.0 - 36.0 * c2 + 49.0 * c4);
    const double node_1 = -k1 * s.cos_i;
    s.node_rate = node_1 + (0.5 * k2 * (4.0 - 19.0 * c2) + 2.0 * k3 * (3.0 - 7.0 * c2)) * s.cos_i;
    s.node_drag = 3.5 * beta2 * node_1 * s.c1;
}

State refused(Refusal why) {
    State out;
    out.position_km.fill(nan_value);
    out.velocity_km_s.fill(nan_value);
    out.refusal = why;
    return out;
}

/// Newton's iteration of Kepler's equation with the elements' limits: ten steps, none above 0.95 rad.
struct Kepler {
    double sin_e, cos_e;
};

Kepler solve_kepler(double u, double ax, double ay) {
    Kepler out{};
    double anomaly = u, step = 9999.9;
    for (int k = 0; k < 10 && std::abs(step) >= 1.0e-12; ++k) {
        out = {std::sin(anomaly), std::cos(anomaly)};
        step = (u - ay * out.cos_e + ax * out.sin_e - anomaly) / (1.0 - out.cos_e * ax - out.sin_e * ay);
        step = std::clamp(step, -0.95, 0.95);
        anomaly += step;
    }
    return out;
}

/// Coefficients by inclination, which moves in deep space.
struct ByInclination {
    double sin_i, cos_i, long_l, long_y, three_c2_1, one_c2, seven_c2_1;
};

/// Long-period terms, Kepler's equation, short-period terms of J2, and the state.
State state_of(const MeanElements& mean, double a, const ByInclination& by, const GravityConstants& g) {
    const double ax = mean.eccentricity * std::cos(mean.perigee);
    const double long_period = 1.0 / (a * (1.0 - mean.eccentricity * mean.eccentricity));
    const double ay = mean.eccentricity * std::sin(mean.perigee) + long_period * by.long_y;
    const double longitude = mean.anomaly + mean.perigee + mean.node + long_period * by.long_l * ax;
    const auto [sin_e, cos_e] = solve_kepler(std::fmod(longitude - mean.node, two_pi), ax, ay);

    const double e_cos = ax * cos_e + ay * sin_e, e_sin = ax * sin_e - ay * cos_e;
    const double e2 = ax * ax + ay * ay, p = a * (1.0 - e2);
    if (p < 0.0) return refused(Refusal::SemiLatusRectum);
    const double r = a * (1.0 - e_cos);
    const double r_dot = std::sqrt(a) * e_sin / r, rv_dot = std::sqrt(p) / r;
    const double beta = std::sqrt(1.0 - e2), k = e_sin / (1.0 + beta);
    const double sin_u = a / r * (sin_e - ay - ax * k), cos_u = a / r * (cos_e - ax + ay * k);
    const double sin_2u = (cos_u + cos_u) * sin_u, cos_2u = 1.0 - 2.0 * sin_u * sin_u;
    const double k1 = 0.5 * g.j2 / p, k2 = k1 / p;

    const double radius = r * (1.0 - 1.5 * k2 * beta * by.three_c2_1) + 0.5 * k1 * by.one_c2 * cos_2u;
    const double u = std::atan2(sin_u, cos_u) - 0.25 * k2 * by.seven_c2_1 * sin_2u;
    const double node = mean.node + 1.5 * k2 * by.cos_i * sin_2u;
    const double inclination = mean.inclination + 1.5 * k2 * by.cos_i * by.sin_i * cos_2u;
    const double v = r_dot - mean.mean_motion * k1 * by.one_c2 * sin_2u / g.ke;
    const double v_across = rv_dot + mean.mean_motion * k1 * (by.one_c2 * cos_2u + 1.5 * by.three_c2_1) / g.ke;

    const double su = std::sin(u), cu = std::cos(u), sn = std::sin(node), cn = std::cos(node);
    const double si = std::sin(inclination), ci = std::cos(inclination);
    const Vector out_by{-sn * ci * su + cn * cu, cn * ci * su + sn * cu, si * su};
    const Vector across{-sn * ci * cu - cn * su, cn * ci * cu - sn * su, si * cu};
    State state;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        state.position_km[axis] = radius * out_by[axis] * g.radius_km;
        state.velocity_km_s[axis] = (v * out_by[axis] + v_across * across[axis]) * g.radii_min_to_km_s;
    }
    if (radius < 1.0) state.refusal = Refusal::Decayed;
    return state;
}

}  // namespace

std::string_view refusal_text(Refusal refusal) {
    switch (refusal) {
        case Refusal::None: return "";
        case Refusal::Eccentricity: return "mean eccentricity left [0, 1)";
        case Refusal::MeanMotion: return "mean motion not above 0";
        case Refusal::PerturbedEccentricity: return "perturbed eccentricity left [0, 1]";
        case Refusal::SemiLatusRectum: return "semi-latus rectum below 0";
        case Refusal::Decayed: return "decayed: below the surface";
    }
    return "";
}

Satellite initialise(const Elements& elements, Gravity gravity, Mode mode) {
    Satellite s;
    s.elements = elements;
    s.gravity = gravity;
    s.mode = mode;
    if (!(elements.eccentricity >= 0.0 && elements.eccentricity < 1.0)) s.never = Refusal::Eccentricity;
    if (!(elements.mean_motion_rad_min > 0.0)) s.never = Refusal::MeanMotion;
    if (s.never != Refusal::None) return s;

    const GravityConstants& g = constants_of(gravity);
    s.sin_i = std::sin(elements.inclination_rad);
    s.cos_i = std::cos(elements.inclination_rad);
    const double c2 = s.cos_i * s.cos_i;
    s.one_c2 = 1.0 - c2;
    s.three_c2_1 = 3.0 * c2 - 1.0;
    s.seven_c2_1 = 7.0 * c2 - 1.0;
    set_size(s, g);
    set_drag(s, g);
    set_rates(s, g);
    s.long_period_l = long_period_l(g.j3_per_j2, s.sin_i, s.cos_i);
    s.long_period_y = -0.5 * g.j3_per_j2 * s.sin_i;

    s.is_deep = two_pi / s.mean_motion_rad_min >= 225.0;
    if (s.is_deep) {
        s.is_simple = true;
        const double days = days_since_1950(elements.epoch);
        s.deep = deep_space_of({{s.mean_motion_rad_min, elements.eccentricity, elements.inclination_rad,
                                 elements.node_rad, elements.perigee_rad, elements.mean_anomaly_rad},
                                s.anomaly_rate,
                                s.perigee_rate,
                                s.node_rate,
                                days,
                                sidereal_rad(days, mode),
                                g.ke});
    }
    return s;
}

State propagate(const Satellite& s, double t, ResonanceTrack& track) {
    if (s.never != Refusal::None) return refused(s.never);
    const GravityConstants& g = constants_of(s.gravity);
    const Elements& el = s.elements;
    const double bstar = el.drag_per_radius;
    const double t_2 = t * t;
    MeanElements mean{s.mean_motion_rad_min,
                      el.eccentricity,
                      el.inclination_rad,
                      el.node_rad + s.node_rate * t + s.node_drag * t_2,
                      el.perigee_rad + s.perigee_rate * t,
                      el.mean_anomaly_rad + s.anomaly_rate * t};
    double shrink = 1.0 - s.c1 * t, circle = bstar * s.c4 * t, ahead = s.t2 * t_2;
    if (!s.is_simple) {
        const double d = 1.0 + s.eta * std::cos(mean.anomaly);
        const double shift = s.perigee_drag * t + s.anomaly_drag * (d * d * d - s.anomaly_at_epoch);
        mean.anomaly += shift;
        mean.perigee -= shift;
        const double t_3 = t_2 * t, t_4 = t_3 * t;
        shrink = shrink - s.d2 * t_2 - s.d3 * t_3 - s.d4 * t_4;
        circle += bstar * s.c5 * (std::sin(mean.anomaly) - s.sin_anomaly);
        ahead += s.t3 * t_3 + t_4 * (s.t4 + t * s.t5);
    }
    if (s.is_deep) add_secular(mean, s.deep, el.perigee_rad, s.perigee_rate, s.mean_motion_rad_min, t, track);
    if (!(mean.mean_motion > 0.0)) return refused(Refusal::MeanMotion);
    const double a = std::pow(g.ke / mean.mean_motion, 2.0 / 3.0) * shrink * shrink;
    mean.mean_motion = g.ke / std::pow(a, 1.5);
    mean.eccentricity -= circle;
    if (!(mean.eccentricity < 1.0 && mean.eccentricity >= -0.001)) return refused(Refusal::Eccentricity);
    mean.eccentricity = std::max(mean.eccentricity, 1.0e-6);
    const double longitude = std::fmod(mean.anomaly + s.mean_motion_rad_min * ahead + mean.perigee + mean.node, two_pi);
    mean.node = std::fmod(mean.node, two_pi);
    mean.perigee = std::fmod(mean.perigee, two_pi);
    mean.anomaly = std::fmod(longitude - mean.perigee - mean.node, two_pi);

    ByInclination by{s.sin_i, s.cos_i, s.long_period_l, s.long_period_y, s.three_c2_1, s.one_c2, s.seven_c2_1};
    if (s.is_deep) {
        add_periodics(mean, s.deep, t, s.mode == Mode::Operational ? NodeWrap::Positive : NodeWrap::AsIs);
        if (mean.inclination < 0.0) {
            mean.inclination = -mean.inclination;
            mean.node += std::numbers::pi;
            mean.perigee -= std::numbers::pi;
        }
        if (!(mean.eccentricity >= 0.0 && mean.eccentricity <= 1.0)) return refused(Refusal::PerturbedEccentricity);
        const double sin_i = std::sin(mean.inclination), cos_i = std::cos(mean.inclination), c2 = cos_i * cos_i;
        by = {sin_i,
              cos_i,
              long_period_l(g.j3_per_j2, sin_i, cos_i),
              -0.5 * g.j3_per_j2 * sin_i,
              3.0 * c2 - 1.0,
              1.0 - c2,
              7.0 * c2 - 1.0};
    }
    return state_of(mean, a, by, g);
}

State propagate(const Satellite& satellite, double minutes) {
    ResonanceTrack track;
    return propagate(satellite, minutes, track);
}

}  // namespace icosa::methods::orbit
