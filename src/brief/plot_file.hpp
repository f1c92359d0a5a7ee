/// Plots as SVG files of their own: the drawing of the page, with the colours that the page's style sheet gives it.
#pragma once

#include <string>
#include <vector>

#include "model/findings.hpp"

namespace icosa::brief {

/// A whole SVG document; empty for an empty strip. alarms: labels of periods that are marked.
[[nodiscard]] std::string strip_file(const model::Strip& strip, const std::vector<std::string>& alarms);
/// The same of a forecast's months ahead.
[[nodiscard]] std::string fan_file(const model::Forecast& forecast);

}  // namespace icosa::brief
