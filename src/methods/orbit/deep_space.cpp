/// What the Moon, the Sun and resonance with the Earth's figure do to an orbit of 225 minutes or more (SDP4).
#include "methods/orbit/deep_space.hpp"

#include <cmath>
#include <numbers>

#include "methods/orbit/deep_space_constants.hpp"

namespace icosa::methods::orbit {

namespace {

constexpr double whole_turn = 2 * std::numbers::pi;

/// Direction of a body's orbit, and how strongly it disturbs.
struct BodyOrbit {
    double cos_g, sin_g, cos_i, sin_i, cos_h, sin_h, strength;
};

/// Coefficients of one body's potential over the orbit of the object (the letters are those of the report).
struct BodyPotential {
    double s1, s2, s3, s4, s5, s6, s7;
    double z1, z2, z3, z11, z12, z13, z21, z22, z23, z31, z32, z33;
};

BodyPotential potential_of(const BodyOrbit& body, const MeanElements& mean) {
    const double sin_i = std::sin(mean.inclination), cos_i = std::cos(mean.inclination);
    const double sin_w = std::sin(mean.perigee), cos_w = std::cos(mean.perigee);
    const double e = mean.eccentricity, e2 = e * e;
    const double beta2 = 1.0 - e2, beta = std::sqrt(beta2);

    const double a1 = body.cos_g * body.cos_h + body.sin_g * body.cos_i * body.sin_h;
    const double a3 = -body.sin_g * body.cos_h + body.cos_g * body.cos_i * body.sin_h;
    const double a7 = -body.cos_g * body.sin_h + body.sin_g * body.cos_i * body.cos_h;
    const double a8 = body.sin_g * body.sin_i;
    const double a9 = body.sin_g * body.sin_h + body.cos_g * body.cos_i * body.cos_h;
    const double a10 = body.cos_g * body.sin_i;
    const double a2 = cos_i * a7 + sin_i * a8;
    const double a4 = cos_i * a9 + sin_i * a10;
    const double a5 = -sin_i * a7 + cos_i * a8;
    const double a6 = -sin_i * a9 + cos_i * a10;

    const double x1 = a1 * cos_w + a2 * sin_w;
    const double x2 = a3 * cos_w + a4 * sin_w;
    const double x3 = -a1 * sin_w + a2 * cos_w;
    const double x4 = -a3 * sin_w + a4 * cos_w;
    const double x5 = a5 * sin_w;
    const double x6 = a6 * sin_w;
    const double x7 = a5 * cos_w;
    const double x8 = a6 * cos_w;

    BodyPotential p{};
    p.z31 = 12.0 * x1 * x1 - 3.0 * x3 * x3;
    p.z32 = 24.0 * x1 * x2 - 6.0 * x3 * x4;
    p.z33 = 12.0 * x2 * x2 - 3.0 * x4 * x4;
    p.z1 = 3.0 * (a1 * a1 + a2 * a2) + p.z31 * e2;
    p.z2 = 6.0 * (a1 * a3 + a2 * a4) + p.z32 * e2;
    p.z3 = 3.0 * (a3 * a3 + a4 * a4) + p.z33 * e2;
    p.z1 = 2 * p.z1 + beta2 * p.z31;
    p.z2 = 2 * p.z2 + beta2 * p.z32;
    p.z3 = 2 * p.z3 + beta2 * p.z33;
    p.z11 = -6.0 * a1 * a5 + e2 * (-24.0 * x1 * x7 - 6.0 * x3 * x5);
    p.z12 = -6.0 * (a1 * a6 + a3 * a5) + e2 * (-24.0 * (x2 * x7 + x1 * x8) - 6.0 * (x3 * x6 + x4 * x5));
    p.z13 = -6.0 * a3 * a6 + e2 * (-24.0 * x2 * x8 - 6.0 * x4 * x6);
    p.z21 = 6.0 * a2 * a5 + e2 * (24.0 * x1 * x5 - 6.0 * x3 * x7);
    p.z22 = 6.0 * (a4 * a5 + a2 * a6) + e2 * (24.0 * (x2 * x5 + x1 * x6) - 6.0 * (x4 * x7 + x3 * x8));
    p.z23 = 6.0 * a4 * a6 + e2 * (24.0 * x2 * x6 - 6.0 * x4 * x8);
    p.s3 = body.strength / mean.mean_motion;
    p.s2 = -0.5 * p.s3 / beta;
    p.s4 = p.s3 * beta;
    p.s1 = -15.0 * e * p.s4;
    p.s5 = x1 * x3 + x2 * x4;
    p.s6 = x2 * x3 + x1 * x4;
    p.s7 = x2 * x4 - x1 * x3;
    return p;
}

BodyTerms terms_of(const BodyPotential& p, double e2, double body_eccentricity, double anomaly) {
    BodyTerms out;
    out.e2 = 2.0 * p.s1 * p.s6;
    out.e3 = 2.0 * p.s1 * p.s7;
    out.i2 = 2.0 * p.s2 * p.z12;
    out.i3 = 2.0 * p.s2 * (p.z13 - p.z11);
    out.l2 = -2.0 * p.s3 * p.z2;
    out.l3 = -2.0 * p.s3 * (p.z3 - p.z1);
    out.l4 = -2.0 * p.s3 * (-21.0 - 9.0 * e2) * body_eccentricity;
    out.g2 = 2.0 * p.s4 * p.z32;
    out.g3 = 2.0 * p.s4 * (p.z33 - p.z31);
    out.g4 = -18.0 * p.s4 * body_eccentricity;
    out.h2 = -2.0 * p.s2 * p.z22;
    out.h3 = -2.0 * p.s2 * (p.z23 - p.z21);
    out.anomaly_rad = anomaly;
    return out;
}

void add_rates(DeepSpace& deep, const BodyPotential& p, double n, const MeanElements& mean) {
    const double sin_i = std::sin(mean.inclination), cos_i = std::cos(mean.inclination);
    const double e2 = mean.eccentricity * mean.eccentricity;
    deep.eccentricity_rate += p.s1 * n * p.s5;
    deep.inclination_rate += p.s2 * n * (p.z11 + p.z13);
    deep.anomaly_rate += -n * p.s3 * (p.z1 + p.z3 - 14.0 - 6.0 * e2);
    double node = -n * p.s2 * (p.z21 + p.z23);
    // the node is not defined where the inclination is 0 or 180 degrees
    constexpr double least = 5.2359877e-2;
    if (mean.inclination < least || mean.inclination > std::numbers::pi - least) node = 0.0;
    if (sin_i != 0.0) node /= sin_i;
    deep.perigee_rate += p.s4 * n * (p.z31 + p.z33 - 6.0) - cos_i * node;
    deep.node_rate += node;
}

double cubic(double c0, double c1, double c2, double c3, double x) {
    const double x2 = x * x;
    return c0 + c1 * x + c2 * x2 + c3 * (x * x2);
}

/// src  [hoots1980] sec. 8, resonance of half a day
void set_half_day(DeepSpace& deep, const DeepSpaceInput& in, double a_inverse) {
    const double e = in.mean.eccentricity, n = in.mean.mean_motion;
    const double s = std::sin(in.mean.inclination), c = std::cos(in.mean.inclination);
    const double s2 = s * s, c2 = c * c;

    const double g201 = -0.306 - (e - 0.64) * 0.440;
    double g211, g310, g322, g410, g422, g520, g533, g521, g532;
    if (e <= 0.65) {
        g211 = cubic(3.616, -13.2470, 16.2900, 0, e);
        g310 = cubic(-19.302, 117.3900, -228.4190, 156.5910, e);
        g322 = cubic(-18.9068, 109.7927, -214.6334, 146.5816, e);
        g410 = cubic(-41.122, 242.6940, -471.0940, 313.9530, e);
        g422 = cubic(-146.407, 841.8800, -1629.014, 1083.4350, e);
        g520 = cubic(-532.114, 3017.977, -5740.032, 3708.2760, e);
    } else {
        g211 = cubic(-72.099, 331.819, -508.738, 266.724, e);
        g310 = cubic(-346.844, 1582.851, -2415.925, 1246.113, e);
        g322 = cubic(-342.585, 1554.908, -2366.899, 1215.972, e);
        g410 = cubic(-1052.797, 4758.686, -7193.992, 3651.957, e);
        g422 = cubic(-3581.690, 16178.110, -24462.770, 12422.520, e);
        g520 = e > 0.715 ? cubic(-5149.66, 29936.92, -54087.36, 31324.56, e) : cubic(1464.74, -4664.75, 3763.64, 0, e);
    }
    if (e < 0.7) {
        g533 = cubic(-919.22770, 4988.6100, -9064.7700, 5542.21, e);
        g521 = cubic(-822.71072, 4568.6173, -8491.4146, 5337.524, e);
        g532 = cubic(-853.66600, 4690.2500, -8624.7700, 5341.4, e);
    } else {
        g533 = cubic(-37995.780, 161616.52, -229838.20, 109377.94, e);
        g521 = cubic(-51752.104, 218913.95, -309468.16, 146349.42, e);
        g532 = cubic(-40023.880, 170470.89, -242699.48, 115605.82, e);
    }

    const double f220 = 0.75 * (1.0 + 2.0 * c + c2);
    const double f221 = 1.5 * s2;
    const double f321 = 1.875 * s * (1.0 - 2.0 * c - 3.0 * c2);
    const double f322 = -1.875 * s * (1.0 + 2.0 * c - 3.0 * c2);
    const double f441 = 35.0 * s2 * f220;
    const double f442 = 39.3750 * s2 * s2;
    const double f522 = 9.84375 * s * (s2 * (1.0 - 2.0 * c - 5.0 * c2) + 0.33333333 * (-2.0 + 4.0 * c + 6.0 * c2));
    const double f523 = s * (4.92187512 * s2 * (-2.0 - 4.0 * c + 10.0 * c2) + 6.56250012 * (1.0 + 2.0 * c - 3.0 * c2));
    const double f542 = 29.53125 * s * (2.0 - 8.0 * c + c2 * (-12.0 + 8.0 * c + 10.0 * c2));
    const double f543 = 29.53125 * s * (-2.0 - 8.0 * c + c2 * (12.0 + 8.0 * c - 10.0 * c2));

    const double k2 = 3.0 * (n * n) * (a_inverse * a_inverse);
    const double k3 = k2 * a_inverse, k4 = k3 * a_inverse, k5 = k4 * a_inverse;
    constexpr double root22 = 1.7891679e-6, root32 = 3.7393792e-7, root44 = 7.3636953e-9, root52 = 1.1428639e-7,
                     root54 = 2.1765803e-9;
    deep.half_day = {k2 * root22 * f220 * g201,      k2 * root22 * f221 * g211,       k3 * root32 * f321 * g310,
                     k3 * root32 * f322 * g322,      2.0 * k4 * root44 * f441 * g410, 2.0 * k4 * root44 * f442 * g422,
                     k5 * root52 * f522 * g520,      k5 * root52 * f523 * g532,       2.0 * k5 * root54 * f542 * g521,
                     2.0 * k5 * root54 * f543 * g533};
    deep.longitude_rad = std::fmod(in.mean.anomaly + 2 * in.mean.node - 2 * in.sidereal_rad, whole_turn);
    deep.longitude_rate =
        in.anomaly_rate + deep.anomaly_rate + 2.0 * (in.node_rate + deep.node_rate - earth_turn_rad_min) - n;
}

void set_day(DeepSpace& deep, const DeepSpaceInput& in, double a_inverse) {
    const double n = in.mean.mean_motion, e2 = in.mean.eccentricity * in.mean.eccentricity;
    const double s = std::sin(in.mean.inclination), c = std::cos(in.mean.inclination);
    const double g200 = 1.0 + e2 * (-2.5 + 0.8125 * e2);
    const double g310 = 1.0 + 2.0 * e2;
    const double g300 = 1.0 + e2 * (-6.0 + 6.60937 * e2);
    const double f220 = 0.75 * (1.0 + c) * (1.0 + c);
    const double f311 = 0.9375 * s * s * (1.0 + 3.0 * c) - 0.75 * (1.0 + c);
    const double f330 = 1.875 * (1.0 + c) * (1.0 + c) * (1.0 + c);
    constexpr double q22 = 1.7891679e-6, q31 = 2.1460748e-6, q33 = 2.2123015e-7;
    const double k2 = 3.0 * n * n * a_inverse * a_inverse;
    deep.day = {k2 * f311 * g310 * q31 * a_inverse, 2.0 * k2 * f220 * g200 * q22,
                3.0 * k2 * f330 * g300 * q33 * a_inverse};
    deep.longitude_rad = std::fmod(in.mean.anomaly + in.mean.node + in.mean.perigee - in.sidereal_rad, whole_turn);
    deep.longitude_rate = in.anomaly_rate + (in.perigee_rate + in.node_rate) - earth_turn_rad_min + deep.anomaly_rate
        + deep.perigee_rate + deep.node_rate - n;
}

}  // namespace

DeepSpace deep_space_of(const DeepSpaceInput& in) {
    const double day = in.days_since_1950 + 18261.5;
    const double moon_node = std::fmod(4.5236020 - 9.2422029e-4 * day, whole_turn);
    const double sin_n = std::sin(moon_node), cos_n = std::cos(moon_node);
    const double cos_il = 0.91375164 - 0.03568096 * cos_n, sin_il = std::sqrt(1.0 - cos_il * cos_il);
    const double sin_hl = 0.089683511 * sin_n / sin_il, cos_hl = std::sqrt(1.0 - sin_hl * sin_hl);
    const double moon_perigee = 5.8351514 + 0.0019443680 * day;
    const double shift = std::atan2(0.39785416 * sin_n / sin_il, cos_hl * cos_n + 0.91744867 * sin_hl * sin_n);
    const double g = moon_perigee + shift - moon_node;
    const double sin_h = std::sin(in.mean.node), cos_h = std::cos(in.mean.node);

    const BodyPotential sun =
        potential_of({0.1945905, -0.98088458, 0.91744867, 0.39785416, cos_h, sin_h, 2.9864797e-6}, in.mean);
    const BodyPotential moon = potential_of({std::cos(g), std::sin(g), cos_il, sin_il, cos_hl * cos_h + sin_hl * sin_h,
                                             sin_h * cos_hl - cos_h * sin_hl, 4.7968065e-7},
                                            in.mean);
    const double e2 = in.mean.eccentricity * in.mean.eccentricity;
    DeepSpace deep;
    deep.sidereal_rad = in.sidereal_rad;
    deep.sun = terms_of(sun, e2, sun_eccentricity, std::fmod(6.2565837 + 0.017201977 * day, whole_turn));
    deep.moon =
        terms_of(moon, e2, moon_eccentricity, std::fmod(4.7199672 + 0.22997150 * day - moon_perigee, whole_turn));
    add_rates(deep, sun, sun_rate_rad_min, in.mean);
    add_rates(deep, moon, moon_rate_rad_min, in.mean);

    const double n = in.mean.mean_motion;
    if (n < 0.0052359877 && n > 0.0034906585) deep.resonance = Resonance::Day;
    if (n >= 8.26e-3 && n <= 9.24e-3 && in.mean.eccentricity >= 0.5) deep.resonance = Resonance::HalfDay;
    const double a_inverse = std::pow(n / in.ke, 2.0 / 3.0);
    if (deep.resonance == Resonance::HalfDay) set_half_day(deep, in, a_inverse);
    if (deep.resonance == Resonance::Day) set_day(deep, in, a_inverse);
    return deep;
}

ResonanceRates resonance_rates(const DeepSpace& deep, const ResonanceTrack& at, double perigee_rad,
                               double perigee_rate) {
    ResonanceRates out;
    const double l = at.longitude_rad;
    if (deep.resonance == Resonance::Day) {
        for (std::size_t k = 0; k < 3; ++k) {
            const double order = static_cast<double>(k + 1), angle = order * (l - day_phase[k]);
            out.mean_motion += deep.day[k] * std::sin(angle);
            out.mean_motion_2 += order * deep.day[k] * std::cos(angle);
        }
    } else {
        const double w = perigee_rad + perigee_rate * at.minutes;
        for (std::size_t k = 0; k < 10; ++k) {
            const auto& term = half_day_terms[k];
            const double angle = term.perigees * w + term.longitudes * l - term.phase;
            out.mean_motion += deep.half_day[k] * std::sin(angle);
            out.mean_motion_2 += term.longitudes * deep.half_day[k] * std::cos(angle);
        }
    }
    out.longitude = at.mean_motion + deep.longitude_rate;
    out.mean_motion_2 *= out.longitude;
    return out;
}

void advance(ResonanceTrack& track, const DeepSpace& deep, double perigee_rad, double perigee_rate, double mean_motion,
             double minutes) {
    if (track.minutes == 0.0 || minutes * track.minutes <= 0.0 || std::abs(minutes) < std::abs(track.minutes))
        track = {0.0, deep.longitude_rad, mean_motion};
    const double step = minutes > 0.0 ? resonance_step_min : -resonance_step_min;
    while (std::abs(minutes - track.minutes) >= resonance_step_min) {
        const ResonanceRates rate = resonance_rates(deep, track, perigee_rad, perigee_rate);
        constexpr double half_square = resonance_step_min * resonance_step_min / 2;
        track.longitude_rad += rate.longitude * step + rate.mean_motion * half_square;
        track.mean_motion += rate.mean_motion * step + rate.mean_motion_2 * half_square;
        track.minutes += step;
    }
}

void add_secular(MeanElements& mean, const DeepSpace& deep, double perigee_at_epoch, double perigee_rate,
                 double mean_motion_at_epoch, double minutes, ResonanceTrack& track) {
    mean.eccentricity += deep.eccentricity_rate * minutes;
    mean.inclination += deep.inclination_rate * minutes;
    mean.perigee += deep.perigee_rate * minutes;
    mean.node += deep.node_rate * minutes;
    mean.anomaly += deep.anomaly_rate * minutes;
    if (deep.resonance == Resonance::None) return;
    advance(track, deep, perigee_at_epoch, perigee_rate, mean_motion_at_epoch, minutes);
    const ResonanceRates rate = resonance_rates(deep, track, perigee_at_epoch, perigee_rate);
    const double rest = minutes - track.minutes;
    const double sidereal = std::fmod(deep.sidereal_rad + minutes * earth_turn_rad_min, whole_turn);
    const double longitude = track.longitude_rad + rate.longitude * rest + rate.mean_motion * rest * rest * 0.5;
    mean.mean_motion = track.mean_motion + rate.mean_motion * rest + rate.mean_motion_2 * rest * rest * 0.5;
    mean.anomaly = deep.resonance == Resonance::Day ? longitude - mean.node - mean.perigee + sidereal
                                                    : longitude - 2.0 * mean.node + 2.0 * sidereal;
}

namespace {

struct Periodics {
    double e, i, l, g, h;
};

Periodics body_periodics(const BodyTerms& body, double anomaly, double eccentricity) {
    const double f = anomaly + 2.0 * eccentricity * std::sin(anomaly);
    const double sin_f = std::sin(f);
    const double f2 = 0.5 * sin_f * sin_f - 0.25;
    const double f3 = -0.5 * sin_f * std::cos(f);
    return {body.e2 * f2 + body.e3 * f3, body.i2 * f2 + body.i3 * f3, body.l2 * f2 + body.l3 * f3 + body.l4 * sin_f,
            body.g2 * f2 + body.g3 * f3 + body.g4 * sin_f, body.h2 * f2 + body.h3 * f3};
}

}  // namespace

void add_periodics(MeanElements& mean, const DeepSpace& deep, double minutes, NodeWrap wrap) {
    const Periodics s = body_periodics(deep.sun, deep.sun.anomaly_rad + sun_rate_rad_min * minutes, sun_eccentricity);
    const Periodics m =
        body_periodics(deep.moon, deep.moon.anomaly_rad + moon_rate_rad_min * minutes, moon_eccentricity);
    const double i = s.i + m.i, l = s.l + m.l, g = s.g + m.g, h = s.h + m.h;
    mean.inclination += i;
    mean.eccentricity += s.e + m.e;
    const double sin_i = std::sin(mean.inclination), cos_i = std::cos(mean.inclination);
    if (mean.inclination >= 0.2) {
        mean.perigee += g - cos_i * (h / sin_i);
        mean.node += h / sin_i;
        mean.anomaly += l;
        return;
    }
    const auto wrapped = [wrap](double angle) {
        return angle < 0.0 && wrap == NodeWrap::Positive ? angle + whole_turn : angle;
    };
    const double sin_h = std::sin(mean.node), cos_h = std::cos(mean.node);
    const double alpha = sin_i * sin_h + (h * cos_h + i * cos_i * sin_h);
    const double beta = sin_i * cos_h + (-h * sin_h + i * cos_i * cos_h);
    const double before = wrapped(std::fmod(mean.node, whole_turn));
    const double sum = mean.anomaly + mean.perigee + cos_i * before + (l + g - i * before * sin_i);
    mean.node = wrapped(std::atan2(alpha, beta));
    if (std::abs(before - mean.node) > std::numbers::pi) mean.node += mean.node < before ? whole_turn : -whole_turn;
    mean.anomaly += l;
    mean.perigee = sum - mean.anomaly - cos_i * mean.node;
}

}  // namespace icosa::methods::orbit
