/// The batched propagator, compiled for each width that this kind of processor may have; the widest it has is taken at
/// run time.
#include <cmath>

#include "methods/orbit/deep_space_constants.hpp"
#include "methods/orbit/lanes_plain.hpp"
#include "methods/orbit/path_bounds.hpp"
#include "methods/orbit/sgp4_block.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#define ICOSA_HAS_WIDE_LANES 1
#endif

// g++ 12 holds the undefined upper half within its own intrinsics for a fault (GCC bug 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

// What stands in a region may use the region's instructions; what was defined before it stays as it is. Nothing of the
// standard library is first used within one.
#define ICOSA_LANES lanes_plain
#include "methods/orbit/lane_math.hpp"
#include "methods/orbit/lane_paths.hpp"
#include "methods/orbit/lane_sgp4.hpp"
#undef ICOSA_LANES

#ifdef ICOSA_HAS_WIDE_LANES

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif
#include "methods/orbit/lanes_256.hpp"
#define ICOSA_LANES lanes_256
#include "methods/orbit/lane_math.hpp"
#include "methods/orbit/lane_paths.hpp"
#include "methods/orbit/lane_sgp4.hpp"
#undef ICOSA_LANES
#ifdef __clang__
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq"))), apply_to = function)
#else
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq")
#endif
#include "methods/orbit/lanes_512.hpp"
#define ICOSA_LANES lanes_512
#include "methods/orbit/lane_math.hpp"
#include "methods/orbit/lane_paths.hpp"
#include "methods/orbit/lane_sgp4.hpp"
#undef ICOSA_LANES
#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif

namespace icosa::methods::orbit {

Width widest() {
#ifdef ICOSA_HAS_WIDE_LANES
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0) return Width::Eight;
    if (__builtin_cpu_supports("avx2") != 0) return Width::Four;
#endif
    return Width::Two;
}

namespace {

Width narrowed(Width width) {
    static const Width most = widest();
    return width < most ? width : most;
}

}  // namespace

const LaneKernels& lane_kernels(Width width) {
    [[maybe_unused]] const Width taken = narrowed(width);
#ifdef ICOSA_HAS_WIDE_LANES
    if (taken == Width::Eight) return lanes_512::kernels;
    if (taken == Width::Four) return lanes_256::kernels;
#endif
    return lanes_plain::kernels;
}

const SearchKernels& search_kernels(Width width) {
    [[maybe_unused]] const Width taken = narrowed(width);
#ifdef ICOSA_HAS_WIDE_LANES
    if (taken == Width::Eight) return lanes_512::search;
    if (taken == Width::Four) return lanes_256::search;
#endif
    return lanes_plain::search;
}

}  // namespace icosa::methods::orbit

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
