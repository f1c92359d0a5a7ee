/// SGP4 and SDP4 of several objects at once; the same steps as sgp4.cpp. Included once for each width (see
/// sgp4_lanes.cpp).
#ifndef ICOSA_LANES
#define ICOSA_LANES lanes_plain
#include "methods/orbit/deep_space_constants.hpp"
#include "methods/orbit/lanes_plain.hpp"
#include "methods/orbit/sgp4_block.hpp"

#include "methods/orbit/lane_math.hpp"
#endif

namespace icosa::methods::orbit::ICOSA_LANES {

struct MeanLanes {
    Lanes mean_motion, eccentricity, inclination, node, perigee, anomaly;
};

struct InclinationLanes {
    Lanes sin_i, cos_i, long_l, long_y, three_c2_1, one_c2, seven_c2_1;
};

/// Refusals of the lanes so far: the first reason stays.
struct Refusals {
    unsigned any = 0;
    std::uint8_t why[width] = {};

    inline void add(Mask where, Refusal reason) {
        const unsigned bits = bits_of(where) & ~any;
        if (bits == 0) return;
        for (int k = 0; k < width; ++k)
            if ((bits >> k & 1U) != 0) why[k] = static_cast<std::uint8_t>(reason);
        any |= bits;
    }
};

inline SineCosine chosen(Mask where, SineCosine yes, SineCosine no) {
    return {choose(where, yes.sine, no.sine), choose(where, yes.cosine, no.cosine)};
}

/// Kepler's equation in the distance from `u`, every eccentricity under 0.5: the pair is turned by each step, and a
/// lane ends when its next step could not be seen. What a lane gets does not depend on the others.
inline SineCosine kepler_near(Lanes u, Lanes ax, Lanes ay) {
    SineCosine pair = sine_cosine(u);
    Lanes shift = all(0.0);
    const Lanes e = size(ax) + size(ay);
    Mask open = mask_not(less(all(1.0), all(0.0)));
    for (int k = 0; k < 10; ++k) {
        const Lanes step = (ax * pair.sine - ay * pair.cosine - shift) / (all(1.0) - pair.cosine * ax - pair.sine * ay);
        const Lanes far = size(step);
        shift = shift + step;
        SineCosine next = turned_little(pair, step);
        const Mask some = less(all(0.01), far), much = less(all(0.26), far);
        if (any(some)) next = chosen(some, turned_by(pair, step), next);
        if (any(much)) next = chosen(much, sine_cosine(u + shift), next);
        pair = chosen(open, next, pair);
        // error left: e / (2 (1 - e)) step^2
        open = mask_and(open, less(all(1e-16), all(1.25) * e * far * far));
        if (!any(open)) break;
    }
    return pair;
}

/// The same with the limits of the published iteration, lane by lane: for any eccentricity.
inline SineCosine kepler_any(Lanes u, Lanes ax, Lanes ay) {
    SineCosine pair = sine_cosine(u);
    Lanes shift = all(0.0);
    Mask open = mask_not(less(all(1.0), all(0.0)));
    for (int k = 0; k < 10; ++k) {
        const SineCosine now = k == 0 ? pair : sine_cosine(u + shift);
        pair = {choose(open, now.sine, pair.sine), choose(open, now.cosine, pair.cosine)};
        Lanes step = (ax * pair.sine - ay * pair.cosine - shift) / (all(1.0) - pair.cosine * ax - pair.sine * ay);
        step = choose(less(all(0.95), size(step)), with_sign_of(all(0.95), step), step);
        shift = choose(open, shift + step, shift);
        open = mask_and(open, mask_not(less(size(step), all(1.0e-12))));
        if (!any(open)) break;
    }
    return pair;
}

enum class Shape : std::uint8_t { Round, Any };

inline void write_states(const MeanLanes& mean, Lanes a, const InclinationLanes& by, Shape shape, Refusals& refusals,
                         const GravityConstants& g, StateColumns out) {
    const SineCosine w = sine_cosine(mean.perigee);
    const Lanes one = all(1.0);
    const Lanes ax = mean.eccentricity * w.cosine;
    const Lanes long_period = one / (a * (one - mean.eccentricity * mean.eccentricity));
    const Lanes ay = mean.eccentricity * w.sine + long_period * by.long_y;
    const Lanes u = mean.anomaly + mean.perigee + long_period * by.long_l * ax;
    const SineCosine e = shape == Shape::Round ? kepler_near(u, ax, ay) : kepler_any(u, ax, ay);

    const Lanes e_cos = ax * e.cosine + ay * e.sine, e_sin = ax * e.sine - ay * e.cosine;
    const Lanes e2 = ax * ax + ay * ay;
    refusals.add(less(one, e2), Refusal::SemiLatusRectum);
    const Lanes beta = root(one - e2);
    const Lanes near = one - e_cos, a_per_r = one / near, r = a * near;
    const Lanes per_root_a = one / root(a);
    const Lanes r_dot = e_sin * a_per_r * per_root_a, rv_dot = beta * a_per_r * per_root_a;
    const Lanes k = e_sin / (one + beta);
    const Lanes sin_u = a_per_r * (e.sine - ay - ax * k), cos_u = a_per_r * (e.cosine - ax + ay * k);
    const Lanes sin_2u = (cos_u + cos_u) * sin_u, cos_2u = one - all(2.0) * sin_u * sin_u;
    const Lanes per_p = one / (a * (one - e2));
    const Lanes k1 = all(0.5 * g.j2) * per_p, k2 = k1 * per_p;

    const Lanes radius = r * (one - all(1.5) * k2 * beta * by.three_c2_1) + all(0.5) * k1 * by.one_c2 * cos_2u;
    const Lanes along = all(1.5) * k2 * by.cos_i;
    const SineCosine su = turned_little({sin_u, cos_u}, all(-0.25) * k2 * by.seven_c2_1 * sin_2u);
    const SineCosine si = turned_little({by.sin_i, by.cos_i}, along * by.sin_i * cos_2u);
    const SineCosine node = sine_cosine(mean.node + along * sin_2u);
    const Lanes n_k1 = (per_root_a * per_root_a * per_root_a) * k1;  // mean motion / ke
    const Lanes v = r_dot - n_k1 * by.one_c2 * sin_2u;
    const Lanes v_across = rv_dot + n_k1 * (by.one_c2 * cos_2u + all(1.5) * by.three_c2_1);
    refusals.add(less(radius, one), Refusal::Decayed);

    const Lanes mx = -(node.sine * si.cosine), my = node.cosine * si.cosine;
    const Lanes ux = mx * su.sine + node.cosine * su.cosine, uy = my * su.sine + node.sine * su.cosine;
    const Lanes uz = si.sine * su.sine;
    const Lanes px = mx * su.cosine - node.cosine * su.sine, py = my * su.cosine - node.sine * su.sine;
    const Lanes pz = si.sine * su.cosine;
    const Lanes km = all(g.radius_km) * radius, per_s = all(g.radii_min_to_km_s);
    const Lanes km_s = per_s * v, km_s_across = per_s * v_across;
    store(out.x, km * ux);
    store(out.y, km * uy);
    store(out.z, km * uz);
    store(out.vx, km_s * ux + km_s_across * px);
    store(out.vy, km_s * uy + km_s_across * py);
    store(out.vz, km_s * uz + km_s_across * pz);
    for (int lane = 0; lane < width; ++lane) out.refusal[lane] = refusals.why[lane];
    if (refusals.any == 0) return;
    double* const columns[] = {out.x, out.y, out.z, out.vx, out.vy, out.vz};
    for (int lane = 0; lane < width; ++lane) {
        if (refusals.why[lane] == 0 || refusals.why[lane] == static_cast<std::uint8_t>(Refusal::Decayed)) continue;
        for (double* const column : columns) column[lane] = __builtin_nan("");
    }
}

inline StateColumns columns_from(StateColumns out, int lane) {
    return {out.x + lane, out.y + lane, out.z + lane, out.vx + lane, out.vy + lane, out.vz + lane, out.refusal + lane};
}

/// Drag and the mean elements that the Earth alone would give.
struct Carried {
    MeanLanes mean;
    Lanes shrink, circle, ahead;
};

inline Carried carried_simply(const NearBlock& b, int l, Lanes t) {
    const Lanes t_2 = t * t;
    return {{load(b.mean_motion.at + l), load(b.eccentricity.at + l), all(0.0),
             load(b.node.at + l) + load(b.node_rate.at + l) * t + load(b.node_drag.at + l) * t_2,
             load(b.perigee.at + l) + load(b.perigee_rate.at + l) * t,
             load(b.anomaly.at + l) + load(b.anomaly_rate.at + l) * t},
            all(1.0) - load(b.c1.at + l) * t,
            load(b.circle_4.at + l) * t,
            load(b.t2.at + l) * t_2};
}

/// Eccentricity after drag, kept from 0, and mean anomaly with drag.
inline void take_drag(Carried& c, Lanes mean_motion, Refusals& refusals) {
    Lanes e = c.mean.eccentricity - c.circle;
    refusals.add(mask_not(mask_and(less(e, all(1.0)), mask_not(less(e, all(-0.001))))), Refusal::Eccentricity);
    e = choose(less(e, all(1.0e-6)), all(1.0e-6), e);
    c.mean.eccentricity = e;
    c.mean.anomaly = c.mean.anomaly + mean_motion * c.ahead;
}

inline void near_states(const NearBlock& b, const double* minutes, const GravityConstants& g, StateColumns out) {
    for (int l = 0; l < block_lanes; l += width) {
        const Lanes t = load(minutes + l);
        Carried c = carried_simply(b, l, t);
        const Lanes d = all(1.0) + load(b.eta.at + l) * sine_cosine(c.mean.anomaly).cosine;
        const Lanes shift = load(b.perigee_drag.at + l) * t
            + load(b.anomaly_drag.at + l) * (d * d * d - load(b.anomaly_at_epoch.at + l));
        c.mean.anomaly = c.mean.anomaly + shift;
        c.mean.perigee = c.mean.perigee - shift;
        const Lanes t_2 = t * t, t_3 = t_2 * t, t_4 = t_3 * t;
        c.shrink = c.shrink - load(b.d2.at + l) * t_2 - load(b.d3.at + l) * t_3 - load(b.d4.at + l) * t_4;
        c.circle = c.circle + load(b.circle_5.at + l) * (sine_cosine(c.mean.anomaly).sine - load(b.sin_anomaly.at + l));
        c.ahead = c.ahead + load(b.t3.at + l) * t_3 + t_4 * (load(b.t4.at + l) + t * load(b.t5.at + l));
        Refusals refusals;
        take_drag(c, c.mean.mean_motion, refusals);
        const Lanes a = load(b.semi_major.at + l) * c.shrink * c.shrink;
        write_states(
            c.mean, a,
            {load(b.sin_i.at + l), load(b.cos_i.at + l), load(b.long_period_l.at + l), load(b.long_period_y.at + l),
             load(b.three_c2_1.at + l), load(b.one_c2.at + l), load(b.seven_c2_1.at + l)},
            Shape::Round, refusals, g, columns_from(out, l));
    }
}

/// (n0 / n)^(2/3): Newton's iteration for z^-3 = (n / n0)^2, which needs no division; lanes far from 1 by the library.
inline Lanes two_thirds(Lanes ratio) {
    const Lanes q = ratio * ratio;
    Lanes z = all(1.0) - all(2.0 / 3.0) * (ratio - all(1.0));
    for (int k = 0; k < 4; ++k) z = z + z * (all(1.0) - z * z * z * q) * all(1.0 / 3.0);
    const Mask far = less(all(0.05), size(ratio - all(1.0)));
    if (any(far)) {
        double each[width], from[width];
        store(each, z);
        store(from, ratio);
        for (int k = 0; k < width; ++k)
            if (from[k] > 0) each[k] = __builtin_pow(from[k], -2.0 / 3.0);
        z = choose(far, load(each), z);
    }
    return z;
}

struct RateLanes {
    Lanes mean_motion, longitude, mean_motion_2;
};

inline RateLanes rates_of(const DeepBlock& b, int l, Resonance resonance, Lanes at_minutes, Lanes longitude,
                          Lanes mean_motion) {
    Lanes first = all(0.0), second = all(0.0);
    if (resonance == Resonance::Day) {
        for (int k = 0; k < 3; ++k) {
            const SineCosine pair = sine_cosine(all(k + 1) * (longitude - all(day_phase[k])));
            const Lanes size_of = load(b.day[k].at + l);
            first = first + size_of * pair.sine;
            second = second + all(k + 1) * size_of * pair.cosine;
        }
    } else {
        const Lanes w = load(b.near.perigee.at + l) + load(b.near.perigee_rate.at + l) * at_minutes;
        for (int k = 0; k < 10; ++k) {
            const HalfDayTerm& term = half_day_terms[k];
            const SineCosine pair =
                sine_cosine(all(term.perigees) * w + all(term.longitudes) * longitude - all(term.phase));
            const Lanes size_of = load(b.half_day[k].at + l);
            first = first + size_of * pair.sine;
            second = second + all(term.longitudes) * size_of * pair.cosine;
        }
    }
    const Lanes rate = mean_motion + load(b.longitude_rate.at + l);
    return {first, rate, second * rate};
}

inline Lanes fraction_of_turn(Lanes angle) {
    constexpr double turn_high = 0x1.921fb544p+2, turn_low = 0x1.0b46p-32;  // their sum is the double nearest 2 pi
    const Lanes turns = (angle * all(0.15915494309189535) + all(no_fraction)) - all(no_fraction);
    const Lanes rest = (angle - turns * all(turn_high)) - turns * all(turn_low);
    const Lanes turn = all(turn_high + turn_low), zero = all(0.0);
    const Lanes up = choose(mask_and(less(rest, zero), mask_not(less(angle, zero))), rest + turn, rest);
    return choose(mask_and(less(zero, up), less(angle, zero)), up - turn, up);
}

struct PeriodicLanes {
    Lanes e, i, l, g, h;
};

inline PeriodicLanes periodics_of(const BodyBlock& b, int l, Lanes t, double rate, double eccentricity) {
    const Lanes m = load(b.anomaly.at + l) + all(rate) * t;
    const SineCosine f = sine_cosine(m + all(2.0 * eccentricity) * sine_cosine(m).sine);
    const Lanes f2 = all(0.5) * f.sine * f.sine - all(0.25), f3 = all(-0.5) * f.sine * f.cosine;
    return {load(b.e2.at + l) * f2 + load(b.e3.at + l) * f3, load(b.i2.at + l) * f2 + load(b.i3.at + l) * f3,
            load(b.l2.at + l) * f2 + load(b.l3.at + l) * f3 + load(b.l4.at + l) * f.sine,
            load(b.g2.at + l) * f2 + load(b.g3.at + l) * f3 + load(b.g4.at + l) * f.sine,
            load(b.h2.at + l) * f2 + load(b.h3.at + l) * f3};
}

inline void take_periodics(MeanLanes& m, const DeepBlock& b, int l, Lanes t, Mode mode) {
    const PeriodicLanes s = periodics_of(b.sun, l, t, sun_rate_rad_min, sun_eccentricity);
    const PeriodicLanes o = periodics_of(b.moon, l, t, moon_rate_rad_min, moon_eccentricity);
    const Lanes di = s.i + o.i, dl = s.l + o.l, dg = s.g + o.g, dh = s.h + o.h;
    m.inclination = m.inclination + di;
    m.eccentricity = m.eccentricity + (s.e + o.e);
    const SineCosine i = sine_cosine(m.inclination);
    const Mask low = less(m.inclination, all(0.2));
    const Lanes node_shift = dh / i.sine;
    const Lanes plain_perigee = m.perigee + (dg - i.cosine * node_shift), plain_node = m.node + node_shift;
    const Lanes anomaly = m.anomaly + dl;
    if (!any(low)) {
        m.perigee = plain_perigee;
        m.node = plain_node;
        m.anomaly = anomaly;
        return;
    }
    const Lanes zero = all(0.0), turn = all(6.283185307179586);
    const SineCosine h = sine_cosine(m.node);
    const Lanes alpha = i.sine * h.sine + (dh * h.cosine + di * i.cosine * h.sine);
    const Lanes beta = i.sine * h.cosine + (-(dh * h.sine) + di * i.cosine * h.cosine);
    Lanes before = fraction_of_turn(m.node);
    Lanes node = arc_tangent(alpha, beta);
    if (mode == Mode::Operational) {
        before = choose(less(before, zero), before + turn, before);
        node = choose(less(node, zero), node + turn, node);
    }
    const Lanes sum = m.anomaly + m.perigee + i.cosine * before + (dl + dg - di * before * i.sine);
    const Mask apart = less(all(3.141592653589793), size(before - node));
    node = choose(apart, choose(less(node, before), node + turn, node - turn), node);
    m.perigee = choose(low, sum - anomaly - i.cosine * node, plain_perigee);
    m.node = choose(low, node, plain_node);
    m.anomaly = anomaly;
}

inline void deep_states(const DeepBlock& b, const TrackBlock& track, Resonance resonance, Mode mode,
                        const double* minutes, const GravityConstants& g, StateColumns out) {
    for (int l = 0; l < block_lanes; l += width) {
        const Lanes t = load(minutes + l);
        Carried c = carried_simply(b.near, l, t);
        MeanLanes& m = c.mean;
        m.eccentricity = m.eccentricity + load(b.eccentricity_rate.at + l) * t;
        m.inclination = load(b.inclination.at + l) + load(b.inclination_rate.at + l) * t;
        m.perigee = m.perigee + load(b.perigee_rate.at + l) * t;
        m.node = m.node + load(b.node_rate.at + l) * t;
        m.anomaly = m.anomaly + load(b.anomaly_rate.at + l) * t;
        const Lanes mean_motion = m.mean_motion;
        Lanes a = load(b.near.semi_major.at + l) * c.shrink * c.shrink;
        Refusals refusals;
        if (resonance != Resonance::None) {
            const Lanes at = load(track.minutes.at + l), from = load(track.longitude.at + l);
            const RateLanes rate = rates_of(b, l, resonance, at, from, load(track.mean_motion.at + l));
            const Lanes rest = t - at, half = rest * rest * all(0.5);
            const Lanes sidereal = fraction_of_turn(load(b.sidereal.at + l) + t * all(earth_turn_rad_min));
            const Lanes longitude = from + rate.longitude * rest + rate.mean_motion * half;
            m.mean_motion = load(track.mean_motion.at + l) + rate.mean_motion * rest + rate.mean_motion_2 * half;
            m.anomaly = resonance == Resonance::Day ? longitude - m.node - m.perigee + sidereal
                                                    : longitude - all(2.0) * m.node + all(2.0) * sidereal;
            refusals.add(mask_not(less(all(0.0), m.mean_motion)), Refusal::MeanMotion);
            a = load(b.near.semi_major.at + l) * two_thirds(m.mean_motion / mean_motion) * c.shrink * c.shrink;
        }
        take_drag(c, mean_motion, refusals);
        take_periodics(m, b, l, t, mode);
        const Mask under = less(m.inclination, all(0.0));
        m.inclination = size(m.inclination);
        m.node = choose(under, m.node + all(3.141592653589793), m.node);
        m.perigee = choose(under, m.perigee - all(3.141592653589793), m.perigee);
        refusals.add(mask_or(less(m.eccentricity, all(0.0)), less(all(1.0), m.eccentricity)),
                     Refusal::PerturbedEccentricity);
        const SineCosine i = sine_cosine(m.inclination);
        const Lanes c2 = i.cosine * i.cosine, one = all(1.0), upright = i.cosine + one;
        const Lanes divisor = choose(less(all(1.5e-12), size(upright)), upright, all(1.5e-12));
        const Lanes long_l = all(-0.25 * g.j3_per_j2) * i.sine * (all(3.0) + all(5.0) * i.cosine) / divisor;
        write_states(m, a,
                     {i.sine, i.cosine, long_l, all(-0.5 * g.j3_per_j2) * i.sine, all(3.0) * c2 - one, one - c2,
                      all(7.0) * c2 - one},
                     Shape::Any, refusals, g, columns_from(out, l));
    }
}

inline constexpr LaneKernels kernels{near_states, deep_states};

}  // namespace icosa::methods::orbit::ICOSA_LANES
