/// Whole numbers, so every width gives the same; the sums of expectations are added lane by lane, in one order.
#include "methods/scan/lanes.hpp"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define ICOSA_EACH_WIDTH __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ICOSA_EACH_WIDTH
#endif

namespace icosa::methods::scan {

ICOSA_EACH_WIDTH void add_row(std::int32_t* into, const std::int32_t* row, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) into[i] += row[i];
}

ICOSA_EACH_WIDTH std::size_t add_and_compare(std::int32_t* sum, const std::int32_t* row, float* expected,
                                             const float* expected_row, const std::int32_t* limit, std::size_t n,
                                             std::uint16_t* reached) {
    std::int32_t any = 0;
    for (std::size_t i = 0; i < n; ++i) {
        sum[i] += row[i];
        expected[i] += expected_row[i];
        any |= static_cast<std::int32_t>(sum[i] >= limit[i]);
    }
    if (any == 0) return 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < n; ++i) {
        reached[count] = static_cast<std::uint16_t>(i);
        count += static_cast<std::size_t>(sum[i] >= limit[i]);
    }
    return count;
}

ICOSA_EACH_WIDTH std::int32_t greatest_difference(const std::int32_t* ahead, const std::int32_t* behind,
                                                  std::size_t n) {
    std::int32_t most = ahead[0] - behind[0];
    for (std::size_t i = 1; i < n; ++i) most = std::max(most, ahead[i] - behind[i]);
    return most;
}

}  // namespace icosa::methods::scan
