/// A data set as a sweep reads it: for each place the running sums of counts less expectation, and of windows of each
/// length the greatest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/scan/exposure.hpp"

namespace icosa::methods::scan {

/// Which windows there are.
struct Windows {
    std::size_t intervals = 0;
    std::size_t longest = 0;  ///< intervals, 1 to `intervals`
    bool to_end = false;      ///< only those that reach the last interval
    int minimum_cases = 2;

    [[nodiscard]] std::size_t starts(std::size_t length) const { return to_end ? 1 : intervals - length + 1; }
};

/// What every data set of one scan shares: expectation in whole quanta, so that sums over places are exact whatever
/// their order.
class Quanta {
public:
    Quanta(const Expected& expected, const Windows& windows);

    [[nodiscard]] std::int32_t per_case() const { return per_case_; }
    [[nodiscard]] std::size_t stride() const { return stride_; }          ///< of a row of running sums
    [[nodiscard]] std::size_t length_stride() const { return length_stride_; }
    [[nodiscard]] const std::int32_t* expected_row(std::size_t place) const { return &before_[place * stride_]; }
    /// The least expected cases of a window of each length, [longest] from length 1.
    [[nodiscard]] const float* least_row(std::size_t place) const { return &least_[place * length_stride_]; }

private:
    std::int32_t per_case_ = 1;
    std::size_t stride_, length_stride_;
    std::vector<std::int32_t> before_;
    std::vector<float> least_;
};

struct Deviations {
    std::vector<std::int32_t> counts;   ///< [places][intervals]
    std::vector<std::int32_t> cases_before;  ///< [places][intervals + 1]
    std::vector<std::int32_t> before;   ///< [places][stride]: quanta
    std::vector<std::int32_t> most;     ///< [places][length_stride]: greatest of the windows of each length, quanta

    /// From `counts`.
    void work_out(const Quanta& quanta, const Windows& windows, std::size_t places);
};

}  // namespace icosa::methods::scan
