/// Four numbers side by side: AVX2. Included only where the compiler may use it (see lane_regions.hpp).
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace icosa::methods::orbit::lanes_256 {

inline constexpr int width = 4;

struct Mask {
    __m256d v;
};
struct Lanes {
    __m256d v;
};

inline __m256i bits(Lanes a) { return _mm256_castpd_si256(a.v); }
inline Lanes of_bits(__m256i a) { return {_mm256_castsi256_pd(a)}; }
inline Lanes all(double x) { return {_mm256_set1_pd(x)}; }
inline Lanes load(const double* from) { return {_mm256_loadu_pd(from)}; }
inline void store(double* to, Lanes x) { _mm256_storeu_pd(to, x.v); }
inline Lanes operator+(Lanes a, Lanes b) { return {_mm256_add_pd(a.v, b.v)}; }
inline Lanes operator-(Lanes a, Lanes b) { return {_mm256_sub_pd(a.v, b.v)}; }
inline Lanes operator*(Lanes a, Lanes b) { return {_mm256_mul_pd(a.v, b.v)}; }
inline Lanes operator/(Lanes a, Lanes b) { return {_mm256_div_pd(a.v, b.v)}; }
inline Lanes operator-(Lanes a) { return {_mm256_xor_pd(a.v, _mm256_set1_pd(-0.0))}; }
inline Lanes root(Lanes a) { return {_mm256_sqrt_pd(a.v)}; }
inline Lanes size(Lanes a) { return {_mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v)}; }
inline Mask less(Lanes a, Lanes b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_LT_OQ)}; }
inline Mask mask_or(Mask a, Mask b) { return {_mm256_or_pd(a.v, b.v)}; }
inline Mask mask_and(Mask a, Mask b) { return {_mm256_and_pd(a.v, b.v)}; }
inline Mask mask_not(Mask a) { return {_mm256_xor_pd(a.v, _mm256_castsi256_pd(_mm256_set1_epi64x(-1)))}; }
inline unsigned bits_of(Mask a) { return static_cast<unsigned>(_mm256_movemask_pd(a.v)); }
inline bool any(Mask a) { return bits_of(a) != 0; }
inline Lanes choose(Mask where, Lanes yes, Lanes no) { return {_mm256_blendv_pd(no.v, yes.v, where.v)}; }
inline Mask odd(Lanes whole) { return {of_bits(_mm256_slli_epi64(bits(whole), 63)).v}; }
inline Lanes turned(Lanes x, Lanes whole, std::int64_t plus) {
    const __m256i second = _mm256_slli_epi64(
        _mm256_and_si256(_mm256_add_epi64(bits(whole), _mm256_set1_epi64x(plus)), _mm256_set1_epi64x(2)), 62);
    return {_mm256_xor_pd(x.v, _mm256_castsi256_pd(second))};
}
inline Lanes with_sign_of(Lanes x, Lanes sign) {
    const __m256d top = _mm256_set1_pd(-0.0);
    return {_mm256_or_pd(_mm256_andnot_pd(top, x.v), _mm256_and_pd(top, sign.v))};
}

}  // namespace icosa::methods::orbit::lanes_256
