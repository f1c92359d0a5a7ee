/// Small plots of a watch's series as inline SVG: observed, expected, threshold, and where nothing was observed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/findings.hpp"

namespace icosa::brief {

/// At most so many of the newest periods are drawn; the caption says so where some are left out.
inline constexpr int most_periods_drawn = 120;

/// A <figure> with the strip's title as caption. Bars where all observed values are counts (whole, not negative), else
/// a line broken where a value is missing; grey bands over periods that were not observed; expected as a line,
/// threshold dashed. Periods in `signal_periods` (labels) are marked. `id` must be fit for an HTML id and used once in
/// the page. Empty text for an empty strip.
[[nodiscard]] std::string render_strip(const model::Strip& strip, const std::vector<std::string>& signal_periods,
                                       std::string_view id);

/// 12,345,678 -> "12.3M": an axis has room for six characters.
[[nodiscard]] std::string axis_text(double value);

/// The same forms with their names, to stand in the page's reading guide.
[[nodiscard]] std::string render_legend();

}  // namespace icosa::brief
