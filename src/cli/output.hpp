/// Output: what commands write for a user, to a file or to the standard output.
#pragma once

#include <string>

#include "base/result.hpp"

namespace icosa::cli {

/// The text as the whole of a file; "" = the standard output.
/// err   Store: "unwritable"
[[nodiscard]] Result<void> write_text(const std::string& path, const std::string& text);

}  // namespace icosa::cli
