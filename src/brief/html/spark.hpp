/// A series as small as a word.
#pragma once

#include <string>
#include <vector>

namespace icosa::brief {

/// Bars of the values, oldest first, the newest in the colour of what is out of the ordinary; empty where fewer than
/// three are known. It repeats what the sentence says, so it is hidden from screen readers.
[[nodiscard]] std::string render_spark(const std::vector<double>& values);

}  // namespace icosa::brief
