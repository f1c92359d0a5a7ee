/// Output: what commands write for a user, to a file or to the standard output.
#pragma once

#include <string>

#include "base/result.hpp"

namespace icosa::app {

/// A cell of a CSV file: quoted where it holds a comma, a quote or a line end.
[[nodiscard]] std::string csv_cell(const std::string& text);

/// The text as the whole of a file; "" = the standard output.
/// err   Store: "unwritable"
[[nodiscard]] Result<void> write_text(const std::string& path, const std::string& text);

}  // namespace icosa::app
