/// One draw a case, for either model.
#include "methods/scan/replications.hpp"

#include <cmath>

namespace icosa::methods::scan {

PoissonDraws::PoissonDraws(const Expected& expected) : cases_(std::llround(expected.all)) {
    const std::size_t cells = expected.places * expected.intervals;
    std::vector<double> share(cells);
    for (std::size_t p = 0; p < expected.places; ++p) {
        const double* row = expected.row(p);
        for (std::size_t t = 0; t < expected.intervals; ++t)
            share[p * expected.intervals + t] = (row[t + 1] - row[t]) / expected.all * static_cast<double>(cells);
    }
    kept_.assign(cells, ~std::uint32_t{0});
    other_.resize(cells);
    std::vector<std::uint32_t> small, large;
    for (std::size_t i = 0; i < cells; ++i) {
        other_[i] = static_cast<std::uint32_t>(i);
        (share[i] < 1 ? small : large).push_back(static_cast<std::uint32_t>(i));
    }
    while (!small.empty() && !large.empty()) {
        const std::uint32_t from = small.back(), to = large.back();
        small.pop_back();
        kept_[from] = static_cast<std::uint32_t>(std::max(0.0, share[from]) * 4294967295.0);
        other_[from] = to;
        share[to] -= 1 - share[from];
        if (share[to] < 1) {
            large.pop_back();
            small.push_back(to);
        }
    }
}

void PoissonDraws::draw(Stream& stream, std::vector<std::int32_t>& counts) const {
    counts.assign(kept_.size(), 0);
    const std::uint64_t cells = kept_.size();
    for (std::int64_t i = 0; i < cases_; ++i) {
        const std::uint64_t bits = stream.next();
        const std::size_t cell = ((bits >> 32U) * cells) >> 32U;
        ++counts[static_cast<std::uint32_t>(bits) <= kept_[cell] ? cell : other_[cell]];
    }
}

PermutedDraws::PermutedDraws(std::span<const std::int32_t> counts, std::size_t intervals)
    : intervals_(intervals), cells_(counts.size()) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        for (std::int32_t n = 0; n < counts[i]; ++n) {
            place_.push_back(static_cast<std::uint32_t>(i / intervals_));
            interval_.push_back(static_cast<std::uint32_t>(i % intervals_));
        }
    }
}

void PermutedDraws::draw(Stream& stream, std::vector<std::int32_t>& counts) const {
    counts.assign(cells_, 0);
    std::vector<std::uint32_t> left;
    deal(stream, left, [&](std::uint32_t place, std::uint32_t interval) { ++counts[place * intervals_ + interval]; });
}

}  // namespace icosa::methods::scan
