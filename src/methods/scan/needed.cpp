/// Each row begins with what is needed at u = 0, which is that at the fewest expected.
#include "methods/scan/needed.hpp"

#include <cmath>

namespace icosa::methods::scan {

NeededExcess::NeededExcess(const NeededLimits& limits) : limits_(limits), bounds_(limits.all) {
    const auto top = step_of(static_cast<float>(limits_.most_expected)) + 1;
    steps_ = static_cast<std::size_t>(std::max(1, top - first_step + 1));
    const double least_cases = limits_.minimum_cases;
    for (std::size_t level = 0; level < bounds_.levels(); ++level) {
        at_most_.push_back(bounds_.excess(level, limits_.most_expected));
        double low = 0, high = std::min(least_cases, limits_.most_expected);
        for (int i = 0; i < 50; ++i) {
            const double middle = (low + high) / 2;
            const bool reaches = likelihood_ratio(least_cases, middle, limits_.all) > bounds_.statistic_of(level);
            (reaches ? low : high) = middle;
        }
        fewest_.push_back(low);
        for (std::size_t i = 0; i < steps_; ++i) {
            const auto step = first_step + static_cast<std::int32_t>(i);
            const double u = i == 0 ? 0 : of_floats(std::bit_cast<float>(step << step_bits));
            rows_.push_back(static_cast<std::int32_t>(from(level, std::min(u, limits_.most_expected))));
        }
    }
}

}  // namespace icosa::methods::scan
