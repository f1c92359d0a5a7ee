/// Whole numbers, so every width gives the same; the sums of expectations are added lane by lane, in one order.
#include "methods/scan/lanes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define ICOSA_EACH_WIDTH __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ICOSA_EACH_WIDTH
#endif

namespace icosa::methods::scan {
namespace {

constexpr float lost = 1e-6F;

// Sums that stay in registers need a type that says so: left to loops, they are taken apart. Wider types than the
// registers are put together in memory by the compiler, so no wider than AVX2 has.
constexpr std::size_t register_bytes = 32;
using Shorts = std::uint16_t __attribute__((vector_size(register_bytes)));
using Wholes = std::int32_t __attribute__((vector_size(register_bytes)));

}  // namespace

ICOSA_EACH_WIDTH void add_row(std::int32_t* into, const std::int32_t* row, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) into[i] += row[i];
}

ICOSA_EACH_WIDTH std::size_t add_and_compare(std::int32_t* sum, const std::int32_t* row, float* expected,
                                             const float* expected_row, const std::int32_t* limit, std::size_t n,
                                             std::uint16_t* reached) {
    std::size_t count = 0;
    for (std::size_t first = 0; first < n; first += row_lanes) {
        std::uint32_t reached_here = 0;
        for (std::size_t i = 0; i < row_lanes; ++i) {
            sum[first + i] += row[first + i];
            expected[first + i] += expected_row[first + i];
            reached_here |= static_cast<std::uint32_t>(sum[first + i] >= limit[first + i]) << i;
        }
        for (; reached_here != 0; reached_here &= reached_here - 1)
            reached[count++] =
                static_cast<std::uint16_t>(first + static_cast<std::size_t>(std::countr_zero(reached_here)));
    }
    return count;
}

ICOSA_EACH_WIDTH std::int32_t greatest_difference(const std::int32_t* ahead, const std::int32_t* behind,
                                                  std::size_t n) {
    std::int32_t most = ahead[0] - behind[0];
    for (std::size_t i = 1; i < n; ++i) most = std::max(most, ahead[i] - behind[i]);
    return most;
}

ICOSA_EACH_WIDTH std::size_t judge_lengths(const CircleWindows& circle, const NeededRow& row,
                                           const std::uint16_t* asked, std::size_t count, std::uint16_t* over) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t w = asked[i];
        const std::int32_t* behind = circle.before + (circle.to_end ? circle.intervals - w - 1 : 0);
        const std::int32_t* ahead = behind + w + 1;
        const std::size_t starts = circle.to_end ? 1 : circle.intervals - w;
        const std::size_t whole = (starts + row_lanes - 1) / row_lanes * row_lanes;
        std::int32_t most = ahead[0] - behind[0];
        for (std::size_t s = 0; s < whole; ++s) most = std::max(most, ahead[s] - behind[s]);
        std::int32_t bits;
        std::memcpy(&bits, circle.least + w, sizeof bits);
        const std::int32_t step = std::clamp((bits >> row.step_bits) - row.first_step, 0, row.last);
        const std::int32_t slack = row.needed[step] - most;
        circle.slack[w] = slack;
        circle.grown[w] = 0;
        over[out] = asked[i];
        out += static_cast<std::size_t>(slack <= 0);
    }
    return out;
}

ICOSA_EACH_WIDTH void add_lines(std::int32_t* into, const std::int32_t* before, const ShortLine* table,
                                const std::uint16_t* numbers, std::size_t count, std::size_t lines) {
    constexpr std::size_t cells = register_bytes / sizeof(std::uint16_t);
    for (std::size_t line = 0; line < lines; ++line) {
        Shorts sum0{}, sum1{}, row;
        for (std::size_t k = 0; k < count; ++k) {
            const auto* from = table[numbers[k] * lines + line].cell;
            std::memcpy(&row, from + 0 * cells, sizeof row);
            sum0 += row;
            std::memcpy(&row, from + 1 * cells, sizeof row);
            sum1 += row;
        }
        std::uint16_t sum[line_cells];
        std::memcpy(sum + 0 * cells, &sum0, sizeof row);
        std::memcpy(sum + 1 * cells, &sum1, sizeof row);
        for (std::size_t i = 0; i < line_cells; ++i)
            into[line * line_cells + i] = before[line * line_cells + i] + sum[i];
    }
}

ICOSA_EACH_WIDTH void add_lines(std::int32_t* into, const std::int32_t* before, const WholeLine* table,
                                const std::uint16_t* numbers, std::size_t count, std::size_t lines) {
    constexpr std::size_t cells = register_bytes / sizeof(std::int32_t);
    for (std::size_t line = 0; line < lines; ++line) {
        Wholes sum0{}, sum1{}, sum2{}, sum3{}, row;
        for (std::size_t k = 0; k < count; ++k) {
            const auto* from = table[numbers[k] * lines + line].cell;
            std::memcpy(&row, from + 0 * cells, sizeof row);
            sum0 += row;
            std::memcpy(&row, from + 1 * cells, sizeof row);
            sum1 += row;
            std::memcpy(&row, from + 2 * cells, sizeof row);
            sum2 += row;
            std::memcpy(&row, from + 3 * cells, sizeof row);
            sum3 += row;
        }
        std::int32_t sum[line_cells];
        std::memcpy(sum + 0 * cells, &sum0, sizeof row);
        std::memcpy(sum + 1 * cells, &sum1, sizeof row);
        std::memcpy(sum + 2 * cells, &sum2, sizeof row);
        std::memcpy(sum + 3 * cells, &sum3, sizeof row);
        for (std::size_t i = 0; i < line_cells; ++i)
            into[line * line_cells + i] = before[line * line_cells + i] + sum[i];
    }
}

ICOSA_EACH_WIDTH bool may_reach(const std::int32_t* must, const std::int32_t* may_from, const std::int32_t* may_to,
                                float part, const Threshold& threshold, std::size_t lines) {
    constexpr std::size_t half = line_cells / 2;
    std::int32_t any = 0;
    for (std::size_t line = 0; line < lines; ++line) {
        const std::int32_t* held = must + line * line_cells;
        const std::int32_t* from = may_from + line * line_cells + half;
        const std::int32_t* to = may_to + line * line_cells + half;
        const float* low = threshold.low + line * half;
        const float* high = threshold.high + line * half;
        const float* least = threshold.least + line * half;
        const float* per_case = threshold.per_case + line * half;
        for (std::size_t i = 0; i < half; ++i) {
            const auto n = static_cast<float>(held[i]);
            const float most =
                n - threshold.cases * per_case[i] + part * static_cast<float>(to[i] - from[i]) + n * lost;
            const float needed = low[i] + (high[i] - low[i]) * threshold.fraction;
            any |= static_cast<std::int32_t>(most >= needed) & static_cast<std::int32_t>(most >= least[i]);
        }
    }
    return any != 0;
}

ICOSA_EACH_WIDTH bool reaches(const std::int32_t* held, const Threshold& threshold, std::size_t lanes) {
    std::int32_t any = 0;
    for (std::size_t i = 0; i < lanes; ++i) {
        const auto n = static_cast<float>(held[i]);
        const float most = n - threshold.cases * threshold.per_case[i] + n * lost;
        const float needed = threshold.low[i] + (threshold.high[i] - threshold.low[i]) * threshold.fraction;
        any |= static_cast<std::int32_t>(most >= needed) & static_cast<std::int32_t>(most >= threshold.least[i]);
    }
    return any != 0;
}

}  // namespace icosa::methods::scan
