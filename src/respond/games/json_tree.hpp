/// JSON as values that know their line and column, like those of TOML.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "pack/toml.hpp"

namespace icosa::respond::games {

/// The whole text as one value. A member that is null is left out, as if it were absent; an entry of an array that is
/// null is a boolean. Columns count bytes.
/// err   syntax: what stands where something else must; too deep a nesting; a key given twice
[[nodiscard]] Result<pack::Node> parse_json(std::string_view text, const std::string& path);

}  // namespace icosa::respond::games
