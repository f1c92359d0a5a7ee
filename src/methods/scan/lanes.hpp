/// The loops that a sweep spends its time in, compiled for each width of vector registers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace icosa::methods::scan {

/// Rows are as long as a multiple of this.
inline constexpr std::size_t row_lanes = 16;

/// into[n] += row[n].
void add_row(std::int32_t* into, const std::int32_t* row, std::size_t n);

/// into[n] += row[n] of both, n a multiple of `row_lanes`; the positions at which `sum` has come up to `limit` stand in
/// reached[], their number is the answer.
std::size_t add_and_compare(std::int32_t* sum, const std::int32_t* row, float* expected, const float* expected_row,
                            const std::int32_t* limit, std::size_t n, std::uint16_t* reached);

/// max over s < n of ahead[s] - behind[s]; n > 0.
std::int32_t greatest_difference(const std::int32_t* ahead, const std::int32_t* behind, std::size_t n);

/// The windows of a circle: their running sums, and what a sweep knows of each length (less 1).
struct CircleWindows {
    const std::int32_t* before;  ///< [intervals + 1], then out_of_windows(0, 1 ..), `row_lanes` or more
    std::size_t intervals;
    bool to_end;  ///< only those that reach the last interval
    const float* least;  ///< expected of the windows of a length
    std::int32_t* slack;  ///< what the greatest of a length lacks
    std::int32_t* grown;  ///< 0: nothing since
};
/// Below all sums (2^29 in size), and falling: no window that ends there is the greatest.
constexpr std::int32_t out_of_windows(std::size_t lane) { return -(1 << 29) - (static_cast<std::int32_t>(lane) << 24); }

/// What is needed, by steps of what is expected: the bits of a float from `step_bits` on, less `first_step`.
struct NeededRow {
    const std::int32_t* needed;
    std::int32_t first_step, last;  ///< last: of needed[]
    int step_bits;
};

/// Judges the lengths asked for by the greatest excess of their windows. Those that lack nothing stand in over[], their
/// number is the answer.
std::size_t judge_lengths(const CircleWindows& circle, const NeededRow& row, const std::uint16_t* asked,
                          std::size_t count, std::uint16_t* over);

/// Sixteen cells of one kind and sixteen of another, side by side in one line of the processor's cache.
inline constexpr std::size_t line_cells = 32;
struct alignas(64) ShortLine {
    std::uint16_t cell[line_cells] = {};
};
struct alignas(64) WholeLine {
    std::int32_t cell[line_cells] = {};
};

/// into = before + the sum of table[number] over `count` numbers, rows of `lines` lines each. Sums of short cells must
/// fit one.
void add_lines(std::int32_t* into, const std::int32_t* before, const ShortLine* table, const std::uint16_t* numbers,
               std::size_t count, std::size_t lines);
void add_lines(std::int32_t* into, const std::int32_t* before, const WholeLine* table, const std::uint16_t* numbers,
               std::size_t count, std::size_t lines);

/// The excess that each lane must come up to: the greater of least[i] and the point at `fraction` between low[i] and
/// high[i]. cases x per_case[i] of what a lane holds are expected.
struct Threshold {
    const float* low;
    const float* high;
    float fraction;
    const float* least;
    const float* per_case;
    float cases;
};

/// Does a lane's must - expected + part (may_to - may_from) come up to its threshold? must in the first halves of
/// lines, the others in the second ones. What floats may lose is given back.
[[nodiscard]] bool may_reach(const std::int32_t* must, const std::int32_t* may_from, const std::int32_t* may_to,
                             float part, const Threshold& threshold, std::size_t lines);
/// Does one of n lanes?
[[nodiscard]] bool reaches(const std::int32_t* held, const Threshold& threshold, std::size_t n);

}  // namespace icosa::methods::scan
