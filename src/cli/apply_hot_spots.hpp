/// The methods of `icosa apply` that ask of each place whether it and its neighbours stand out.
#pragma once

#include "cli/apply.hpp"

namespace icosa::cli {

/// gi-star, local-moran.
[[nodiscard]] std::span<const TableMethod> hot_spot_methods();

}  // namespace icosa::cli
