/// The methods of `icosa apply` that scan a table of counts at points for clusters.
#pragma once

#include "cli/apply.hpp"

namespace icosa::cli {

/// scan-poisson, scan-permutation.
[[nodiscard]] std::span<const TableMethod> scan_methods();

}  // namespace icosa::cli
