/// Heights as eighths of a block.
#include "cli/sparkline.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::cli {

std::string sparkline(std::span<const double> values) {
    static constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double low = 0, high = 0;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    std::string out;
    for (const double value : values) {
        if (!std::isfinite(value)) out += ' ';
        else out += blocks[high > low ? static_cast<std::size_t>(std::lround((value - low) / (high - low) * 7)) : 0];
    }
    return out;
}

}  // namespace icosa::cli
