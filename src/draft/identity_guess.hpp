/// Which columns tell the rows of a file apart, so that a newer file's row is known to be an old one anew.
#pragma once

#include <vector>

#include "draft/look.hpp"

namespace icosa::draft {

/// The smallest set of columns, those of `first` before others, whose texts no two rows share; empty where there is
/// none of at most four, or where one of its cells would have to be empty everywhere. `never` are not taken: a figure
/// is revised.
[[nodiscard]] std::vector<int> guess_identity(const Look& look, const std::vector<int>& first,
                                              const std::vector<int>& never);

/// The fewest columns beside `with` that make its rows differ; nothing is added where they differ already, or cannot.
[[nodiscard]] std::vector<int> parting_columns(const Look& look, const std::vector<int>& with,
                                               const std::vector<int>& candidates);

/// Do no two rows share the texts of these columns?
[[nodiscard]] bool are_apart(const Look& look, const std::vector<int>& columns);

}  // namespace icosa::draft
