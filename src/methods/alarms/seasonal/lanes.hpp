/// Four doubles side by side, one a neighbouring period, and the few operations on them that the fits need.
#pragma once

#include <cstdint>
#include <cstring>

namespace icosa::methods::seasonal {

using Lanes [[gnu::vector_size(32)]] = double;
using Mask [[gnu::vector_size(32)]] = std::int64_t;  ///< of a comparison: all bits or none

/// Before all that works on lanes: it is compiled into its caller, so that one source becomes the code of either
/// instruction set (run_wide and run_narrow of seasonal_fit.cpp). Lanes travel by reference, since by value they would
/// need AVX in the calling convention.
#define ICOSA_INLINE inline __attribute__((always_inline))

ICOSA_INLINE void load(Lanes& out, const double* from) { std::memcpy(&out, from, sizeof out); }
ICOSA_INLINE bool any(const Mask& m) { return (m[0] | m[1] | m[2] | m[3]) != 0; }
ICOSA_INLINE void keep_where(Lanes& target, const Mask& where, const Lanes& value) { target = where ? value : target; }

/// exp to about one unit in the last place, for |x| below 700.
ICOSA_INLINE void exponentiate(Lanes& out, const Lanes& argument) {
    constexpr double shift = 0x1.8p52;
    constexpr double ln2_high = 0x1.62e42fefa38p-1;
    constexpr double ln2_low = 0x1.ef35793c7673p-45;
    const Lanes high = argument > 700.0 ? Lanes{} + 700.0 : argument;
    const Lanes x = high < -700.0 ? Lanes{} - 700.0 : high;
    const Lanes shifted = x * 1.4426950408889634 + shift;
    const Lanes n = shifted - shift;
    const Lanes r = (x - n * ln2_high) - n * ln2_low;
    constexpr double inverse_factorial[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
        1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1,           1};
    Lanes sum = Lanes{} + inverse_factorial[0];
    for (int i = 1; i < 14; ++i) sum = sum * r + inverse_factorial[i];
    Mask bits;
    std::memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    Lanes scale;
    std::memcpy(&scale, &bits, sizeof scale);
    out = sum * scale;
}

}  // namespace icosa::methods::seasonal
