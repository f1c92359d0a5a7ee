/// Fan charts: a forecast's months ahead as bands of 50, 80 and 90 % behind the months observed.
#pragma once

#include <string>
#include <string_view>

#include "model/findings.hpp"

namespace icosa::brief {

/// A <figure>: observed months as bars, the bands and the median behind them, the mean of the simple rule dashed, the
/// statement of probability as caption. A band that would flatten all else is cut at the top of the box; its numbers
/// stand in the description. `id` must be fit for an HTML id and used once in the page. Empty text without months
/// ahead.
[[nodiscard]] std::string render_fan(const model::Forecast& forecast, std::string_view id);

/// The same forms with their names, as items of the legend.
[[nodiscard]] std::string fan_legend_items();

}  // namespace icosa::brief
