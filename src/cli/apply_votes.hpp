/// The methods of `icosa apply` that read ballots.
#pragma once

#include "cli/apply.hpp"

namespace icosa::cli {

/// ideal-points, s-score, kappa.
[[nodiscard]] std::span<const TableMethod> vote_methods();

}  // namespace icosa::cli
