/// The three loops that a sweep spends its time in, compiled for each width of vector registers.
#pragma once

#include <cstddef>
#include <cstdint>

namespace icosa::methods::scan {

/// into[n] += row[n].
void add_row(std::int32_t* into, const std::int32_t* row, std::size_t n);

/// into[n] += row[n] of both; the positions at which `sum` has come up to `limit` stand in reached[], their number is
/// the answer.
std::size_t add_and_compare(std::int32_t* sum, const std::int32_t* row, float* expected, const float* expected_row,
                            const std::int32_t* limit, std::size_t n, std::uint16_t* reached);

/// max over s < n of ahead[s] - behind[s]; n > 0.
std::int32_t greatest_difference(const std::int32_t* ahead, const std::int32_t* behind, std::size_t n);

}  // namespace icosa::methods::scan
