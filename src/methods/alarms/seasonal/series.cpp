/// Logarithms and roots of a series, one a period.
#include "methods/alarms/seasonal/series.hpp"

#include <cmath>

namespace icosa::methods::seasonal {

Series::Series(std::span<const double> counts, int padding) {
    const std::size_t n = counts.size() + static_cast<std::size_t>(padding);
    for (auto* column : {&y, &seen, &start, &start_z, &start_deviance, &y_log_y, &y_two_thirds}) column->assign(n, 0.0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double count = counts[i];
        if (std::isnan(count)) continue;
        const double mean = count + 0.1, log_mean = std::log(mean);
        const double cube_root = std::cbrt(count);
        y[i] = count;
        seen[i] = 1;
        start[i] = mean;
        start_z[i] = mean * log_mean - 0.1;
        start_deviance[i] = 2 * ((count > 0 ? count * std::log(count / mean) : 0) + 0.1);
        y_log_y[i] = count > 0 ? count * std::log(count) : 0;
        y_two_thirds[i] = cube_root * cube_root;
    }
}

}  // namespace icosa::methods::seasonal
