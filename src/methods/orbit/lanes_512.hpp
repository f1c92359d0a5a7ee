/// Eight numbers side by side: AVX-512. Included only where the compiler may use it (see lane_regions.hpp).
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace icosa::methods::orbit::lanes_512 {

inline constexpr int width = 8;

struct Mask {
    __mmask8 v;
};
struct Lanes {
    __m512d v;
};

inline __m512i bits(Lanes a) { return _mm512_castpd_si512(a.v); }
inline Lanes of_bits(__m512i a) { return {_mm512_castsi512_pd(a)}; }
inline Lanes all(double x) { return {_mm512_set1_pd(x)}; }
inline Lanes load(const double* from) { return {_mm512_loadu_pd(from)}; }
inline void store(double* to, Lanes x) { _mm512_storeu_pd(to, x.v); }
inline Lanes operator+(Lanes a, Lanes b) { return {_mm512_add_pd(a.v, b.v)}; }
inline Lanes operator-(Lanes a, Lanes b) { return {_mm512_sub_pd(a.v, b.v)}; }
inline Lanes operator*(Lanes a, Lanes b) { return {_mm512_mul_pd(a.v, b.v)}; }
inline Lanes operator/(Lanes a, Lanes b) { return {_mm512_div_pd(a.v, b.v)}; }
inline Lanes operator-(Lanes a) { return of_bits(_mm512_xor_si512(bits(a), _mm512_set1_epi64(INT64_MIN))); }
inline Lanes root(Lanes a) { return {_mm512_sqrt_pd(a.v)}; }
inline Lanes size(Lanes a) { return of_bits(_mm512_and_si512(bits(a), _mm512_set1_epi64(INT64_MAX))); }
inline Mask less(Lanes a, Lanes b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)}; }
inline Mask mask_or(Mask a, Mask b) { return {static_cast<__mmask8>(a.v | b.v)}; }
inline Mask mask_and(Mask a, Mask b) { return {static_cast<__mmask8>(a.v & b.v)}; }
inline Mask mask_not(Mask a) { return {static_cast<__mmask8>(~a.v)}; }
inline unsigned bits_of(Mask a) { return a.v; }
inline bool any(Mask a) { return a.v != 0; }
inline Lanes choose(Mask where, Lanes yes, Lanes no) { return {_mm512_mask_blend_pd(where.v, no.v, yes.v)}; }
inline Mask odd(Lanes whole) { return {_mm512_test_epi64_mask(bits(whole), _mm512_set1_epi64(1))}; }
inline Lanes turned(Lanes x, Lanes whole, std::int64_t plus) {
    const __m512i second = _mm512_slli_epi64(
        _mm512_and_si512(_mm512_add_epi64(bits(whole), _mm512_set1_epi64(plus)), _mm512_set1_epi64(2)), 62);
    return of_bits(_mm512_xor_si512(bits(x), second));
}
inline Lanes with_sign_of(Lanes x, Lanes sign) {
    const __m512i top = _mm512_set1_epi64(INT64_MIN);
    return of_bits(_mm512_or_si512(_mm512_andnot_si512(top, bits(x)), _mm512_and_si512(top, bits(sign))));
}

}  // namespace icosa::methods::orbit::lanes_512
