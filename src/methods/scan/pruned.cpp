/// Nothing of the sweep is used here: sums of cells, and the formula.
#include "methods/scan/pruned.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods::scan {

Probes probe(std::span<const RuledOut> ruled_out, std::span<const std::int32_t> counts, const Expected& expected,
             const Circles& circles, int minimum_cases, bool to_end) {
    Probes out;
    const auto intervals = static_cast<std::int64_t>(expected.intervals);
    for (const auto& one : ruled_out) {
        const auto places =
            circles.about(static_cast<std::size_t>(one.centre)).first(static_cast<std::size_t>(one.size));
        bool is_wrong = false;
        for (std::int64_t first = to_end ? intervals - one.length : 0; first + one.length <= intervals; ++first) {
            double n = 0, u = 0;
            for (const auto place : places) {
                const double* row = expected.row(static_cast<std::size_t>(place));
                for (std::int64_t t = first; t < first + one.length; ++t) {
                    n += counts[static_cast<std::size_t>(place * intervals + t)];
                    u += row[t + 1] - row[t];
                }
            }
            if (n < minimum_cases || n <= u) continue;
            const double rest = expected.all - n;
            const double statistic = n * std::log(n / u) + (rest > 0 ? rest * std::log(rest / (expected.all - u)) : 0);
            out.closest = std::max(out.closest, statistic / one.level);
            is_wrong |= statistic > one.level * (1 + 1e-9);
        }
        ++out.made;
        out.wrong += is_wrong ? 1 : 0;
    }
    return out;
}

}  // namespace icosa::methods::scan
