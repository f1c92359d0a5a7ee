/// Sine, cosine, arc tangent of several numbers at once. Included once for each width, with ICOSA_LANES its namespace
/// (see sgp4_lanes.cpp); no multiply-add is fused, so every width gives the same bits.
#ifndef ICOSA_LANES
#define ICOSA_LANES lanes_plain
#include "methods/orbit/lanes_plain.hpp"
#endif

namespace icosa::methods::orbit::ICOSA_LANES {

struct SineCosine {
    Lanes sine, cosine;
};

/// The nearest integer, in the lowest bits of the sum: adding 1.5 * 2^52 leaves no room for a fraction.
inline constexpr double no_fraction = 6755399441055744.0;

/// Coefficients by tests/reference/orbit/polynomials.py; |x| <= pi/4 and a little.
inline SineCosine sine_cosine_eighth(Lanes x) {
    const Lanes t = x * x;
    Lanes s = all(1.591810123027412e-10);
    s = s * t + all(-2.5051131455427946e-08);
    s = s * t + all(2.755731610068303e-06);
    s = s * t + all(-0.0001984126983675497);
    s = s * t + all(0.008333333333330946);
    s = s * t + all(-0.16666666666666666);
    Lanes c = all(-1.1382614868556325e-11);
    c = c * t + all(2.0876146024689747e-09);
    c = c * t + all(-2.7557317270560326e-07);
    c = c * t + all(2.4801587298763433e-05);
    c = c * t + all(-0.0013888888888887395);
    c = c * t + all(0.041666666666666664);
    // 1 - t / 2 loses bits; they are put back
    const Lanes half = all(0.5) * t, most = all(1.0) - half;
    return {x + x * (t * s), most + ((all(1.0) - most) - half + t * t * c)};
}

/// Sine and cosine, error under 2.5 ulp (2.3 seen; under 1 next to quarter turns) for |x| <= 1.6e6: a quarter turn in
/// three parts, whose products with fewer than 2^20 quarters are exact. Beyond that, and for what is not finite, no
/// promise.
inline SineCosine sine_cosine(Lanes x) {
    const Lanes whole = x * all(0.6366197723675814) + all(no_fraction);
    const Lanes quarters = whole - all(no_fraction);
    const Lanes far = x - quarters * all(0x1.921fb544p+0);
    const Lanes small = quarters * all(0x1.0b4611a6p-34);
    const Lanes near = (far - small) - quarters * all(2.0222662487959506e-21);
    const SineCosine first = sine_cosine_eighth(near);
    const Mask swap = odd(whole);
    return {turned(choose(swap, first.cosine, first.sine), whole, 0),
            turned(choose(swap, first.sine, first.cosine), whole, 1)};
}

/// The pair after a turn by x more, |x| <= 0.26: error of x^13 / 13!, 4e-18, and rounding.
inline SineCosine turned_by(SineCosine at, Lanes x) {
    const Lanes t = x * x;
    Lanes s = all(-1.0 / 39916800);
    s = s * t + all(1.0 / 362880);
    s = s * t + all(-1.0 / 5040);
    s = s * t + all(1.0 / 120);
    s = s * t + all(-1.0 / 6);
    s = x + x * (t * s);
    Lanes c = all(1.0 / 479001600);
    c = c * t + all(-1.0 / 3628800);
    c = c * t + all(1.0 / 40320);
    c = c * t + all(-1.0 / 720);
    c = c * t + all(1.0 / 24);
    c = c * t + all(-0.5);
    c = t * c;
    return {at.sine + (at.sine * c + at.cosine * s), at.cosine + (at.cosine * c - at.sine * s)};
}

/// The same for |x| <= 0.01: x^7 / 7!, 2e-18.
inline SineCosine turned_little(SineCosine at, Lanes x) {
    const Lanes t = x * x;
    const Lanes s = x + x * (t * (all(-1.0 / 6) + t * all(1.0 / 120)));
    const Lanes c = t * (all(-0.5) + t * (all(1.0 / 24) - t * all(1.0 / 720)));
    return {at.sine + (at.sine * c + at.cosine * s), at.cosine + (at.cosine * c - at.sine * s)};
}

/// Angle of (x, y) in (-pi, pi], error under 3 ulp; not both 0.
inline Lanes arc_tangent(Lanes y, Lanes x) {
    const Lanes ax = size(x), ay = size(y);
    const Mask steep = less(ax, ay);
    const Lanes low = choose(steep, ax, ay), high = choose(steep, ay, ax);
    // beyond tan(pi/8), the angle less pi/4
    const Mask wide = less(high * all(0.41421356237309503), low);
    const Lanes q = choose(wide, low - high, low) / choose(wide, low + high, high);
    const Lanes t = q * q;
    Lanes p = all(-0.01917627151752634);
    constexpr double rest[] = {0.0392311556198723,  -0.050854323376990765, 0.05858145587628202, -0.06664511064599371,
                               0.07692183163650894, -0.09090904576954117,  0.11111111015227572, -0.14285714284666184,
                               0.19999999999995519, -0.3333333333333333};
    for (const double c : rest) p = p * t + all(c);
    Lanes angle = q + q * (t * p);
    angle = choose(wide, (angle + all(3.061616997868383e-17)) + all(0.7853981633974483), angle);
    angle = choose(steep, all(1.5707963267948966) - (angle - all(6.123233995736766e-17)), angle);
    angle = choose(less(x, all(0.0)), all(3.141592653589793) - (angle - all(1.2246467991473532e-16)), angle);
    return with_sign_of(angle, y);
}

}  // namespace icosa::methods::orbit::ICOSA_LANES
