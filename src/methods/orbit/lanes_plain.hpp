/// Two numbers side by side, as every machine can: the lanes of last resort.
#pragma once

#include <cmath>
#include <cstdint>

namespace icosa::methods::orbit::lanes_plain {

using Numbers = double __attribute__((vector_size(16)));
using Bits = std::int64_t __attribute__((vector_size(16)));

inline constexpr int width = 2;

struct Mask {
    Bits bits;
};
struct Lanes {
    Numbers v;
};

inline Lanes all(double x) { return {Numbers{x, x}}; }
inline Lanes load(const double* from) { return {Numbers{from[0], from[1]}}; }
inline void store(double* to, Lanes x) { to[0] = x.v[0], to[1] = x.v[1]; }
inline Lanes operator+(Lanes a, Lanes b) { return {a.v + b.v}; }
inline Lanes operator-(Lanes a, Lanes b) { return {a.v - b.v}; }
inline Lanes operator*(Lanes a, Lanes b) { return {a.v * b.v}; }
inline Lanes operator/(Lanes a, Lanes b) { return {a.v / b.v}; }
inline Lanes operator-(Lanes a) { return {-a.v}; }
inline Lanes root(Lanes a) { return {Numbers{std::sqrt(a.v[0]), std::sqrt(a.v[1])}}; }
inline Lanes size(Lanes a) { return {(Numbers)((Bits)a.v & INT64_MAX)}; }
inline Mask less(Lanes a, Lanes b) { return {a.v < b.v}; }
inline Mask mask_or(Mask a, Mask b) { return {a.bits | b.bits}; }
inline Mask mask_and(Mask a, Mask b) { return {a.bits & b.bits}; }
inline Mask mask_not(Mask a) { return {~a.bits}; }
inline bool any(Mask a) { return (a.bits[0] | a.bits[1]) != 0; }
inline unsigned bits_of(Mask a) { return (a.bits[0] != 0 ? 1U : 0U) | (a.bits[1] != 0 ? 2U : 0U); }
inline Lanes choose(Mask where, Lanes yes, Lanes no) {
    return {(Numbers)(((Bits)yes.v & where.bits) | ((Bits)no.v & ~where.bits))};
}
/// `whole` holds an integer in its lowest bits (see lane_math.hpp): is it odd; the sign turned where its second bit is.
inline Mask odd(Lanes whole) { return {-((Bits)whole.v & 1)}; }
inline Lanes turned(Lanes x, Lanes whole, std::int64_t plus) {
    return {(Numbers)((Bits)x.v ^ ((((Bits)whole.v + plus) & 2) << 62))};
}
inline Lanes with_sign_of(Lanes x, Lanes sign) {
    return {(Numbers)(((Bits)x.v & INT64_MAX) | ((Bits)sign.v & INT64_MIN))};
}

}  // namespace icosa::methods::orbit::lanes_plain
