/// A bar three wide each, in a box of 24 bars x 20.
#include "brief/html/spark.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace icosa::brief {
namespace {

constexpr int spark_bars = 24;
constexpr int spark_height = 20;
constexpr int spark_step = 4;

}  // namespace

std::string render_spark(const std::vector<double>& values) {
    const std::size_t n = std::min<std::size_t>(values.size(), spark_bars);
    const std::size_t from = values.size() - n;
    double high = 0, low = 0;
    int known = 0;
    for (std::size_t i = from; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        high = std::max(high, values[i]);
        low = std::min(low, values[i]);
        ++known;
    }
    if (known < 3 || high == low) return {};
    const auto y = [&](double value) {
        return static_cast<int>(std::lround((high - value) / (high - low) * (spark_height - 2))) + 1;
    };
    std::string bars, last;
    for (std::size_t i = 0; i < n; ++i) {
        const double value = values[from + i];
        if (!std::isfinite(value)) continue;
        const int x = static_cast<int>(spark_bars - n + i) * spark_step + 2, zero = y(0);
        const int end = y(value) == zero ? zero - 1 : y(value);
        (i + 1 == n ? last : bars) += fmt::format("M{} {}V{}", x, zero, end);
    }
    return fmt::format(
        "<svg class=\"sp\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\"><path d=\"{}\"/><path class=\"l\" "
        "d=\"{}\"/></svg>",
        spark_bars * spark_step, spark_height, bars, last);
}

}  // namespace icosa::brief
