/// Bounds of paths and the scan of pairs, several at once. Included once for each width (see sgp4_lanes.cpp).
#ifndef ICOSA_LANES
#define ICOSA_LANES lanes_plain
#include "methods/orbit/lanes_plain.hpp"
#include "methods/orbit/path_bounds.hpp"

#include "methods/orbit/lane_math.hpp"
#endif

namespace icosa::methods::orbit::ICOSA_LANES {

inline void bound_paths(StateColumns s, double half, double slip, double mu, BoundColumns out) {
    const Lanes h = all(half), other = all(0.004), slipped = all(slip * half);
    for (int l = 0; l < block_lanes; l += width) {
        const Lanes x = load(s.x + l), y = load(s.y + l), z = load(s.z + l);
        const Lanes vx = load(s.vx + l), vy = load(s.vy + l), vz = load(s.vz + l);
        const Lanes flat2 = x * x + y * y;
        const Lanes r = root(flat2 + z * z), per_r = all(1.0) / r;
        const Lanes outward = (x * vx + y * vy + z * vz) * per_r;
        const Lanes v2 = vx * vx + vy * vy + vz * vz, v = root(v2);
        const Lanes weight = all(mu) * per_r * per_r;  // the pull as an acceleration
        // 0.0055 km/s^2 is more than half of any pull above the ground
        const Lanes low = r - (size(outward) * h + all(0.0055) * h * h), per_low = all(1.0) / low;
        const Lanes most = all(1.01 * mu) * per_low * per_low;
        const Lanes fastest = v + most * h;
        const Lanes bulge = size((v2 - outward * outward) * per_r - weight) + other * weight;
        const Lanes bulge_rate = (size(outward) + bulge * h) * per_low
            * (all(3.0) * fastest * fastest * per_low + all(2.0 * mu) * per_low * per_low);
        const Lanes shell = size(outward) * h + (bulge + bulge_rate * h) * h * h * all(0.5) + slipped;
        const Lanes jerk = all(1.02) * most * per_low * (fastest + size(outward) + (bulge + bulge_rate * h) * h);
        store(out.radius + l, r);
        store(out.lowest + l, r - shell);
        store(out.reach + l, (v + most * h * all(0.5)) * h + slipped);
        store(out.shell + l, shell);
        store(out.bend + l, other * most * h * h * all(0.5) + jerk * h * h * h * all(1.0 / 6) + slipped);
        store(out.pull + l, weight * per_r);
        store(out.turn + l, (fastest * h + slipped) * per_low);
        store(out.latitude + l, arc_tangent(z, root(flat2)));
        store(out.longitude + l, arc_tangent(y, x));
    }
}

inline int meet_paths(StateColumns p, StateColumns q, BoundColumns bp, BoundColumns bq, double half) {
    int widened = 0;
    for (int l = 0; l < block_lanes; l += width) {
        const Lanes h = all(half), bend = all(0.5 * half * half);
        const Lanes fp = all(1.0) - load(bp.pull + l) * bend, fq = all(1.0) - load(bq.pull + l) * bend;
        const Lanes dx = load(p.x + l) * fp + load(p.vx + l) * h - (load(q.x + l) * fq - load(q.vx + l) * h);
        const Lanes dy = load(p.y + l) * fp + load(p.vy + l) * h - (load(q.y + l) * fq - load(q.vy + l) * h);
        const Lanes dz = load(p.z + l) * fp + load(p.vz + l) * h - (load(q.z + l) * fq - load(q.vz + l) * h);
        const Lanes gap = root(dx * dx + dy * dy + dz * dz);
        const Mask broken = less(load(bp.bend + l) + load(bq.bend + l), gap);
        if (!any(broken)) continue;
        widened += __builtin_popcount(bits_of(broken));
        const Lanes more = choose(broken, gap, all(0.0));
        const BoundColumns* const both_sides[] = {&bp, &bq};
        for (const BoundColumns* const side : both_sides) {
            const BoundColumns& b = *side;
            double* const grown[] = {b.reach, b.shell, b.bend};
            for (double* const column : grown) store(column + l, load(column + l) + more);
            store(b.lowest + l, load(b.lowest + l) - more);
            store(b.turn + l, load(b.turn + l) + choose(broken, more / (load(b.radius + l) - more), all(0.0)));
        }
    }
    return widened;
}

inline PlacePair* scan_pairs(const ScanColumns& c, std::uint32_t a_from, std::uint32_t a_to, std::uint32_t b_from,
                             std::uint32_t b_to, double within, PlacePair* out) {
    for (std::uint32_t a = a_from; a < a_to; ++a) {
        const Lanes x = all(c.x[a]), y = all(c.y[a]), z = all(c.z[a]), radius = all(c.radius[a]);
        const Lanes reach = all(c.reach[a] + within), shell = all(c.shell[a] + within);
        for (std::uint32_t b = b_from > a ? b_from : a + 1; b < b_to; b += width) {
            const Lanes dx = load(c.x + b) - x, dy = load(c.y + b) - y, dz = load(c.z + b) - z;
            const Lanes far = load(c.reach + b) + reach;
            const Mask near = mask_and(less(dx * dx + dy * dy + dz * dz, far * far),
                                       less(size(load(c.radius + b) - radius), load(c.shell + b) + shell));
            unsigned bits = bits_of(near);
            if (b + width > b_to) bits &= (1U << (b_to - b)) - 1U;
            for (; bits != 0; bits &= bits - 1) *out++ = {a, b + static_cast<std::uint32_t>(__builtin_ctz(bits))};
        }
    }
    return out;
}

inline constexpr SearchKernels search{bound_paths, meet_paths, scan_pairs};

}  // namespace icosa::methods::orbit::ICOSA_LANES
