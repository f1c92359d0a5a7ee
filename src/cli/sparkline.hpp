/// A series as one line of a terminal.
#pragma once

#include <span>
#include <string>

namespace icosa::cli {

/// "▁▂▁ ▃█": a sign a value from the least (or 0, where none is below) to the most; a blank = not observed (NaN).
[[nodiscard]] std::string sparkline(std::span<const double> values);

}  // namespace icosa::cli
