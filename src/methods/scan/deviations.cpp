/// A quantum is the largest power of one half of a case at which all cases still fit 29 bits.
#include "methods/scan/deviations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "methods/scan/lanes.hpp"

namespace icosa::methods::scan {
namespace {

std::size_t whole_lanes(std::size_t n) { return (n + row_lanes - 1) / row_lanes * row_lanes; }

}  // namespace

Quanta::Quanta(const Expected& expected, const Windows& windows)
    : stride_(whole_lanes(expected.intervals + 1)), length_stride_(whole_lanes(windows.longest)) {
    constexpr double room = 1 << 29;
    while (per_case_ < (1 << 16) && expected.all * per_case_ * 2 < room) per_case_ *= 2;
    before_.assign(expected.places * stride_, 0);
    least_.assign(expected.places * length_stride_, 0);
    for (std::size_t p = 0; p < expected.places; ++p) {
        const double* row = expected.row(p);
        for (std::size_t t = 0; t <= expected.intervals; ++t)
            before_[p * stride_ + t] = static_cast<std::int32_t>(std::llround(row[t] * per_case_));
        for (std::size_t w = 0; w < windows.longest; ++w) {
            double least = std::numeric_limits<double>::infinity();
            const std::size_t starts = windows.starts(w + 1);
            for (std::size_t i = 0; i < starts; ++i) {
                const std::size_t first = windows.to_end ? windows.intervals - w - 1 : i;
                least = std::min(least, row[first + w + 1] - row[first]);
            }
            least_[p * length_stride_ + w] = static_cast<float>(least);
        }
    }
}

void Deviations::work_out(const Quanta& quanta, const Windows& windows, std::size_t places) {
    const std::size_t intervals = windows.intervals;
    cases_before.assign(places * (intervals + 1), 0);
    before.assign(places * quanta.stride(), 0);
    most.assign(places * quanta.length_stride(), 0);
    for (std::size_t p = 0; p < places; ++p) {
        std::int32_t* cases = &cases_before[p * (intervals + 1)];
        std::int32_t* row = &before[p * quanta.stride()];
        const std::int32_t* expected = quanta.expected_row(p);
        for (std::size_t t = 0; t < intervals; ++t) {
            cases[t + 1] = cases[t] + counts[p * intervals + t];
            row[t + 1] = cases[t + 1] * quanta.per_case() - expected[t + 1];
        }
        row[0] = -expected[0];
        std::int32_t* greatest = &most[p * quanta.length_stride()];
        for (std::size_t w = 1; w <= windows.longest; ++w)
            greatest[w - 1] = windows.to_end ? row[intervals] - row[intervals - w]
                                             : greatest_difference(row + w, row, windows.starts(w));
    }
}

}  // namespace icosa::methods::scan
