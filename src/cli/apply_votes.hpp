/// The methods of `icosa apply` that take ballots instead of a series.
#pragma once

#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "pack/spec.hpp"

namespace icosa::cli {

/// ideal-points, s-score, kappa; nullptr = none of them.
[[nodiscard]] const pack::Spec* find_vote_method(std::string_view name);
[[nodiscard]] std::vector<std::string> vote_method_names();

/// Reads both files, computes, writes the table; tells ballots that were left out on standard error, or all of it as
/// JSON.
[[nodiscard]] Result<int> apply_votes(const Common& common, const ApplyOptions& options);

}  // namespace icosa::cli
