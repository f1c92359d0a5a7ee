/// Sections by what `--area` names.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"

namespace icosa::cli {

/// Ids of the sections of the framework that are named by number, id or slug; none when nothing is named.
/// err   Usage: "unknown-area"
[[nodiscard]] Result<std::vector<std::string>> sections_named(const app::Packs& packs,
                                                              const std::vector<std::string>& names);

}  // namespace icosa::cli
